package live

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"

	"ziping/sheet"
	"ziping/sheet/livecheck"
)

// resultType is what a formula comes to.
type resultType int

const (
	number resultType = iota
	text
	truth
	words // a list of texts
	rows  // of a list of the form
)

// value is an expression as a formula.
type value struct {
	kind    resultType
	formula string // of words, the cells or the array they are in

	field  field    // of a text that a field is
	oneOf  []string // of a text, all that it may be; nil where that is not known
	never  bool     // of a truth: it is false or open
	always bool     // it is true or open
	list   *list    // of rows
	only   string   // of rows: the column of states that says which; "" for all
}

// field is a text of a field.
type field struct {
	list  *list
	label string
	typed bool // as it stands there
}

// of returns the formula of a value of a kind.
func (v value) of(k resultType) string {
	if v.kind != k {
		cant("类型不同")
	}
	return v.formula
}

// value translates an expression.
func (e *expression) value(n ast.Node) value {
	switch x := n.(type) {
	case *ast.IntegerNode:
		return value{kind: number, formula: strconv.Itoa(x.Value)}
	case *ast.FloatNode:
		return value{kind: number, formula: strconv.FormatFloat(x.Value, 'f', -1, 64)}
	case *ast.StringNode:
		return value{kind: text, formula: quote(x.Value)}
	case *ast.BoolNode:
		return truthOf(x.Value)
	case *ast.IdentifierNode:
		return e.name(x.Value)
	case *ast.MemberNode:
		return e.member(x)
	case *ast.ChainNode:
		return e.value(x.Node)
	case *ast.ArrayNode:
		return e.array(x)
	case *ast.UnaryNode:
		return e.unary(x)
	case *ast.BinaryNode:
		return e.binary(x)
	case *ast.ConditionalNode:
		a, b := e.value(x.Exp1), e.value(x.Exp2)
		return value{kind: a.kind, formula: fmt.Sprintf("IF(%s,%s,%s)", e.value(x.Cond).of(truth), a.formula, b.of(a.kind))}
	case *ast.BuiltinNode:
		return e.builtin(x)
	case *ast.CallNode:
		return e.call(x)
	}
	cant("%T", n)
	return value{}
}

func truthOf(b bool) value {
	return value{kind: truth, formula: strings.ToUpper(strconv.FormatBool(b))}
}

// name translates a name: a param, a list, a field of the part at hand or of the form.
func (e *expression) name(name string) value {
	if e.in == nil && e.list.name == sheet.LabelIndicators {
		if v, varies := e.set.ParamFor(name, e.table, nil); v != nil && varies {
			return e.varying(name)
		}
	}
	if v, varies := e.set.ParamFor(name, e.table, nil); v != nil {
		if varies {
			cant("参数 %s 因指标而异", name)
		}
		return e.param(name, v)
	}
	if e.list.name != "" && e.list == e.lists[singles] {
		switch name {
		case "问题":
			return value{kind: text, formula: e.cell(e.list.problem())}
		case "种类":
			return value{kind: text, formula: e.cell(e.list.textual())}
		case "现值":
			return value{kind: text, formula: e.cell(e.list.typedText())}
		}
		cant("%s", name)
	}
	if l := e.lists[name]; l != nil {
		if !e.table.Prints(name) {
			cant("表上没有%s", name)
		}
		return value{kind: rows, list: l}
	}
	if e.in == nil && e.list != e.once && len(e.list.parts) > 0 && e.list.value(0, name) != nil {
		return e.field(e.list, name, true)
	}
	if _, v := e.once.fieldNamed(name); v != nil && !strings.Contains(name, ".") {
		return e.field(e.once, name, true)
	}
	cant("没有 %s", name)
	return value{}
}

// param is the value of a param.
func (e *expression) param(name string, v any) value {
	switch v := v.(type) {
	case float64:
		return value{kind: number, formula: strconv.FormatFloat(v, 'f', -1, 64)}
	case string:
		return value{kind: text, formula: quote(v)}
	case bool:
		return truthOf(v)
	case []string:
		return e.words(v)
	}
	cant("参数 %s", name)
	return value{}
}

// words are texts as an array.
func (e *expression) words(list []string) value {
	if len(list) == 0 {
		cant("清单是空的")
	}
	quoted := make([]string, len(list))
	for i, w := range list {
		quoted[i] = quote(w)
		if strings.Contains(quoted[i], "&") {
			cant("清单中有换行")
		}
	}
	return value{kind: words, formula: "{" + strings.Join(quoted, ";") + "}"}
}

// varying is a param that differs by indicator.
func (e *expression) varying(name string) value {
	l := e.lists[sheet.LabelIndicators]
	return value{kind: number, formula: e.cell(l.column("param "+name, func(l *list, i int) livecheck.Cell {
		v, _ := l.form.set.ParamFor(name, l.form.table, l.parts[i].(*sheet.Indicator))
		n, ok := v.(float64)
		if !ok {
			cant("参数 %s 因指标而异", name)
		}
		return livecheck.Number(n)
	}))}
}

// field is the value of a field, which is needed where the whole is unknown without.
func (e *expression) field(l *list, label string, needed bool) value {
	v := l.value(0, label)
	if v == nil {
		panic(untranslatable{"没有 " + label, true})
	}
	l.touch(label)
	made := value{kind: number, field: field{l, label, false}}
	there := "ISNUMBER"
	if _, isText := v.(*sheet.Text); isText {
		made.kind, there = text, "LEN"
		made.formula = e.cell(l.text(label))
	} else {
		made.formula = e.cell(l.number(label))
	}
	if l.isPrinted(label) {
		return made
	}
	if needed {
		e.need(made.formula)
	} else {
		made.formula = fmt.Sprintf("IF(%s(%s),%[2]s,NA())", there, made.formula)
	}
	return made
}

// isPrinted reports whether the office has printed a field of every part.
func (l *list) isPrinted(label string) bool {
	return !slices.ContainsFunc(l.indexes(), func(i int) bool {
		v := l.value(i, label)
		return v == nil || !v.At().Fixed || v.Any() == nil
	})
}

// member translates 总分.得分, .得分 of a row, 参数["…"], 清单[0].得分.
func (e *expression) member(x *ast.MemberNode) value {
	name, ok := x.Property.(*ast.StringNode)
	if !ok {
		cant("按数取一行")
	}
	switch base := x.Node.(type) {
	case *ast.PointerNode:
		if e.in == nil || base.Name != "" {
			cant("#%s", base.Name)
		}
		return e.field(e.in, name.Value, false)
	case *ast.IdentifierNode:
		if v, varies := e.set.ParamFor(base.Value, e.table, nil); v != nil {
			table, isTable := v.(map[string]float64)
			n, there := table[name.Value]
			if !isTable || !there || varies {
				cant("参数 %s", base.Value)
			}
			return value{kind: number, formula: strconv.FormatFloat(n, 'f', -1, 64)}
		}
		return e.field(e.once, base.Value+"."+name.Value, true)
	}
	cant("取一行的项目")
	return value{}
}

func (e *expression) array(x *ast.ArrayNode) value {
	var list []string
	for _, n := range x.Nodes {
		s, ok := n.(*ast.StringNode)
		if !ok {
			cant("清单中不是文字")
		}
		list = append(list, s.Value)
	}
	if len(list) == 0 {
		return value{kind: words}
	}
	return e.words(list)
}
