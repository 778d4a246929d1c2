package rules

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/strict"
)

// examplesName is the file that has an example for and against every default rule.
const examplesName = "examples.toml"

// Example is one form that shows what a rule means.
type Example struct {
	// Changes says, a line each, in what the form differs from a correct one.
	Changes []string
	// Message is what the rule says of the form; "" of one that passes.
	Message string
	// Note says what the form is to show; "" where that is plain.
	Note string
}

// ExampleFor returns a form that the default rule finds fault with, and one much
// like it that passes. ok is false where there is no such rule.
func ExampleFor(id string) (fails, passes Example, ok bool) {
	file, set := builtinExamples()
	i := slices.IndexFunc(file.Examples, func(e examplePair) bool { return e.Rule.Value == id })
	if i < 0 {
		return Example{}, Example{}, false
	}
	e := &file.Examples[i]
	set = set.Select(func(r *Rule) bool { return r.ID == id })
	fails.Changes, passes.Changes = e.describe(&file.Base, e.Fails), e.describe(&file.Base, e.Passes)
	passes.Note = e.Note
	if found := e.findings(set, &file.Base, e.Fails); len(found) > 0 {
		fails.Message = found[0].Message
	}
	return fails, passes, true
}

// builtinExamples returns the examples of the default rules, and these.
var builtinExamples = sync.OnceValues(func() (*exampleFile, *Set) {
	src, err := packFiles.ReadFile(path.Join("packs", examplesName))
	if err != nil {
		panic(err) // a defect of the build
	}
	set, err := Default()
	if err != nil {
		panic(err) // a defect of the build
	}
	file, err := parseExamples(examplesName, src, set)
	if err != nil {
		panic(err) // a defect of the build
	}
	return file, set
})

// exampleFile is packs/examples.toml: one correct form, and small changes to it.
type exampleFile struct {
	Base     sheet.Table   `toml:"base,required"`
	Examples []examplePair `toml:"example"`
	Clean    []variant     `toml:"clean"`
}

// examplePair is two changed forms: one that a rule finds, one that it does not.
type examplePair struct {
	Rule   strict.At[string]   `toml:"rule,required"`
	At     string              `toml:"at,required"` // the field that the rule blames
	Note   string              `toml:"note"`        // why the second passes
	Fails  changes             `toml:"fails,required"`
	Passes changes             `toml:"passes,required"`
	Others []changes           `toml:"other"` // more forms of the same run, for batch rules
	Also   []strict.At[string] `toml:"also"`  // rules that find the failing form too
}

// variant is a form that is unlike the base and correct all the same.
type variant struct {
	Title   string  `toml:"title,required"`
	Changes changes `toml:"changes,required"`
}

// changes is what to change in a form: new values by path. The path of a value
// may end in .有公式 or .应有公式, which only a workbook's cell has. The path of a
// row or a list goes with "": it is taken out. A row after the last is added. A
// sheet.NoticeKind, alone or after the path of a value, goes with what is noticed.
type changes map[string]strict.At[any]

// parseExamples reads a file of examples for the rules of a set. Every mistake
// in it is reported, in a strict.Errors.
func parseExamples(name string, src []byte, set *Set) (*exampleFile, error) {
	file := &exampleFile{}
	if err := strict.Unmarshal(name, src, file); err != nil {
		return nil, err
	}
	var errs strict.Errors
	for _, m := range file.misfits(set.ids()) {
		errs = append(errs, strict.Errorf(name, src, m.at, "%s", m.message))
	}
	if len(errs) > 0 {
		slices.SortStableFunc(errs, func(a, b *strict.Error) int { return cmp.Compare(a.Line, b.Line) })
		return nil, errs
	}
	return file, nil
}

// misfit is what a file of examples says that can't be.
type misfit struct {
	at      strict.Position
	message string
}

// misfits returns the rules and the changes of the file that can't be.
func (f *exampleFile) misfits(ids []string) []misfit {
	var list []misfit
	var all []changes
	for _, e := range f.Examples {
		for _, id := range append([]strict.At[string]{e.Rule}, e.Also...) {
			if !slices.Contains(ids, id.Value) {
				list = append(list, misfit{id.Pos, fmt.Sprintf("没有“%s”这条规则%s", id.Value, meant(id.Value, ids))})
			}
		}
		all = append(append(all, e.Fails, e.Passes), e.Others...)
	}
	for _, v := range f.Clean {
		all = append(all, v.Changes)
	}
	for _, c := range all {
		_, failed := c.apply(&f.Base)
		list = append(list, failed...)
	}
	return list
}

// meant asks whether a name near to a wrong one was meant.
func meant(name string, names []string) string {
	if near := strict.Suggest(name, names); near != "" {
		return fmt.Sprintf("，是否应为“%s”？", near)
	}
	return ""
}

// findings runs a set over the base with the changes c, beside the other forms.
func (e *examplePair) findings(set *Set, base *sheet.Table, c changes) []Finding {
	tables := make([]*sheet.Table, 1+len(e.Others))
	tables[0], _ = c.apply(base)
	for i, o := range e.Others {
		tables[1+i], _ = o.apply(base)
	}
	return set.CheckAll(tables)[0]
}

