package edit

import (
	"strconv"

	"ziping/sheet/opc"
)

// Sizes are the widths of columns and heights of rows.
type Sizes struct {
	width, height float64 // of those that say nothing
	cols          []colSize
	rows          map[int]float64
}

type colSize struct {
	first, last int
	width       float64
	style       int
}

// What is meant where a sheet says nothing, in characters and points.
const (
	usualWidth  = 9.140625
	usualHeight = 15
)

func newSizes() Sizes { return Sizes{usualWidth, usualHeight, nil, map[int]float64{}} }

func (z *Sizes) defaults(e opc.Element) {
	if w := float(e, "defaultColWidth"); w > 0 {
		z.width = w
	}
	if h := float(e, "defaultRowHeight"); h > 0 {
		z.height = h
	}
}

func float(e opc.Element, name string) float64 {
	v, _ := strconv.ParseFloat(e.Attr(name), 64) // 0 where there is none
	return v
}

func (z *Sizes) columns(e opc.Element) {
	for c := range e.Children() {
		w := z.width
		if c.Attr("width") != "" {
			w = float(c, "width")
		}
		if hidden(c) {
			w = 0
		}
		z.cols = append(z.cols, colSize{c.Int("min", 0), c.Int("max", 0), w, c.Int("style", 0)})
	}
}

func hidden(e opc.Element) bool { return opc.IsTrue(e.Attr("hidden")) }

func (z *Sizes) row(n int, e opc.Element) {
	if e.Attr("ht") != "" {
		z.rows[n] = float(e, "ht")
	}
	if hidden(e) {
		z.rows[n] = 0
	}
}

// style returns the style of a column's cells that are not there.
func (z *Sizes) style(col int) int {
	for _, c := range z.cols {
		if c.first <= col && col <= c.last {
			return c.style
		}
	}
	return 0
}

// Width returns the width of a column in characters, 0 where it is hidden.
func (z *Sizes) Width(col int) float64 {
	for _, c := range z.cols {
		if c.first <= col && col <= c.last {
			return c.width
		}
	}
	return z.width
}

// Height returns the height of a row in points, 0 where it is hidden, as far as Rows or
// Walk have come to it.
func (z *Sizes) Height(row int) float64 {
	if h, ok := z.rows[row]; ok {
		return h
	}
	return z.height
}
