package xlsx

import (
	"strconv"
	"sync"

	"ziping/sheet/memo"
	"ziping/sheet/opc"
)

// styles are the looks of a workbook's cells, as far as they matter to a reader.
type styles struct {
	cells []cellStyle
	fonts []font
	fills []fill
	dxfs  []dxf

	codes   map[int]string // number formats of the workbook's own
	palette []rgb
	theme   func() []rgb

	mu      sync.Mutex       // of what was found out so far:
	formats map[int]*format  // those that were needed
	length  int              // of their codes together
	paints  map[[2]int]paint // of fonts on fills
}

// cellStyle is the look of a cell: indexes into the lists, and whether it may be
// changed in a protected sheet.
type cellStyle struct {
	format, font, fill int
	unlocked           bool
}

// font is that of a cell's letters.
type font struct {
	color
	tiny bool
}

// fill is what is behind the letters: white where nothing is.
type fill struct {
	none bool
	color
}

// dxf is what a conditional format makes of a cell: its number format, -1 for none, and
// the colours of its letters and of what is behind them, unknown for none.
type dxf struct {
	format          int
	letters, behind color
}

// matters reports whether a person may see something else of a value by it.
func (d dxf) matters() bool {
	return d.format >= 0 || d.letters.kind != unknownColor || d.behind.kind != unknownColor
}

// pales reports whether letters get the colour of what is behind them.
func (st *styles) pales(p paint, d dxf) bool {
	letters, behind, known := p.letters, p.behind, p.known
	if d.letters.kind != unknownColor {
		own, ok := d.letters.resolve(st.theme, st.palette, black)
		letters, known = own, known && ok
	}
	if d.behind.kind != unknownColor {
		own, ok := d.behind.resolve(st.theme, st.palette, white)
		behind, known = own, known && ok
	}
	return known && letters.like(behind)
}

// maxFormats is how long the number formats that are used may be together, in
// bytes.
const maxFormats = 1 << 20

// look is what a style makes of a value.
type look struct {
	*format
	paint
	tiny, unlocked bool
}

// paint is letters on what is behind them, as far as both are known.
type paint struct {
	known           bool
	letters, behind rgb
}

// look returns the look of a style.
func (st *styles) look(style int32) (look, error) {
	if int(style) >= len(st.cells) {
		return look{format: general}, nil
	}
	st.mu.Lock()
	defer st.mu.Unlock()
	c := st.cells[style]
	f, err := st.parsed(c.format)
	return look{f, st.paint(c.font, c.fill), c.font < len(st.fonts) && st.fonts[c.font].tiny, c.unlocked}, err
}

// format returns a number format by its id.
func (st *styles) format(id int) (*format, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.parsed(id)
}

// parsed is format for who has the lock.
func (st *styles) parsed(id int) (*format, error) {
	if f, known := st.formats[id]; known {
		return f, nil
	}
	code, own := st.codes[id]
	if !own {
		code = builtinFormats[id]
	}
	st.length += len(code)
	if st.length > maxFormats {
		return nil, opc.TooBig("", "数字格式合计", maxFormats)
	}
	f := parseFormat(code)
	st.formats[id] = f
	return f, nil
}

// paint returns letters of a font on a fill.
func (st *styles) paint(font, fill int) paint {
	key := [2]int{font, fill}
	p, known := st.paints[key]
	if !known {
		p = st.mix(font, fill)
		st.paints[key] = p
	}
	return p
}

func (st *styles) mix(font, fill int) (p paint) {
	if font >= len(st.fonts) || fill >= len(st.fills) {
		return p
	}
	var ok bool
	p.letters, ok = st.fonts[font].resolve(st.theme, st.palette, black)
	if !ok {
		return p
	}
	p.behind, p.known = white, true
	if f := st.fills[fill]; !f.none {
		p.behind, p.known = f.resolve(st.theme, st.palette, white)
	}
	return p
}

// stylesReader reads the styles part.
type stylesReader struct {
	*opc.Scanner
	*styles
	limit int64
}

