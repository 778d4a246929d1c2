package live

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr/ast"

	"ziping/sheet"
	"ziping/sheet/livecheck"
)

// builtin translates a function of the expression language.
func (e *expression) builtin(x *ast.BuiltinNode) value {
	switch x.Name {
	case "any", "all", "none", "count", "filter":
		return e.quantified(x)
	case "len":
		return e.size(x.Arguments[0])
	case "min", "max", "abs":
		var args []string
		for _, a := range x.Arguments {
			args = append(args, e.value(a).of(number))
		}
		return value{kind: number, formula: strings.ToUpper(x.Name) + "(" + strings.Join(args, ",") + ")"}
	case "floor":
		return value{kind: number, formula: "INT(" + e.value(x.Arguments[0]).of(number) + ")"}
	case "string":
		v := e.value(x.Arguments[0])
		if v.kind == number {
			v = value{kind: text, formula: "(" + v.formula + `&"")`}
		}
		v.of(text)
		return v
	case "trim":
		return value{kind: text, formula: "TRIM(" + e.value(x.Arguments[0]).of(text) + ")"}
	}
	cant("%s", x.Name)
	return value{}
}

// quantified translates any, all, none, count and filter: their condition is a column of
// states of the rows. The first row that settles the matter, or has no answer, counts.
func (e *expression) quantified(x *ast.BuiltinNode) value {
	p, ok := x.Arguments[1].(*ast.PredicateNode)
	if !ok {
		cant("逐行的条件")
	}
	if v := e.value(x.Arguments[0]); v.kind == words {
		return e.someWord(x.Name, v, p.Node)
	} else if v.kind != rows || v.only != "" {
		cant("逐行的清单")
	} else if len(v.list.parts) == 0 {
		cant("清单没有行")
	} else {
		return e.overRows(x.Name, v.list, p.Node)
	}
	return value{}
}

func (e *expression) overRows(name string, l *list, condition ast.Node) value {
	states := e.states(l, condition).all()
	first := func(state string) string { return "IFERROR(MATCH(" + state + "," + states + ",0),9999)" }
	settled := func(state, then, otherwise string) value {
		return value{kind: truth, formula: fmt.Sprintf("IF(%s<%s,%s,IF(COUNTIF(%s,0.5),NA(),%s))", first(state), first("0.5"), then, states, otherwise)}
	}
	switch name {
	case "any":
		return settled("1", "TRUE", "FALSE")
	case "none":
		return settled("1", "FALSE", "TRUE")
	case "all":
		return settled("0", "FALSE", "TRUE")
	case "count":
		return value{kind: number, formula: fmt.Sprintf("IF(COUNTIF(%s,0.5),NA(),COUNTIF(%[1]s,1))", states)}
	}
	return value{kind: rows, list: l, only: states}
}

// states returns the column that says of each row whether a condition holds: 1, 0, .5
// for no answer, -1 for a row that is not used.
func (e *expression) states(l *list, condition ast.Node) cells {
	inner := &expression{translation: e.translation, list: e.list, in: l}
	v := inner.value(condition)
	v.of(truth)
	formula := "IFERROR(" + bracketed(v.formula) + "*1,.5)"
	if used, some := e.used(l); some {
		formula = "IF(" + used.here() + "," + formula + ",-1)"
	}
	return l.column("states "+condition.String(), func(*list, int) livecheck.Cell { return livecheck.Formula(formula) })
}

// someWord is any over words, of which the condition asks whether a text has one.
func (e *expression) someWord(name string, list value, condition ast.Node) value {
	x, ok := condition.(*ast.BinaryNode)
	if !ok || name != "any" {
		cant("逐词的条件")
	}
	if p, ok := x.Right.(*ast.PointerNode); !ok || p.Name != "" {
		cant("逐词的条件")
	}
	t := e.value(x.Left).of(text)
	switch x.Operator {
	case "contains":
		return value{kind: truth, formula: fmt.Sprintf("(SUMPRODUCT(--ISNUMBER(FIND(%s,%s)))>0)", list.formula, t)}
	case "startsWith":
		return beginsWith(t, list.formula)
	case "endsWith":
		return endsWith(t, list.formula)
	}
	cant("%s", x.Operator)
	return value{}
}

func (e *expression) size(n ast.Node) value {
	v := e.value(n)
	switch {
	case v.kind != rows:
		cant("文字的长度")
	case v.only != "":
		return value{kind: number, formula: fmt.Sprintf("IF(COUNTIF(%s,0.5),NA(),COUNTIF(%[1]s,1))", v.only)}
	}
	return value{kind: number, formula: e.howMany(v.list)}
}

// howMany is how many rows of a list are used.
func (f *translation) howMany(l *list) string {
	if used, some := f.used(l); some {
		f.touched = true
		return "COUNTIF(" + used.all() + `,">0")`
	}
	return fmt.Sprint(len(l.parts))
}

