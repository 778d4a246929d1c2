package livecheck

import (
	"fmt"
	"strconv"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// Frame is what the workbooks of a layout have in common for their sheets, made once.
type Frame struct {
	Part, Behind string // the two sheets

	ids        [small + 1]int
	looks      [len(dxfs)]int // of marks
	protection opc.Fragment
}

// Prepare adds the sheet to a workbook, with nothing on it, and the styles that it
// takes. It is locked as the form is; but its links can be chosen.
func Prepare(b *edit.Book, form string) (*Frame, error) {
	f := &Frame{}
	f.addStyles(b.Styles)
	if err := b.Styles.Save(); err != nil {
		return nil, err
	}
	d, err := b.Document(b.SheetPart(form), opc.Spreadsheet)
	if err != nil {
		return nil, err
	}
	if locked := d.Root.Child("sheetProtection"); locked.Exists() {
		f.protection = locked.Fragment().With("selectLockedCells", "0")
	}
	if err := b.PutSheet(Name, edit.Visible, []byte(head+"<sheetData/></worksheet>")); err != nil {
		return nil, err
	}
	if err := b.PutSheet(Behind, edit.VeryHidden, []byte(head+"<sheetData/></worksheet>")); err != nil {
		return nil, err
	}
	f.Part, f.Behind = b.SheetPart(Name), b.SheetPart(Behind)
	if err := b.RepeatRow(Name, First-1); err != nil {
		return nil, err
	}
	// The sheet behind has no values in the file.
	return f, b.Edit(func(d *opc.Document) error {
		if c := d.Root.Child("calcPr"); c.Exists() {
			d.SetAttr(c, "fullCalcOnLoad", "1")
		} else {
			d.Put(d.Root, edit.WorkbookOrder, "calcPr", `<calcPr fullCalcOnLoad="1"/>`)
		}
		return nil
	})
}

// CountCell is the small cell in a column beside the form that says how many are left.
func (f *Frame) CountCell(col int, d *Drawn) []byte {
	return fmt.Appendf(nil, `<c r="%s" s="%d" t="str"><f>%s</f><v>%s</v></c>`, xlsx.Ref(1, col), f.ids[small], smallCell, escape(d.says()))
}

// PrintArea is what of the sheet is printed.
func (s *Sheet) PrintArea() string {
	return edit.QuoteSheet(Name) + "!$A$1:$" + letters(lastSeen) + "$" + strconv.Itoa(First+s.Lines-1)
}
