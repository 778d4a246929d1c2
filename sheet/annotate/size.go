package annotate

import (
	"math"

	"ziping/sheet/xlsx"
)

// A comment's box is placed by the sizes of columns and rows, in pixels at 96 dpi.
func pixels(chars float64) float64   { return math.Floor(chars*7 + 0.5) }
func pointPixels(pt float64) float64 { return pt / 0.75 }

func (s *sheetEdit) colWidth(col int) float64  { return pixels(s.Sizes.Width(col)) }
func (s *sheetEdit) rowHeight(row int) float64 { return pointPixels(s.Sizes.Height(row)) }

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
