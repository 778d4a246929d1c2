package xlsx

import (
	"encoding/hex"
	"errors"
	"math"
	"slices"
	"strconv"

	"ziping/sheet/opc"
)

// rgb is a colour.
type rgb [3]uint8

var (
	white = rgb{255, 255, 255}
	black = rgb{}
)

// like reports whether letters of one colour can't be read on the other.
func (c rgb) like(other rgb) bool {
	const most = 20 // in any of red, green and blue
	for i := range c {
		if d := int(c[i]) - int(other[i]); d < -most || d > most {
			return false
		}
	}
	return true
}

// color is a colour as a style names it.
type color struct {
	kind  colorKind
	rgb   rgb
	index int // of the theme or the palette
	tint  float64
}

type colorKind uint8

const (
	unknownColor colorKind = iota
	plainColor
	themeColor
	paletteColor
	autoColor // that of the window
)

// readColor reads a <color>, or another element of its type.
func readColor(s *opc.Scanner) (c color, err error) {
	var value, tint, theme, indexed, auto string
	for _, a := range []struct {
		name string
		to   *string
	}{{"rgb", &value}, {"tint", &tint}, {"theme", &theme}, {"indexed", &indexed}, {"auto", &auto}} {
		*a.to, err = s.Attr(a.name)
		if err != nil {
			return c, err
		}
	}
	c.tint, _ = strconv.ParseFloat(tint, 64) // 0 for none
	if b, err := hex.DecodeString(value); err == nil && len(b) >= 3 {
		c.kind = plainColor
		copy(c.rgb[:], b[len(b)-3:])
		return c, nil
	}
	n, isTheme := parseIndex([]byte(theme))
	m, isIndexed := parseIndex([]byte(indexed))
	switch {
	case isTheme:
		c.kind, c.index = themeColor, n
	case isIndexed:
		c.kind, c.index = paletteColor, m
	case opc.IsTrue(auto):
		c.kind = autoColor
	}
	return c, nil
}

// resolve returns the colour; automatic is the one of the window.
func (c color) resolve(theme func() []rgb, palette []rgb, automatic rgb) (rgb, bool) {
	base := c.rgb
	switch c.kind {
	case unknownColor:
		return base, false
	case autoColor:
		return automatic, true
	case themeColor:
		list := theme()
		if c.index >= len(list) {
			return base, false
		}
		base = list[c.index]
	case paletteColor:
		switch {
		case c.index >= 64: // of the system: letters and window
			return automatic, true
		case c.index < len(palette):
			base = palette[c.index]
		default:
			base = defaultPalette[c.index]
		}
	}
	return base.tinted(c.tint), true
}

// tinted makes a colour lighter, or darker for less than 0.
func (c rgb) tinted(tint float64) rgb {
	for i, v := range c {
		switch {
		case tint < 0:
			c[i] = uint8(float64(v) * (1 + max(tint, -1)))
		case tint > 0:
			c[i] = v + uint8(math.Round(float64(255-v)*min(tint, 1)))
		}
	}
	return c
}

// officeTheme are the colours of Office's own theme, in the order in which styles
// count them: window, letters, and so on.
var officeTheme = []rgb{white, black, {0xEE, 0xEC, 0xE1}, {0x1F, 0x49, 0x7D}, {0x4F, 0x81, 0xBD}, {0xC0, 0x50, 0x4D},
	{0x9B, 0xBB, 0x59}, {0x80, 0x64, 0xA2}, {0x4B, 0xAC, 0xC6}, {0xF7, 0x96, 0x46}, {0, 0, 0xFF}, {0x80, 0, 0x80}}

// themeOrder is where the colours of a theme, as its part lists them, stand in
// the order in which styles count them.
var themeOrder = map[string]int{"lt1": 0, "dk1": 1, "lt2": 2, "dk2": 3, "accent1": 4, "accent2": 5, "accent3": 6, "accent4": 7,
	"accent5": 8, "accent6": 9, "hlink": 10, "folHlink": 11}

// readTheme returns the colours of the theme.
func (w *Workbook) readTheme() []rgb {
	part, err := w.related.Part(opc.TypeTheme)
	if err != nil || part == "" {
		return officeTheme
	}
	return w.themeIn(part)
}

// themeIn reads the colours of a theme; what can't be read of it is as in
// Office's own.
func (w *Workbook) themeIn(part string) []rgb {
	list := slices.Clone(officeTheme)
	_ = w.pkg.Read(part, opc.Drawing, opc.Root("theme"), func(s *opc.Scanner) error {
		if string(s.Name) != "themeElements" {
			return nil
		}
		return s.Each("clrScheme", func() error {
			if err := readScheme(s, list); err != nil {
				return err
			}
			return errEnough
		})
	})
	return list
}

// errEnough ends the reading of a part of which no more is needed.
var errEnough = errors.New("enough")

// readScheme reads the colours of a theme into a list.
func readScheme(s *opc.Scanner, list []rgb) error {
	return s.Children(func() error {
		i, ok := themeOrder[string(s.Name)]
		if !ok {
			return nil
		}
		return s.Children(func() error {
			value := "val"
			if string(s.Name) == "sysClr" {
				value = "lastClr"
			}
			v, err := s.Attr(value)
			if b, bad := hex.DecodeString(v); bad == nil && len(b) == 3 {
				list[i] = rgb(b)
			}
			return err
		})
	})
}

// defaultPalette are the colours that styles call by an index.
var defaultPalette = func() (list [64]rgb) {
	const colors = "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF" +
		"000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF" +
		"800000008000000080808000800080008080C0C0C0808080" +
		"9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF" +
		"000080FF00FFFFFF0000FFFF8000808000000080800000FF" +
		"00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC99" +
		"3366FF33CCCC99CC00FFCC00FF9900FF6600666699969696" +
		"003366339966003300333300993300993366333399333333"
	b, err := hex.DecodeString(colors)
	if err != nil {
		panic(err)
	}
	for i := range list {
		list[i] = rgb(b[3*i:])
	}
	return list
}()
