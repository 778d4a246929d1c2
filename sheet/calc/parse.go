package calc

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ziping/sheet/memo"
	"ziping/sheet/xlsx"
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
		area  xlsx.Area
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
	*xlsx.FormulaScanner
	xlsx.Token
	formula   string
	depth     int
	columns   int // how often what was read depends on the column of its cell
	subtotals int
}

// mostNested is how deep a formula's brackets, functions and signs may be nested.
const mostNested = 250

// ErrSyntax is the error of what is no formula.
var ErrSyntax = errors.New("公式写法有误")

// readBefore are formulas that were read: the workbooks of a run have much the same.
var readBefore = memo.Cache[string, node]{Most: 8192}

// longestKept is how long a formula is at most that is kept, in bytes.
const longestKept = 2048

// parsed is parse for a formula that may be known.
func parsed(formula string) (node, error) {
	if root, ok := readBefore.Get(formula); ok {
		return root, nil
	}
	root, err := parse(formula)
	if err == nil && len(formula) <= longestKept {
		readBefore.Put(formula, root)
	}
	return root, err
}

// Knows reports whether a formula is written with what is calculated here; what it
// takes from other cells may not be.
func Knows(formula string) bool {
	_, err := parsed(formula)
	return err == nil
}

// parse reads a formula.
func parse(formula string) (root node, err error) {
	if len(formula) > longest {
		return nil, errors.New("公式太长")
	}
	p := &parser{FormulaScanner: xlsx.ScanFormula(formula), formula: formula}
	p.advance()
	root, err = p.binary(0)
	if err != nil {
		return nil, err
	}
	if p.Kind != xlsx.TokenEnd {
		return nil, ErrSyntax
	}
	return root, nil
}

func (p *parser) advance() { p.Token = p.Next() }

// is reports whether the token is a sign.
func (p *parser) is(sign string) bool { return p.Kind == xlsx.TokenSign && p.Text == sign }

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
	if p.Kind != xlsx.TokenSign {
		return false
	}
	for operator := range strings.FieldsSeq(levels[level]) {
		if operator == p.Text {
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
		operator := p.Text
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
	t := p.Token
	switch t.Kind {
	case xlsx.TokenNumber, xlsx.TokenText, xlsx.TokenError:
		p.advance()
		return constantOf(t)
	case xlsx.TokenArea:
		p.advance()
		if p.is(":") {
			return nil, ErrSyntax
		}
		return p.reference("", t.Area), nil
	case xlsx.TokenSheet:
		return p.onSheet(t.Text)
	case xlsx.TokenFunction:
		p.advance()
		return p.callFrom(t)
	case xlsx.TokenName:
		p.advance()
		switch strings.ToUpper(t.Text) {
		case "TRUE":
			return constant{boolean(true)}, nil
		case "FALSE":
			return constant{boolean(false)}, nil
		}
		return nil, fmt.Errorf("公式用了名称 %s，这里不计算", t.Text)
	case xlsx.TokenWrong:
		if strings.HasPrefix(t.Text, "[") || strings.HasPrefix(t.Text, "'") {
			return nil, errors.New("公式引用了别的工作簿")
		}
		return nil, ErrSyntax
	}
	switch {
	case p.accept("("):
		x, err := p.binary(0)
		if err == nil && !p.accept(")") {
			err = ErrSyntax
		}
		return x, err
	case p.accept("{"):
		return p.matrix()
	}
	return nil, ErrSyntax
}

// constantOf returns the value of a token.
func constantOf(t xlsx.Token) (constant, error) {
	switch t.Kind {
	case xlsx.TokenText:
		if tooLong(t.Text) {
			return constant{}, ErrSyntax
		}
		return constant{text(t.Text)}, nil
	case xlsx.TokenError:
		return constant{Value{Kind: Error, Text: t.Text}}, nil
	}
	v, err := strconv.ParseFloat(t.Text, 64)
	if err != nil {
		return constant{}, ErrSyntax
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
	t := p.Token
	p.advance()
	switch {
	case t.Kind == xlsx.TokenError && t.Text == "#REF!":
		return constant{errRef}, nil
	case t.Kind != xlsx.TokenArea || p.is(":"):
		return nil, ErrSyntax
	}
	return p.reference(name, t.Area), nil
}

// reference returns a reference. What a wide one comes to may be the value in the
// formula's own column.
func (p *parser) reference(sheet string, area xlsx.Area) node {
	if area.FirstCol < area.LastCol {
		p.columns++
	}
	return reference{sheet, area}
}

// callFrom reads a call whose name was read.
func (p *parser) callFrom(name xlsx.Token) (node, error) {
	columns, subtotals := p.columns, p.subtotals
	switch name.Text {
	case "COLUMN":
		p.columns++
	case "SUBTOTAL":
		p.subtotals++
	}
	c, err := p.call(name.Text)
	if err != nil || name.Text != "IFERROR" || p.subtotals > subtotals {
		return c, err
	}
	if _, ok := c.args[1].(constant); !ok {
		return c, nil
	}
	return part{c, p.formula[name.Start:p.Start], p.columns > columns}, nil
}

// call reads the arguments of a function.
func (p *parser) call(name string) (c call, err error) {
	f := functions[name]
	if f == nil {
		return c, fmt.Errorf("公式用了 %s，这里不计算", name)
	}
	c.function = f
	for !p.accept(")") {
		if len(c.args) > 0 && !p.accept(",") {
			return c, ErrSyntax
		}
		if p.is(",") || p.is(")") && len(c.args) > 0 {
			c.args = append(c.args, missing{})
			continue
		}
		arg, err := p.binary(0)
		if err != nil {
			return c, err
		}
		c.args = append(c.args, arg)
	}
	if !f.takes(len(c.args)) {
		return c, fmt.Errorf("公式中 %s 的参数个数不对", name)
	}
	return c, nil
}

// matrix reads an array that is written out.
func (p *parser) matrix() (node, error) {
	m := &array{rows: 1}
	cols := 0
	for {
		negative := p.accept("-")
		t := p.Token
		p.advance()
		var v Value
		switch upper := strings.ToUpper(t.Text); {
		case t.Kind == xlsx.TokenName && !negative && (upper == "TRUE" || upper == "FALSE"):
			v = boolean(upper == "TRUE")
		case t.Kind == xlsx.TokenNumber || !negative && (t.Kind == xlsx.TokenText || t.Kind == xlsx.TokenError):
			c, err := constantOf(t)
			if err != nil {
				return nil, err
			}
			v = c.value
			if negative {
				v.Number = -v.Number
			}
		default:
			return nil, ErrSyntax
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
			return nil, ErrSyntax
		}
		if p.accept("}") {
			return matrix{m}, nil
		}
		if !p.accept(";") {
			return nil, ErrSyntax
		}
		m.rows++
		cols = 0
	}
}