// rowsOf returns the rows and the column of a field that 合计 and its like take.
func (e *expression) rowsOf(args []ast.Node) (v value, cells string, isText bool) {
	v = e.value(args[0])
	label, ok := args[1].(*ast.StringNode)
	if v.kind != rows || !ok || len(v.list.parts) == 0 {
		cant("清单")
	}
	v.list.touch(label.Value)
	switch v.list.value(0, label.Value).(type) {
	case nil:
		cant("没有 %s", label.Value)
	case *sheet.Text:
		return v, v.list.text(label.Value).all(), true
	}
	return v, v.list.number(label.Value).all(), false
}

// where is the rows as a factor of a sum, and known what must be asked of them before.
func (v value) where(formula string) string {
	if v.only == "" {
		return formula
	}
	return fmt.Sprintf("IF(COUNTIF(%s,0.5),NA(),%s)", v.only, formula)
}

func (e *expression) sum(args []ast.Node) value {
	v, cells, isText := e.rowsOf(args)
	if isText {
		cant("文字不能相加")
	}
	if v.only == "" {
		return value{kind: number, formula: fmt.Sprintf("IF(COUNT(%s),SUM(%[1]s),NA())", cells)}
	}
	return value{kind: number, formula: v.where(fmt.Sprintf("IF(SUMPRODUCT((%s=1)*ISNUMBER(%s)),SUMIF(%[1]s,1,%[2]s),NA())", v.only, cells))}
}

// grouped is 分组合计相等: a column adds up the rows, begins anew where it comes to what is
// wanted, and is "x" where it is beyond that.
func (e *expression) grouped(args []ast.Node) value {
	v, _, isText := e.rowsOf(args)
	want, tolerance := e.value(args[2]).of(number), e.value(args[3]).of(number)
	if isText || v.only == "" || e.list != e.once {
		cant("分组合计相等")
	}
	l := v.list
	n := l.number(args[1].(*ast.StringNode).Value).here()
	states := strings.NewReplacer("$", "").Replace(v.only)
	col := strings.TrimRight(strings.SplitN(states, ":", 2)[0], "0123456789")
	sums := e.out.Next()
	made := l.column("groups "+v.only+n+want, func(l *list, i int) livecheck.Cell {
		before := l.above(sums, i)
		sum := fmt.Sprintf("ROUND(%s+%s,12)", before, n)
		return livecheck.Formula(fmt.Sprintf(`IF(OR(%[1]s="x",$%[2]s%[3]s<>1,LEN(%[4]s)=0),%[1]s,IF(ABS(%[5]s-%[6]s)<=%[7]s,0,IF(%[5]s>%[6]s,"x",%[5]s)))`, before, col, livecheck.Row, n, sum, want, tolerance))
	})
	last := made.one(l.rows[len(l.rows)-1])
	return value{kind: truth, formula: v.where(fmt.Sprintf("IF(SUMPRODUCT((%s=1)*ISNUMBER(%s)),%s=0,NA())", v.only, l.number(args[1].(*ast.StringNode).Value).all(), last))}
}

func (e *expression) filled(args []ast.Node) value {
	v, cells, _ := e.rowsOf(args)
	only := ""
	if v.only != "" {
		only = "(" + v.only + "=1)*"
	}
	return value{kind: number, formula: v.where("SUMPRODUCT(" + only + "(LEN(" + cells + ")>0))")}
}

func (e *expression) occurrences(args []ast.Node) value {
	v, cells, isText := e.rowsOf(args)
	want := e.value(args[2])
	if !isText {
		cant("数的出现次数")
	}
	only := "1*"
	if v.only != "" {
		only = "(" + v.only + "=1)*"
	}
	if used, some := e.used(v.list); some && v.only == "" {
		only = "(" + used.all() + ">0)*"
	}
	return value{kind: number, formula: v.where("SUMPRODUCT(" + only + "EXACT(" + cells + "," + want.of(text) + "))")}
}

// points translates 各项合计 of a form that gives points for its money and its indicators.
func (e *expression) points(args []ast.Node) value {
	label, ok := args[0].(*ast.StringNode)
	l := e.lists[sheet.LabelIndicators]
	if !ok || label.Value != sheet.LabelWeight && label.Value != sheet.LabelScore || len(l.parts) == 0 || !e.table.Prints(sheet.ColumnOf(sheet.LabelIndicators, label.Value)) || e.table.Elsewhere.Weight.Ref+e.table.Elsewhere.Score.Ref != "" {
		cant("各项合计")
	}
	for i := range e.table.Lists {
		for j := range e.table.Lists[i].Rows {
			if sheet.Lookup(&e.table.Lists[i].Rows[j], label.Value) != nil {
				cant("各项合计")
			}
		}
	}
	l.touch(label.Value)
	e.once.touch(sheet.WholeFund + "." + label.Value)
	w := e.cell(e.once.number(sheet.WholeFund + "." + label.Value))
	cells := l.number(label.Value).all()
	e.need(fmt.Sprintf(`IF(AND(COUNT(%s)=%s,COUNT(%s)=1),1,"")`, cells, e.howMany(l), w)) // each row's points, or none of the form
	return value{kind: number, formula: fmt.Sprintf("(SUM(%s)+%s)", cells, w)}
}
