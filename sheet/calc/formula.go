package calc

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/efp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// What calculating one formula of somebody's workbook may take. A form's own
// formulas take a hundredth of it.
const (
	mostCells = 5_000   // that it depends on
	mostSteps = 100_000 // evaluations, when nothing is remembered between them
	deepest   = 100     // formulas that depend on one another
	longest   = 8192    // bytes of a formula, as in Excel
)

// mostStepsInAll is what calculating all formulas of one workbook may take, of
// which each takes a few microseconds at most.
const mostStepsInAll = 5_000_000

// calculated are the functions that a form may calculate with. Others do not
// belong into one, or may take any time or memory (REPT, OFFSET, WEBSERVICE).
var calculated = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(`ABS AND AVERAGE CONCATENATE COUNT COUNTA COUNTIF IF IFERROR INT ISBLANK ISERROR ISNUMBER
		LEFT LEN MAX MID MIN MOD N NOT OR PRODUCT RIGHT ROUND ROUNDDOWN ROUNDUP SUM SUMIF SUMPRODUCT TEXT TRIM TRUNC VALUE`) {
		m[name] = true
	}
	return m
}()

// cellAt is a cell of a workbook.
type cellAt struct {
	sheet    string
	row, col int
}

// dependencies walks what a formula depends on before it is calculated: the
// engine follows any formula, however long that takes.
type dependencies struct {
	steps map[cellAt]int // evaluations that a cell takes; 0 while it is walked
	depth int
	all   *Calculator

	numbers bool // that are stored as texts, outside of a range, are refused
}

// calculable returns why a formula can't be calculated: it depends on itself, on
// too much, or on what is not in the workbook; where it is to come to a number,
// also on a number that is stored as a text, which the engine does not take for
// one as Excel does.
func (c *Calculator) Calculable(sheet, ref string, number bool) error {
	r, ok := xlsx.ParseRange(ref)
	if !ok {
		return fmt.Errorf("不认得单元格 %s", ref)
	}
	d := dependencies{all: c, steps: map[cellAt]int{}, numbers: number}
	steps, err := d.walk(cellAt{sheet, r.FirstRow, r.FirstCol})
	if err != nil {
		return err
	}
	return c.take(steps)
}

// isTextNumber reports whether a cell holds a number that is stored as a text.
func (c *Calculator) isTextNumber(sheet, ref string) bool {
	kind, err := c.F.GetCellType(sheet, ref)
	if err != nil || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
		return false
	}
	text, err := c.F.GetCellValue(sheet, ref, excelize.Options{RawCellValue: true})
	_, _, ok := quantity.ParseNumber(text)
	return err == nil && ok
}

var errTooMuch = errors.New("工作簿中要计算的公式太多")

// take takes the steps of some looks at cells.
func (c *Calculator) take(looks int) error {
	if c.left -= looks * c.look; c.left < 0 {
		return errTooMuch
	}
	return nil
}

// formula returns the formula of a cell, "" where it has none.
func (c *Calculator) Formula(sheet, ref string) (string, error) {
	if err := c.take(1); err != nil {
		return "", err
	}
	formula, err := c.F.GetCellFormula(sheet, ref)
	// =+F7+F8 is a habit of people who know other spreadsheets; the engine does not
	// know it. To change a shared formula would take it from those that share it.
	if plain := strings.TrimLeft(formula, "+ "); plain != formula && err == nil && !c.shares {
		formula, err = plain, c.F.SetCellFormula(sheet, ref, plain)
	}
	return formula, err
}

func (d *dependencies) walk(at cellAt) (steps int, err error) {
	if steps, known := d.steps[at]; known {
		if steps == 0 {
			return 0, fmt.Errorf("公式循环引用了单元格 %s", xlsx.Ref(at.row, at.col))
		}
		return steps, nil
	}
	if len(d.steps) == mostCells || d.depth == deepest {
		return 0, errors.New("公式引用的单元格太多")
	}
	d.steps[at] = 0
	d.depth++
	defer func() { d.depth-- }()
	formula, err := d.all.Formula(at.sheet, xlsx.Ref(at.row, at.col))
	if errors.Is(err, errTooMuch) {
		return 0, err
	} else if err != nil {
		return 0, fmt.Errorf("公式引用了“%s”的单元格 %s，工作簿中没有", at.sheet, xlsx.Ref(at.row, at.col))
	}
	steps = 1
	if len(formula) > longest {
		return 0, errors.New("公式太长")
	}
	if formula != "" {
		parser := efp.ExcelParser()
		for _, token := range parser.Parse(formula) {
			n, err := d.token(at.sheet, token)
			if err != nil {
				return 0, err
			}
			if steps += n; steps > mostSteps {
				return 0, errors.New("公式引用的单元格太多")
			}
		}
	}
	d.steps[at] = steps
	return steps, nil
}

// token returns the evaluations that a token of a formula takes.
func (d *dependencies) token(sheet string, token efp.Token) (steps int, err error) {
	switch {
	case token.TType == efp.TokenTypeFunction && token.TSubType == efp.TokenSubTypeStart:
		if !calculated[strings.ToUpper(token.TValue)] {
			return 0, fmt.Errorf("公式用了 %s，这里不计算", token.TValue)
		}
	case token.TType == efp.TokenTypeOperand && token.TSubType == efp.TokenSubTypeRange:
		name := token.TValue
		if i := strings.LastIndexByte(name, '!'); i >= 0 {
			sheet, name = strings.ReplaceAll(strings.Trim(name[:i], "'"), "''", "'"), name[i+1:]
		}
		area, ok := xlsx.ParseRange(strings.ReplaceAll(name, "$", ""))
		if !ok {
			return 0, fmt.Errorf("公式引用了 %s，这里不计算", token.TValue)
		}
		if ref := xlsx.Ref(area.FirstRow, area.FirstCol); d.numbers && ref == area.String() && d.all.isTextNumber(sheet, ref) {
			return 0, fmt.Errorf("公式引用的 %s 是文字形式的数字", ref)
		}
		return d.area(sheet, area)
	case token.TType == efp.TokenTypeUnknown:
		return 0, errors.New("公式写法有误")
	}
	return 0, nil
}

// area returns the evaluations that the cells of an area take.
func (d *dependencies) area(sheet string, r xlsx.Range) (steps int, err error) {
	if (r.LastRow-r.FirstRow+1)*(r.LastCol-r.FirstCol+1) > mostCells {
		return 0, errors.New("公式引用的单元格太多")
	}
	for row := r.FirstRow; row <= r.LastRow; row++ {
		for col := r.FirstCol; col <= r.LastCol; col++ {
			n, err := d.walk(cellAt{sheet, row, col})
			if err != nil {
				return 0, err
			}
			if steps += n; steps > mostSteps {
				return 0, errors.New("公式引用的单元格太多")
			}
		}
	}
	return steps, nil
}