// looks are the styles of workbooks that are alike in them, as those of a campaign are.
var looks memo.Cache[dress, *styles]

// dress is all that the styles of a workbook are made of.
type dress struct {
	styles, theme opc.Likeness
	limit         int64
}

// alikeStyles is readStyles for a workbook that may be alike others.
func (w *Workbook) alikeStyles(part string) (*styles, error) {
	d := dress{limit: w.limits.Styles}
	var ok bool
	d.styles, ok = w.pkg.Likeness(part)
	if ok {
		if theme, err := w.related.Part(opc.TypeTheme); err == nil && theme != "" {
			d.theme, ok = w.pkg.Likeness(theme)
		}
	}
	if !ok {
		return w.readStyles(part)
	}
	if st, known := looks.Get(d); known {
		return st, nil
	}
	st, err := w.readStyles(part)
	if err == nil {
		st.theme() // lest it hold on to this workbook
		looks.Put(d, st)
	}
	return st, err
}

// readStyles reads what the styles part says of number formats and colours.
func (w *Workbook) readStyles(part string) (*styles, error) {
	r := stylesReader{limit: w.limits.Styles, styles: &styles{
		codes: map[int]string{}, theme: sync.OnceValue(w.readTheme), formats: map[int]*format{0: general}, paints: map[[2]int]paint{},
	}}
	err := w.pkg.Read(part, opc.Spreadsheet, opc.Root("styleSheet"), func(s *opc.Scanner) error {
		r.Scanner = s
		switch string(s.Name) {
		case "numFmts":
			return s.Each("numFmt", r.numFmt)
		case "fonts":
			return s.Each("font", r.font)
		case "fills":
			return s.Each("fill", r.fill)
		case "cellXfs":
			return s.Each("xf", r.xf)
		case "dxfs":
			return s.Each("dxf", r.dxf)
		case "colors":
			return s.Each("indexedColors", func() error { return s.Each("rgbColor", r.paletteColor) })
		}
		return nil
	})
	return r.styles, err
}

// check refuses one more of a list that is long enough.
func (r *stylesReader) check(n int, what string) error {
	if int64(n) == r.limit {
		return opc.TooMany("styles", what, r.limit, "种")
	}
	return nil
}

func (r *stylesReader) xf() error {
	if err := r.check(len(r.cells), "单元格格式"); err != nil {
		return err
	}
	var c cellStyle
	for _, a := range []struct {
		name string
		to   *int
	}{{"numFmtId", &c.format}, {"fontId", &c.font}, {"fillId", &c.fill}} {
		v, err := r.Attr(a.name)
		if err != nil {
			return err
		}
		*a.to, _ = parseIndex([]byte(v))
	}
	err := r.Each("protection", func() error {
		v, err := r.Attr("locked")
		c.unlocked = v != "" && !opc.IsTrue(v)
		return err
	})
	r.cells = append(r.cells, c)
	return err
}

// numFmt reads a number format of the workbook's own.
func (r *stylesReader) numFmt() error {
	v, err := r.Attr("numFmtId")
	if err != nil {
		return err
	}
	if id, ok := parseIndex([]byte(v)); ok {
		_, err = r.code(id)
	}
	return err
}

// code keeps the code of a number format, unless it is longer than any.
func (r *stylesReader) code(id int) (kept bool, err error) {
	code, err := r.Attr("formatCode")
	if err != nil || len(code) > maxFormatLen {
		return false, err
	}
	if err := r.check(len(r.codes), "数字格式"); err != nil {
		return false, err
	}
	r.codes[id] = code
	return true, nil
}

// firstOfDxfs is above the ids of number formats, which have nine digits at most.
const firstOfDxfs = 1_000_000_000

