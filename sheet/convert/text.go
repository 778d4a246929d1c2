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

// Decode returns a text in UTF-8: by its byte order mark, else as UTF-8 if it
// is valid, else as GB18030, which is GBK and more.
func Decode(data []byte) (string, error) {
	if len(data) > maxText {
		return "", errText
	}
	var e encoding.Encoding = simplifiedchinese.GB18030
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		e = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	} else if utf8.Valid(data) {
		e = unicode.UTF8BOM
	}
	b, err := e.NewDecoder().Bytes(data)
	return string(b), err
}

// fromText makes a workbook of lines of values.
func fromText(data []byte) ([]byte, error) {
	text, err := Decode(data)
	if err != nil {
		return nil, err
	}
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
