package livecheck

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"ziping/sheet/calc"
	"ziping/sheet/opc"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// widths are those of the columns that are seen, in characters.
var widths = [...]float64{colMark: 7, colTitle: 34, colPlace: 9, colSay: 84}

// heights are those of rows, in points: of the head, and of a check.
var heights = [...]float64{1: 28, 2: 22, 3: 30, 4: 20, First: 27}

// part writes the sheet as a part of a workbook. Protection is the element that locks
// it, and ids are the styles of the workbook.
func (s *Sheet) part(protection opc.Fragment, ids ids) []byte {
	w := writer{ids: ids, shared: map[*placed]*group{}}
	w.share(s.rows)
	last := First + s.Lines - 1
	w.add(opc.XMLHead + `<worksheet xmlns="` + opc.SpreadsheetURI + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
	w.addf(`<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A%[2]d" sqref="A%[2]d"/></sheetView></sheetViews>`, First-1, First)
	w.add(`<sheetFormatPr defaultRowHeight="15"/><cols>`)
	for col := colMark; col <= lastSeen; col++ {
		w.addf(`<col min="%d" max="%[1]d" width="%v" customWidth="1"/>`, col, widths[col])
	}
	w.addf(`<col min="%d" max="%d" width="9" hidden="1" customWidth="1"/></cols><sheetData>`, lastSeen+1, s.last)
	for row, cells := range s.rows {
		if len(cells) > 0 {
			w.row(row, row <= last, cells)
		}
	}
	w.add("</sheetData>" + string(protection))
	w.addf(`<mergeCells count="3"><mergeCell ref="A1:%s1"/><mergeCell ref="A2:%[1]s2"/><mergeCell ref="A3:%[1]s3"/></mergeCells>`, letters(lastSeen))
	w.conditions(last)
	w.add(`<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>`)
	return w.Bytes()
}

type writer struct {
	bytes.Buffer
	ids    ids
	shared map[*placed]*group
}

// group is cells below each other with one formula, which is written in the first.
type group struct {
	formula     string
	id, col     int
	first, last int // rows
}

// share finds the groups.
func (w *writer) share(rows [][]placed) {
	open := map[int]*group{} // by column
	n := 0
	for row, cells := range rows {
		for i := range cells {
			c := &cells[i]
			if !strings.Contains(c.Formula, Row) {
				continue
			}
			g := open[c.col]
			if g == nil || g.last != row-1 || g.formula != c.Formula {
				g = &group{formula: c.Formula, id: n, col: c.col, first: row}
				open[c.col] = g
				n++
			}
			g.last = row
			w.shared[c] = g
		}
	}
}

func (w *writer) add(text string)                 { w.WriteString(text) }
func (w *writer) addf(format string, args ...any) { fmt.Fprintf(w, format, args...) }

func (w *writer) row(row int, seen bool, cells []placed) {
	if seen {
		w.addf(`<row r="%d" ht="%v" customHeight="1">`, row, heights[min(row, First)])
	} else {
		w.addf(`<row r="%d">`, row)
	}
	number := strconv.Itoa(row)
	for i := range cells {
		w.cell(letters(cells[i].col)+number, number, &cells[i])
	}
	w.add("</row>")
}

func (w *writer) cell(ref, row string, c *placed) {
	w.add(`<c r="` + ref)
	if c.style != unseen {
		w.add(`" s="` + strconv.Itoa(w.ids[c.style]))
	}
	v := c.Value
	switch v.Kind {
	case calc.Blank:
		w.add(`"/>`)
		return
	case calc.Text:
		if c.Formula == "" {
			w.add(`" t="inlineStr"><is><t>` + escape(v.Text) + "</t></is></c>")
			return
		}
		w.add(`" t="str`)
	case calc.Bool:
		w.add(`" t="b`)
	case calc.Error:
		w.add(`" t="e`)
	}
	w.add(`">`)
	w.formula(row, c)
	switch v.Kind {
	case calc.Text, calc.Error:
		w.add("<v>" + escape(v.Text) + "</v>")
	case calc.Number, calc.Bool:
		w.add("<v>" + quantity.FormatNumber(v.Number) + "</v>")
	}
	w.add("</c>")
}

func (w *writer) formula(row string, c *placed) {
	g := w.shared[c]
	switch {
	case c.Formula == "":
	case g == nil || g.first == g.last:
		w.add("<f>" + escape(strings.ReplaceAll(c.Formula, Row, row)) + "</f>")
	case strconv.Itoa(g.first) == row:
		w.addf(`<f t="shared" ref="%s:%s" si="%d">`, xlsx.Ref(g.first, g.col), xlsx.Ref(g.last, g.col), g.id)
		w.add(escape(strings.ReplaceAll(c.Formula, Row, row)) + "</f>")
	default:
		w.addf(`<f t="shared" si="%d"/>`, g.id)
	}
}

// escape writes a text as the content of an element. A quote stands for itself there.
func escape(s string) string { return escaper.Replace(s) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// conditions colour the marks.
func (w *writer) conditions(last int) {
	w.addf(`<conditionalFormatting sqref="A%d:%s%d">`, First, letters(lastSeen), last)
	for i, g := range []Grade{Wrong, Missing, Doubt, quiet} {
		w.addf(`<cfRule type="expression" dxfId="%d" priority="%d"><formula>$A%d="%s"</formula></cfRule>`, w.ids[looks+style(i)], i+1, First, marks[g])
	}
	w.add("</conditionalFormatting>")
	w.addf(`<conditionalFormatting sqref="A2:%s2"><cfRule type="expression" dxfId="%d" priority="5"><formula>LEFT($A$2,2)="还有"</formula></cfRule></conditionalFormatting>`,
		letters(lastSeen), w.ids[looks])
}

// PrintArea is what of the sheet is printed.
func (s *Sheet) printArea() string {
	return fmt.Sprintf("%s!$A$1:$%s$%d", Quote(Name), letters(lastSeen), First+s.Lines-1)
}