// dxf reads a conditional format. A number format of its own is none of the
// others, whatever its id.
func (r *stylesReader) dxf() error {
	if err := r.check(len(r.dxfs), "条件格式"); err != nil {
		return err
	}
	d := dxf{format: -1}
	err := r.Children(func() error {
		switch string(r.Name) {
		case "numFmt":
			id := firstOfDxfs + len(r.dxfs)
			kept, err := r.code(id)
			if kept {
				d.format = id
			}
			return err
		case "font":
			return r.Each("color", func() (err error) {
				d.letters, err = readColor(r.Scanner)
				return err
			})
		case "fill":
			return r.Each("patternFill", func() error {
				return r.Children(func() (err error) {
					if name := string(r.Name); name == "bgColor" || name == "fgColor" && d.behind.kind == unknownColor { // a solid fill has its colour there
						d.behind, err = readColor(r.Scanner)
					}
					return err
				})
			})
		}
		return nil
	})
	r.dxfs = append(r.dxfs, d)
	return err
}

func (r *stylesReader) font() error {
	if err := r.check(len(r.fonts), "字体"); err != nil {
		return err
	}
	f := font{color: color{kind: autoColor}}
	err := r.Children(func() (err error) {
		switch string(r.Name) {
		case "color":
			f.color, err = readColor(r.Scanner)
		case "sz":
			var size string
			size, err = r.Attr("val")
			n, bad := strconv.ParseFloat(size, 64)
			f.tiny = bad == nil && n < readableLetters
		}
		return err
	})
	r.fonts = append(r.fonts, f)
	return err
}

func (r *stylesReader) fill() error {
	if err := r.check(len(r.fills), "填充"); err != nil {
		return err
	}
	var f fill
	err := r.Each("patternFill", func() error {
		switch kind, err := r.Attr("patternType"); {
		case err != nil:
			return err
		case kind == "none", kind == "":
			f.none = true
		case kind != "solid":
			return nil // letters on a pattern
		}
		return r.Each("fgColor", func() (err error) {
			f.color, err = readColor(r.Scanner)
			return err
		})
	})
	r.fills = append(r.fills, f)
	return err
}

func (r *stylesReader) paletteColor() error {
	if err := r.check(len(r.palette), "调色板的颜色"); err != nil {
		return err
	}
	c, err := readColor(r.Scanner)
	r.palette = append(r.palette, c.rgb)
	return err
}

// builtinFormats are the number formats that workbooks refer to without
// spelling them out, as far as they round, or are percentages, dates or times. Those
// from 27 on differ by language; these are the Chinese ones.
var builtinFormats = map[int]string{
	1:  `0`,
	2:  `0.00`,
	3:  `#,##0`,
	4:  `#,##0.00`,
	9:  `0%`,
	10: `0.00%`,
	14: `yyyy/m/d`,
	15: `d-mmm-yy`,
	16: `d-mmm`,
	17: `mmm-yy`,
	18: `h:mm AM/PM`,
	19: `h:mm:ss AM/PM`,
	20: `h:mm`,
	21: `h:mm:ss`,
	22: `yyyy/m/d h:mm`,
	27: `yyyy"年"m"月"`,
	28: `m"月"d"日"`,
	29: `m"月"d"日"`,
	30: `m-d-yy`,
	31: `yyyy"年"m"月"d"日"`,
	32: `h"时"mm"分"`,
	33: `h"时"mm"分"ss"秒"`,
	34: `上午/下午h"时"mm"分"`,
	35: `上午/下午h"时"mm"分"ss"秒"`,
	36: `yyyy"年"m"月"`,
	37: `#,##0;-#,##0`,
	38: `#,##0;[Red]-#,##0`,
	39: `#,##0.00;-#,##0.00`,
	40: `#,##0.00;[Red]-#,##0.00`,
	45: `mm:ss`,
	46: `[h]:mm:ss`,
	47: `mm:ss.0`,
	50: `yyyy"年"m"月"`,
	51: `m"月"d"日"`,
	52: `yyyy"年"m"月"`,
	53: `m"月"d"日"`,
	54: `m"月"d"日"`,
	55: `上午/下午h"时"mm"分"`,
	56: `上午/下午h"时"mm"分"ss"秒"`,
	57: `yyyy"年"m"月"`,
	58: `m"月"d"日"`,
}
