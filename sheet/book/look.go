package book

import (
	"cmp"

	"github.com/xuri/excelize/v2"
)

// Look is how a cell looks.
type Look struct {
	Align       string // center where empty
	Format      string // of numbers
	Color, Fill string
	Size        float64 // 10 points where 0
	Bold        bool
	Underline   bool
	Bare        bool // without lines around it
}

// The looks of what stands in lists.
var (
	TitleLook  = Look{Align: "left", Size: 16, Bold: true, Bare: true}
	NoteLook   = Look{Align: "left", Color: "595959", Bare: true}
	HeadLook   = Look{Bold: true, Fill: "DDEBF7"}
	CenterLook = Look{}
	TextLook   = Look{Align: "left"}
	LinkLook   = Look{Align: "left", Color: "0563C1", Underline: true}
)

// Total is the look of a total in a column of that look.
func (l Look) Total() Look {
	l.Bold, l.Fill = true, "F2F2F2"
	return l
}

// InColor is the look in another colour.
func (l Look) InColor(color string) Look {
	l.Color, l.Bold = color, true
	return l
}

// Font is what Excel and WPS have everywhere in China.
const Font = "宋体"

const fontSize = 10.0

// size is that of the text, in points.
func (l Look) size() float64 { return cmp.Or(l.Size, fontSize) }

func (l Look) style() *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: Font, Size: l.size(), Bold: l.Bold, Color: l.Color},
		Alignment: &excelize.Alignment{Horizontal: cmp.Or(l.Align, "center"), Vertical: "center", WrapText: !l.Bare},
	}
	if l.Underline {
		s.Font.Underline = "single"
	}
	if l.Format != "" {
		s.CustomNumFmt = &l.Format
	}
	if l.Fill != "" {
		s.Fill = Solid(l.Fill)
	}
	if !l.Bare {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: "BFBFBF"})
		}
	}
	return s
}

// Solid fills with one colour.
func Solid(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}
