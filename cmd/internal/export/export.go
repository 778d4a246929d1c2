// Package export puts out the forms that were read.
package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/rawjson"
	"ziping/sheet/visible"
)

// Writer writes forms in one format.
type Writer interface {
	// Write writes a form of a file.
	Write(file string, f sheet.Found) error
	// Close ends the output. It does not close what the output is written to.
	Close() error
}

// Formats are the names of the formats.
var Formats = []string{"json", "jsonl", "toml", "csv"}

// New returns a writer of the format with the name. In CSV the fields that only some
// forms have get columns for those of the forms given, and of the first one written.
func New(format string, w io.Writer, forms ...*sheet.Form) (Writer, error) {
	switch format {
	case "json":
		return &jsonTables{w: w}, nil
	case "jsonl":
		return &jsonTables{w: w, lines: true}, nil
	case "toml":
		return &tomlTables{w: w}, nil
	case "csv":
		return &csvTables{out: w, w: csv.NewWriter(w), forms: forms}, nil
	}
	return nil, fmt.Errorf("没有“%s”这种输出格式，应为 json、jsonl、toml 或 csv", format)
}

// tableJSON is one form in the output of read.
type tableJSON struct {
	File     string          `json:"file"`
	Sheet    string          `json:"sheet"`
	Table    *sheet.Table    `json:"table"`
	Problems []sheet.Problem `json:"problems,omitempty"`
}

// jsonTables writes one list, or one object a line.
type jsonTables struct {
	w     io.Writer
	lines bool
	n     int
}

func (j *jsonTables) Write(file string, f sheet.Found) error {
	t := tableJSON{File: file, Sheet: f.Sheet, Table: f.Table, Problems: f.Table.Problems()}
	var b bytes.Buffer
	if err := j.append(&b, t); err != nil {
		return err
	}
	j.n++
	_, err := j.w.Write(b.Bytes())
	return err
}

// append writes a form behind those before it.
func (j *jsonTables) append(b *bytes.Buffer, t tableJSON) error {
	if j.lines {
		err := rawjson.Write(b, t)
		b.WriteByte('\n')
		return err
	}
	before := "[\n  "
	if j.n > 0 {
		before = ",\n  "
	}
	b.WriteString(before)
	return rawjson.WriteIndented(b, t, "  ", "  ")
}

func (j *jsonTables) Close() error {
	if j.lines {
		return nil
	}
	end := "\n]\n"
	if j.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// tomlTables writes the one form there is as a data file.
type tomlTables struct {
	w io.Writer
	n int
}

func (t *tomlTables) Write(file string, f sheet.Found) error {
	t.n++
	if t.n > 1 {
		return errors.New("toml 一次只能输出一张表；多张表请用 --format jsonl")
	}
	b, err := f.Table.MarshalTOML()
	if err != nil {
		return err
	}
	_, err = t.w.Write(b)
	return err
}

func (t *tomlTables) Close() error { return nil }

// csvTables writes a row an indicator, with the values of its form before it.
type csvTables struct {
	out   io.Writer
	w     *csv.Writer
	n     int
	forms []*sheet.Form
	all   *sheet.Form // what has a column
}

// byteOrderMark makes Excel read a CSV file as UTF-8.
const byteOrderMark = "\ufeff"

func (c *csvTables) Write(file string, f sheet.Found) error {
	c.n++
	if c.n == 1 {
		if _, err := io.WriteString(c.out, byteOrderMark); err != nil {
			return err
		}
		if f.Table.Form != nil {
			c.forms = append(c.forms, f.Table.Form)
		}
		c.all = sheet.JoinForms(c.forms)
		t := sheet.NewTable(c.all)
		if err := c.w.Write(csvRow("文件", "工作表", t, new(t.NewFund()), new(t.NewIndicator()), header)); err != nil {
			return err
		}
	}
	t := f.Table.As(c.all)
	if rest := c.restOf(f.Table); len(rest) > 0 {
		return fmt.Errorf("%s：csv 的表头由第一张表定，没有%s：不同的表样请用 --form 写明，或改用 --format jsonl", file, strings.Join(rest, "、"))
	}
	fund := new(t.NewFund())
	if len(t.Funds) > 0 {
		fund = &t.Funds[0]
	}
	indicators := t.Indicators
	if len(indicators) == 0 {
		indicators = []sheet.Indicator{t.NewIndicator()}
	}
	for i := range indicators {
		if err := c.w.Write(csvRow(file, f.Sheet, t, fund, &indicators[i], content)); err != nil {
			return err
		}
	}
	return nil
}

// restOf names the fields of a table that have no column: those of no form of which
// the head was made.
func (c *csvTables) restOf(t *sheet.Table) []string {
	known := sheet.NewTable(c.all).OwnLabels()
	return slices.DeleteFunc(t.OwnLabels(), func(name string) bool {
		part, _, _ := strings.Cut(name, ".")
		return slices.Contains(known, name) || t.List(part) != nil
	})
}

// csvRow returns one line: the form, its first fund, an indicator, the total.
func csvRow(file, name string, t *sheet.Table, fund *sheet.Fund, x *sheet.Indicator, show func(prefix string, f sheet.Field) string) []string {
	row := []string{cellText(file), cellText(name)}
	add := func(prefix string, part any) {
		for f := range sheet.Fields(part) {
			row = append(row, show(prefix, f))
		}
	}
	add("", t)
	add("项目资金.", fund)
	add("", &t.Goal)
	add("", x)
	add("总分.", &t.Total)
	return row
}

func header(prefix string, f sheet.Field) string { return prefix + f.Label }

func content(_ string, f sheet.Field) string {
	if v, ok := f.Value.Any().(float64); ok {
		return quantity.FormatNumber(v)
	}
	return cellText(sheet.Show(f.Value))
}

// cellText is a text as CSV may hold it: a spreadsheet that opens the file must
// not run it as a formula. Where Chinese is typed, some take the wide signs for
// the narrow ones.
func cellText(s string) string {
	s = visible.Controls(s)
	if strings.IndexAny(s, "=+-@\t\r\n＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}

func (c *csvTables) Close() error {
	c.w.Flush()
	return c.w.Error()
}
