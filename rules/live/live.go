package live

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/livecheck"
	"ziping/sheet/memo"
	"ziping/sheet/xlsx"
)

// Translator translates the rules of a set. It may be used from several goroutines.
type Translator struct {
	set   *rules.Set
	trees sync.Map // by text: ast.Node

	targets memo.Cache[targetText, target]

	mu     sync.Mutex
	shapes map[string]*shape
}

// New returns a translator.
func New(set *rules.Set) *Translator { return &Translator{set: set} }

// tree parses an expression of a rule that was compiled.
func (t *Translator) tree(text string) ast.Node {
	if n, ok := t.trees.Load(text); ok {
		return n.(ast.Node)
	}
	tree, err := parser.Parse(text)
	if err != nil {
		panic(untranslatable{what: err.Error()})
	}
	t.trees.Store(text, tree.Node)
	return tree.Node
}

// untranslatable ends the translation of an expression.
type untranslatable struct {
	what   string
	absent bool // it asks for a value that no form of the shape has, such as one of the office's list
}

func cant(format string, args ...any) { panic(untranslatable{what: fmt.Sprintf(format, args...)}) }

// Sheet returns the sheet of a form that was issued and read with its blank rows; name is
// that of the sheet it is on, in the workbook. It is nil where no rule can be seen while
// one fills in the form.
func (t *Translator) Sheet(workbook calc.Workbook, table *sheet.Table, name string) (*livecheck.Drawn, error) {
	table = loosened(table)
	s := t.shape(table, name)
	if s.sheet == nil {
		return nil, nil
	}
	return s.sheet.For(workbook, s.own(newForm(t, table, name)))
}

// Checks returns the checks of a form, as Sheet lists them.
func (t *Translator) Checks(table *sheet.Table, name string) []livecheck.Check {
	s := t.translate(loosened(table), name)
	if s.sheet == nil {
		return nil
	}
	return s.sheet.Checks()
}

// translate translates the rules for a form.
func (t *Translator) translate(table *sheet.Table, name string) *shape {
	f := newForm(t, table, name)
	f.findFillable()
	var checks []livecheck.Check
	for _, r := range t.set.RulesFor(table) {
		if c, ok := f.check(r); ok {
			checks = append(checks, c)
		}
	}
	if len(checks) == 0 {
		return &shape{}
	}
	f.out.List(checks)
	leaveBlank(f.out, table)
	for i := range f.constants {
		if !f.out.Asks(i + 1) {
			f.constants[i].cell = nil
		}
	}
	return &shape{f.out, f.constants}
}

// check translates a rule; ok is false where it has nothing to say while one fills in.
func (f *translation) check(r *rules.Rule) (c livecheck.Check, ok bool) {
	l := f.listOf(r.Scope)
	if f.ofTexts(r) {
		l = f.values()
	}
	if l == nil || r.Alone || len(l.parts) == 0 {
		return c, false
	}
	blamed := make([]string, len(l.parts))
	for i := range blamed {
		blamed[i] = l.blamed(r, i)
	}
	if !slices.ContainsFunc(blamed, func(ref string) bool { return ref != "" }) {
		return c, false
	}
	f.touched = l == f.lists[singles]
	e := &expression{translation: f, list: l}
	applies := known(true)
	if r.When.Value != "" {
		applies = e.condition(f.tree(r.When.Value))
	}
	holds := e.condition(f.tree(r.Assert.Value))
	if !f.touched || !applies.mayBe(true) || !holds.mayBe(false) {
		return c, false // what the office has printed is not the department's
	}
	state := holds.formula
	if applies.formula != "1" { // what does not apply holds
		state = either(applies.not(), holds).formula
	}
	if used, some := f.used(l); some {
		state = fmt.Sprintf("IF(%s,%s,1)", used.here(), state)
	}
	states := make([]livecheck.Cell, len(l.parts))
	for i := range states {
		states[i] = livecheck.Formula(state)
		if blamed[i] == "" {
			states[i] = livecheck.Number(1)
		}
	}
	c = livecheck.Check{ID: r.ID, Title: r.Title, Grade: gradeOf(r, f.tree(r.Assert.Value)), Cells: blamed, Rows: l.rows,
		States: cells{list: l, col: f.out.Add(l.rows, states)}.all()}
	c.Places = f.places(l, r, c)
	c.Say = func(first, title string) string { return f.message(l, r, first, title) }
	return c, len(state) <= longest
}

