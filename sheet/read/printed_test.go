package read

import (
	"strings"
	"testing"

	"ziping/sheet"
)

// lacking returns what a form is noticed to lack.
func lacking(t *testing.T, form string) string {
	t.Helper()
	for _, n := range readOne(t, form).Notices {
		if n.Kind == sheet.NoticeAbsent {
			return n.Now
		}
	}
	return ""
}

func TestReadAbsent(t *testing.T) {
	for _, c := range []struct{ without, want string }{
		{"", ""},
		{"A4", "主管部门"},
		{"F4", "实施单位"},
		{"H5 H6", "项目资金的执行率"},
		{"G12 G13 H12 H13 A16 G16 H16", "绩效指标的分值和得分；总分"},
		{"G12 G13 I12", "绩效指标的分值和偏差原因分析及改进措施；总分的分值"},
		{"A10 B10 B11 F10 F11", "年度总体目标"},
		{"B6", ""}, // the only row of the money needs no name
	} {
		var lines []string
		for line := range strings.Lines(worded) {
			at, _, _ := strings.Cut(strings.TrimSpace(line), " ")
			if at == "" || !strings.Contains(" "+c.without+" ", " "+at+" ") {
				lines = append(lines, line)
			}
		}
		if got := lacking(t, strings.Join(lines, "")); got != c.want {
			t.Errorf("without %s: lacking %q, want %q", c.without, got, c.want)
		}
	}
	if table := readOne(t, strings.Replace(worded, "H13 #47.5", "", 1)); !table.Prints("绩效指标.得分") {
		t.Error("a column in which nothing is filled in is not printed")
	}
}
