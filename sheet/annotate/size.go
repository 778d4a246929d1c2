package annotate

import (
	"math"
	"strconv"

	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// sizes are the widths of columns and heights of rows, in pixels at 96 dpi: a
// comment's box is placed by them.
type sizes struct {
	width, height float64 // of those that say nothing
	cols          []colSize
	rows          map[int]float64
}

type colSize struct {
	first, last int
	width       float64
	style       int
}

func newSizes() sizes { return sizes{64, 20, nil, map[int]float64{}} }

func pixels(chars float64) float64   { return math.Floor(chars*7 + 0.5) }
func pointPixels(pt float64) float64 { return pt / 0.75 }

func (z *sizes) defaults(e opc.Element) {
	if w := float(e, "defaultColWidth"); w > 0 {
		z.width = pixels(w)
	}
	if h := float(e, "defaultRowHeight"); h > 0 {
		z.height = pointPixels(h)
	}
}

func float(e opc.Element, name string) float64 {
	v, _ := strconv.ParseFloat(e.Attr(name), 64) // 0 where there is none
	return v
}

func (z *sizes) columns(e opc.Element) {
	for c := range e.Children() {
		w := z.width
		if c.Attr("width") != "" {
			w = pixels(float(c, "width"))
		}
		if hidden(c) {
			w = 0
		}
		z.cols = append(z.cols, colSize{c.Int("min", 0), c.Int("max", 0), w, c.Int("style", 0)})
	}
}

func hidden(e opc.Element) bool { return opc.IsTrue(e.Attr("hidden")) }

func (z *sizes) row(n int, e opc.Element) {
	if e.Attr("ht") != "" {
		z.rows[n] = pointPixels(float(e, "ht"))
	}
	if hidden(e) {
		z.rows[n] = 0
	}
}

// style returns the style of a column's cells that are not there.
func (z *sizes) style(col int) int {
	for _, c := range z.cols {
		if c.first <= col && col <= c.last {
			return c.style
		}
	}
	return 0
}

func (z *sizes) colWidth(col int) float64 {
	for _, c := range z.cols {
		if c.first <= col && col <= c.last {
			return c.width
		}
	}
	return z.width
}

func (z *sizes) rowHeight(row int) float64 {
	if h, ok := z.rows[row]; ok {
		return h
	}
	return z.height
}

// The box of a comment.
const (
	boxColumn = 42.0 // its width, in characters
	boxFont   = 9.0
	boxGap    = 12 // pixels from the cell
	mostSteps = 2000
)

func boxWidth() float64 { return pixels(boxColumn) + 5 }

// boxHeight returns how high a box is, in pixels, that shows a text.
func boxHeight(text string) float64 {
	return math.Ceil(pointPixels(xlsx.TextHeight(text, boxFont, boxColumn-2))) + 8
}

// walk goes a distance from the start of a column or row, whose sizes are given,
// and returns the index (from 0) where it ends and how far into it.
func walk(from int, distance float64, size func(i int) float64) (index int, rest float64) {
	i := from
	for range mostSteps {
		w := size(i)
		if distance < w {
			break
		}
		distance -= w
		i++
	}
	return i - 1, distance
}
