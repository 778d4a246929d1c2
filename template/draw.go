package template

import (
	"fmt"
	"sync"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/calc"
	"ziping/sheet/issued"
	"ziping/sheet/livecheck"
	"ziping/sheet/xlsx"
)

// Drawer draws the locked workbooks of one layout. What they have in common,
// the hash of the password above all, is made once; Draw may be called from
// several goroutines.
type Drawer struct {
	Key []byte // seals the records; nil leaves them unsealed

	layout *Layout
	base   *base
	with   func() (*base, error) // the base with the sheet 填报检查
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
	f, err := d.draft(password)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := empty(f, l.Sheet)
	if err != nil {
		return nil, err
	}
	d.base, err = newBase(data, l.Sheet, false)
	d.with = sync.OnceValues(func() (*base, error) { return newBase(data, l.Sheet, true) })
	return d, err
}

// draft begins a workbook with what all have in common: the styles, the page and the
// protection.
func (d *Drawer) draft(password string) (*excelize.File, error) {
	f := excelize.NewFile()
	for _, step := range []func(*excelize.File) error{d.addStyles, d.addSheets, d.setPage} {
		if err := step(f); err != nil {
			return nil, fmt.Errorf("版式 %s：%w", d.layout.Name, err)
		}
	}
	return f, protect(f, password)
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
			d.styles[styled{name, locked}], err = f.NewStyle(s.excel(locked))
			if err != nil {
				return fmt.Errorf("样式 %s：%w", name, err)
			}
		}
	}
	for _, h := range d.layout.Highlight {
		d.over[h.Style], err = f.NewConditionalStyle(d.layout.Style[h.Style].highlight())
		if err != nil {
			return fmt.Errorf("样式 %s：%w", h.Style, err)
		}
	}
	d.hidden, err = f.NewConditionalStyle(&excelize.Style{CustomNumFmt: new(";;;")})
	if err != nil {
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
	dr, err := d.drawing(t, d.base)
	if err != nil {
		return nil, err
	}
	parts, err := dr.parts()
	if err != nil {
		return nil, err
	}
	return d.base.with(append(parts, dr.sheet(nil), dr.printed(nil))...).Bytes()
}

// fronts are for sheets 填报检查, which are only written.
var fronts = sync.Pool{New: func() any { return new([]byte) }}

// Checks make the sheet 填报检查 of a workbook; nil where there is nothing to check. The
// form is what stands on its sheet, to calculate with.
type Checks func(wb *xlsx.Workbook, form calc.Workbook) (*livecheck.Drawn, error)

// DrawChecked is Draw with the sheet 填报检查, of which the record says that it is there.
func (d *Drawer) DrawChecked(t *sheet.Table, checks Checks) ([]byte, error) {
	base, err := d.with()
	if err != nil {
		return nil, err
	}
	dr, err := d.drawing(t, base)
	if err != nil {
		return nil, err
	}
	parts, err := dr.parts()
	if err != nil {
		return nil, err
	}
	p := base.with(append(parts, dr.sheet(nil))...)
	wb, err := xlsx.OpenPackage(p, xlsx.Limits{})
	if err != nil {
		return nil, err
	}
	list, err := checks(wb, planned{dr.plan})
	if err != nil {
		return nil, err
	}
	if list == nil {
		return d.Draw(t)
	}
	front := fronts.Get().(*[]byte)
	defer fronts.Put(front)
	*front = list.XML((*front)[:0], base.checks)
	for _, x := range []part{
		dr.sheet(base.checks.CountCell(len(d.layout.Columns)+2, list)),
		{base.checks.Part, *front},
		dr.printed(list),
	} {
		p.Set(x.name, x.content)
	}
	behind, err := list.Behind(base.checks)
	if err != nil {
		return nil, err
	}
	p.SetPacked(base.checks.Behind, behind)
	p.Small = true // thousands are sent by mail
	return p.Bytes()
}

func (d *Drawer) drawing(t *sheet.Table, b *base) (*drawing, error) {
	p, err := newPlan(d.layout, t)
	if err != nil {
		return nil, err
	}
	values, err := p.calculate()
	return &drawing{Drawer: d, base: b, plan: p, values: values}, err
}
