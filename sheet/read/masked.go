package read

import (
	"fmt"
	"strings"
	"unicode"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// noticeMasked notices the values of which a person sees something else in the
// workbook, or nothing. In a form that was issued nobody but who meant to can have
// done that.
func noticeMasked(t *sheet.Table, grid *xlsx.Grid, isIssued bool) {
	kind := sheet.NoticeMasked
	if isIssued {
		kind = sheet.NoticeMaskedIssued
	}
	masked := map[string]xlsx.Cell{}
	for _, c := range grid.Cells() {
		if c.Mask != xlsx.NoMask {
			masked[xlsx.Ref(c.Row, c.Col)] = c
		}
	}
	for v := range t.Values() { // of several in one cell the first counts
		ref := v.At().Ref
		if c, ok := masked[ref]; ok && misleads(v, c) {
			t.AddNotice(sheet.Notice{Kind: kind, Cell: ref, Now: described(c)})
		}
		delete(masked, ref)
	}
}

// misleads reports whether it matters that a person does not see the value. Rows
// without amounts are often hidden: names and zeros tell nobody anything else.
func misleads(v sheet.Value, c xlsx.Cell) bool {
	if c.Mask >= xlsx.MaskHidden {
		switch x := v.Any().(type) {
		case float64:
			return x != 0
		case string:
			return strings.ContainsFunc(x, unicode.IsDigit)
		}
		return false
	}
	_, isText := v.(*sheet.Text)
	return c.Mask != xlsx.NoMask && !(isText && c.Kind == xlsx.Number && c.Text == c.Shown) // the text is what is seen
}

// described says what a person sees of a cell, and what stands there.
func described(c xlsx.Cell) string {
	if c.Shown == "" {
		return fmt.Sprintf("存的是“%s”，却看不到（%s）", sheet.Excerpt(storedIn(c)), c.Mask)
	}
	return fmt.Sprintf("显示为“%s”，存的是“%s”（%s）", sheet.Excerpt(c.Shown), sheet.Excerpt(storedIn(c)), c.Mask)
}

// storedIn returns what stands in a cell.
func storedIn(c xlsx.Cell) string {
	if c.Kind == xlsx.Number && !c.Percent {
		return sheet.Show(&sheet.Number{Value: c.Value, Known: true})
	}
	return c.Text
}
