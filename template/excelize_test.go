package template

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
	"ziping/template/formtest"
)

// What is written into the slots of a base is what excelize writes, byte for byte.
func TestDrawnAsByExcelize(t *testing.T) {
	n := 25
	if testing.Short() {
		n = 5
	}
	for _, layout := range Names() {
		d := drawer(t, layout, "")
		check := func(name string, table *sheet.Table) {
			t.Helper()
			got, err := d.Draw(table)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			want, err := excelDraw(d, table)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(sheettest.Parts(t, want), sheettest.Parts(t, got)); diff != "" {
				t.Fatalf("%s (-excelize +drawn):\n%s", name, diff)
			}
		}
		check(layout+" blank", &sheet.Table{})
		check(layout+" project", formtest.ProjectOf(layout))
		d.Key = []byte("一个很长的密钥")
		for seed := range n {
			r := rand.New(rand.NewPCG(uint64(seed), 18))
			completed := formtest.Completed(r, layout)
			check(fmt.Sprintf("%s seed %d issued", layout, seed), formtest.Issued(r, completed))
			check(fmt.Sprintf("%s seed %d completed", layout, seed), completed)
		}
	}
}

// Several workbooks may be drawn at a time.
func TestDrawAtOnce(t *testing.T) {
	d := drawer(t, "shanghai", "")
	want := make([][]byte, 8)
	tables := make([]*sheet.Table, len(want))
	for i := range want {
		r := rand.New(rand.NewPCG(uint64(i), 18))
		tables[i] = formtest.Issued(r, formtest.Completed(r, "shanghai"))
		var err error
		if want[i], err = d.Draw(tables[i]); err != nil {
			t.Fatal(err)
		}
	}
	var all sync.WaitGroup
	for i := range want {
		all.Go(func() {
			if got, err := d.Draw(tables[i]); err != nil || !bytes.Equal(got, want[i]) {
				t.Errorf("workbook %d differs from the one drawn alone (%v)", i, err)
			}
		})
	}
	all.Wait()
}

// excelDraw draws a form as Draw does, with nothing but excelize.
func excelDraw(d *Drawer, t *sheet.Table) ([]byte, error) {
	p, err := newPlan(d.layout, t)
	if err != nil {
		return nil, err
	}
	f, err := d.draft("")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	dr := excelDrawing{Drawer: d, plan: p, f: f}
	for _, step := range []func() error{dr.rows, dr.cells, dr.validations, dr.highlights, dr.cursor, dr.record} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return dr.finish()
}

// excelDrawing is one form on its way into a workbook of excelize.
type excelDrawing struct {
	*Drawer
	plan *plan
	f    *excelize.File
}

