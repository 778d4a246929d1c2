package list

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"ziping/sheet"
	"ziping/sheet/convert"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// textPage reads a text file of separated values, in any encoding that Excel and
// WPS save them in.
func textPage(f File) ([]source, error) {
	p := source{file: f.Name}
	if len(bytes.TrimSpace(f.Data)) == 0 {
		return nil, &problem{File: f.Name, Message: "文件是空的"}
	}
	text := convert.Decode(f.Data)
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
			return []source{p}, nil
		}
		if err != nil {
			return nil, p.csvProblem(err, lines)
		}
		row, _ := r.FieldPos(0)
		for i, field := range fields[:min(len(fields), maxColumns)] {
			if strings.TrimSpace(field) == "" {
				continue
			}
			c := cell{Cell: xlsx.Cell{Row: row, Col: i + 1, Kind: xlsx.String, Text: field}}
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
func (p *source) csvProblem(err error, lines []string) error {
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

// positionAt returns the line and column of a byte of a text.
func positionAt(text string, at int) strict.Position {
	before := text[:at]
	line := strings.Count(before, "\n")
	return strict.Position{Line: line + 1, Column: 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])}
}
