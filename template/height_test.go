package template

import (
	"regexp"
	"strings"
	"testing"

	"ziping/sheet"
	"ziping/sheet/fill"
	"ziping/sheet/sheettest"
)

var rowTag = regexp.MustCompile(`<row r="(\d+)"[^>]*>`)

// The rows of indicators are as high as the layout has them, and grow with what is
// typed; those of cells that are merged are fixed. So it stays when a form is filled
// in.
func TestRowsGrow(t *testing.T) {
	for _, name := range []string{"shanghai", "ministry"} {
		l, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := NewDrawer(l, "")
		if err != nil {
			t.Fatal(err)
		}
		blank, err := d.Draw(new(sheet.Table))
		if err != nil {
			t.Fatal(err)
		}
		filled, err := fill.Fill(blank, &sheet.Table{Year: sheet.N(2025), Indicators: []sheet.Indicator{{Level3: sheet.T("甲"), Target: sheet.T("≥1 次"), Deviation: sheet.T(strings.Repeat("原因措施", 20))}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range [][]byte{blank, filled} {
			fixed, growing := 0, 0
			for _, m := range rowTag.FindAllString(sheettest.Parts(t, b)["xl/worksheets/sheet1.xml"], -1) {
				switch {
				case strings.Contains(m, ` customHeight="1"`):
					fixed++
				case strings.Contains(m, ` ht="`):
					growing++
				default:
					t.Errorf("%s: %s has no height", name, m)
				}
			}
			if fixed < 10 || growing < 15 {
				t.Errorf("%s: %d rows are fixed and %d grow", name, fixed, growing)
			}
		}
	}
}
