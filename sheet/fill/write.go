package fill

import (
	"errors"
	"math"
	"strconv"

	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// open opens the sheet of the form, and looks which styles its cells have.
func (fl *filler) open() (err error) {
	last := 0
	for v := range fl.form.Values() {
		last = max(last, edit.PlaceOf(v.At().Ref).Row)
	}
	fl.sheet, err = fl.book.Sheet(fl.book.SheetPart(fl.name), last, nil)
	if err != nil {
		return err
	}
	fl.styles = map[edit.Place]int{}
	fl.sheet.Walk(nil, nil, func(at edit.Place, c opc.Element) { fl.styles[at] = c.Int("s", 0) }, nil)
	return nil
}

// isLocked reports whether a cell is locked, as one is that says nothing.
func (fl *filler) isLocked(ref string) bool {
	style := fl.styles[edit.PlaceOf(ref)]
	locked, known := fl.locked[style]
	if !known {
		xf, err := opc.Parse([]byte(fl.book.Styles.Xf(style)), opc.NoSpace)
		locked = true
		if err == nil {
			if v := xf.Root.Child("protection").Attr("locked"); v != "" {
				locked = opc.IsTrue(v)
			}
		}
		fl.locked[style] = locked
	}
	return locked
}

// finish calculates the formulas, compares them with what the data say they
// come to, and returns the workbook.
func (fl *filler) finish() ([]byte, error) {
	was := calc.NewGrids(fl.workbook)
	c := fl.filled(was)
	for v := range fl.form.Values() {
		if at := v.At(); at.Formula != "" {
			if _, err := c.Number(fl.name, at.Ref); err != nil {
				return nil, err
			}
		}
	}
	for _, x := range fl.checks {
		n, _ := c.Number(fl.name, x.at.Ref) // it was calculated
		var got sheet.Value = new(sheet.N(n))
		if _, rate := x.want.(*sheet.Rate); rate {
			got = &sheet.Rate{Number: sheet.N(n)}
		}
		if !got.Equal(x.want) {
			fl.refuse("“%s”（单元格 %s）由公式算得 %s，数据文件写的是 %s：请核对它所依据的各项，或删去这一项",
				x.path, x.at.Ref, sheet.Show(got), sheet.Show(x.want))
		}
	}
	if err := errors.Join(fl.refused...); err != nil {
		return nil, err
	}
	restyled := fl.setHeights()
	fl.write(restyled)
	if err := fl.calculate(was, c); err != nil {
		return nil, err
	}
	if err := fl.book.Styles.Save(); err != nil {
		return nil, err
	}
	return fl.book.Bytes()
}

// write writes the values into their cells, and styles into those that get another.
func (fl *filler) write(restyled map[edit.Place]int) {
	fl.sheet.Walk(nil, nil, func(at edit.Place, c opc.Element) {
		style, changed := restyled[at]
		if !changed {
			style = fl.styles[at]
		}
		ref := xlsx.Ref(at.Row, at.Col)
		switch v := fl.values[at].(type) {
		case string:
			fl.sheet.Replace(c, opc.Fragment(edit.TextCell(ref, style, v)))
		case float64:
			fl.sheet.Replace(c, opc.Fragment(edit.NumberCell(ref, style, v)))
		default:
			if changed {
				fl.sheet.SetAttr(c, "s", strconv.Itoa(style))
			}
		}
	}, nil)
}

// smallestFont is the smallest that a long text is set in, in points.
const smallestFont = 6

// setHeights makes rows high enough for the texts that are filled in. As Excel has no
// rows higher than MaxRowHeight, the font gets smaller where that is not enough: it
// returns the styles of cells that are to have such a one.
func (fl *filler) setHeights() (restyled map[edit.Place]int) {
	heights, restyled := map[int]float64{}, map[edit.Place]int{}
	for at, v := range fl.values {
		text, ok := v.(string)
		if !ok {
			continue
		}
		area := fl.sheet.Area(at)
		var widths []float64
		for col := area.FirstCol; col <= area.LastCol; col++ {
			widths = append(widths, fl.sheet.Sizes.Width(col))
		}
		rows := float64(area.LastRow - area.FirstRow + 1)
		usual := fl.fontSize(fl.styles[at])
		size := usual
		for size > smallestFont && xlsx.TextHeight(text, size, widths...) > rows*xlsx.MaxRowHeight {
			size--
		}
		need := min(math.Ceil(xlsx.TextHeight(text, size, widths...)/rows), xlsx.MaxRowHeight)
		for row := area.FirstRow; row <= area.LastRow; row++ {
			heights[row] = max(heights[row], need)
			for col := area.FirstCol; col <= area.LastCol && size != usual; col++ {
				restyled[edit.Place{Row: row, Col: col}] = fl.withFontSize(fl.styles[at], size)
			}
		}
	}
	grows := fl.grows()
	for n, row := range fl.sheet.Rows() {
		if need := heights[n]; need > fl.sheet.Sizes.Height(n) {
			fl.sheet.SetAttr(row, "ht", strconv.FormatFloat(need, 'f', -1, 64))
			if !grows[n] {
				fl.sheet.SetAttr(row, "customHeight", "1")
			}
		}
		if grows[n] {
			fl.sheet.SetAttr(row, "customHeight", "")
		}
	}
	return restyled
}

// grows returns the rows that grow with what is typed into them: those of indicators.
func (fl *filler) grows() map[int]bool {
	rows := map[int]bool{}
	for _, x := range fl.form.Indicators {
		if row, _, ok := xlsx.ParseRef(x.Level3.Ref); ok {
			rows[row] = true
		}
	}
	return rows
}

// usualSize is the size of letters of which nothing is said, in points.
const usualSize = 11

// font returns the font of a style.
func (fl *filler) font(style int) opc.Fragment {
	id, _ := strconv.Atoi(fl.book.Styles.Xf(style).Attr("fontId")) // the first is meant where it is none
	return fl.book.Styles.Item("fonts", id)
}

// fontSize returns the size of the letters of a style, in points.
func (fl *filler) fontSize(style int) float64 {
	if d, err := opc.Parse([]byte(fl.font(style)), opc.NoSpace); err == nil {
		if size, err := strconv.ParseFloat(d.Root.Child("sz").Attr("val"), 64); err == nil {
			return size
		}
	}
	return usualSize
}

// withFontSize returns the style that differs from another in the size of its letters.
func (fl *filler) withFontSize(style int, size float64) int {
	d, err := opc.Parse([]byte(fl.font(style)), opc.NoSpace)
	if err != nil || !d.Root.Child("sz").Exists() {
		return style
	}
	d.SetAttr(d.Root.Child("sz"), "val", strconv.FormatFloat(size, 'f', -1, 64))
	font, err := d.Bytes()
	if err != nil {
		return style
	}
	s := fl.book.Styles
	return s.Add("cellXfs", s.Xf(style).With("fontId", strconv.Itoa(s.Add("fonts", opc.Fragment(font)))))
}