// describe says what the changes c to the base are, and what the other forms are.
func (e *examplePair) describe(base *sheet.Table, c changes) []string {
	lines := c.describe(base)
	for _, o := range e.Others {
		what := "内容相同"
		if l := o.describe(base); len(l) > 0 {
			what = strings.Join(l, "；")
		}
		lines = append(lines, "同时报送的另一张表，"+what)
	}
	return lines
}

// describe says, a line each, what the changes to the base are.
func (c changes) describe(base *sheet.Table) []string {
	var lines []string
	for _, name := range c.order() {
		lines = append(lines, describe(base, name, c[name].Value))
	}
	return lines
}

func describe(base *sheet.Table, name string, value any) string {
	field, mark, marked := cutMark(name)
	switch path, kind, noticed := cutNotice(name); {
	case noticed && value == true:
		return strings.TrimPrefix(path+"："+string(kind), "：")
	case noticed:
		return strings.TrimPrefix(path+"："+string(kind), "：") + fmt.Sprintf("（%v）", value)
	case marked && value == true:
		return fmt.Sprintf("%s：%s", field, mark)
	case marked:
		return fmt.Sprintf("%s：没有%s", field, strings.TrimPrefix(mark, "有"))
	case strings.HasSuffix(name, "]") || name == indicatorList:
		return name + "：整行删去"
	case value == "":
		return fmt.Sprintf("%s：%s 改为空", name, shown(base, name))
	}
	changed, _ := changes{name: {Value: value}}.apply(base)
	return fmt.Sprintf("%s：%s 改为 %s", name, shown(base, name), shown(changed, name))
}

// shown returns the value of a path as a person would write it.
func shown(t *sheet.Table, name string) string {
	v, _ := lookupPath(t, name)
	if v == nil || sheet.Show(v) == "" && v.At().Typed == "" {
		return "（空）"
	}
	return typedText(v)
}

// order returns the paths in the order of the file.
func (c changes) order() []string {
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

// apply returns the base with the changes, and which of them can't be made.
func (c changes) apply(base *sheet.Table) (*sheet.Table, []misfit) {
	t := *base
	t.Funds, t.Indicators, t.Notices = slices.Clone(base.Funds), slices.Clone(base.Indicators), slices.Clone(base.Notices)
	var failed []misfit
	for _, name := range c.order() {
		if err := change(&t, name, c[name].Value); err != nil {
			failed = append(failed, misfit{c[name].Pos, err.Error()})
		}
	}
	t.Funds = slices.DeleteFunc(t.Funds, func(f sheet.Fund) bool { return sheet.Empty(&f) })
	t.Indicators = slices.DeleteFunc(t.Indicators, func(x sheet.Indicator) bool { return sheet.Empty(&x) })
	return &t, failed
}

const indicatorList = "绩效指标"

// change makes one change. Rows are only emptied here, so that those below keep
// their numbers.
func change(t *sheet.Table, name string, value any) error {
	if name == indicatorList && value == "" {
		t.Indicators = nil
		return nil
	}
	if strings.HasPrefix(name, fmt.Sprintf("%s[%d].", indicatorList, len(t.Indicators)+1)) {
		t.Indicators = append(t.Indicators, sheet.Indicator{})
	}
	for _, p := range t.Parts() {
		if p.Path == name+"." && value == "" {
			empty(p.Part)
			return nil
		}
	}
	field, mark, marked := cutMark(name)
	path, kind, noticed := cutNotice(name)
	if noticed {
		field = path
	}
	v, paths := lookupPath(t, field)
	switch {
	case noticed && (path == "" || v != nil):
		return setNotice(t, path, kind, value)
	case v == nil:
		return fmt.Errorf("表中没有“%s”这一项%s", field, meant(field, paths))
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

// lookupPath returns the value of a path, nil and all paths if there is none.
func lookupPath(t *sheet.Table, name string) (sheet.Value, []string) {
	var paths []string
	for p, v := range t.All() {
		if p == name {
			return v, nil
		}
		paths = append(paths, p)
	}
	return nil, paths
}

// What a path may end in, besides the value itself: the words of rules with
// scope = "value".
const (
	hasFormula   = "有公式"
	wantsFormula = "应有公式"
)

func cutMark(name string) (field, mark string, ok bool) {
	for _, mark := range []string{hasFormula, wantsFormula} {
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
func setNotice(t *sheet.Table, path string, kind sheet.NoticeKind, value any) error {
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
	if _, _, readable := quantity.ParseNumber(typed); readable {
		return fmt.Errorf("数字不带引号：%s", typed)
	}
	*n = sheet.Number{Cell: sheet.Cell{Typed: typed}}
	if !quantity.Blank(typed) {
		n.Problem = fmt.Sprintf("应为数字，填报为“%s”", typed)
	}
	return nil
}
