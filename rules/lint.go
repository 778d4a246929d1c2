package rules

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"ziping/rules/syntax"
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/strict"
)

// Lint returns what a rule file says that does nothing, without a mistake in it: a
// param that no rule uses, a condition that always holds. The default rules are not
// looked at.
func (s *Set) Lint() strict.Errors {
	if s.builtin {
		return nil
	}
	l := linter{set: s}
	l.params()
	for _, r := range s.rules {
		if len(r.files) > 0 || !r.file.builtin() {
			l.rule(r)
		}
		for _, v := range r.variants {
			l.names(v.file, v.position, fmt.Sprintf("规则“%s”的主管部门", r.ID), sheet.LabelDepartment, v.departments)
			l.rule(v.compiled)
		}
	}
	l.errs.Sort()
	return l.errs
}

// Notes returns what a rule file says that may be meant, and is easily meant otherwise:
// it leaves the default rules out; it takes a target for an actual.
func (s *Set) Notes() strict.Errors {
	l := linter{set: s}
	if len(s.rules) > 0 && !s.builtin && !slices.ContainsFunc(s.rules, func(r *compiled) bool { return r.file.builtin() }) {
		l.say(s.rules[len(s.rules)-1].file, strict.Position{Line: 1, Column: 1}, "没有写 extends = %q：只按这里的 %d 条规则审核，内置规则都不用", defaultName, len(s.Rules()))
	}
	for _, r := range s.rules {
		l.conditions(r, targetAsActual)
	}
	l.errs.Sort()
	return l.errs
}

// builtin reports whether a file is that of the default rules.
func (f *file) builtin() bool {
	return f.name == defaultName+".toml" && bytes.Equal(f.src, DefaultSource())
}

type linter struct {
	set  *Set
	errs strict.Errors
}

func (l *linter) say(f *file, at strict.Position, format string, args ...any) {
	if !f.builtin() {
		l.errs = append(l.errs, strict.Errorf(f.name, f.src, at, format, args...))
	}
}

// asked are the params that Go asks for, not a rule.
var asked = []string{"反向词", "不算反向词", "金额正向词", "单位名称结尾"}

func (l *linter) params() {
	var used []string
	for name := range l.set.params {
		if l.set.used[name] || slices.Contains(asked, name) {
			used = append(used, name)
		}
	}
	for _, name := range sortedKeys(l.set.params) {
		p := l.set.params[name]
		if !slices.Contains(used, name) {
			l.say(p.file, p.Position, "参数“%s”没有一条规则用到%s", name, cmp.Or(strict.Meant(name, used), alike(name, used)))
		}
		for _, o := range p.others() {
			l.names(p.file, p.Position, fmt.Sprintf("参数“%s”的%s", name, o.label), o.label, sortedKeys(o.values))
		}
	}
}

// alike asks whether the one name was meant that begins with the same two characters.
func alike(name string, names []string) string {
	start := []rune(name)[:min(2, utf8.RuneCountInString(name))]
	var found []string
	for _, n := range names {
		if strings.HasPrefix(n, string(start)) {
			found = append(found, n)
		}
	}
	if len(found) != 1 {
		return ""
	}
	return fmt.Sprintf("，是否应为“%s”？", found[0])
}

// names says which names of departments, levels and years no form can have.
func (l *linter) names(f *file, at strict.Position, what, label string, names []string) {
	list := func(param string) []string {
		if p := l.set.params[param]; p != nil {
			words, _ := p.Value.([]string)
			return words
		}
		return nil
	}
	for _, name := range names {
		pattern := strings.Contains(name, "*")
		switch label {
		case sheet.LabelDepartment:
			endings := list("单位名称结尾")
			if len(endings) > 0 && !strings.HasSuffix(name, "*") && !slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) }) {
				l.say(f, at, "%s“%s”不像单位的名称，请核对", what, name)
			}
		case sheet.LabelLevel1:
			if known := list("一级指标名称"); len(known) > 0 && !pattern && !slices.Contains(known, name) {
				l.say(f, at, "%s中没有“%s”%s", what, name, strict.Meant(name, known))
			}
		case sheet.LabelYear:
			if !pattern && !yearPattern.MatchString(name) {
				l.say(f, at, "%s“%s”应为四位数字的年份，如 2023", what, name)
			}
		}
	}
}

