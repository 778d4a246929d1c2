package template

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"ziping/sheet"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// textPage reads a text file of separated values, in any encoding that Excel and
// WPS save them in.
func textPage(f File) ([]page, error) {
	p := page{file: f.Name}
	text, err := decodeText(f.Data)
	if err != nil {
		return nil, &Problem{File: f.Name, Message: err.Error()}
	}
	if at := strings.IndexAny(text, "\x00\ufffd"); at >= 0 {
		return nil, p.problem(sheet.Cell{Pos: positionAt(text, at)}, "这里有不是文字的内容，请用 Excel 或 WPS 打开后另存为 CSV UTF-8")
	}
	text = oneLineEnd.Replace(text)
	lines := strings.Split(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = separator(lines), -1, true
	var where columnCounter
	for {
		fields, err := r.Read()
		if err == io.EOF {
			return []page{p}, nil
		}
		if err != nil {
			return nil, p.csvProblem(err, lines)
		}
		row, _ := r.FieldPos(0)
		for i, field := range fields[:min(len(fields), maxColumns)] {
			if strings.TrimSpace(field) == "" {
				continue
			}
			c := listCell{Cell: xlsx.Cell{Row: row, Col: i + 1, Kind: xlsx.String, Text: field}}
			line, at := r.FieldPos(i)
			c.pos = where.at(line, lines[line-1][:at-1])
			p.add(c)
		}
	}
}

// columnCounter counts the characters before the cells of a line, each but once.
type columnCounter struct{ line, bytes, characters int }

func (c *columnCounter) at(line int, before string) strict.Position {
	if line != c.line || len(before) < c.bytes {
		*c = columnCounter{line: line}
	}
	c.characters += utf8.RuneCountInString(before[c.bytes:])
	c.bytes = len(before)
	return strict.Position{Line: line, Column: c.characters + 1}
}

var oneLineEnd = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// csvProblem says what is wrong with the quotes of a text.
func (p *page) csvProblem(err error, lines []string) error {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return p.problem(sheet.Cell{}, "%v", err)
	}
	at := strict.Position{Line: parse.Line, Column: 1}
	if parse.Line <= len(lines) {
		line := lines[parse.Line-1]
		at.Column += utf8.RuneCountInString(line[:min(len(line), max(0, parse.Column-1))])
	}
	message := "内容里有英文双引号时，整格前后都要加双引号，里面的双引号写两个"
	if errors.Is(parse.Err, csv.ErrQuote) {
		at, message = strict.Position{Line: parse.StartLine, Column: 1}, "从这一行开始的英文双引号没有成对；"+message
	}
	return p.problem(sheet.Cell{Pos: at}, "%s", message)
}

// separator returns what stands between the values: that which makes most labels
// of one line.
func separator(lines []string) rune {
	best, most := ',', 0
	for _, comma := range ",\t;" {
		for _, line := range lines[:min(len(lines), headerWithin)] {
			n := 0
			for _, name := range strings.Split(line, string(comma)) {
				if sheet.Label(strings.Trim(name, `" `)) != "" {
					n++
				}
			}
			if n > most {
				best, most = comma, n
			}
		}
	}
	return best
}

// decodeText returns a text whose encoding its first bytes or its contents tell.
// What is no text in it becomes U+FFFD.
func decodeText(data []byte) (string, error) {
	var e encoding.Encoding
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return "", errors.New("文件是空的")
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		e = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case looksLikeUTF16(data):
		e = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf8.Valid(data):
		return string(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))), nil
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return strings.ToValidUTF8(string(data[3:]), "\ufffd"), nil
	default:
		e = simplifiedchinese.GB18030
	}
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return "", fmt.Errorf("文件的编码无法识别，请用 Excel 或 WPS 打开后另存为 CSV UTF-8")
	}
	return string(text), nil
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

// positionAt returns the line and column of a byte of a text.
func positionAt(text string, at int) strict.Position {
	before := text[:at]
	line := strings.Count(before, "\n")
	return strict.Position{Line: line + 1, Column: 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])}
}
