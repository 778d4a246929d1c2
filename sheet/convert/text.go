package convert

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"ziping/sheet/xlsx"
)

// Decode returns a text in UTF-8, whatever encoding of Chinese programs it is in:
// by its byte order mark, else as UTF-16 or UTF-8 if it looks so, else as GB18030,
// which is GBK and more. What is no text in it becomes U+FFFD.
func Decode(data []byte) string {
	e := xlsx.UTF16(data)
	if e == nil {
		e = simplifiedchinese.GB18030
		if utf8.Valid(data) || bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")) {
			e = unicode.UTF8BOM
		}
	}
	text, _ := e.NewDecoder().Bytes(data) // errors are for encodings that replace nothing
	return string(text)
}

// fromText makes a workbook of lines of values.
func fromText(data []byte) ([]byte, error) {
	if len(data) > maxText {
		return nil, errText
	}
	text := lineEnds(Decode(data))
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separator(text)
	if strings.Count(text, string(r.Comma)) > maxCells { // before csv takes a line apart
		return nil, errCells
	}
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

// lineEnds writes the lines of a text that end as on a Mac of old, with a carriage
// return alone, as others are. In quotes that is no end of a line.
func lineEnds(text string) string {
	const ends = ",;\t\r\n"
	b := []byte(text)
	quoted, start := false, true // start: a value begins here
	for i := 0; i < len(b); i++ {
		next := byte('\n')
		if i+1 < len(b) {
			next = b[i+1]
		}
		switch c := b[i]; {
		case c == '"' && quoted && next == '"':
			i++
		case c == '"' && quoted:
			quoted = strings.IndexByte(ends, next) < 0
		case c == '"':
			quoted = start
		case c == '\r' && !quoted && next != '\n':
			b[i] = '\n'
		}
		start = !quoted && strings.IndexByte(ends, b[i]) >= 0
	}
	return string(b)
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
