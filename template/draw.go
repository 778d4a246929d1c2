package template

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// Drawer draws the locked workbooks of one layout. What they have in common,
// the hash of the password above all, is made once; Draw may be called from
// several goroutines.
type Drawer struct {
	Key []byte // seals the records; nil leaves them unsealed

	layout *Layout
	base   []byte // a workbook with the styles, the page and the protection
	styles map[styled]int
	over   map[string]int // conditional formats by the name of their style
	hidden int            // the conditional format that shows nothing
}

// styled names a cell style of the base workbook.
type styled struct {
	name   string
	locked bool
}

// paperSizes are the numbers of Excel.
var paperSizes = map[string]int{"A4": 9, "A3": 8}

// NewDrawer prepares to draw a layout. The password locks the sheets and the
// structure of the workbook; with "" they are locked, and anyone may unlock them.
func NewDrawer(l *Layout, password string) (*Drawer, error) {
	d := &Drawer{layout: l, styles: map[styled]int{}, over: map[string]int{}}
	f := excelize.NewFile()
	defer f.Close()
	for _, step := range []func(*excelize.File) error{d.addStyles, d.addSheets, d.setPage} {
		if err := step(f); err != nil {
			return nil, fmt.Errorf("版式 %s：%w", l.Name, err)
		}
	}
	if err := protect(f, password); err != nil {
		return nil, err
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	d.base = b.Bytes()
	return d, nil
}

func (d *Drawer) addStyles(f *excelize.File) error {
	if err := f.SetDefaultFont(*d.layout.style(baseStyle).Font); err != nil {
		return err
	}
	var err error
	for _, name := range keys(d.layout.Style) {
		for _, locked := range []bool{true, false} {
			s := d.layout.style(name)
			if !locked {
				s = d.layout.style(name, inputStyle)
			}
			if d.styles[styled{name, locked}], err = f.NewStyle(s.excel(locked)); err != nil {
				return fmt.Errorf("样式 %s：%w", name, err)
			}
		}
	}
	for _, h := range d.layout.Highlight {
		if d.over[h.Style], err = f.NewConditionalStyle(d.layout.Style[h.Style].highlight()); err != nil {
			return fmt.Errorf("样式 %s：%w", h.Style, err)
		}
	}
	if d.hidden, err = f.NewConditionalStyle(&excelize.Style{CustomNumFmt: new(";;;")}); err != nil {
		return err
	}
	f.Styles.Dxfs.Dxfs[d.hidden].NumFmt.NumFmtID = hiddenFormat
	return nil
}

// hiddenFormat is the number of the format that shows nothing. excelize takes the
// same numbers for formats of cells and of conditions.
const hiddenFormat = 1000

func (d *Drawer) addSheets(f *excelize.File) error {
	name := d.layout.Sheet
	if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
		return err
	}
	for i, width := range d.layout.Columns {
		col, _ := excelize.ColumnNumberToName(i + 1)
		if err := f.SetColWidth(name, col, col, width); err != nil {
			return err
		}
	}
	if err := book.IgnoreErrors(f, name); err != nil {
		return err
	}
	return book.AddHidden(f, issued.RecordSheet)
}

func (d *Drawer) setPage(f *excelize.File) error {
	name, page := d.layout.Sheet, d.layout.Page
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: new(true)}); err != nil {
		return err
	}
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: new(paperSizes[*page.Paper]), Orientation: page.Orientation,
		FitToWidth: new(1), FitToHeight: new(0), // as many pages down as it takes
	}); err != nil {
		return err
	}
	m := page.Margins
	if err := f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{
		Top: m.Top, Bottom: m.Bottom, Left: m.Left, Right: m.Right, Header: m.Header, Footer: m.Footer,
		Horizontally: page.Center,
	}); err != nil {
		return err
	}
	if footer := value(page.Footer); footer != "" {
		if err := f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&C" + footer}); err != nil {
			return err
		}
	}
	return f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: new(false)})
}

// protect locks every sheet and the structure of the workbook.
func protect(f *excelize.File, password string) error {
	algorithm := ""
	if password != "" {
		algorithm = "SHA-512"
	}
	for _, name := range f.GetSheetList() {
		if err := f.ProtectSheet(name, &excelize.SheetProtectionOptions{
			AlgorithmName: algorithm, Password: password,
			SelectUnlockedCells: true, FormatRows: true,
		}); err != nil {
			return err
		}
	}
	return f.ProtectWorkbook(&excelize.WorkbookProtectionOptions{Password: password, LockStructure: true})
}

