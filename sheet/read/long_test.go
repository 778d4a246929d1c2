package read

import (
	"strings"
	"testing"
)

// TestTooLong sees that a text which no cell of Excel holds is refused, not cut.
func TestTooLong(t *testing.T) {
	for n, refused := range map[int]bool{32767: false, 32768: true} {
		found, err := Forms(changed(t, "../../examples/returned/未来公园展厅运营经费.xlsx", map[string]func(string) string{
			"xl/sharedStrings.xml": func(s string) string {
				return strings.Replace(s, "<t>未来公园展厅运营经费</t>", "<t>"+strings.Repeat("长", n)+"</t>", 1)
			},
		}))
		if err != nil {
			t.Fatal(err)
		}
		x := found[0].Table.Project
		if (x.Problem != "") != refused || refused && (x.Value != "" || !strings.Contains(x.Problem, "超过单元格上限 32767 字")) {
			t.Errorf("%d characters: %q", n, x.Problem)
		}
	}
}
