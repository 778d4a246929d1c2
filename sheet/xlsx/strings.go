package xlsx

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"ziping/sheet/opc"
)

// readSharedStrings reads the texts that cells refer to by their index.
func (w *Workbook) readSharedStrings(part string) (list []string, runs map[int][]run, err error) {
	size, kept := int64(0), texts{}
	list = make([]string, 0, formCells)
	err = w.pkg.Read(part, opc.Spreadsheet, opc.Root("sst"), func(s *opc.Scanner) error {
		if string(s.Name) != "si" {
			return nil
		}
		if int64(len(list)) == w.limits.Strings {
			return opc.TooMany("strings", "共享字符串", w.limits.Strings, "个")
		}
		text, colored, err := kept.rich(s)
		if err != nil {
			return err
		}
		if colored != nil {
			if runs == nil {
				runs = map[int][]run{}
			}
			runs[len(list)] = colored
		}
		list = append(list, text)
		size += int64(len(text))
		if size > w.limits.TextSize {
			return opc.TooBig("text-size", "共享字符串合计", w.limits.TextSize)
		}
		return nil
	})
	return list, runs, err
}

// run is a part of a text with letters of its own colour, if it has one.
type run struct {
	text    string
	colored bool
	color   color
}

// rich reads the text of an element that was just started and holds either
// <t> or runs <r><t>. Phonetic runs (rPh) are no part of what is written. The runs are
// nil where none has a colour.
func (k *texts) rich(s *opc.Scanner) (text string, runs []run, err error) {
	b := s.Scratch[:0]
	var ends []int // of the runs
	colored := false
	err = s.Children(func() (err error) {
		switch string(s.Name) {
		case "t":
			b, err = s.Text(b)
		case "r":
			var x run
			b, err = x.read(s, b)
			colored = colored || x.colored
			runs, ends = append(runs, x), append(ends, len(b))
		}
		return err
	})
	s.Scratch = b
	if !colored {
		return k.plain(b), nil, err
	}
	start := 0
	for i, end := range ends {
		runs[i].text = k.plain(slices.Clone(b[start:end]))
		start = end
	}
	return k.plain(b), runs, err
}

// read reads a run that was just started, and appends its text.
func (x *run) read(s *opc.Scanner, b []byte) ([]byte, error) {
	err := s.Children(func() (err error) {
		switch string(s.Name) {
		case "t":
			b, err = s.Text(b)
		case "rPr":
			err = s.Each("color", func() (err error) {
				x.color, err = readColor(s)
				x.colored = err == nil
				return err
			})
		}
		return err
	})
	return b, err
}

// texts keeps texts, short ones side by side: a sheet has hundreds of them.
type texts struct{ piece strings.Builder }

// A piece of memory holds so many bytes of texts, none of which is longer than shortText.
// Who keeps a text keeps its piece.
const textPiece, shortText = 256, 64

// keep copies a text.
func (k *texts) keep(b []byte) string {
	if len(b) > shortText {
		return string(b)
	}
	if k.piece.Cap()-k.piece.Len() < len(b) {
		k.piece = strings.Builder{}
		k.piece.Grow(textPiece)
	}
	start := k.piece.Len()
	k.piece.Write(b)
	return k.piece.String()[start:]
}

// plain copies a text out of the scanner's buffer: the escapes of
// ST_Xstring (_x000D_ is a carriage return) are decoded, and every line break
// is a \n. It changes b.
func (k *texts) plain(b []byte) string {
	if i := bytes.IndexByte(b, '_'); i >= 0 {
		b = decodeEscapes(b, i)
	}
	if i := bytes.IndexByte(b, '\r'); i >= 0 {
		b = unixLines(b, i)
	}
	return k.keep(b)
}

// decodeEscapes decodes _xHHHH_ in place, from i on. A pair of surrogates is
// one character, a lone one U+FFFD.
func decodeEscapes(b []byte, i int) []byte {
	w := i
	for i < len(b) {
		r, ok := escape(b[i:])
		if !ok {
			b[w] = b[i]
			w, i = w+1, i+1
			continue
		}
		i += escapeLen
		if low, ok := escape(b[i:]); ok && utf16.IsSurrogate(r) {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				r = pair
				i += escapeLen
			}
		}
		w += utf8.EncodeRune(b[w:], r)
	}
	return b[:w]
}

const escapeLen = len("_x000D_")

// escape returns the UTF-16 code unit that b starts with the escape of.
func escape(b []byte) (rune, bool) {
	if len(b) < escapeLen || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	r, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(r), err == nil
}

// unixLines turns \r\n and \r into \n in place, from i on.
func unixLines(b []byte, i int) []byte {
	w := i
	for ; i < len(b); i++ {
		if b[i] == '\r' {
			if i+1 < len(b) && b[i+1] == '\n' {
				continue
			}
			b[i] = '\n'
		}
		b[w] = b[i]
		w++
	}
	return b[:w]
}
