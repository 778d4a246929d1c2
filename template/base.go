package template

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/book"
	"ziping/sheet/edit"
	"ziping/sheet/issued"
	"ziping/sheet/livecheck"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// base is what the workbooks of a layout have in common, drawn once: parts that stay as
// they are, and parts with slots for what differs from one workbook to the next.
type base struct {
	*opc.Package
	checks *livecheck.Frame // of the sheet 填报检查, where they have one
	book   *slots           // the printed area
	form   *slots           // the cursor, the rows, what lies over them
	record *slots           // the rows
}

// The parts of a base that differ, as excelize names them.
const (
	bookPart   = "xl/workbook.xml"
	formPart   = "xl/worksheets/sheet1.xml"
	recordPart = "xl/worksheets/sheet2.xml"
	textsPart  = "xl/sharedStrings.xml"
)

// empty returns the workbook of a layout in which nothing stands yet.
func empty(f *excelize.File, form string) ([]byte, error) {
	// Something has to be there for its part to be.
	if err := f.SetCellStr(issued.RecordSheet, "A1", "-"); err != nil {
		return nil, err
	}
	if err := f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: form, RefersTo: "A1"}); err != nil {
		return nil, err
	}
	return book.Bytes(f, nil, nil)
}

// newBase cuts the slots into a workbook in which nothing stands yet.
func newBase(data []byte, form string, checked bool) (*base, error) {
	e, err := edit.Open(data, xlsx.Limits{})
	if err != nil {
		return nil, err
	}
	b := new(base)
	if checked {
		b.checks, err = livecheck.Prepare(e, form)
		if err != nil {
			return nil, err
		}
		e.Small = true // what stays is copied into every workbook as it is packed here
		data, err = e.Bytes()
		if err != nil {
			return nil, err
		}
	}
	b.Package, err = opc.Open(bytes.NewReader(data), int64(len(data)), opc.Limits{})
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		to   **slots
		name string
		cut  func(d *opc.Document)
	}{
		{&b.book, bookPart, func(d *opc.Document) {
			d.Replace(d.Root.Child("definedNames").Child("definedName"), slot)
		}},
		{&b.form, formPart, func(d *opc.Document) {
			d.Append(d.Root.Child("sheetViews").Child("sheetView"), slot)
			d.Append(d.Root.Child("sheetData"), slot)
			d.After(d.Root.Child("sheetProtection"), slot)
		}},
		{&b.record, recordPart, func(d *opc.Document) {
			d.Replace(d.Root.Child("sheetData").Child("row"), slot)
		}},
	} {
		*part.to, err = b.cut(part.name, part.cut)
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

// slots is a part with slots: the pieces around them.
type slots struct{ pieces [][]byte }

// slot stands where a slot is cut: nothing of XML looks like it.
const slot = "\x00"

// cut cuts slots into a part.
func (b *base) cut(name string, cut func(d *opc.Document)) (*slots, error) {
	d, err := b.Document(name, opc.Spreadsheet)
	if err != nil {
		return nil, err
	}
	cut(d)
	text, err := d.Bytes()
	if err != nil {
		return nil, fmt.Errorf("%s：%w", name, err)
	}
	return &slots{bytes.Split(text, []byte(slot))}, nil
}

// with returns the part with contents in its slots.
func (s *slots) with(contents ...[]byte) []byte {
	all := s.pieces[:1:1]
	for i, content := range contents {
		all = append(all, content, s.pieces[i+1])
	}
	return bytes.Join(all, nil)
}

// part is a part of a workbook.
type part struct {
	name    string
	content []byte
}

// with returns the workbook with these parts in place of those of the base.
func (b *base) with(parts ...part) *opc.Package {
	p := b.Copy()
	for _, x := range parts {
		p.Set(x.name, x.content)
	}
	return p
}
