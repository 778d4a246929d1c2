package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/returns"
)

// Table is one form with its findings.
type Table struct {
	Project  string
	Sheet    string   // the worksheet it stands on
	Total    *float64 // 得分 of the line 总分; nil where the form has none
	Grade    string   // 优, 良, 中 or 差; empty where it is not known
	Findings []rules.Finding
	Replies  []Reply // what the department wrote about earlier findings
	Standing string  // the word for why the form does not count among those of its project; empty where it does
	Reason   string  // in a sentence

	Listed   returns.Identity // the project of the list that it is; zero where that is not known
	Form     *sheet.Table     // nil where only the findings are known
	Rows     [][]string       // what the form prints, row by row, where its cells do not say it: see sheet.Table.Rows
	Compared *rules.Compared  // nil likewise
}

// Superseded reports whether another form of its project counts instead, as marks or
// a person say: what is wrong in it is no longer of interest.
func (t *Table) Superseded() bool { return t.Standing == returns.Earlier.String() }

// rows returns what the form prints, row by row; nil of the usual one, which is known.
func (t *Table) rows() [][]string {
	if t.Rows != nil || usual(t.Form.Form) {
		return t.Rows
	}
	return t.Form.Rows()
}

// usual reports whether a form is the one that most offices print.
func usual(f *sheet.Form) bool { return f == nil || f.Equal(sheet.Forms()[0]) }

// File is one workbook with its tables, or with why it could not be read.
type File struct {
	Name   string
	Tables []Table
	Err    error
	Return Return
}

// Return is how a workbook came back.
type Return struct {
	Round     int       `json:"round,omitempty"`     // how often it had been sent back
	Sent      string    `json:"sent,omitempty"`      // when last: 2026-03-01
	Untouched bool      `json:"untouched,omitempty"` // nobody has changed it since
	Modified  time.Time `json:"modified,omitzero"`   // when the file was written
}

// clean reports whether there is nothing to say about the file.
func (f *File) clean() bool {
	return f.Err == nil && !slices.ContainsFunc(f.Tables, func(t Table) bool { return len(t.Findings)+len(t.Replies) > 0 || t.Standing != "" })
}

// why says why the file could not be read, without its name.
func (f *File) why() string {
	if f.Err == nil {
		return ""
	}
	lines := strings.Split(f.Err.Error(), "\n")
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], f.Name+"：")
	}
	return strings.Join(lines, "\n")
}

// Options says how to report.
type Options struct {
	Color   bool          // text: colour by severity, for terminals
	Rules   []*rules.Rule // sarif, html: the rules that were run
	Version string        // sarif: the version of ziping
}

// Writer writes a report in one format.
type Writer interface {
	// Write reports a file; files are reported in the order of the calls.
	Write(File) error
	// Close ends the report. It does not close what the report is written to.
	Close() error
}

// formats are the formats by name.
var formats = []struct {
	name  string
	new   func(io.Writer, Options) Writer
	forms bool // shows the forms, not only the findings
}{
	{"text", newText, false},
	{"json", newJSON, false},
	{"jsonl", newJSONLines, true},
	{"html", newHTML, true},
	{"sarif", newSARIF, false},
}

// ShowsForms reports whether a format shows Table.Form.
func ShowsForms(format string) bool {
	for _, f := range formats {
		if f.name == format {
			return f.forms
		}
	}
	return false
}

// Formats returns the names of the formats.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// New returns a writer of the format with the name.
func New(format string, w io.Writer, opts Options) (Writer, error) {
	for _, f := range formats {
		if f.name == format {
			return f.new(w, opts), nil
		}
	}
	names := Formats()
	last := len(names) - 1
	return nil, fmt.Errorf("没有“%s”这种报告格式，应为 %s 或 %s", format, strings.Join(names[:last], "、"), names[last])
}

// Name returns what a form is called: its project, of a form of a whole department the
// department.
func (t *Table) Name() string {
	if quantity.Blank(t.Project) && t.Compared != nil {
		return t.Compared.Department
	}
	return t.Project
}
