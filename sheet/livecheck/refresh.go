package livecheck

import (
	"bytes"
	"strings"

	"ziping/sheet/calc"
	"ziping/sheet/opc"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// Refresh gives the sheet of a workbook that was filled in the values that its formulas
// come to, and returns what it says at its top. The template is the workbook as it was
// before. One without the sheet stays as it is, and says nothing.
func Refresh(template, filled []byte) (refreshed []byte, says string, err error) {
	before, err := open(template)
	if err != nil || before.sheets[Name] == "" {
		return filled, "", err
	}
	now, err := open(filled)
	if err != nil {
		return nil, "", err
	}
	content, err := before.Content(before.sheets[Name])
	if err != nil {
		return nil, "", err
	}
	now.Set(now.sheets[Name], content) // as no program has written it since
	wb, err := xlsx.OpenPackage(now.Package, xlsx.Limits{})
	if err != nil {
		return nil, "", err
	}
	c := calc.New(calc.NewGrids(wb))
	for name, part := range now.sheets {
		d, err := now.Document(part, opc.Spreadsheet)
		if err != nil {
			return nil, "", err
		}
		for row := range d.Root.Child("sheetData").Children() {
			for cell := range row.Children() {
				f := cell.Child("f")
				if !f.Exists() || name != Name && !IsCount(f.Text()) {
					continue
				}
				at, _ := xlsx.ParseRange(cell.Attr("r"))
				v, err := c.Value(name, at.FirstRow, at.FirstCol)
				if err != nil {
					v = calc.Value{} // a program will
				}
				d.Replace(cell, valued(cell, f, v))
				if name == Name && at.FirstRow == sumRow && at.FirstCol == colMark {
					says = v.Text
				}
			}
		}
		if d.Changed() {
			if err := now.Save(part, d); err != nil {
				return nil, "", err
			}
		}
	}
	refreshed, err = now.Bytes()
	return refreshed, says, err
}

func open(data []byte) (*book, error) {
	p, err := opc.Open(bytes.NewReader(data), int64(len(data)), opc.Limits{})
	if err != nil {
		return nil, err
	}
	return openBook(p)
}

// valued is a cell with a value for its formula.
func valued(cell, f opc.Element, v calc.Value) opc.Fragment {
	kind, text := "", ""
	switch v.Kind {
	case calc.Number:
		text = quantity.FormatNumber(v.Number)
	case calc.Bool:
		kind, text = "b", quantity.FormatNumber(v.Number)
	case calc.Text:
		kind, text = "str", v.Text
	case calc.Error:
		kind, text = "e", v.Text
	}
	var b strings.Builder
	b.WriteString(`<c r="` + cell.Attr("r") + `"`)
	for _, a := range [][2]string{{"s", cell.Attr("s")}, {"t", kind}} {
		if a[1] != "" {
			b.WriteString(" " + a[0] + `="` + a[1] + `"`)
		}
	}
	b.WriteString(">" + string(f.Fragment()))
	if v.Kind != calc.Blank {
		b.WriteString("<v>" + escape(text) + "</v>")
	}
	b.WriteString("</c>")
	return opc.Fragment(b.String())
}

// IsCount reports whether a formula is that of the small cell on the form, however a
// program writes it.
func IsCount(formula string) bool {
	return strings.ReplaceAll(formula, "'", "") == smallCell
}