var yearPattern = regexp.MustCompile(`^(19|20|21)[0-9]{2}$`)

// saying returns what says something of a key of a rule.
func (l *linter) saying(r *compiled) func(key string, at strict.At[string], format string, args ...any) {
	return func(key string, at strict.At[string], format string, args ...any) {
		pos := at.Pos
		if pos == (strict.Position{}) {
			pos = r.Position
		}
		l.say(r.fileOf(key), pos, "规则“%s”：%s", r.ID, fmt.Sprintf(format, args...))
	}
}

// fractions are the fields and functions whose value is a fraction of 1.
var fractions = []string{sheet.LabelRate, "完成率", "组占比", "占比"}

// asPercent says what is compared in a condition as if it were a percentage: 执行率 < 80.
func asPercent(text string) (why string) {
	tree, err := parser.Parse(text)
	if err != nil {
		return ""
	}
	ast.Walk(&tree.Node, syntax.Visit(func(n ast.Node) {
		x, ok := n.(*ast.BinaryNode)
		if !ok || !slices.Contains([]string{"<", "<=", ">", ">=", "==", "!="}, x.Operator) {
			return
		}
		for _, pair := range [][2]ast.Node{{x.Left, x.Right}, {x.Right, x.Left}} {
			const most = 3 // more than a rate can be
			n, isInteger := pair[1].(*ast.IntegerNode)
			if isInteger && n.Value > most && slices.Contains(fractions, syntax.LastName(pair[0])) {
				why = fmt.Sprintf("%s 是小数，100%% 是 1：与 %d 比较，总是一个结果；80%% 写成 0.8", syntax.LastName(pair[0]), n.Value)
			}
		}
	}))
	return why
}

// conditions says what a look at the conditions of a rule finds.
func (l *linter) conditions(r *compiled, look func(text string) string) {
	for _, c := range []struct {
		key  string
		text strict.At[string]
	}{{"when", r.When}, {"assert", r.Assert}} {
		if why := look(c.text.Value); why != "" {
			l.saying(r)(c.key, c.text, "%s", why)
		}
	}
}

func (l *linter) rule(r *compiled) {
	say := l.saying(r)
	if r.Derived && r.Suggest.Value == "" {
		say("suggest", r.Suggest, "写了 derived = true 而没有 suggest：没有应为的值，--correct 不会改")
	}
	if l.constant(r.Assert.Value, r.assert) == yes {
		say("assert", r.Assert, "assert 总是成立，这条规则永远不会发现问题")
	}
	if r.when != nil {
		switch l.constant(r.When.Value, r.when) {
		case no:
			say("when", r.When, "when 总是不成立，这条规则永远不适用")
		case yes:
			say("when", r.When, "when 总是成立，可以不写")
		}
	}
	if r.Scope == ScopeBatch && !aboutItsGroup(r) {
		say("assert", r.Assert, "assert 没有用到 数量、组平均 等一组表的项目；只看各张表自己的，请写成 scope = %q", r.Each.Value)
	}
	l.conditions(r, neverKnown)
	l.conditions(r, asPercent)
	l.conditions(r, func(text string) string {
		if len(wordsIn(text, l.set.params)) == 0 {
			return "" // constant as a whole
		}
		return syntax.Settled(text)
	})
	if field := askedAndNeeded(r); field != "" {
		say("when", r.When, "when 要求“%s”没有值，规则又要用它的值：永远不适用", field)
	}
}

// constant returns what a condition is in every form, unknown where it depends on the
// form.
func (l *linter) constant(text string, p *program) answer {
	if p == nil || len(wordsIn(text, l.set.params)) > 0 {
		return unknown
	}
	r := newRunner(l.set, new(sheet.Table), Source{})
	a, _ := r.answer(p)
	return a
}

// wordsIn returns the fields and lists that an expression names.
func wordsIn(text string, params map[string]*Param) []string {
	return slices.DeleteFunc(identifiers(text), func(w string) bool { return params[w] != nil || isFunction(w) })
}

// paramsIn returns the params that an expression names.
func paramsIn(text string, params map[string]*Param) []string {
	return slices.DeleteFunc(identifiers(text), func(w string) bool { return params[w] == nil })
}