func (d *excelDrawing) rows() error {
	for _, ln := range d.plan.lines {
		for row := ln.top; row < ln.top+ln.rows; row++ {
			if err := d.f.SetRowHeight(d.layout.Sheet, row, ln.height/float64(ln.rows)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *excelDrawing) cells() error {
	for _, b := range d.plan.boxes {
		first, last := corners(b.area)
		if err := d.f.SetCellStyle(d.layout.Sheet, first, last, d.styles[styled{b.Style, b.kind != input}]); err != nil {
			return err
		}
		if first != last {
			if err := d.f.MergeCell(d.layout.Sheet, first, last); err != nil {
				return err
			}
		}
		if err := d.cell(b, first); err != nil {
			return err
		}
	}
	return nil
}

func (d *excelDrawing) cell(b *box, ref string) error {
	if b.kind == derived {
		if err := d.f.SetCellFormula(d.layout.Sheet, ref, b.expr); err != nil {
			return err
		}
	}
	if b.Hide != "" && b.kind == derived {
		when, err := d.plan.resolve(b.Hide, b.line)
		if err != nil {
			return err
		}
		return d.condition(ref, when, d.hidden)
	}
	switch v := b.value.(type) {
	case string:
		if v == "" {
			return nil
		}
		if err := sheet.CheckText(v); err != nil {
			return err
		}
		return d.f.SetCellStr(d.layout.Sheet, ref, xlsx.Escape(v)) // excelize forgets to escape
	case float64:
		return d.f.SetCellValue(d.layout.Sheet, ref, v)
	}
	return nil
}

// condition lays a conditional format over an area.
func (d *excelDrawing) condition(area, when string, format int) error {
	return d.f.SetConditionalFormat(d.layout.Sheet, area, []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: when, Format: &format},
	})
}

// corners returns the first and the last cell of an area.
func corners(a xlsx.Range) (first, last string) {
	return xlsx.Ref(a.FirstRow, a.FirstCol), xlsx.Ref(a.LastRow, a.LastCol)
}

func (d *excelDrawing) validations() error {
	for _, row := range d.layout.Row {
		for i := range row.Cells {
			var inputs []*box
			for _, b := range d.plan.byCell[&row.Cells[i]] {
				if b.kind == input {
					inputs = append(inputs, b)
				}
			}
			for _, run := range runs(inputs) {
				if err := d.validation(run); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (d *excelDrawing) validation(run []*box) error {
	in := d.layout.Input[run[0].field]
	dv := excelize.NewDataValidation(true)
	dv.Sqref = over(run)
	title := sheet.ParsePath(run[0].field).Label
	dv.SetInput(title, d.plan.expand(in.Prompt))
	dv.SetError(excelize.DataValidationErrorStyleStop, title+"填写有误", d.plan.expand(in.Error))
	low, err := d.plan.resolve(in.Min, run[0].line)
	if err != nil {
		return err
	}
	high, err := d.plan.resolve(in.Max, run[0].line)
	if err != nil {
		return err
	}
	op := excelize.DataValidationOperatorBetween
	switch {
	case low == "":
		op, low = excelize.DataValidationOperatorLessThanOrEqual, high
	case high == "":
		op = excelize.DataValidationOperatorGreaterThanOrEqual
	}
	if err := dv.SetRange(low, high, dataTypes[in.Type], op); err != nil {
		return fmt.Errorf("[input.%q]：%w", run[0].field, err)
	}
	if op != excelize.DataValidationOperatorBetween {
		dv.Formula2 = "" // there is but one bound
	}
	return d.f.AddDataValidation(d.layout.Sheet, dv)
}

var dataTypes = map[string]excelize.DataValidationType{
	"text":    excelize.DataValidationTypeTextLength,
	"decimal": excelize.DataValidationTypeDecimal,
	"whole":   excelize.DataValidationTypeWhole,
}

func (d *excelDrawing) highlights() error {
	for _, h := range d.layout.Highlight {
		_, spec := d.layout.cellOf(h.Field)
		for _, run := range runs(d.plan.byCell[spec]) {
			when, err := d.plan.resolve(h.When, run[0].line)
			if err != nil {
				return err
			}
			if err := d.condition(over(run), when, d.Drawer.over[h.Style]); err != nil {
				return err
			}
		}
	}
	return nil
}

// cursor puts the cursor on the first cell that is to be filled in.
func (d *excelDrawing) cursor() error {
	for _, b := range d.plan.boxes {
		if b.kind == input {
			first, last := corners(b.area)
			return d.f.SetPanes(d.layout.Sheet, &excelize.Panes{Selection: []excelize.Selection{{ActiveCell: first, SQRef: first + ":" + last}}})
		}
	}
	return nil
}

// record writes down what is issued, for the return to be compared with.
func (d *excelDrawing) record() error {
	cells, err := d.issues(d.plan, false)
	if err != nil {
		return err
	}
	for _, c := range cells {
		if err := d.f.SetCellStr(issued.RecordSheet, c.Ref(), c.Text); err != nil {
			return err
		}
	}
	book.Properties{
		Title: d.plan.table.Project.Value, Subject: d.layout.Title, Creator: d.plan.table.Department.Value, Description: issued.Mark,
	}.Set(d.f)
	return d.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: d.layout.Sheet,
		RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", d.layout.Sheet, book.Letter(len(d.layout.Columns)), d.plan.last),
	})
}

// finish calculates the formulas.
func (d *excelDrawing) finish() ([]byte, error) {
	var refs []string
	for _, b := range d.plan.boxes {
		if b.kind == derived {
			refs = append(refs, b.ref())
		}
	}
	values, err := calc.Numbers(d.f, d.layout.Sheet, refs)
	if err != nil {
		return nil, err
	}
	return book.Bytes(d.f, values, d.plan.grows())
}
