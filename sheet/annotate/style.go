package annotate

import (
	"slices"
	"strconv"
	"strings"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
)

// stylesheet are the styles of a workbook, with what is known of their fills.
type stylesheet struct {
	*edit.Styles
	fills  map[int]cellFill    // of styles, once they were asked for
	filled map[filledStyle]int // styles with a fill, once they were made
}

// filledStyle is a style that is to have another fill.
type filledStyle struct {
	style int
	cellFill
}

// cellFill is the fill of a cell style: the fill as it is written, and whether
// the style says that it applies ("", "0" or "1").
type cellFill struct {
	fill  opc.Fragment
	apply string
}

// fillOf returns the fill of a cell style.
func (s *stylesheet) fillOf(style int) cellFill {
	if f, known := s.fills[style]; known {
		return f
	}
	xf := s.Xf(style)
	id, _ := strconv.Atoi(xf.Attr("fillId")) // the first is meant where it is none
	s.fills[style] = cellFill{s.Item("fills", id), xf.Attr("applyFill")}
	return s.fills[style]
}

// withFill returns the cell style that differs from another in its fill only.
func (s *stylesheet) withFill(style int, f cellFill) int {
	key := filledStyle{style, f}
	filled, known := s.filled[key]
	if !known {
		filled = s.fill(style, f)
		s.filled[key] = filled
	}
	return filled
}

func (s *stylesheet) fill(style int, f cellFill) int {
	xf := s.Xf(style).With("applyFill", f.apply)
	id := s.Add("fills", f.fill)
	if plain := xf.With("fillId", ""); id == 0 && s.Has("cellXfs", plain) {
		return s.Add("cellXfs", plain) // the first is meant where none is named
	}
	return s.Add("cellXfs", xf.With("fillId", strconv.Itoa(id)))
}

// A mark's colours are ones that no palette has: a cell that has one was
// marked by us. Programs write them as they like, but keep the digits.
// Copies of before must be recognised: who changes a colour leaves the former one in
// formerColors, and puts a copy of before into testdata/copies.
var markColors = [...]string{Error: "FFFFC9CB", Warning: "FFFFE9A9", Info: "FFCFE3F9", corrected: "FFCDEBC7"}

// formerColors are those of marks of earlier builds.
var formerColors []string

// markFill is the fill of a mark.
func markFill(s Severity) cellFill {
	return cellFill{fragment(`<fill><patternFill patternType="solid"><fgColor rgb="%s"/><bgColor indexed="64"/></patternFill></fill>`, markColors[s]), "1"}
}

// isMark reports whether a fill is one of ours, whoever has written it.
func isMark(f cellFill) bool {
	d, err := opc.Parse([]byte(f.fill), opc.NoSpace)
	if err != nil {
		return false
	}
	color := strings.ToUpper(d.Root.Child("patternFill").Child("fgColor").Attr("rgb"))
	return slices.ContainsFunc(slices.Concat(markColors[:], formerColors), func(c string) bool { return strings.HasSuffix(color, c[2:]) })
}

// isFill reports whether a fill that a record has is one: anybody may have written it.
func isFill(f cellFill) bool {
	d, err := opc.Parse([]byte(f.fill), opc.NoSpace)
	return err == nil && d.Root.Name() == "fill" && slices.Contains([]string{"", "0", "1", "false", "true"}, f.apply)
}
