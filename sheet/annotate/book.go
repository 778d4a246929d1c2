package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

const mediaXL = "application/vnd.openxmlformats-officedocument.spreadsheetml."

// workbookOrder is the order of a workbook's parts as the schema has it.
var workbookOrder = []string{"fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
	"functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
	"smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"}

// book is the workbook part and what it leads to.
type book struct {
	*opc.Package
	limits xlsx.Limits
	part   string // the workbook's
	main   string // the namespace of its elements
	rel    string // that of relationships
	sheets []sheetPart
	styles *stylesheet

	protection map[string]opc.Fragment // of the sheets that have been opened, by name
}

// sheetPart is one sheet of the workbook. A chart that stands as a sheet of its
// own is one too, but no worksheet.
type sheetPart struct {
	name, part  string
	isWorksheet bool
	state       string
}

var errDamaged = errors.New("工作簿的结构已损坏，无法写入批注")

func openBook(data []byte, limits xlsx.Limits) (*book, error) {
	p, err := opc.Open(bytes.NewReader(data), int64(len(data)), limits.Limits)
	if err != nil {
		return nil, err
	}
	b := &book{Package: p, limits: limits, main: opc.SpreadsheetURI, rel: opc.OfficeURI, protection: map[string]opc.Fragment{}}
	if b.part, err = b.related("", opc.TypeWorkbook); err != nil {
		return nil, err
	}
	d, err := p.Document(b.part, opc.Spreadsheet)
	if err != nil {
		return nil, err
	}
	if d.Root.URI() == opc.StrictSpreadsheetURI {
		b.main, b.rel = opc.StrictSpreadsheetURI, opc.StrictOfficeURI
	}
	rels, err := p.Relationships(b.part)
	if err != nil {
		return nil, err
	}
	byID, err := rels.ByID()
	if err != nil {
		return nil, err
	}
	for c := range d.Root.Child("sheets").Children() {
		if r, ok := byID[c.AttrIn(opc.Office, "id")]; ok {
			b.sheets = append(b.sheets, sheetPart{c.Attr("name"), r.Target, r.Type == opc.TypeWorksheet, c.Attr("state")})
		}
	}
	b.styles, err = openStyles(b)
	return b, err
}

// related returns the part that a part points to by a type of relationship, ""
// where there is none.
func (b *book) related(part, kind string) (string, error) {
	rels, err := b.Relationships(part)
	if err != nil {
		return "", err
	}
	return rels.Part(kind)
}

// sheet returns the part of a sheet, "" where the workbook has none of the name.
func (b *book) sheet(name string) string {
	for _, s := range b.sheets {
		if s.name == name {
			return s.part
		}
	}
	return ""
}

// addPart adds a part that another one points to, and returns the pointer's id.
func (b *book) addPart(from, kind, name, contentType string, content []byte) (id string, err error) {
	return b.Add(from, b.rel+strings.TrimPrefix(kind, opc.OfficeURI), name, contentType, content)
}

// dropPart removes a part that another one points to by a type of relationship.
func (b *book) dropPart(from, kind string) error {
	part, err := b.related(from, kind)
	if err != nil || part == "" {
		return err
	}
	return b.Drop(from, part)
}

// edit changes the workbook part.
func (b *book) edit(change func(d *opc.Document) error) error {
	d, err := b.Document(b.part, opc.Spreadsheet)
	if err != nil {
		return err
	}
	if err := change(d); err != nil {
		return err
	}
	return b.Save(b.part, d)
}

// putSheet replaces the content of a sheet, or adds the sheet at the end.
func (b *book) putSheet(name, state string, content []byte) error {
	if part := b.sheet(name); part != "" {
		b.Set(part, content)
		return nil
	}
	part := b.Free("xl/worksheets/sheet%d.xml")
	id, err := b.addPart(b.part, opc.TypeWorksheet, part, mediaXL+"worksheet+xml", content)
	if err != nil {
		return err
	}
	b.sheets = append(b.sheets, sheetPart{name, part, true, state})
	return b.edit(func(d *opc.Document) error {
		list := d.Root.Child("sheets")
		if !list.Exists() {
			return errDamaged
		}
		next := 1
		for c := range list.Children() {
			next = max(next, c.Int("sheetId", 0)+1)
		}
		d.Append(list, fragment(`<sheet name="%s" sheetId="%d" state="%s" xmlns:r="%s" r:id="%s"/>`, opc.Escape(name), next, state, b.rel, id))
		return nil
	})
}

// hide puts our own sheets out of sight again, where another program has not kept
// them there.
func (b *book) hide(names ...string) error {
	if !slices.ContainsFunc(b.sheets, func(s sheetPart) bool { return slices.Contains(names, s.name) && s.state != veryHidden }) {
		return nil
	}
	return b.edit(func(d *opc.Document) error {
		for c := range d.Root.Child("sheets").Children() {
			if slices.Contains(names, c.Attr("name")) && c.Attr("state") != veryHidden {
				d.SetAttr(c, "state", veryHidden)
			}
		}
		return nil
	})
}

// The states of sheets.
const (
	visible    = "visible"
	veryHidden = "veryHidden"
)

// freeName returns a name that no sheet has, as near to name as can be.
func (b *book) freeName(name string) string {
	free := name
	for n := 2; b.sheet(free) != ""; n++ {
		free = fmt.Sprintf("%s(%d)", name, n)
	}
	return free
}

// repeatRow has a row of a sheet printed at the top of every page.
func (b *book) repeatRow(name string, row int) error {
	index := slices.IndexFunc(b.sheets, func(s sheetPart) bool { return s.name == name })
	entry := fragment(`<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$%d:$%[3]d</definedName>`, index, opc.Escape(quoteSheet(name)), row)
	return b.edit(func(d *opc.Document) error {
		names := d.Root.Child("definedNames")
		if !names.Exists() {
			d.Put(d.Root, workbookOrder, "definedNames", "<definedNames>"+entry+"</definedNames>")
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

// fragment returns a fragment of a part of ours.
func fragment(format string, args ...any) opc.Fragment {
	return opc.Fragment(fmt.Sprintf(format, args...))
}

// quoteSheet writes the name of a sheet as formulas do.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
