package livecheck

import (
	"bytes"
	"strconv"
	"sync"

	"ziping/sheet/opc"
)

// style is how a cell looks.
type style int

const (
	unseen style = iota
	plain
	centered
	link
	titled
	summed
	noted
	headed
	small // on the form
	looks // the first of the conditional ones: wrong, missing, doubt, quiet
)

// ids are the numbers of the styles in a workbook.
type ids [looks + 4]int

const (
	songti = `<name val="宋体"/><charset val="134"/>`
	edge   = `style="thin"><color rgb="FFBFBFBF"/>`
)

// fonts, in the order in which the styles name them.
var fonts = []string{
	`<font><sz val="10"/>` + songti + `</font>`,
	`<font><u/><sz val="10"/><color rgb="FF0563C1"/>` + songti + `</font>`,
	`<font><b/><sz val="16"/>` + songti + `</font>`,
	`<font><b/><sz val="12"/><color rgb="FF1E7B34"/>` + songti + `</font>`,
	`<font><sz val="9"/><color rgb="FF6B6B6B"/>` + songti + `</font>`,
	`<font><b/><sz val="10"/>` + songti + `</font>`,
}

// xfs are the styles of cells: their font, whether they have an edge and a fill, and how
// their text stands.
var xfs = [...]struct {
	font         int
	edged, shade bool
	alignment    string
}{
	plain:    {0, true, false, `horizontal="left" vertical="center" wrapText="1"`},
	centered: {0, true, false, `horizontal="center" vertical="center"`},
	link:     {1, true, false, `horizontal="center" vertical="center"`},
	titled:   {2, false, false, `horizontal="center" vertical="center"`},
	summed:   {3, false, false, `horizontal="center" vertical="center"`},
	noted:    {4, false, false, `horizontal="left" vertical="center" wrapText="1"`},
	headed:   {5, true, true, `horizontal="center" vertical="center"`},
	small:    {4, false, false, `horizontal="left" vertical="center"`},
}

// dxfs are the conditional looks, in their order.
var dxfs = []string{
	`<dxf><font><color rgb="FF9C0006"/></font><fill><patternFill patternType="solid"><bgColor rgb="FFFFD9DB"/></patternFill></fill></dxf>`,
	`<dxf><fill><patternFill patternType="solid"><bgColor rgb="FFFFF2A8"/></patternFill></fill></dxf>`,
	`<dxf><fill><patternFill patternType="solid"><bgColor rgb="FFFFE9C9"/></patternFill></fill></dxf>`,
	`<dxf><font><color rgb="FF8C8C8C"/></font></dxf>`,
}

// stylesOrder is the order of the part as the schema has it.
var stylesOrder = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"}

// styled remembers the last part of styles that the styles were added to: the workbooks
// of a layout have the same.
type styled struct {
	mu          sync.Mutex
	plain, with []byte
	ids         ids
}

var lastStyled styled

// addTo returns a part of styles with ours, and their numbers.
func (s *styled) addTo(plain []byte) ([]byte, ids, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if bytes.Equal(plain, s.plain) {
		return s.with, s.ids, nil
	}
	d, err := opc.Parse(plain, opc.Spreadsheet)
	if err != nil {
		return nil, ids{}, err
	}
	var n ids
	font, fill, border := grow(d, "fonts", fonts...), grow(d, "fills", `<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill>`),
		grow(d, "borders", `<border><left `+edge+`</left><right `+edge+`</right><top `+edge+`</top><bottom `+edge+`</bottom><diagonal/></border>`)
	var list []string
	for st := plainStyle; st <= small; st++ {
		x := xfs[st]
		item := `<xf numFmtId="0" fontId="` + strconv.Itoa(font+x.font) + `" fillId="` + strconv.Itoa(pick(x.shade, fill)) + `" borderId="` + strconv.Itoa(pick(x.edged, border)) +
			`" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment ` + x.alignment + `/></xf>`
		list = append(list, item)
	}
	first := grow(d, "cellXfs", list...)
	for i := range list {
		n[plainStyle+style(i)] = first + i
	}
	first = grow(d, "dxfs", dxfs...)
	for i := range dxfs {
		n[looks+style(i)] = first + i
	}
	with, err := d.Bytes()
	if err != nil {
		return nil, ids{}, err
	}
	s.plain, s.with, s.ids = bytes.Clone(plain), with, n
	return with, n, nil
}

const plainStyle = plain

func pick(yes bool, n int) int {
	if yes {
		return n
	}
	return 0
}

// grow adds items to a list of styles and returns the number of the first.
func grow(d *opc.Document, list string, items ...string) (first int) {
	at := d.Root.Child(list)
	all := ""
	for _, item := range items {
		all += item
	}
	if !at.Exists() {
		d.Put(d.Root, stylesOrder, list, opc.Fragment(`<`+list+` count="`+strconv.Itoa(len(items))+`">`+all+`</`+list+`>`))
		return 0
	}
	for range at.Children() {
		first++
	}
	d.SetAttr(at, "count", strconv.Itoa(first+len(items)))
	for _, item := range items {
		d.Append(at, opc.Fragment(item))
	}
	return first
}
