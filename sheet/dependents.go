package sheet

import "ziping/sheet/xlsx"

// mostDependencies bounds the work of finding out what formulas take.
const mostDependencies = 1 << 20

// Following tells apart, of cells that are wrong, the roots, which are not wrong because
// of others, and returns what follows from them: see Dependents.
func (t *Table) Following(wrong map[string]bool) (roots, follow map[string]bool) {
	roots = map[string]bool{}
	var formulas []string
	for v := range t.Values() {
		switch at := v.At(); {
		case !wrong[at.Ref]:
			continue
		case at.Formula == "":
			roots[at.Ref] = true
		default:
			formulas = append(formulas, at.Ref)
		}
	}
	follow = t.Dependents(roots)
	for _, ref := range formulas {
		if !follow[ref] {
			roots[ref] = true
		}
	}
	return roots, t.Dependents(roots)
}

// Dependents returns the cells of the form whose formulas take what stands in one of
// the cells given, by themselves or through another formula of the form.
func (t *Table) Dependents(of map[string]bool) map[string]bool {
	type formula struct {
		ref   string
		areas []xlsx.Area
	}
	var formulas []formula
	left := mostDependencies
	for v := range t.Values() {
		if at := v.At(); at.Formula != "" && !of[at.Ref] {
			formulas = append(formulas, formula{at.Ref, areasIn(at.Formula)})
			left -= len(at.Formula)
		}
	}
	found, queue := map[string]bool{}, make([]string, 0, len(of))
	for ref := range of {
		queue = append(queue, ref)
	}
	for len(queue) > 0 && left > 0 {
		row, col, ok := xlsx.ParseRef(queue[0])
		queue = queue[1:]
		for i := 0; ok && i < len(formulas); i++ {
			f := &formulas[i]
			for _, area := range f.areas {
				if left--; !found[f.ref] && area.Contains(row, col) {
					found[f.ref] = true
					queue = append(queue, f.ref)
				}
			}
		}
	}
	return found
}

// areasIn returns the cells of its own sheet that a formula takes.
func areasIn(formula string) (areas []xlsx.Area) {
	elsewhere := false
	s := xlsx.ScanFormula(formula)
	for t := s.Next(); t.Kind != xlsx.TokenEnd; t = s.Next() {
		if t.Kind == xlsx.TokenArea && !elsewhere {
			areas = append(areas, t.Area)
		}
		elsewhere = t.Kind == xlsx.TokenSheet
	}
	return areas
}

// SumRanges returns the cells that a formula sums up. What stands in a sum as a
// term of a calculation, E7+E8, is a number there even if it is a text.
func SumRanges(formula, sheet string) []xlsx.Range {
	var list []xlsx.Range
	var inSum []bool // for each open bracket
	tokens := append([]xlsx.Token{{}}, xlsx.FormulaTokens(formula, sheet)...)
	tokens = append(tokens, xlsx.Token{})
	for i, this := range tokens[:len(tokens)-1] {
		sign := ""
		if this.Kind == xlsx.TokenSign {
			sign = this.Text
		}
		switch {
		case this.Kind == xlsx.TokenFunction, sign == "(":
			inSum = append(inSum, this.Kind == xlsx.TokenFunction && this.Text == "SUM")
		case sign == ")" && len(inSum) > 0:
			inSum = inSum[:len(inSum)-1]
		case this.Kind == xlsx.TokenArea && len(inSum) > 0 && inSum[len(inSum)-1]:
			before, after := tokens[i-1], tokens[i+1].Text
			if (before.Kind == xlsx.TokenFunction || before.Text == ",") && (after == "," || after == ")") {
				list = append(list, this.Area.Range)
			}
		}
	}
	return list
}
