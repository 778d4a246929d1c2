package read

import (
	"cmp"
	"slices"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// noticeTextNumbers notices the numbers that are stored as texts where a SUM of
// the form takes them in, or should again: it passes over texts.
func noticeTextNumbers(f sheet.Found, grid *xlsx.Grid) {
	var texts []*sheet.Number
	for v := range f.Table.Values() {
		if n, ok := v.(*sheet.Number); ok && n.Value != 0 && n.Formula == "" {
			row, col, _ := xlsx.ParseRef(n.Ref)
			if at, _ := grid.At(row, col); at.Kind == xlsx.String {
				texts = append(texts, n)
			}
		}
	}
	if len(texts) == 0 {
		return
	}
	var summed []xlsx.Range
	for v := range f.Table.Values() {
		at := v.At()
		summed = append(summed, sumRanges(cmp.Or(at.Formula, at.Issued), f.Sheet)...)
	}
	for _, n := range texts {
		row, col, _ := xlsx.ParseRef(n.Ref)
		if slices.ContainsFunc(summed, func(r xlsx.Range) bool { return r.Contains(row, col) }) {
			f.Table.AddNotice(sheet.Notice{Kind: sheet.NoticeText, Cell: n.Ref, Now: n.Typed})
		}
	}
}

// sumRanges returns the cells that a formula sums up. What stands in a sum as a
// term of a calculation, E7+E8, is a number there even if it is a text.
func sumRanges(formula, sheet string) []xlsx.Range {
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
