package convert

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Decode returns a text in UTF-8, whatever encoding of Chinese programs it is in:
// by its byte order mark, else as UTF-16 or UTF-8 if it looks so, else as GB18030,
// which is GBK and more. What is no text in it becomes U+FFFD.
func Decode(data []byte) string {
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case looksLikeUTF16(data):
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf8.Valid(data), bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		e = unicode.UTF8BOM
	default:
		e = simplifiedchinese.GB18030
	}
	text, _ := e.NewDecoder().Bytes(data) // errors are for encodings that replace nothing
	return string(text)
}

// looksLikeUTF16 reports whether a text without a mark is UTF-16 all the same:
// its commas, digits and line ends have a zero byte behind them. (Of a Chinese
// character, 一 for one, the first byte may be zero.)
func looksLikeUTF16(data []byte) bool {
	data = data[:min(len(data), 4096)&^1]
	zeros := 0
	for i := 1; i < len(data); i += 2 {
		if data[i] == 0 {
			zeros++
		}
	}
	return zeros > 2*(bytes.Count(data, []byte{0})-zeros)
}

// fromText makes a workbook of lines of values.
func fromText(data []byte) ([]byte, error) {
	if len(data) > maxText {
		return nil, errText
	}
	text := Decode(data)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	r.ReuseRecord = true
	g, err := newGrid()
	if err != nil {
		return nil, err
	}
	for {
		for range blankLines(text[r.InputOffset():]) { // rows too, which csv leaves out
			if err := g.add(nil); err != nil {
				return nil, err
			}
		}
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g.bytes()
		}
		if err != nil {
			return nil, err
		}
		if err := g.add(fields); err != nil {
			return nil, err
		}
	}
}

// separator returns what stands between the values: the one of which there are
// most.
func separator(text string) rune {
	best, most := ',', 0
	for _, c := range "\t,;" {
		if n := strings.Count(text, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// blankLines returns how many lines that a text begins with are empty.
func blankLines(text string) int {
	n := 0
	for {
		rest, ok := strings.CutPrefix(strings.TrimPrefix(text, "\r"), "\n")
		if !ok {
			return n
		}
		text = rest
		n++
	}
}
