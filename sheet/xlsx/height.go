package xlsx

import "strings"

// Excel does not make a row higher for the text of a merged cell, so texts are
// measured here. The figures are on the generous side: a little white space is
// better than a line cut off.
const (
	pixelsPerChar  = 7.0  // one character of a column's width, at the default font
	pixelsPadding  = 5.0  // what a column has besides
	pointsPerPixel = 0.75 // at 96 dpi
	sidePadding    = 4.0  // points, left and right together
	topPadding     = 6.0  // points, above and below together
	lineFactor     = 1.32 // height of a line of 宋体 by its size
	lineUse        = 0.95 // of a line is used: punctuation may not begin one
	halfWidth      = 0.55 // of a letter or digit by the font's size
)

// MaxRowHeight is the highest row of Excel, in points.
const MaxRowHeight = 409

// TextHeight returns how high a text stands, in points, that is wrapped into
// columns of the given widths (in characters) at a font size (in points).
func TextHeight(text string, size float64, columns ...float64) float64 {
	width := -sidePadding
	for _, c := range columns {
		width += (c*pixelsPerChar + pixelsPadding) * pointsPerPixel
	}
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines += countLines(paragraph, width/size)
	}
	return float64(lines)*size*lineFactor + topPadding
}

// countLines returns how many lines a paragraph takes that are room full-width
// characters long.
func countLines(paragraph string, room float64) int {
	if textWidth(paragraph) <= room {
		return 1
	}
	room = max(1, room*lineUse)
	lines, used := 1, 0.0
	for _, r := range paragraph {
		w := runeWidth(r)
		if used+w > room {
			lines, used = lines+1, 0
		}
		used += w
	}
	return lines
}

func textWidth(s string) float64 {
	width := 0.0
	for _, r := range s {
		width += runeWidth(r)
	}
	return width
}

// runeWidth is in full-width characters.
func runeWidth(r rune) float64 {
	if r < 0x2000 {
		return halfWidth
	}
	return 1
}
