package live

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
)

func (e *expression) unary(x *ast.UnaryNode) value {
	v := e.value(x.Node)
	switch x.Operator {
	case "!", "not":
		switch v.of(truth) {
		case "TRUE", "FALSE":
			return truthOf(v.formula == "FALSE")
		}
		return value{kind: truth, formula: "NOT(" + v.formula + ")", never: v.always, always: v.never}
	case "-":
		return value{kind: number, formula: "(-" + v.of(number) + ")"}
	}
	return v
}

// binary translates an operator. && and || ask their right side only where the left does
// not settle it, as IF does.
func (e *expression) binary(x *ast.BinaryNode) value {
	a := e.value(x.Left)
	if x.Operator == "matches" {
		return e.matches(a, x.Right)
	}
	b := e.value(x.Right)
	made := func(format string) value {
		return value{kind: truth, formula: fmt.Sprintf(format, a.formula, b.formula)}
	}
	switch x.Operator {
	case "&&", "and":
		return shortcut(a, b, false)
	case "||", "or":
		return shortcut(a, b, true)
	case "==", "!=":
		same := made("(%s=%s)")
		if a.kind == text {
			same = made("EXACT(%s,%s)")
		}
		b.of(a.kind)
		if x.Operator == "!=" {
			same.formula = "NOT(" + same.formula + ")"
		}
		return same
	case ">", ">=", "<", "<=":
		a.of(number)
		b.of(number)
		if v, known := compared(a.formula, x.Operator, b.formula); known {
			return truthOf(v)
		}
		return made("(%s" + x.Operator + "%s)")
	case "+":
		if a.kind == text {
			return value{kind: text, formula: "(" + a.formula + "&" + b.of(text) + ")"}
		}
		fallthrough
	case "-", "*", "/":
		return value{kind: number, formula: "(" + a.of(number) + x.Operator + b.of(number) + ")"}
	case "contains":
		in := value{kind: truth, formula: fmt.Sprintf("ISNUMBER(FIND(%s,%s))", b.of(text), a.of(text))}
		in.never = a.isNever(x.Right, strings.Contains)
		return in
	case "startsWith":
		in := beginsWith(a.of(text), b.of(text))
		in.never = a.isNever(x.Right, strings.HasPrefix)
		return in
	case "endsWith":
		in := endsWith(a.of(text), b.of(text))
		in.never = a.isNever(x.Right, strings.HasSuffix)
		return in
	case "in", "not in":
		in := value{kind: truth, formula: fmt.Sprintf("(SUMPRODUCT(--EXACT(%s,%s))>0)", b.of(words), a.of(text))}
		if x.Operator == "not in" {
			in.formula = "NOT(" + in.formula + ")"
		}
		return in
	}
	cant("%s", x.Operator)
	return value{}
}

// isNever reports whether none of the texts that a value may be stands to a text as has
// tells.
func (v value) isNever(n ast.Node, has func(s, part string) bool) bool {
	s, is := n.(*ast.StringNode)
	return is && v.oneOf != nil && !slices.ContainsFunc(v.oneOf, func(t string) bool { return has(t, s.Value) })
}

// compared compares two numbers where both are written out; how many rows there are is.
func compared(a, operator, b string) (result, known bool) {
	x, err := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	if err != nil || err2 != nil {
		return false, false
	}
	switch operator {
	case ">":
		return x > y, true
	case ">=":
		return x >= y, true
	case "<":
		return x < y, true
	}
	return x <= y, true
}

// shortcut is && and ||, of which settles is the left side that settles it.
func shortcut(a, b value, settles bool) value {
	a.of(truth)
	b.of(truth)
	settled := truthOf(settles)
	switch {
	case a.formula == settled.formula:
		return settled
	case a.formula == truthOf(!settles).formula:
		return b
	case settles:
		return value{kind: truth, formula: fmt.Sprintf("IF(%s,TRUE,%s)", a.formula, b.formula)}
	}
	return value{kind: truth, formula: fmt.Sprintf("IF(%s,%s,FALSE)", a.formula, b.formula)}
}

// matches translates a regular expression that only asks whether one of some texts
// stands somewhere, or at the beginning.
func (e *expression) matches(a value, pattern ast.Node) value {
	s, ok := pattern.(*ast.StringNode)
	if !ok {
		cant("正则表达式")
	}
	re, err := syntax.Parse(s.Value, syntax.Perl)
	if err != nil {
		cant("正则表达式")
	}
	re = re.Simplify()
	at, rest := "0", re
	subject := a.of(text)
	if re.Op == syntax.OpConcat && re.Sub[0].Op == syntax.OpBeginText {
		parts := re.Sub[1:]
		if parts[0].Op == syntax.OpStar { // \s*
			parts = parts[1:]
			subject = "TRIM(" + substitute(subject, [][2]string{{"\n", " "}, {"　", " "}}) + ")"
		}
		if len(parts) != 1 {
			cant("正则表达式")
		}
		at, rest = "1", parts[0]
	}
	list := literals(rest)
	if len(list) == 0 {
		cant("正则表达式")
	}
	for i, w := range list {
		list[i] = quote(w)
	}
	all := "{" + strings.Join(list, ";") + "}"
	if at == "1" {
		return beginsWith(subject, all)
	}
	return value{kind: truth, formula: fmt.Sprintf("(SUMPRODUCT(--ISNUMBER(FIND(%s,%s)))>0)", all, subject)}
}

// edge is a character that nobody types.
const edge = "\ue000"

// beginsWith asks whether a text begins with another, or one of others; LEFT would cut
// characters that are two in Excel.
func beginsWith(t, with string) value {
	return value{kind: truth, formula: fmt.Sprintf(`(SUMPRODUCT(--ISNUMBER(FIND("%[1]s"&%[2]s,"%[1]s"&%[3]s)))>0)`, edge, with, t)}
}

func endsWith(t, with string) value {
	return value{kind: truth, formula: fmt.Sprintf(`(SUMPRODUCT(--ISNUMBER(FIND(%s&"%s",%s&"%[2]s")))>0)`, with, edge, t)}
}

// literals are the texts that an expression is one of; nil where they are too many, or
// it is more.
func literals(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpCapture:
		return literals(re.Sub[0])
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return nil
		}
		return []string{string(re.Rune)}
	case syntax.OpCharClass:
		var list []string
		for i := 0; i < len(re.Rune); i += 2 {
			if re.Rune[i+1]-re.Rune[i] > 64 {
				return nil
			}
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				list = append(list, string(r))
			}
		}
		return list
	case syntax.OpAlternate:
		var list []string
		for _, sub := range re.Sub {
			some := literals(sub)
			if some == nil {
				return nil
			}
			list = append(list, some...)
		}
		return list
	case syntax.OpConcat:
		return oneAfterOther(re.Sub)
	}
	return nil
}

// oneAfterOther are the texts of what stands one after the other.
func oneAfterOther(subs []*syntax.Regexp) []string {
	list := []string{""}
	for _, sub := range subs {
		var longer []string
		for _, a := range list {
			for _, b := range literals(sub) {
				longer = append(longer, a+b)
			}
		}
		list = longer
		if len(list) > 64 {
			return nil
		}
	}
	return list
}
