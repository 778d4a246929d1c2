package campaign

import (
	"bytes"
	"errors"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/book"
	"ziping/sheet/calc"
	"ziping/sheet/fill"
	"ziping/sheet/read"
	"ziping/template"
)

// workbook draws the form as it was issued, fills it in as the department does,
// and types over formulas.
func (p *madeProject) workbook(d *template.Drawer) ([]byte, error) {
	blank, err := d.Draw(issued(p.completed))
	if err != nil {
		return nil, err
	}
	filled, err := fill.Fill(blank, p.completed)
	if err != nil || len(p.form.edits) == 0 {
		return filled, err
	}
	return p.form.edit(filled)
}

// edit types over cells and calculates the formulas that are left.
func (f *madeForm) edit(data []byte) ([]byte, error) {
	found, err := read.Forms(data)
	if err != nil {
		return nil, err
	}
	x, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer x.Close()
	name := found[0].Sheet
	typed := map[string]bool{}
	for path, value := range f.edits {
		ref := f.cell(path)
		typed[ref] = true
		if err := errors.Join(x.SetCellFormula(name, ref, ""), x.SetCellValue(name, ref, value)); err != nil {
			return nil, err
		}
	}
	var refs []string
	for v := range found[0].Table.Values() {
		if at := v.At(); at.Formula != "" && !typed[at.Ref] {
			refs = append(refs, at.Ref)
		}
	}
	values, err := calc.Numbers(x, name, refs)
	if err != nil {
		return nil, err
	}
	return book.Bytes(x, values, nil)
}
