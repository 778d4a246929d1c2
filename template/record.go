package template

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/issued"
	"ziping/sheet/livecheck"
	"ziping/sheet/opc"
)

// issues returns what is written down of what is issued, for the return to be compared
// with.
func (d *Drawer) issues(p *plan, checked bool) ([]issued.RecordCell, error) {
	r := issued.Record{Layout: d.layout.Name, Version: d.layout.Version, Sheet: d.layout.Sheet, Form: d.layout.form.Name, Files: d.layout.form.Files(),
		Blank: serves(p.table), Checked: checked, Issued: p.table, Locked: map[string]any{}, Formulas: map[string]string{}}
	for _, b := range p.boxes {
		switch b.kind {
		case input:
			r.Inputs = append(r.Inputs, b.ref())
		case derived:
			r.Formulas[b.ref()] = b.expr
		default:
			if b.value != nil && b.value != "" {
				r.Locked[b.ref()] = b.value
			}
		}
	}
	return r.Cells(d.Key)
}

// record returns the sheet of the record.
func (d *drawing) record() (part, error) {
	cells, err := d.issues(d.plan, d.base.checks != nil)
	if err != nil {
		return part{}, err
	}
	var rows []byte
	row := 0
	for _, c := range cells {
		i, err := d.texts.Add(c.Text)
		if err != nil {
			return part{}, err
		}
		if c.Row != row {
			if row != 0 {
				rows = append(rows, "</row>"...)
			}
			row = c.Row
			rows = fmt.Appendf(rows, `<row r="%d">`, row)
		}
		rows = fmt.Appendf(rows, `<c r="%s" t="s"><v>%d</v></c>`, c.Ref(), i)
	}
	return part{recordPart, d.base.record.with(append(rows, "</row>"...))}, nil
}

// properties returns what the workbook says of itself.
func (d *drawing) properties() part {
	t := d.plan.table
	return part{book.PropertiesPart, book.Properties{Title: t.Project.Value, Subject: d.layout.Title, Creator: t.Department.Value, Description: issued.Mark}.XML()}
}

// printed returns the part of the workbook, in which the areas are named that are printed
// of the form and of the checks.
func (d *drawing) printed(checks *livecheck.Drawn) part {
	areas := map[int]string{0: "'" + d.layout.Sheet + "'!$A$1:$" + book.Letter(len(d.layout.Columns)) + "$" + strconv.Itoa(d.plan.last)}
	if checks != nil {
		areas[2] = checks.PrintArea()
	}
	var names []byte
	for _, i := range slices.Sorted(maps.Keys(areas)) {
		names = fmt.Appendf(names, `<definedName localSheetId="%d" name="_xlnm.Print_Area">%s</definedName>`, i, opc.Escape(areas[i]))
	}
	return part{bookPart, d.base.book.with(names)}
}

// serves reports whether a form is a blank one, which serves any project: it names none,
// nor, where it is of a department, whose it is.
func serves(t *sheet.Table) bool {
	whole := t.Form.OfDepartment() && (t.Department.Value != "" || t.Implementer.Value != "")
	return t.Project.Value == "" && !whole
}
