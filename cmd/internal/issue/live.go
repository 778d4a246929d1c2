package issue

import (
	"errors"
	"fmt"

	"ziping/rules/live"
	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
)

// errNoChecks says that no rule can be seen while one fills in the form.
var errNoChecks = errors.New("没有可以在填报时检查的规则")

// withChecks returns a workbook that was drawn for it with the sheet 填报检查, which says
// while one fills in the form what is still wrong by the rules.
func withChecks(rules *live.Translator, data []byte) ([]byte, error) {
	wb, found, err := drawn(data)
	if err != nil {
		return nil, err
	}
	s := rules.Sheet(found.Table, found.Sheet)
	if s == nil {
		return nil, errNoChecks
	}
	if err := s.Calculate(calc.NewGrids(wb)); err != nil {
		return nil, err
	}
	return s.AddTo(data)
}

// drawn reads the form of a workbook that was drawn.
func drawn(data []byte) (*xlsx.Workbook, sheet.Found, error) {
	wb, err := xlsx.Open(data)
	if err != nil {
		return nil, sheet.Found{}, err
	}
	found, err := read.WithBlanks(wb, issued.Options{})
	if err != nil {
		return nil, sheet.Found{}, err
	}
	if len(found) != 1 {
		return nil, sheet.Found{}, fmt.Errorf("模板中有 %d 张表，应为一张", len(found))
	}
	return wb, found[0], nil
}