// places returns where one mends what a check says: in the cell it blames; where a value
// is missing that a locked formula makes, in the first cell that the formula takes.
func (f *translation) places(l *list, r *rules.Rule, c livecheck.Check) livecheck.Locations {
	at := func(l *list, i int) string {
		if c.Grade == livecheck.Missing {
			return l.form.whereToType(l.blamed(r, i))
		}
		return l.blamed(r, i)
	}
	column := ""
	for i := range l.parts {
		ref := at(l, i)
		row, _, ok := xlsx.ParseRef(ref)
		name := strings.TrimRight(ref, "0123456789")
		if ok && (row != l.rows[i] && len(l.parts) > 1 || column != "" && column != name || ref != c.Cells[i] || isLevel(r.At.Value)) {
			key := "places " + r.At.Value + fmt.Sprint(c.Grade == livecheck.Missing)
			if isLevel(r.At.Value) { // it is merged in another form of the shape
				return livecheck.Locations{Cells: l.column(key, func(l *list, i int) livecheck.Cell { return livecheck.Text(at(l, i)) }).all()}
			}
			return livecheck.Locations{Cells: l.fixed(key, at).all()}
		}
		if ok {
			column = name
		}
	}
	if len(l.parts) == 1 {
		return livecheck.Locations{Column: c.Cells[0]}
	}
	return livecheck.Locations{Column: column}
}

// ofTexts reports whether a rule is about numbers that are stored as texts, which is all
// that can be seen of what is noticed about a workbook.
func (f *translation) ofTexts(r *rules.Rule) bool {
	if r.Scope != rules.ScopeNotice || r.When.Value != "" {
		return false
	}
	x, ok := f.tree(r.Assert.Value).(*ast.BinaryNode)
	if !ok || x.Operator != "!=" {
		return false
	}
	kind, isName := x.Left.(*ast.IdentifierNode)
	text, isText := x.Right.(*ast.StringNode)
	return isName && isText && kind.Value == "种类" && text.Value == string(sheet.NoticeText)
}

// longest is how long a formula may be, in characters, with room for what is put around.
const longest = 7500

// gradeOf returns how much a rule weighs: one that only asks for a value is missed.
func gradeOf(r *rules.Rule, assert ast.Node) livecheck.Grade {
	switch {
	case r.Severity != rules.Error:
		return livecheck.Doubt
	case asksFor(assert, r.At.Value):
		return livecheck.Missing
	}
	return livecheck.Wrong
}

// asksFor reports whether a condition holds wherever a field has a value.
func asksFor(n ast.Node, field string) bool {
	switch x := n.(type) {
	case *ast.BinaryNode:
		return (x.Operator == "||" || x.Operator == "or") && (asksFor(x.Left, field) || asksFor(x.Right, field))
	case *ast.CallNode:
		return calleeOf(x) == "有值" && len(x.Arguments) == 1 && x.Arguments[0].String() == field
	}
	return false
}

func calleeOf(x *ast.CallNode) string {
	if callee, ok := x.Callee.(*ast.IdentifierNode); ok {
		return callee.Value
	}
	return ""
}

// blamed returns the cell of a part that a rule points at; "" where the form has none.
func (l *list) blamed(r *rules.Rule, i int) string {
	if v := l.value(i, r.At.Value); v != nil {
		return v.At().Ref
	}
	if _, once := l.form.once.fieldNamed(r.At.Value); once != nil {
		return once.At().Ref
	}
	if rows := l.form.lists[r.At.Value]; rows != nil && len(rows.parts) > 0 {
		return rows.anyRef()
	}
	return ""
}
