package sheet

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"ziping/sheet/quantity"
	"ziping/sheet/strict"
)

// Unmarshal reads a data or project file: TOML, or JSON where the name ends so.
// Every mistake in it is reported, in a strict.Errors. Its form is that of forms
// which the file names under 表样, else the first; without forms they are Forms().
func Unmarshal(file string, src []byte, forms ...*Form) (*Table, error) {
	if len(forms) == 0 {
		forms = embedded()
	}
	form := forms[0]
	if f := FormNamed(formNamedIn(file, src), forms); f != nil {
		form = f
	}
	t := NewTable(form)
	if err := strict.Unmarshal(file, src, t); err != nil {
		return nil, err
	}
	v := validator{file: file, src: src}
	v.table(t)
	for i := range t.Indicators {
		x := &t.Indicators[i]
		x.Level1.Value, x.Level2.Value = LevelName(x.Level1.Value), LevelName(x.Level2.Value)
		if x.Compose(x.Beside()); x.Target.Problem != "" {
			v.fail(x.Target.Pos, "%s", x.Target.Problem)
		}
	}
	if len(v.errs) > 0 {
		v.errs.Sort()
		return nil, v.errs
	}
	return t, nil
}

// formNamedIn returns the form that a data file names, "" where it names none.
func formNamedIn(file string, src []byte) string {
	if !bytes.Contains(src, []byte(formLabel)) {
		return ""
	}
	var named struct {
		Form string `json:"表样" toml:"表样"`
	}
	decode := toml.Unmarshal
	if strings.EqualFold(filepath.Ext(file), ".json") {
		decode = json.Unmarshal
	}
	_ = decode(src, &named) // what is wrong is said where the file is read
	return named.Form
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
	if u := t.MoneyUnit; u.Value != "" && !slices.Contains(quantity.MoneyUnits(), u.Value) {
		v.fail(u.Pos, "“金额单位”应为%s之一；这里是“%s”", strings.Join(quantity.MoneyUnits(), "、"), u.Value)
	}
	seen := map[string]bool{}
	for i := range t.Funds {
		s := &t.Funds[i].Source
		s.Value = cmp.Or(t.Form, common()).Source(s.Value)
		if seen[s.Value] {
			v.fail(s.Pos, "资金来源“%s”写了两次", s.Value)
		}
		seen[s.Value] = true
	}
}
