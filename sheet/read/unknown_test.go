package read

import (
	"fmt"
	"strings"
	"testing"

	"ziping/sheet"
)

// A column that is not known is noticed where one is missing.
func TestUnknownColumns(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"E5 全年预算数", "E5 核定金额", "[E5 核定金额]"},
		{"H12 得分", "H12 专家意见", "[H12 专家意见]"},
		{"H5 执行率", "H5 专家意见", "[]"},
		{"I12 偏差原因分析及改进措施", "I12 专家意见", "[]"},
	} {
		var got []string
		for _, n := range readOne(t, strings.Replace(worded, c.from, c.to, 1)).Notices {
			if n.Kind == sheet.NoticeColumn {
				got = append(got, n.Cell+" "+n.Now)
			}
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: noticed %v, want %s", c.to, got, c.want)
		}
	}
}
