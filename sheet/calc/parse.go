package calc

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// node is a part of a formula.
type node interface {
	// eval returns what it comes to. Where all is an array, ranges are not cut down
	// to the cell in the formula's row or column.
	eval(e *evaluation, all bool) operand
}

type (
	constant  struct{ value Value }
	missing   struct{} // an argument that is left out: IF(A1,,1)
	reference struct {
		sheet string // "" for the formula's own
		area  area
	}
	prefix  struct{ x node } // -
	percent struct{ x node }
	infix   struct {
		operator string
		x, y     node
	}
	call struct {
		function *function
		args     []node
	}
	matrix struct{ array *array } // {1,2;3,4}
)

// parser reads a formula by recursive descent.
type parser struct {
	scanner
	token
	depth int
}

// mostNested is how deep a formula's brackets, functions and signs may be nested.
const mostNested = 250

var errSyntax = errors.New("公式写法有误")

// parse reads a formula.
func parse(formula string) (root node, err error) {
	if len(formula) > longest {
		return nil, errors.New("公式太长")
	}
	p := &parser{scanner: scanner{formula: strings.TrimPrefix(formula, "=")}}
	p.advance()
	if root, err = p.binary(0); err != nil {
		return nil, err
	}
	if p.kind != tokenEnd {
		return nil, errSyntax
	}
	return root, nil
}

func (p *parser) advance() { p.token = p.next() }

// is reports whether the token is a sign.
func (p *parser) is(sign string) bool { return p.kind == tokenSign && p.text == sign }

// accept takes a sign if it is next.
func (p *parser) accept(sign string) bool {
	ok := p.is(sign)
	if ok {
		p.advance()
	}
	return ok
}

// levels are the binary operators, the loosest first.
var levels = [...]string{"= < > <= >= <>", "&", "+ -", "* /", "^"}

func (p *parser) operator(level int) bool {
	if p.kind != tokenSign {
		return false
	}
	for operator := range strings.FieldsSeq(levels[level]) {
		if operator == p.text {
			return true
		}
	}
	return false
}

func (p *parser) binary(level int) (node, error) {
	if level == len(levels) {
		return p.unary()
	}
	x, err := p.binary(level + 1)
	for err == nil && p.operator(level) {
		operator := p.text
		p.advance()
		var y node
		y, err = p.binary(level + 1)
		x = infix{operator, x, y}
	}
	return x, err
}

// unary reads signs, which bind more tightly than ^: -2^2 is 4.
func (p *parser) unary() (x node, err error) {
	if p.depth++; p.depth > mostNested {
		return nil, errors.New("公式嵌套太深")
	}
	defer func() { p.depth-- }()
	switch {
	case p.accept("-"):
		x, err = p.unary()
		return prefix{x}, err
	case p.accept("+"):
		return p.unary()
	}
	x, err = p.primary()
	for err == nil && p.accept("%") {
		x = percent{x}
	}
	return x, err
}

func (p *parser) primary() (node, error) {
	t := p.token
	switch t.kind {
	case tokenNumber, tokenText, tokenError:
		p.advance()
		return constantOf(t)
	case tokenArea:
		p.advance()
		if p.is(":") {
			return nil, errSyntax
		}
		return reference{"", t.area}, nil
	case tokenSheet:
		return p.onSheet(t.text)
	case tokenFunction:
		p.advance()
		return p.call(t.text)
	case tokenName:
		p.advance()
		switch strings.ToUpper(t.text) {
		case "TRUE":
			return constant{boolean(true)}, nil
		case "FALSE":
			return constant{boolean(false)}, nil
		}
		return nil, fmt.Errorf("公式用了名称 %s，这里不计算", t.text)
	case tokenWrong:
		if strings.HasPrefix(t.text, "[") || strings.HasPrefix(t.text, "'") {
			return nil, errors.New("公式引用了别的工作簿")
		}
		return nil, errSyntax
	}
	switch {
	case p.accept("("):
		x, err := p.binary(0)
		if err == nil && !p.accept(")") {
			err = errSyntax
		}
		return x, err
	case p.accept("{"):
		return p.matrix()
	}
	return nil, errSyntax
}

// constantOf returns the value of a token.
func constantOf(t token) (constant, error) {
	switch t.kind {
	case tokenText:
		if tooLong(t.text) {
			return constant{}, errSyntax
		}
		return constant{text(t.text)}, nil
	case tokenError:
		return constant{Value{Kind: Error, Text: t.text}}, nil
	}
	v, err := strconv.ParseFloat(t.text, 64)
	if err != nil {
		return constant{}, errSyntax
	}
	return constant{number(v)}, nil
}

// onSheet reads what stands behind the name of a sheet.
func (p *parser) onSheet(name string) (node, error) {
	if strings.ContainsAny(name, "[]") {
		return nil, errors.New("公式引用了别的工作簿")
	}
	if strings.Contains(name, ":") {
		return nil, errors.New("公式引用了几张工作表的同一区域，这里不计算")
	}
	p.advance()
	t := p.token
	p.advance()
	switch {
	case t.kind == tokenError && t.text == "#REF!":
		return constant{errRef}, nil
	case t.kind != tokenArea || p.is(":"):
		return nil, errSyntax
	}
	return reference{name, t.area}, nil
}

// call reads the arguments of a function.
func (p *parser) call(name string) (node, error) {
	f := functions[name]
	if f == nil {
		return nil, fmt.Errorf("公式用了 %s，这里不计算", name)
	}
	c := call{function: f}
	for !p.accept(")") {
		if len(c.args) > 0 && !p.accept(",") {
			return nil, errSyntax
		}
		if p.is(",") || p.is(")") && len(c.args) > 0 {
			c.args = append(c.args, missing{})
			continue
		}
		arg, err := p.binary(0)
		if err != nil {
			return nil, err
		}
		c.args = append(c.args, arg)
	}
	if len(c.args) < f.min || len(c.args) > f.max() {
		return nil, fmt.Errorf("公式中 %s 的参数个数不对", name)
	}
	return c, nil
}

// matrix reads an array that is written out.
func (p *parser) matrix() (node, error) {
	m := &array{rows: 1}
	cols := 0
	for {
		negative := p.accept("-")
		t := p.token
		p.advance()
		var v Value
		switch upper := strings.ToUpper(t.text); {
		case t.kind == tokenName && !negative && (upper == "TRUE" || upper == "FALSE"):
			v = boolean(upper == "TRUE")
		case t.kind == tokenNumber || !negative && (t.kind == tokenText || t.kind == tokenError):
			c, err := constantOf(t)
			if err != nil {
				return nil, err
			}
			if v = c.value; negative {
				v.Number = -v.Number
			}
		default:
			return nil, errSyntax
		}
		m.values = append(m.values, v)
		cols++
		if p.accept(",") {
			continue
		}
		if m.rows == 1 {
			m.cols = cols
		}
		if cols != m.cols {
			return nil, errSyntax
		}
		if p.accept("}") {
			return matrix{m}, nil
		}
		if !p.accept(";") {
			return nil, errSyntax
		}
		m.rows++
		cols = 0
	}
}
