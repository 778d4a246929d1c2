package read

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/livecheck"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// recalculation gives the formulas of a workbook the values that they come to,
// where that is known exactly: programs that do not calculate leave none, or old
// ones.
type recalculation struct {
	book *calc.Grids
	calc *calc.Calculator
}

func newRecalculation(wb *xlsx.Workbook) *recalculation {
	book := calc.NewGrids(wb)
	return &recalculation{book, calc.New(book)}
}

// outdated are the cells of a sheet in which another value stood than their
// formulas come to, and those whose formulas can't be calculated.
type outdated struct{ old, unchecked map[string]bool }

// use is what the form takes from a cell: a value, and one of its texts.
type use struct{ inForm, asText bool }

// run calculates the formulas of the sheet Sheets()[i], those of its forms first,
// and reports whether any of them came to something else than what stands there.
func (r *recalculation) run(i int, name string, grid *xlsx.Grid, tables []*sheet.Table) (old outdated, changed bool) {
	r.book.Keep(i, grid)
	var formulas []int                      // where they stand in the cells
	uses := make(map[string]use, usualRows) // of them
	for k := range grid.Cells() {
		if c := &grid.Cells()[k]; c.Formula != "" && !livecheck.IsCount(c.Formula) {
			formulas = append(formulas, k)
			uses[xlsx.Ref(c.Row, c.Col)] = use{}
		}
	}
	if len(formulas) == 0 {
		return old, false
	}
	for _, t := range tables {
		for v := range t.Values() {
			u, ok := uses[v.At().Ref]
			if _, isText := v.(*sheet.Text); ok {
				uses[v.At().Ref] = use{true, u.asText || isText}
			}
		}
	}
	old = outdated{map[string]bool{}, map[string]bool{}}
	for _, ofForm := range []bool{true, false} {
		for _, k := range formulas {
			c := grid.Cells()[k]
			ref := xlsx.Ref(c.Row, c.Col)
			if uses[ref].inForm != ofForm {
				continue
			}
			v, err := r.calc.Value(name, c.Row, c.Col)
			if uses[ref].asText && (c.Kind == xlsx.Empty || errors.Is(err, calc.ErrSyntax)) && isTarget(c.Formula) {
				v, err = calc.Value{Kind: calc.Text, Text: "=" + c.Formula}, nil
			}
			if err != nil {
				old.unchecked[ref] = !calc.Knows(c.Formula) || grid.InArray(c.Row, c.Col) // else what it takes from another cell
				continue
			}
			if c.Kind != xlsx.Empty && calc.ValueOf(c).Agrees(v) {
				continue
			}
			grid.SetResult(k, kindOf(v.Kind), v.Number, v.Text)
			changed = true
			old.old[ref] = c.Kind != xlsx.Empty
		}
	}
	return old, changed
}

// isTarget reports whether a formula is what a person typed for a target, =400 场,
// that a program took for a formula.
func isTarget(formula string) bool {
	return quantity.ParseTarget("="+formula, 0).Kind == quantity.KindNumber
}

func kindOf(k calc.ValueKind) xlsx.CellKind {
	return [...]xlsx.CellKind{calc.Blank: xlsx.Empty, calc.Number: xlsx.Number, calc.Text: xlsx.String, calc.Bool: xlsx.Bool, calc.Error: xlsx.Error}[k]
}

// notice notices the values of a form that are not calculated, once that some were old,
// and once that some can't be calculated; those from other files are noticed as such.
func (old outdated) notice(grid *xlsx.Grid, t *sheet.Table) {
	var refs, unchecked []string
	formula := ""
	for v := range t.Values() {
		at := v.At()
		if at.Formula == "" {
			continue
		}
		row, col, _ := xlsx.ParseRef(at.Ref)
		if cell, _ := grid.At(row, col); cell.Kind == xlsx.Empty {
			notCalculated(at)
			continue
		}
		if old.old[at.Ref] && !slices.Contains(refs, at.Ref) {
			refs = append(refs, at.Ref)
		}
		if old.unchecked[at.Ref] && !slices.Contains(unchecked, at.Ref) && !outside(at.Formula) {
			formula = cmp.Or(formula, "="+at.Formula)
			unchecked = append(unchecked, at.Ref)
		}
	}
	if len(refs) > 0 {
		t.AddNotice(sheet.Notice{Kind: sheet.NoticeOutdated, Cell: refs[0], Now: sheet.Several(refs)})
	}
	if len(unchecked) > 0 {
		t.AddNotice(sheet.Notice{Kind: sheet.NoticeUnchecked, Cell: unchecked[0], Issued: sheet.Several(unchecked), Now: formula})
	}
}

func notCalculated(c *sheet.Cell) {
	c.Problem = fmt.Sprintf("公式 =%s 没有计算结果，请在 Excel 或 WPS 中打开并保存一次", c.Formula)
	if c.Typed == "" {
		c.Typed = "=" + c.Formula // so that it does not count as left blank
	}
}
