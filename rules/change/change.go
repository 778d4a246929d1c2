// Package change makes small changes to a form, as examples of rules write them, and says
// in words and draws what they are.
package change

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/strict"
)

// Changes is what to change in a form: new values by path. The path of a value
// may end in .有公式, .应有公式 or .显示为, which only a workbook's cell has. The path of a
// row or a list goes with "": it is taken out. A row after the last is added. A
// sheet.NoticeKind, alone or after the path of a value, goes with what is noticed.
type Changes map[string]strict.At[any]

// Misfit is a change that can't be made.
type Misfit struct {
	At      strict.Position
	Message string
}

// Describe says, a line each, what the changes to the base are.
func (c Changes) Describe(base *sheet.Table) []string {
	var lines []string
	for _, name := range c.order() {
		lines = append(lines, describe(base, name, c[name].Value))
	}
	return lines
}

func describe(base *sheet.Table, name string, value any) string {
	field, mark, marked := cutMark(name)
	path := sheet.ParsePath(field)
	switch noticed, kind, is := cutNotice(name); {
	case is && value == true:
		return strings.TrimPrefix(noticed+"："+string(kind), "：")
	case is:
		return strings.TrimPrefix(noticed+"："+string(kind), "：") + fmt.Sprintf("（%v）", value)
	case mark == shownAs:
		return fmt.Sprintf("%s：存的是 %s，显示为 %v", path, shown(base, path), value)
	case marked && value == true:
		return fmt.Sprintf("%s：%s", path, mark)
	case marked:
		return fmt.Sprintf("%s：没有%s", path, strings.TrimPrefix(mark, "有"))
	case path.Listed && path.Label == "" || name == sheet.LabelIndicators:
		return name + "：整行删去"
	case value == "":
		return fmt.Sprintf("%s：%s 改为空", path, shown(base, path))
	}
	changed, _ := Changes{name: {Value: value}}.Apply(base)
	return fmt.Sprintf("%s：%s 改为 %s", path, shown(base, path), shown(changed, path))
}

// shown returns the value of a path as a person would write it.
func shown(t *sheet.Table, path sheet.Path) string {
	v := t.At(path)
	if v == nil || sheet.Show(v) == "" && v.At().Typed == "" {
		return "（空）"
	}
	return sheet.AsTyped(v)
}

// order returns the paths in the order of the file.
func (c Changes) order() []string {
	names := make([]string, 0, len(c))
	for name := range c {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		p, q := c[a].Pos, c[b].Pos
		return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
	})
	return names
}

// Apply returns the base with the changes, and which of them can't be made.
func (c Changes) Apply(base *sheet.Table) (*sheet.Table, []Misfit) {
	t := *base
	if t.Form == nil { // with what the usual form may print
		t = *base.As(sheet.Forms()[0])
	}
	t.Funds, t.Indicators, t.Notices = slices.Clone(base.Funds), slices.Clone(base.Indicators), slices.Clone(base.Notices)
	t.Absent = maps.Clone(base.Absent)
	var failed []Misfit
	for _, name := range c.order() {
		if err := change(&t, name, c[name].Value); err != nil {
			failed = append(failed, Misfit{c[name].Pos, err.Error()})
		}
	}
	t.Funds = slices.DeleteFunc(t.Funds, func(f sheet.Fund) bool { return sheet.Empty(&f) })
	t.Indicators = slices.DeleteFunc(t.Indicators, func(x sheet.Indicator) bool { return sheet.Empty(&x) })
	return &t, failed
}

// change makes one change. Rows are only emptied here, so that those below keep
// their numbers.
func change(t *sheet.Table, name string, value any) error {
	if name == sheet.LabelIndicators && value == "" {
		t.Indicators = nil
		return nil
	}
	if label, ok := strings.CutSuffix(name, ".有此栏"); ok {
		return unprint(t, label, value)
	}
	field, mark, marked := cutMark(name)
	field, kind, noticed := cutNotice(field)
	path := sheet.ParsePath(field)
	if path.Part == sheet.LabelIndicators && path.Index() == len(t.Indicators) && path.Label != "" {
		t.Indicators = append(t.Indicators, sheet.Indicator{})
	}
	for _, p := range t.Parts() {
		if p.Path == path && path.Listed && value == "" {
			empty(p.Part)
			return nil
		}
	}
	v := t.At(path)
	switch {
	case noticed && (field == "" || v != nil):
		return setNotice(t, path, kind, value)
	case v == nil:
		return fmt.Errorf("表中没有“%s”这一项%s", field, strict.Meant(field, paths(t)))
	case mark == shownAs:
		return setShown(v, value)
	case marked:
		return setMark(v.At(), mark, value)
	}
	return setValue(v, value)
}

