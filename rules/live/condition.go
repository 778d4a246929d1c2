package live

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
)

// condition is a formula that comes to 1, 0 or what is between, with what it may come to.
type condition struct {
	formula string
	yes, no bool
}

func known(b bool) condition {
	if b {
		return condition{"1", true, false}
	}
	return condition{"0", false, true}
}

// open is a condition that nobody can tell, missing one of a value that is not there.
var (
	open    = condition{formula: ".25"}
	missing = condition{formula: ".5"}
)

func (c condition) mayBe(b bool) bool { return b && c.yes || !b && c.no }

func (c condition) not() condition {
	switch c.formula {
	case "1", "0":
		return known(c.formula == "0")
	case open.formula, missing.formula:
		return c
	}
	if not, is := strings.CutPrefix(c.formula, "1-"); is {
		return condition{not, c.no, c.yes}
	}
	return condition{"1-" + c.formula, c.no, c.yes}
}

// both is && of two conditions, and either ||.
func both(a, b condition) condition {
	switch {
	case a.formula == "0" || b.formula == "1" || a.formula == b.formula:
		return a
	case b.formula == "0" || a.formula == "1":
		return b
	}
	return condition{joined("MIN", a, b), a.yes && b.yes, a.no || b.no}
}

func either(a, b condition) condition {
	switch {
	case a.formula == "1" || b.formula == "0" || a.formula == b.formula:
		return a
	case b.formula == "1" || a.formula == "0":
		return b
	}
	return condition{joined("MAX", a, b), a.yes || b.yes, a.no && b.no}
}

// joined writes a function of two conditions; what is made by the same already, as one.
func joined(function string, a, b condition) string {
	if strings.HasPrefix(a.formula, function+"(") && strings.HasSuffix(a.formula, ","+b.formula+")") {
		return a.formula
	}
	inner, is := strings.CutPrefix(a.formula, function+"(")
	if !is || !strings.HasSuffix(inner, ")") || !balanced(inner[:len(inner)-1]) {
		return function + "(" + a.formula + "," + b.formula + ")"
	}
	return function + "(" + inner[:len(inner)-1] + "," + b.formula + ")"
}

// balanced reports whether every bracket of a formula is closed, none before it is opened.
func balanced(s string) bool {
	depth, quoted := 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
			continue
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

// expression translates one expression of a rule.
type expression struct {
	*translation
	list *list
	row  string // the cell that says the row of the part that is meant; "" for the formula's own row
	in   *list  // the rows of a predicate

	needs []string // cells that must not be empty
}

// condition translates a condition as rules take it apart: what is unknown in one part
// leaves the others to be asked.
func (e *expression) condition(n ast.Node) condition {
	switch x := n.(type) {
	case *ast.BinaryNode:
		switch x.Operator {
		case "&&", "and":
			return both(e.condition(x.Left), e.condition(x.Right))
		case "||", "or":
			return either(e.condition(x.Left), e.condition(x.Right))
		}
	case *ast.UnaryNode:
		if isLogic(x) {
			return e.condition(x.Node).not()
		}
	}
	return e.leaf(n)
}

func isLogic(n ast.Node) bool {
	switch x := n.(type) {
	case *ast.BinaryNode:
		return slices.Contains([]string{"&&", "and", "||", "or"}, x.Operator)
	case *ast.UnaryNode:
		return (x.Operator == "!" || x.Operator == "not") && isLogic(x.Node)
	}
	return false
}

// leaf translates a part that is unknown as a whole where a value is not there.
func (e *expression) leaf(n ast.Node) (c condition) {
	defer func() {
		if p := recover(); p != nil {
			u, ok := p.(untranslatable)
			if !ok {
				panic(p)
			}
			c = open
			if u.absent {
				c = missing
			}
		}
	}()
	inner := &expression{translation: e.translation, list: e.list, row: e.row}
	v := inner.value(n)
	switch {
	case v.kind != truth:
		cant("不是条件")
	case v.formula == "TRUE" || v.formula == "FALSE":
		c = known(v.formula == "TRUE")
	default:
		c = condition{bracketed(v.formula) + "*1", !v.never, !v.always}
	}
	if len(inner.needs) > 0 { // LEN of what can't be read is an error
		c.formula = "IF(" + inner.there() + "," + c.formula + "," + missing.formula + ")"
	}
	if strings.Contains(c.formula, "(") {
		c.formula = "IFERROR(" + c.formula + "," + open.formula + ")"
	}
	return c
}

// bracketed puts brackets around a formula that is not in brackets as a whole, nor one
// call of a function.
func bracketed(formula string) string {
	name, inside, _ := strings.Cut(formula, "(")
	if inside, is := strings.CutSuffix(inside, ")"); is && balanced(inside) && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return formula
	}
	return "(" + formula + ")"
}

// there is the condition that all values are there.
func (e *expression) there() string {
	all := make([]string, len(e.needs))
	for i, cell := range e.needs {
		all[i] = "LEN(" + cell + ")"
	}
	if len(all) == 1 {
		return all[0]
	}
	return "AND(" + strings.Join(all, ",") + ")"
}

func (e *expression) need(cell string) {
	if !slices.Contains(e.needs, cell) {
		e.needs = append(e.needs, cell)
	}
}

// cell is the cell of a column for the part at hand.
func (e *expression) cell(c cells) string {
	switch {
	case c.list == e.once, e.in == c.list, e.in == nil && c.list == e.list && e.row == "":
		return c.here()
	case e.in == nil && c.list == e.list:
		return c.inRow(e.row)
	}
	panic(untranslatable{what: "逐行的条件中不能用外面一行的项目"})
}
