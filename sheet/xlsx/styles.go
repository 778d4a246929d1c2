package xlsx

import "ziping/sheet/opc"

// styles are the number formats of a workbook's cells.
type styles struct {
	cells []*format // by a cell's style
}

// format returns the number format of a style.
func (st *styles) format(style int32) *format {
	if int(style) < len(st.cells) {
		return st.cells[style]
	}
	return general
}

// readStyles reads what the styles part says of number formats.
func (w *Workbook) readStyles(part string) (*styles, error) {
	codes := make(map[int]string)
	var ids []int
	err := w.pkg.Read(part, opc.Spreadsheet, opc.Root("styleSheet"), func(s *opc.Scanner) error {
		switch string(s.Name) {
		case "numFmts":
			return s.Each("numFmt", func() error { return readNumFmt(s, codes, w.limits.Styles) })
		case "cellXfs":
			return s.Each("xf", func() error {
				if int64(len(ids)) == w.limits.Styles {
					return opc.TooMany("styles", "单元格格式", w.limits.Styles, "种")
				}
				id, err := s.Attr("numFmtId")
				n, _ := parseIndex([]byte(id))
				ids = append(ids, n)
				return err
			})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &styles{cells: resolveFormats(ids, codes)}, nil
}

// readNumFmt reads a number format of the workbook's own.
func readNumFmt(s *opc.Scanner, codes map[int]string, limit int64) error {
	id, err := s.Attr("numFmtId")
	if err != nil {
		return err
	}
	code, err := s.Attr("formatCode")
	if err != nil {
		return err
	}
	n, ok := parseIndex([]byte(id))
	if !ok || len(code) > maxFormatLen {
		return nil
	}
	if int64(len(codes)) == limit {
		return opc.TooMany("styles", "数字格式", limit, "种")
	}
	codes[n] = code
	return nil
}

// resolveFormats turns the ids of number formats into formats, each once.
func resolveFormats(ids []int, codes map[int]string) []*format {
	known := map[int]*format{0: general}
	cells := make([]*format, len(ids))
	for i, id := range ids {
		f, ok := known[id]
		if !ok {
			code, own := codes[id]
			if !own {
				code = builtinFormats[id]
			}
			f = parseFormat(code)
			known[id] = f
		}
		cells[i] = f
	}
	return cells
}

// builtinFormats are the number formats that workbooks refer to without
// spelling them out, as far as they are percentages, dates or times. Those from
// 27 on differ by language; these are the Chinese ones.
var builtinFormats = map[int]string{
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