// empty takes everything out of a row.
func empty(row any) {
	switch row := row.(type) {
	case *sheet.Fund:
		*row = sheet.Fund{}
	case *sheet.Indicator:
		*row = sheet.Indicator{}
	}
}

// paths lists the values of a form.
func paths(t *sheet.Table) []string {
	var list []string
	for p := range t.All() {
		list = append(list, p.String())
	}
	return list
}

// What a path may end in, besides the value itself: the words of rules with
// scope = "value".
const (
	hasFormula   = "有公式"
	wantsFormula = "应有公式"
	shownAs      = "显示为" // the value rounded
)

func cutMark(name string) (field, mark string, ok bool) {
	for _, mark := range []string{hasFormula, wantsFormula, shownAs} {
		if field, ok := strings.CutSuffix(name, "."+mark); ok {
			return field, mark, true
		}
	}
	return name, "", false
}

// cutNotice cuts a path that ends in what is noticed; the path may be empty.
func cutNotice(name string) (path string, kind sheet.NoticeKind, ok bool) {
	for _, kind := range sheet.NoticeKinds {
		if path, ok := strings.CutSuffix("."+name, "."+string(kind)); ok {
			return strings.TrimPrefix(path, "."), kind, true
		}
	}
	return name, "", false
}

// setNotice adds a notice: of "20 → 30" it is what was issued and what stands
// there now, of another text what stands there, of true neither.
func setNotice(t *sheet.Table, path sheet.Path, kind sheet.NoticeKind, value any) error {
	n := sheet.Notice{Kind: kind, Field: path}
	switch value := value.(type) {
	case string:
		issued, now, both := strings.Cut(value, "→")
		if !both {
			issued, now = "", value
		}
		n.Issued, n.Now = strings.TrimSpace(issued), strings.TrimSpace(now)
	case bool:
		if !value {
			return fmt.Errorf("“%s”应为 true 或文字", kind)
		}
	default:
		return fmt.Errorf("“%s”应为 true 或文字", kind)
	}
	t.Notices = append(t.Notices, n)
	return nil
}

// unprint takes a label out of the form: 绩效指标.得分, 年度资金总额.
func unprint(t *sheet.Table, label string, value any) error {
	switch {
	case value != false:
		return fmt.Errorf("“有此栏”应为 false")
	case !slices.Contains(sheet.Labels(), label):
		return fmt.Errorf("表中没有“%s”这一栏%s", label, strict.Meant(label, sheet.Labels()))
	}
	if t.Absent == nil {
		t.Absent = sheet.Absent{}
	}
	t.Absent[label] = true
	return nil
}

// setShown gives a text the number that a person sees of it.
func setShown(v sheet.Value, value any) error {
	t, isText := v.(*sheet.Text)
	shown, ok := value.(string)
	if !isText || !ok {
		return fmt.Errorf("“%s”应为文字，写在年度指标值、实际完成值之后", shownAs)
	}
	t.Rounding = &sheet.Rounding{Shown: shown, Stored: t.Value}
	return nil
}

func setMark(c *sheet.Cell, mark string, value any) error {
	on, ok := value.(bool)
	if !ok {
		return fmt.Errorf("“%s”应为 true 或 false", mark)
	}
	if mark == wantsFormula {
		c.Derived = on
		return nil
	}
	c.Formula = ""
	if on {
		c.Formula = "SUM(H6,H13:H19)"
	}
	return nil
}

// setValue sets a value, or clears it with "". A text in place of a number is
// what a person typed there that can't be read.
func setValue(v sheet.Value, value any) error {
	typed, isText := value.(string)
	switch v := v.(type) {
	case *sheet.Text:
		return v.SetScalar(value)
	case *sheet.Number:
		if isText {
			return setTyped(v, typed)
		}
	case *sheet.Rate:
		if isText {
			return setTyped(&v.Number, typed)
		}
	}
	return v.SetScalar(value)
}

func setTyped(n *sheet.Number, typed string) error {
	if label, number, both := strings.Cut(typed, "→"); both { // a number that stands in a label
		v, _, ok := quantity.ParseNumber(number)
		if !ok {
			return fmt.Errorf("“→”的右边应为数字：%s", typed)
		}
		*n = sheet.Number{Value: v, Known: true, Cell: sheet.Cell{Typed: strings.TrimSpace(label)}}
		return nil
	}
	if _, _, readable := quantity.ParseNumber(typed); readable {
		return fmt.Errorf("数字不带引号：%s", typed)
	}
	*n = sheet.Number{Cell: sheet.Cell{Typed: typed}}
	if !quantity.Blank(typed) {
		n.Problem = fmt.Sprintf("应为数字，填报为“%s”", typed)
	}
	return nil
}