func identifiers(text string) (names []string) {
	if text == "" {
		return nil
	}
	tree, err := parser.Parse(text)
	if err != nil {
		return nil // reported where the rule is compiled
	}
	ast.Walk(&tree.Node, syntax.Visit(func(n ast.Node) {
		if x, ok := n.(*ast.IdentifierNode); ok {
			names = append(names, x.Value)
		}
	}))
	return names
}

// aboutItsGroup reports whether a batch rule asserts something of the group.
func aboutItsGroup(r *compiled) bool {
	words := wordsIn(r.Assert.Value, nil)
	return len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return groupTypes()[w] != nil })
}

// calls yields the calls in a condition with the names of their functions.
func calls(text string) func(yield func(string, *ast.CallNode) bool) {
	return func(yield func(string, *ast.CallNode) bool) {
		tree, err := parser.Parse(text)
		if err != nil {
			return // reported where the rule is compiled
		}
		more := true
		ast.Walk(&tree.Node, syntax.Visit(func(n ast.Node) {
			call, ok := n.(*ast.CallNode)
			if !ok || !more {
				return
			}
			if name, ok := call.Callee.(*ast.IdentifierNode); ok {
				more = yield(name.Value, call)
			}
		}))
	}
}

// comparing are the functions that take a target and an actual.
var comparing = []string{"完成率", "应得分", "完成情况"}

// neverKnown says why a call in a condition never has a value, or always the same.
func neverKnown(text string) string {
	for name, call := range calls(text) {
		if len(call.Arguments) < 2 || !slices.Contains(comparing, name) {
			continue
		}
		if call.Arguments[0].String() == call.Arguments[1].String() {
			return fmt.Sprintf("%s 的指标值和完成值是同一项，得不出什么", name)
		}
		if target, ok := call.Arguments[0].(*ast.StringNode); ok && name != "完成情况" {
			if k := quantity.ParseTarget(target.Value, 2021).Kind; k != quantity.KindNumber && k != quantity.KindRange {
				return fmt.Sprintf("指标值“%s”不是数值，%s 永远没有值", target.Value, name)
			}
		}
	}
	return ""
}

// targetAsActual says that a call takes a target for an actual, which has a value only
// where the target has no comparison.
func targetAsActual(text string) string {
	for name, call := range calls(text) {
		if len(call.Arguments) > 1 && slices.Contains(comparing, name) && slices.Contains(identifiers(call.Arguments[1].String()), sheet.LabelTarget) {
			return fmt.Sprintf("%s 把年度指标值当作完成值：写成 ≥95%% 的指标值没有报出实际数值，得不出结果；比较指标值里的数，请用 数值(年度指标值)", name)
		}
	}
	return ""
}

// askedAndNeeded returns a field that when says has no value although the rule can't do
// without it: !有值(实际完成值) && 完成率(年度指标值, 实际完成值) < 1.
func askedAndNeeded(r *compiled) string {
	tree, err := parser.Parse(r.When.Value)
	if err != nil || r.Scope == ScopeBatch {
		return ""
	}
	for _, field := range saidMissing(tree.Node) {
		member, name, dotted := strings.Cut(field, ".")
		if !dotted {
			member, name = "", member
		}
		for _, p := range []*program{r.when, r.assert} {
			if p == nil {
				continue
			}
			m := p.load()
			if slices.Contains(m.needs, need{member, name}) && (p == r.when && m.Only("&&") || p == r.assert && m.Only("||")) {
				return field
			}
		}
	}
	return ""
}

// saidMissing returns the fields that a condition says have no value.
func saidMissing(node ast.Node) []string {
	switch x := node.(type) {
	case *ast.BinaryNode:
		if x.Operator == "&&" || x.Operator == "and" {
			return append(saidMissing(x.Left), saidMissing(x.Right)...)
		}
	case *ast.UnaryNode:
		call, ok := x.Node.(*ast.CallNode)
		if !ok || len(call.Arguments) != 1 || x.Operator != "!" && x.Operator != "not" {
			return nil
		}
		if name, ok := call.Callee.(*ast.IdentifierNode); ok && name.Value == "有值" {
			return []string{call.Arguments[0].String()}
		}
	}
	return nil
}
