package issue

import (
	"errors"
	"fmt"

	"ziping/rules/live"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/xlsx"
)

// ErrNoChecks says that no rule can be seen while one fills in the form.
var ErrNoChecks = errors.New("没有可以在填报时检查的规则")

// WithChecks returns a workbook that was drawn for it with the sheet 填报检查, which says
// while one fills in the form what is still wrong by the rules.
func WithChecks(rules *live.Translator, data []byte) ([]byte, error) {
	wb, err := xlsx.OpenLimits(data, xlsx.Limits{})
	if err != nil {
		return nil, err
	}
	found, err := read.WithBlanks(wb, issued.Options{})
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, fmt.Errorf("模板中有 %d 张表，应为一张", len(found))
	}
	s := rules.Sheet(found[0].Table, found[0].Sheet)
	if s == nil {
		return nil, ErrNoChecks
	}
	if err := s.Calculate(calc.NewGrids(wb)); err != nil {
		return nil, err
	}
	return s.AddTo(data)
}
