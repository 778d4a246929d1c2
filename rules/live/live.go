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
	"ziping/sheet/livecheck"
)

// Translator translates the rules of a set. It may be used from several goroutines.
type Translator struct {
	set   *rules.Set
	trees sync.Map // by text: ast.Node
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
		panic(untranslatable{err.Error()})
	}
	t.trees.Store(text, tree.Node)
	return tree.Node
}

// untranslatable ends the translation of an expression.
type untranslatable struct{ what string }

func cant(format string, args ...any) { panic(untranslatable{fmt.Sprintf(format, args...)}) }

// Sheet returns the checks of a form that was issued and read with its blank rows; name
// is that of its sheet. It is nil where no rule can be seen while one fills it in.
func (t *Translator) Sheet(table *sheet.Table, name string) *livecheck.Sheet {
	s, _ := t.translate(table, name)
	return s
}

// translate also returns the rules that are live.
func (t *Translator) translate(table *sheet.Table, name string) (*livecheck.Sheet, []*rules.Rule) {
	f := newForm(t, table, name)
	var live []*rules.Rule
	var checks []livecheck.Check
	for _, r := range t.set.RulesFor(table) {
		if c, ok := f.check(r); ok {
			live = append(live, r)
			checks = append(checks, c)
		}
	}
	if len(checks) == 0 {
		return nil, nil
	}
	f.out.List(checks)
	return f.out, live
}

// Rules returns the ids of the rules that are live in a form.
func (t *Translator) Rules(table *sheet.Table) []string {
	_, live := t.translate(table, "表")
	var ids []string
	for _, r := range live {
		ids = append(ids, r.ID)
	}
	return ids
}

// check translates a rule; ok is false where it has nothing to say while one fills in.
func (f *form) check(r *rules.Rule) (c livecheck.Check, ok bool) {
	l := f.listOf(r.Scope)
	if f.ofTexts(r) {
		l = f.values()
	}
	if l == nil || r.Alone || len(l.parts) == 0 {
		return c, false
	}
	blamed := f.blamed(l, r)
	if !slices.ContainsFunc(blamed, func(ref string) bool { return ref != "" }) {
		return c, false
	}
	f.touched = l == f.lists[singles]
	e := &expression{form: f, list: l}
	applies := known(true)
	if r.When.Value != "" {
		applies = e.condition(f.tree(r.When.Value))
	}
	holds := e.condition(f.tree(r.Assert.Value))
	if !f.touched || !applies.mayBe(true) || !holds.mayBe(false) {
		return c, false // what the office has printed is not the department's
	}
	state := holds.formula
	if applies.formula != "1" {
		state = fmt.Sprintf("IF(%s=1,%s,.5)", applies.formula, holds.formula)
	}
	if used, some := f.used(l); some {
		state = fmt.Sprintf("IF(%s,%s,.5)", used.here(), state)
	}
	states := make([]livecheck.Cell, len(l.parts))
	for i := range states {
		states[i] = livecheck.Formula(state)
		if blamed[i] == "" {
			states[i] = livecheck.Number(.5)
		}
	}
	c = livecheck.Check{ID: r.ID, Title: r.Title, Grade: gradeOf(r, f.tree(r.Assert.Value)), Cells: blamed, Rows: l.rows,
		States: cells{l, "", f.out.Add(l.rows, states)}.all()}
	c.Say = func(first string) string { return f.message(l, r, first) }
	return c, len(state) <= longest
}

// ofTexts reports whether a rule is about numbers that are stored as texts, which is all
// that can be seen of what is noticed about a workbook.
func (f *form) ofTexts(r *rules.Rule) bool {
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

// blamed returns the cells that a rule points at, one for each part; "" where the form
// has none.
func (f *form) blamed(l *list, r *rules.Rule) []string {
	cells := make([]string, len(l.parts))
	for i := range l.parts {
		if v := l.value(i, r.At.Value); v != nil {
			cells[i] = v.At().Ref
		} else if _, once := f.once.find(r.At.Value); once != nil {
			cells[i] = once.At().Ref
		} else if rows := f.lists[r.At.Value]; rows != nil && len(rows.parts) > 0 {
			cells[i] = rows.anyRef()
		}
	}
	return cells
}

// message is what a rule says of the first part in which it does not hold; first is the
// cell that says the how many-th it is.
func (f *form) message(l *list, r *rules.Rule, first string) string {
	var pieces []string
	for _, p := range r.Pieces() {
		switch {
		case p.Expression == "":
			pieces = append(pieces, quote(p.Text))
		default:
			pieces = append(pieces, f.piece(l, p.Expression, first))
		}
	}
	return strings.Join(pieces, "&")
}

// piece shows an expression of a message; one that can't be translated is left open.
func (f *form) piece(l *list, text, first string) (formula string) {
	const open = `"…"`
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(untranslatable); !ok {
				panic(p)
			}
			formula = open
		}
	}()
	e := &expression{form: f, list: l, row: first}
	v := e.value(f.tree(text))
	return fmt.Sprintf("IFERROR(%s,%s)", v.shown(), open)
}
