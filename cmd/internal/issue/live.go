package issue

import (
	"fmt"

	"ziping/rules/live"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/livecheck"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
	"ziping/template"
)

// checks returns what makes the sheet 填报检查, which says while one fills in a form what
// is still wrong by the rules.
func checks(rules *live.Translator) template.Checks {
	return func(wb *xlsx.Workbook, form calc.Workbook) (*livecheck.Drawn, error) {
		found, err := read.WithBlanks(wb, issued.Options{})
		if err != nil {
			return nil, err
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("模板中有 %d 张表，应为一张", len(found))
		}
		return rules.Sheet(form, found[0].Table, found[0].Sheet)
	}
}
