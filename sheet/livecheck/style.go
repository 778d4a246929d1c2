package livecheck

import (
	"strconv"

	"ziping/sheet/edit"
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
)

const (
	songti = `<name val="宋体"/><charset val="134"/>`
	line   = `style="thin"><color rgb="FFBFBFBF"/>`
	shade  = `<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill>`
	edge   = `<border><left ` + line + `</left><right ` + line + `</right><top ` + line + `</top><bottom ` + line + `</bottom><diagonal/></border>`

	ordinary   = `<font><sz val="10"/>` + songti + `</font>`
	underlined = `<font><u/><sz val="10"/><color rgb="FF0563C1"/>` + songti + `</font>`
	large      = `<font><b/><sz val="16"/>` + songti + `</font>`
	green      = `<font><b/><sz val="12"/><color rgb="FF1E7B34"/>` + songti + `</font>`
	grey       = `<font><sz val="9"/><color rgb="FF6B6B6B"/>` + songti + `</font>`
	bold       = `<font><b/><sz val="10"/>` + songti + `</font>`
)

// xfs are the styles of cells: font, border, fill, and how the text is aligned.
var xfs = [...]struct{ font, edge, fill, alignment opc.Fragment }{
	plain:    {ordinary, edge, "", `horizontal="left" vertical="top" wrapText="1"`},
	centered: {ordinary, edge, "", `horizontal="center" vertical="top"`},
	link:     {underlined, edge, "", `horizontal="center" vertical="top"`},
	titled:   {large, "", "", `horizontal="center" vertical="center"`},
	summed:   {green, "", "", `horizontal="center" vertical="center"`},
	noted:    {grey, "", "", `horizontal="left" vertical="center" wrapText="1"`},
	headed:   {bold, edge, shade, `horizontal="center" vertical="center"`},
	small:    {grey, "", "", `horizontal="left" vertical="center"`},
}

// dxfs are the conditional looks of marks.
var dxfs = [...]struct {
	of   Grade
	look opc.Fragment
}{
	{Wrong, `<dxf><font><color rgb="FF9C0006"/></font><fill><patternFill patternType="solid"><bgColor rgb="FFFFD9DB"/></patternFill></fill></dxf>`},
	{Missing, `<dxf><fill><patternFill patternType="solid"><bgColor rgb="FFFFF2A8"/></patternFill></fill></dxf>`},
	{Doubt, `<dxf><fill><patternFill patternType="solid"><bgColor rgb="FFFFE9C9"/></patternFill></fill></dxf>`},
	{idle, `<dxf><font><color rgb="FF8C8C8C"/></font></dxf>`},
}

func (f *Frame) addStyles(to *edit.Styles) {
	index := func(list string, item opc.Fragment) string {
		if item == "" {
			return "0"
		}
		return strconv.Itoa(to.Add(list, item))
	}
	for s := plain; s <= small; s++ {
		x := xfs[s]
		f.ids[s] = to.Add("cellXfs", `<xf numFmtId="0" fontId="`+opc.Fragment(index("fonts", x.font)+`" fillId="`+index("fills", x.fill)+`" borderId="`+index("borders", x.edge))+
			`" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment `+x.alignment+`/></xf>`)
	}
	for i, x := range dxfs {
		f.looks[i] = to.Add("dxfs", x.look)
	}
}
