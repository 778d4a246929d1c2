package template

import "github.com/xuri/excelize/v2"

const (
	baseStyle  = "base"
	inputStyle = "input"
)

// style returns a style of the layout with what it takes from base, and with
// the styles laid over it.
func (l *Layout) style(name string, over ...string) Style {
	s := Style{
		Font: new("宋体"), Size: new(usualSize), Bold: new(false), Color: new(""), Fill: new(""),
		Horizontal: new("center"), Vertical: new("center"), Wrap: new(true), Shrink: new(false), Border: &Border{true, true, true, true}, Format: new("General"),
	}
	s.lay(l.Style[baseStyle])
	s.lay(l.Style[name])
	for _, o := range over {
		s.lay(l.Style[o])
	}
	return s
}

// size returns the size of the letters of a style, in points.
func (l *Layout) size(name string) float64 {
	for _, s := range []string{name, baseStyle} {
		if size := l.Style[s].Size; size != nil {
			return *size
		}
	}
	return usualSize
}

// usualSize is the size of letters where no style says one, in points.
const usualSize = 10.0

// lay puts over s what o says.
func (s *Style) lay(o Style) {
	set(&s.Font, o.Font)
	set(&s.Size, o.Size)
	set(&s.Bold, o.Bold)
	set(&s.Color, o.Color)
	set(&s.Fill, o.Fill)
	set(&s.Horizontal, o.Horizontal)
	set(&s.Vertical, o.Vertical)
	set(&s.Wrap, o.Wrap)
	set(&s.Shrink, o.Shrink)
	set(&s.Border, o.Border)
	set(&s.Format, o.Format)
}

func set[T any](to **T, from *T) {
	if from != nil {
		*to = from
	}
}

// excel returns the style of a cell, locked or not.
func (s Style) excel(locked bool) *excelize.Style {
	x := &excelize.Style{
		Font:         &excelize.Font{Family: *s.Font, Size: *s.Size, Bold: *s.Bold, Color: *s.Color},
		Alignment:    &excelize.Alignment{Horizontal: *s.Horizontal, Vertical: *s.Vertical, WrapText: *s.Wrap, ShrinkToFit: *s.Shrink},
		Protection:   &excelize.Protection{Locked: locked},
		CustomNumFmt: s.Format,
	}
	if *s.Fill != "" {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{*s.Fill}}
	}
	for _, side := range []struct {
		name string
		line bool
	}{{"left", s.Border.Left}, {"right", s.Border.Right}, {"top", s.Border.Top}, {"bottom", s.Border.Bottom}} {
		if side.line {
			x.Border = append(x.Border, excelize.Border{Type: side.name, Style: 1, Color: "000000"})
		}
	}
	return x
}

// highlight returns the style as a conditional format lays it over a cell.
func (s Style) highlight() *excelize.Style {
	x := &excelize.Style{}
	if s.Color != nil {
		x.Font = &excelize.Font{Color: *s.Color}
	}
	if s.Fill != nil {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{*s.Fill}}
	}
	return x
}
