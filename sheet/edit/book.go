package edit

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// MediaXL begins the types of the parts of a workbook.
const MediaXL = "application/vnd.openxmlformats-officedocument.spreadsheetml."

// WorkbookOrder is the order of a workbook's parts as the schema has it.
var WorkbookOrder = []string{"fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
	"functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
	"smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"}

// Book is the workbook part and what it leads to.
type Book struct {
	*opc.Package
	Part   string // the workbook's
	Main   string // the namespace of its elements
	Rel    string // that of relationships
	Sheets []SheetPart
	Styles *Styles
}

// SheetPart is one sheet of the workbook. A chart that stands as a sheet of its
// own is one too, but no worksheet.
type SheetPart struct {
	Name, Part  string
	IsWorksheet bool
	State       string
}

// ErrDamaged is the error of a workbook in which nothing can be written.
var ErrDamaged = errors.New("工作簿的结构已损坏，无法写入")

// Open opens a workbook to change it. The limits are those with which it was read.
func Open(data []byte, limits xlsx.Limits) (*Book, error) {
	p, err := opc.Open(bytes.NewReader(data), int64(len(data)), limits.Limits)
	if err != nil {
		return nil, err
	}
	b := &Book{Package: p, Main: opc.SpreadsheetURI, Rel: opc.OfficeURI}
	b.Part, err = b.Related("", opc.TypeWorkbook)
	if err != nil {
		return nil, err
	}
	d, err := p.Document(b.Part, opc.Spreadsheet)
	if err != nil {
		return nil, err
	}
	if d.Root.URI() == opc.StrictSpreadsheetURI {
		b.Main, b.Rel = opc.StrictSpreadsheetURI, opc.StrictOfficeURI
	}
	rels, err := p.Relationships(b.Part)
	if err != nil {
		return nil, err
	}
	byID, err := rels.ByID()
	if err != nil {
		return nil, err
	}
	for c := range d.Root.Child("sheets").Children() {
		if r, ok := byID[c.AttrIn(opc.Office, "id")]; ok {
			b.Sheets = append(b.Sheets, SheetPart{c.Attr("name"), r.Target, r.Type == opc.TypeWorksheet, c.Attr("state")})
		}
	}
	b.Styles, err = openStyles(b)
	return b, err
}

// Related returns the part that a part points to by a type of relationship, ""
// where there is none.
func (b *Book) Related(part, kind string) (string, error) {
	rels, err := b.Relationships(part)
	if err != nil {
		return "", err
	}
	return rels.Part(kind)
}

// SheetPart returns the part of a sheet, "" where the workbook has none of the name.
func (b *Book) SheetPart(name string) string {
	for _, s := range b.Sheets {
		if s.Name == name {
			return s.Part
		}
	}
	return ""
}

// AddPart adds a part that another one points to, and returns the pointer's id.
func (b *Book) AddPart(from, kind, name, contentType string, content []byte) (id string, err error) {
	return b.Add(from, b.Rel+strings.TrimPrefix(kind, opc.OfficeURI), name, contentType, content)
}

// DropPart removes a part that another one points to by a type of relationship.
func (b *Book) DropPart(from, kind string) error {
	part, err := b.Related(from, kind)
	if err != nil || part == "" {
		return err
	}
	return b.Drop(from, part)
}

// Edit changes the workbook part.
func (b *Book) Edit(change func(d *opc.Document) error) error {
	d, err := b.Document(b.Part, opc.Spreadsheet)
	if err != nil {
		return err
	}
	if err := change(d); err != nil {
		return err
	}
	return b.Save(b.Part, d)
}

// PutSheet replaces the content of a sheet, or adds the sheet at the end.
func (b *Book) PutSheet(name, state string, content []byte) error {
	if part := b.SheetPart(name); part != "" {
		b.Set(part, content)
		return nil
	}
	part := b.Free("xl/worksheets/sheet%d.xml")
	id, err := b.AddPart(b.Part, opc.TypeWorksheet, part, MediaXL+"worksheet+xml", content)
	if err != nil {
		return err
	}
	b.Sheets = append(b.Sheets, SheetPart{name, part, true, state})
	return b.Edit(func(d *opc.Document) error {
		list := d.Root.Child("sheets")
		if !list.Exists() {
			return ErrDamaged
		}
		next := 1
		for c := range list.Children() {
			next = max(next, c.Int("sheetId", 0)+1)
		}
		d.Append(list, fragmentf(`<sheet name="%s" sheetId="%d" state="%s" xmlns:r="%s" r:id="%s"/>`, opc.Escape(name), next, state, b.Rel, id))
		return nil
	})
}

// Hide puts our own sheets out of sight again, where another program has not kept
// them there.
func (b *Book) Hide(names ...string) error {
	if !slices.ContainsFunc(b.Sheets, func(s SheetPart) bool { return slices.Contains(names, s.Name) && s.State != VeryHidden }) {
		return nil
	}
	return b.Edit(func(d *opc.Document) error {
		for c := range d.Root.Child("sheets").Children() {
			if slices.Contains(names, c.Attr("name")) && c.Attr("state") != VeryHidden {
				d.SetAttr(c, "state", VeryHidden)
			}
		}
		return nil
	})
}

// The states of sheets.
const (
	Visible    = "visible"
	VeryHidden = "veryHidden"
)

// FreeName returns a name that no sheet has, as near to name as can be.
func (b *Book) FreeName(name string) string {
	free := name
	for n := 2; b.SheetPart(free) != ""; n++ {
		free = fmt.Sprintf("%s(%d)", name, n)
	}
	return free
}

// RepeatRow has a row of a sheet printed at the top of every page.
func (b *Book) RepeatRow(name string, row int) error {
	index := slices.IndexFunc(b.Sheets, func(s SheetPart) bool { return s.Name == name })
	entry := fragmentf(`<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$%d:$%[3]d</definedName>`, index, opc.Escape(QuoteSheet(name)), row)
	return b.Edit(func(d *opc.Document) error {
		names := d.Root.Child("definedNames")
		if !names.Exists() {
			d.Put(d.Root, WorkbookOrder, "definedNames", "<definedNames>"+entry+"</definedNames>")
			return nil
		}
		for c := range names.Children() {
			if c.Attr("name") == "_xlnm.Print_Titles" && c.Int("localSheetId", -1) == index {
				return nil
			}
		}
		d.Append(names, entry)
		return nil
	})
}

func fragmentf(format string, args ...any) opc.Fragment {
	return opc.Fragment(fmt.Sprintf(format, args...))
}

// QuoteSheet writes the name of a sheet as formulas do.
func QuoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
