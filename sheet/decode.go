package sheet

import (
	"math"
	"slices"
	"strings"

	"ziping/sheet/quantity"
	"ziping/sheet/strict"
)

// MoneyUnits are the units of money of the form, the usual one first.
var MoneyUnits = []string{"万元", "元", "千元", "亿元"}

// Unmarshal reads a data or project file: TOML, or JSON where the name ends so.
// Every mistake in it is reported, in a strict.Errors.
func Unmarshal(file string, src []byte) (*Table, error) {
	t := new(Table)
	if err := strict.Unmarshal(file, src, t); err != nil {
		return nil, err
	}
	v := validator{file: file, src: src}
	v.table(t)
	if len(v.errs) > 0 {
		slices.SortStableFunc(v.errs, func(a, b *strict.Error) int { return a.Line - b.Line })
		return nil, v.errs
	}
	for i := range t.Indicators {
		x := &t.Indicators[i]
		x.Level1.Value, x.Level2.Value = LevelName(x.Level1.Value), LevelName(x.Level2.Value)
	}
	return t, nil
}

// validator reports what no form can say, whatever the rules.
type validator struct {
	file string
	src  []byte
	errs strict.Errors
}

func (v *validator) fail(at strict.Position, format string, args ...any) {
	v.errs = append(v.errs, strict.Errorf(v.file, v.src, at, format, args...))
}

func (v *validator) table(t *Table) {
	for path, value := range t.All() {
		if x, ok := value.Any().(float64); ok && x < 0 {
			v.fail(value.At().Pos, "“%s”不能是负数：%s", path, quantity.FormatNumber(x))
		}
	}
	if y := t.Year; y.Known && (y.Value != math.Trunc(y.Value) || y.Value < 1000 || y.Value > 9999) {
		v.fail(y.Pos, "“年度”应为四位数字的年份，如 2021；这里是 %s", quantity.FormatNumber(y.Value))
	}
	if u := t.MoneyUnit; u.Value != "" && !slices.Contains(MoneyUnits, u.Value) {
		v.fail(u.Pos, "“金额单位”应为%s之一；这里是“%s”", strings.Join(MoneyUnits, "、"), u.Value)
	}
	seen := map[string]bool{}
	for i := range t.Funds {
		s := &t.Funds[i].Source
		s.Value = common.Source(s.Value)
		if seen[s.Value] {
			v.fail(s.Pos, "资金来源“%s”写了两次", s.Value)
		}
		seen[s.Value] = true
	}
}