// Draw returns the workbook of a project. What the table says is printed and
// locked; what it leaves empty is to be filled in.
func (d *Drawer) Draw(t *sheet.Table) ([]byte, error) {
	p, err := newPlan(d.layout, t)
	if err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(d.base))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	dr := drawing{Drawer: d, plan: p, f: f}
	for _, step := range []func() error{dr.rows, dr.cells, dr.validations, dr.highlights, dr.cursor, dr.record} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return dr.finish()
}

// drawing is one form on its way into a workbook.
type drawing struct {
	*Drawer
	plan *plan
	f    *excelize.File
}

func (d *drawing) rows() error {
	for _, ln := range d.plan.lines {
		for row := ln.top; row < ln.top+ln.rows; row++ {
			if err := d.f.SetRowHeight(d.layout.Sheet, row, ln.height/float64(ln.rows)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *drawing) cells() error {
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

func (d *drawing) cell(b *box, ref string) error {
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
		return book.SetText(d.f, d.layout.Sheet, ref, v)
	case float64:
		return d.f.SetCellValue(d.layout.Sheet, ref, v)
	}
	return nil
}

// condition lays a conditional format over an area.
func (d *drawing) condition(area, when string, format int) error {
	return d.f.SetConditionalFormat(d.layout.Sheet, area, []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: when, Format: &format},
	})
}

// corners returns the first and the last cell of an area.
func corners(a xlsx.Range) (first, last string) {
	return xlsx.Ref(a.FirstRow, a.FirstCol), xlsx.Ref(a.LastRow, a.LastCol)
}

// runs yields the boxes of one cell of the layout that stand directly below
// each other.
func runs(boxes []*box) [][]*box {
	var list [][]*box
	for _, b := range boxes {
		if n := len(list); n > 0 {
			last := list[n-1][len(list[n-1])-1]
			if last.area.LastRow+1 == b.area.FirstRow {
				list[n-1] = append(list[n-1], b)
				continue
			}
		}
		list = append(list, []*box{b})
	}
	return list
}

// over returns the area that a run of boxes covers.
func over(run []*box) string {
	first, _ := corners(run[0].area)
	_, last := corners(run[len(run)-1].area)
	return first + ":" + last
}

func (d *drawing) validations() error {
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

func (d *drawing) validation(run []*box) error {
	in := d.layout.Input[run[0].field]
	dv := excelize.NewDataValidation(true)
	dv.Sqref = over(run)
	_, title := cutField(run[0].field)
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

func (d *drawing) highlights() error {
	for _, h := range d.layout.Highlight {
		_, spec := d.layout.find(h.Field)
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
func (d *drawing) cursor() error {
	for _, b := range d.plan.boxes {
		if b.kind == input {
			first, last := corners(b.area)
			return d.f.SetPanes(d.layout.Sheet, &excelize.Panes{Selection: []excelize.Selection{{ActiveCell: first, SQRef: first + ":" + last}}})
		}
	}
	return nil
}

// record writes down what is issued, for the return to be compared with.
func (d *drawing) record() error {
	r := issued.Record{Layout: d.layout.Name, Version: d.layout.Version, Sheet: d.layout.Sheet, Form: d.layout.form.Name, Files: d.layout.form.Files(),
		Blank: d.plan.table.Project.Value == "", Issued: d.plan.table, Locked: map[string]any{}, Formulas: map[string]string{}}
	for _, b := range d.plan.boxes {
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
	if err := r.Write(d.f, d.Key); err != nil {
		return err
	}
	book.Properties{
		Title: d.plan.table.Project.Value, Subject: d.layout.Title, Creator: d.plan.table.Department.Value, Description: issued.Mark,
	}.Set(d.f)
	return d.f.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: d.layout.Sheet,
		RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", d.layout.Sheet, book.Letter(len(d.layout.Columns)), d.plan.last),
	})
}

// finish calculates the formulas and compares them with what the project file
// says of the same cells.
func (d *drawing) finish() ([]byte, error) {
	values, err := calc.Numbers(d.f, d.layout.Sheet, d.plan.formulas())
	if err != nil {
		return nil, err
	}
	for _, b := range d.plan.boxes {
		if v := values[b.ref()]; b.kind == derived && b.given != nil && quantity.FormatNumber(v) != quantity.FormatNumber(b.given.(float64)) {
			return nil, fmt.Errorf("“%s”写的是 %s，由其他项目计算得 %s，请改正或删去", b.path, quantity.FormatNumber(b.given.(float64)), quantity.FormatNumber(v))
		}
	}
	return book.Bytes(d.f, values, d.plan.grows())
}

// formulas returns the derived cells with their formulas.
func (p *plan) formulas() []string {
	var refs []string
	for _, b := range p.boxes {
		if b.kind == derived {
			refs = append(refs, b.ref())
		}
	}
	return refs
}
