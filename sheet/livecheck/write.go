package livecheck

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"ziping/sheet/calc"
	"ziping/sheet/opc"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// widths are those of the columns that are seen, in characters.
var widths = [...]float64{colMark: 7, colTitle: 34, colPlace: 9, colSay: 84}

// heights are those of rows, in points: of the head, and of a check.
var heights = [...]float64{1: 28, 2: 22, 3: 30, 4: 20, First: 27}

const head = opc.XMLHead + `<worksheet xmlns="` + opc.SpreadsheetURI + `">`

// XML appends the sheet as a part of a workbook.
func (d *Drawn) XML(b []byte, f *Frame) []byte {
	w := writer{b, d.own, d.shown, f}
	last := First + d.Lines - 1
	w.add(head + `<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	w.addf(`<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A%[2]d" sqref="A%[2]d"/></sheetView></sheetViews>`, First-1, First)
	w.add(`<sheetFormatPr defaultRowHeight="15"/><cols>`)
	for col := colMark; col <= lastSeen; col++ {
		w.addf(`<col min="%d" max="%[1]d" width="%v" customWidth="1"/>`, col, widths[col])
	}
	w.addf(`<col min="%d" max="%d" width="9" hidden="1" customWidth="1"/></cols>`, lastSeen+1, max(d.front.last, lastSeen+1))
	var attributes [First + 1]string
	for row := range attributes {
		attributes[row] = fmt.Sprintf(` ht="%v" customHeight="1"`, heights[row])
	}
	w.rows(&d.front, func(row int) string {
		if row > last {
			return ""
		}
		return attributes[min(row, First)]
	})
	w.add(string(f.protection))
	w.addf(`<mergeCells count="3"><mergeCell ref="A1:%s1"/><mergeCell ref="A2:%[1]s2"/><mergeCell ref="A3:%[1]s3"/></mergeCells>`, letters(lastSeen))
	w.conditions(last)
	w.add(`<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>`)
	return w.b
}

// packed is the sheet behind as it was last packed: that of all forms of a layout is
// the same.
type packed struct {
	mu    sync.Mutex
	frame *Frame
	part  *opc.Packed
}

// Behind returns the sheet behind as a part of a workbook.
func (s *Sheet) Behind(f *Frame) (*opc.Packed, error) {
	s.packed.mu.Lock()
	defer s.packed.mu.Unlock()
	if s.packed.frame == f {
		return s.packed.part, nil
	}
	part, err := opc.Pack(s.behind(f))
	s.packed.frame, s.packed.part = f, part
	return part, err
}

func (s *Sheet) behind(f *Frame) []byte {
	w := writer{frame: f}
	w.add(head)
	w.rows(&s.back, func(int) string { return "" })
	w.add(string(f.protection) + "</worksheet>")
	return w.b
}

type writer struct {
	b     []byte
	own   []calc.Value
	shown []calc.Value // nil for the sheet behind, whose formulas have no values: whoever opens the workbook finds them
	frame *Frame
}

func (w *writer) add(texts ...string) {
	for _, text := range texts {
		w.b = append(w.b, text...)
	}
}

func (w *writer) addf(format string, args ...any) { w.b = fmt.Appendf(w.b, format, args...) }
func (w *writer) int(n int)                       { w.b = strconv.AppendInt(w.b, int64(n), 10) }

func (w *writer) rows(g *grid, attributes func(row int) string) {
	w.add("<sheetData>")
	for row, cells := range g.rows {
		if len(cells) == 0 {
			continue
		}
		w.add(`<row r="`)
		w.int(row)
		w.add(`"`, attributes(row), ">")
		for i := range cells {
			w.cell(g, row, &cells[i])
		}
		w.add("</row>")
	}
	w.add("</sheetData>")
}

func (w *writer) cell(g *grid, row int, c *placed) {
	v := c.Value
	switch {
	case c.Formula != "" && w.shown != nil:
		v = w.shown[c.shown]
	case c.Formula == "" && c.Own > 0:
		v = w.own[c.Own-1]
	}
	if c.Formula == "" && v.Kind == calc.Blank {
		return
	}
	w.add(`<c r="`, xlsx.Ref(row, c.col))
	if c.style != unseen {
		w.add(`" s="`)
		w.int(w.frame.ids[c.style])
	}
	if c.Formula == "" && v.Kind == calc.Text {
		w.add(`" t="inlineStr"><is><t>`, escape(v.Text), "</t></is></c>")
		return
	}
	switch v.Kind {
	case calc.Text:
		w.add(`" t="str`)
	case calc.Bool:
		w.add(`" t="b`)
	case calc.Error:
		w.add(`" t="e`)
	}
	w.add(`">`)
	if c.Formula != "" {
		w.formula(row, c.col, &g.groups[c.group])
	}
	switch v.Kind {
	case calc.Text, calc.Error:
		w.add("<v>", escape(v.Text), "</v>")
	case calc.Number, calc.Bool:
		w.add("<v>", quantity.FormatNumber(v.Number), "</v>")
	}
	w.add("</c>")
}

func (w *writer) formula(row, col int, g *group) {
	switch {
	case !g.shared():
		w.add("<f>", escape(g.formula), "</f>")
	case g.first == row && g.col == col:
		w.addf(`<f t="shared" ref="%s:%s" si="%d">`, xlsx.Ref(g.first, g.col), xlsx.Ref(g.last, g.lastCol), g.id)
		w.add(escape(g.formula), "</f>")
	default:
		w.add(`<f t="shared" si="`)
		w.int(g.id)
		w.add(`"/>`)
	}
}

// escape writes a text as the content of an element. A quote stands for itself there.
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// conditions colour the marks.
func (w *writer) conditions(last int) {
	w.addf(`<conditionalFormatting sqref="A%d:%s%d">`, First, letters(lastSeen), last)
	for i, x := range dxfs {
		w.addf(`<cfRule type="expression" dxfId="%d" priority="%d"><formula>$A%d="%s"</formula></cfRule>`, w.frame.looks[i], i+1, First, marks[x.of])
	}
	w.add("</conditionalFormatting>")
	w.addf(`<conditionalFormatting sqref="A2:%s2"><cfRule type="expression" dxfId="%d" priority="%d"><formula>LEFT($A$2,2)="还有"</formula></cfRule></conditionalFormatting>`,
		letters(lastSeen), w.frame.looks[0], len(dxfs)+1)
}
