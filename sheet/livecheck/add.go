package livecheck

import (
	"errors"
	"fmt"

	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

const mediaSheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

var errOdd = errors.New("工作簿的结构与下发的不同，无法加上填报检查")

// AddTo returns the workbook with the sheet. It must be one that was issued, without.
func (s *Sheet) AddTo(data []byte) ([]byte, error) {
	b, err := open(data)
	if err != nil {
		return nil, err
	}
	b.Small = true // thousands are sent by mail
	form := b.sheets[s.Form]
	if form == "" || b.sheets[Name] != "" {
		return nil, errOdd
	}
	ids, err := b.styles()
	if err != nil {
		return nil, err
	}
	protection, err := s.count(b, form, ids)
	if err != nil {
		return nil, err
	}
	part := b.Free("xl/worksheets/sheet%d.xml")
	id, err := b.Add(b.part, opc.TypeWorksheet, part, mediaSheet, s.part(protection, ids))
	if err != nil {
		return nil, err
	}
	if err := s.list(b, id); err != nil {
		return nil, err
	}
	return b.Bytes()
}

// book is the part of the workbook and what it leads to.
type book struct {
	*opc.Package
	part   string
	sheets map[string]string // the parts of sheets by name
	number int               // of sheets
}

func openBook(p *opc.Package) (*book, error) {
	top, err := p.Relationships("")
	if err != nil {
		return nil, err
	}
	b := &book{Package: p, sheets: map[string]string{}}
	if b.part, err = top.Part(opc.TypeWorkbook); err != nil {
		return nil, err
	}
	d, err := p.Document(b.part, opc.Spreadsheet)
	if err != nil {
		return nil, err
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
		b.sheets[c.Attr("name")] = byID[c.AttrIn(opc.Office, "id")].Target
		b.number++
	}
	return b, nil
}

// styles adds our styles.
func (b *book) styles() (ids, error) {
	rels, err := b.Relationships(b.part)
	if err != nil {
		return ids{}, err
	}
	part, err := rels.Part(opc.TypeStyles)
	if err != nil || part == "" {
		return ids{}, errOdd
	}
	plain, err := b.Content(part)
	if err != nil {
		return ids{}, err
	}
	with, n, err := lastStyled.addTo(plain)
	if err == nil {
		b.Set(part, with)
	}
	return n, err
}

// count writes the small cell beside the form that says how many are left, and returns
// how the form is locked, so that the sheet is locked alike; but its links can be chosen.
func (s *Sheet) count(b *book, form string, n ids) (protection opc.Fragment, err error) {
	d, err := b.Document(form, opc.Spreadsheet)
	if err != nil {
		return "", err
	}
	widest := 0
	for c := range d.Root.Child("cols").Children() {
		widest = max(widest, c.Int("max", 0))
	}
	for c := range d.Root.Child("sheetData").Children() {
		if c.Attr("r") == "1" {
			d.Append(c, opc.Fragment(fmt.Sprintf(`<c r="%s" s="%d" t="str"><f>%s</f><v>%s</v></c>`, xlsx.Ref(1, widest+2), n[small], smallCell, opc.Escape(s.says()))))
		}
	}
	if !d.Changed() {
		return "", errOdd
	}
	if locked := d.Root.Child("sheetProtection"); locked.Exists() {
		protection = locked.Fragment().With("selectLockedCells", "0")
	}
	return protection, b.Save(form, d)
}

// list lists the sheet in the workbook, with what of it is printed.
func (s *Sheet) list(b *book, id string) error {
	d, err := b.Document(b.part, opc.Spreadsheet)
	if err != nil {
		return err
	}
	next := 1
	for c := range d.Root.Child("sheets").Children() {
		next = max(next, c.Int("sheetId", 0)+1)
	}
	d.Append(d.Root.Child("sheets"), opc.Fragment(fmt.Sprintf(`<sheet name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>`, Name, next, opc.OfficeURI, id)))
	names := d.Root.Child("definedNames")
	if !names.Exists() {
		return errOdd
	}
	d.Append(names, opc.Fragment(fmt.Sprintf(`<definedName name="_xlnm.Print_Area" localSheetId="%d">%s</definedName>`, b.number, opc.Escape(s.printArea()))))
	d.Append(names, opc.Fragment(fmt.Sprintf(`<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$%d:$%[3]d</definedName>`, b.number, opc.Escape(Quote(Name)), First-1)))
	return b.Save(b.part, d)
}
