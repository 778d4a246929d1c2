package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/rawjson"
)

// jsonLines writes an object a line: each a file as the JSON report has it, with
// the forms themselves; the last one is the summary of the JSON report, without
// which the lines are not whole.
type jsonLines struct {
	w       io.Writer
	summary summary
}

func newJSONLines(w io.Writer, _ Options) Writer { return &jsonLines{w: w} }

func (l *jsonLines) Write(f File) error {
	line, err := Line(f)
	if err != nil {
		return err
	}
	l.summary.add(f)
	_, err = l.w.Write(line)
	return err
}

// endJSON is the shape of the last line.
type endJSON struct {
	Summary *summary `json:"summary"`
}

func (l *jsonLines) Close() error {
	return json.NewEncoder(l.w).Encode(endJSON{&l.summary})
}

// ParseEnd reads the last line of the format jsonl: how many files the lines
// before it must be. It reports whether the line is one.
func ParseEnd(line []byte) (files int, ok bool) {
	if !bytes.HasPrefix(bytes.TrimSpace(line), []byte(`{"summary"`)) { // lines of files are long
		return 0, false
	}
	var end endJSON
	if err := json.Unmarshal(line, &end); err != nil || end.Summary == nil {
		return 0, false
	}
	return end.Summary.Files, true
}

// lineJSON and lineTableJSON are the shape of a line.
type lineJSON struct {
	File   string          `json:"file"`
	Tables []lineTableJSON `json:"tables"`
	Error  *string         `json:"error"`
	Return Return          `json:"return,omitzero"`
}

type lineTableJSON struct {
	tableJSON
	Form     *sheet.Table          `json:"table,omitempty"`
	Kind     *sheet.Form           `json:"kind,omitempty"`   // of an office's own
	Rows     [][]string            `json:"rows,omitempty"`   // what the form prints, row by row; not of the usual one
	Absent   []string              `json:"absent,omitempty"` // what the form prints no label for
	Problems []sheet.Problem       `json:"problems,omitempty"`
	Typed    map[sheet.Path]string `json:"typed,omitempty"` // by path: what was typed where it is not what is shown for the value
	Compared *rules.Compared       `json:"compared,omitempty"`
}

// Line returns a file as a line of the format jsonl, with all that is known of
// it: what ParseLine gives back.
func Line(f File) ([]byte, error) {
	j := jsonOf(f)
	line := lineJSON{File: j.File, Error: j.Error, Return: f.Return, Tables: make([]lineTableJSON, len(j.Tables))}
	for i, t := range f.Tables {
		line.Tables[i] = lineTableJSON{tableJSON: j.Tables[i], Form: t.Form, Compared: t.Compared}
		if t.Form != nil {
			if f := t.Form.Form; f != nil && f.Base != f.Name {
				line.Tables[i].Kind = f
			}
			line.Tables[i].Rows = t.rows()
			line.Tables[i].Absent, line.Tables[i].Problems, line.Tables[i].Typed = t.Form.Absent.Names(), t.Form.Problems(), typed(t.Form)
		}
	}
	var b bytes.Buffer
	b.Grow(usualLine)
	err := rawjson.Write(&b, line)
	b.WriteByte('\n')
	return b.Bytes(), err
}

// usualLine is how long most lines are, in bytes, of which none is that long at once.
const usualLine = 8 << 10

// typed returns what people typed in their own way: 1,121.92 and —.
func typed(form *sheet.Table) map[sheet.Path]string {
	m := map[sheet.Path]string{}
	for path, v := range form.All() {
		if at := v.At(); at.Problem == "" && at.Typed != "" && at.Typed != sheet.Show(v) {
			m[path] = at.Typed
		}
	}
	return m
}

// asWritten has lines read as encoding/json reads them, in two thirds of the time: the
// package is what will be encoding/json/v2.
var asWritten = jsonv2.JoinOptions(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))

// ParseLine reads a line of the format jsonl.
func ParseLine(line []byte) (File, error) {
	var j lineJSON
	if err := jsonv2.Unmarshal(line, &j, asWritten); err != nil {
		return File{}, fmt.Errorf("不是 check --format jsonl 的输出：%w", err)
	}
	if j.File == "" || j.Tables == nil {
		return File{}, errors.New("不是 check --format jsonl 的输出：没有 file 或 tables")
	}
	f := File{Name: j.File, Tables: make([]Table, len(j.Tables)), Return: j.Return}
	if j.Error != nil {
		f.Err = errors.New(*j.Error)
	}
	for i, t := range j.Tables {
		if t.Form != nil {
			if t.Kind != nil {
				t.Form.Form = t.Kind
			}
			for path, v := range t.Form.All() {
				v.At().Typed = t.Typed[path]
			}
			t.Form.Absent = sheet.AbsentOf(t.Absent)
			t.Form.SetProblems(t.Problems)
		}
		f.Tables[i] = Table{Project: t.Project, Sheet: t.Sheet, Findings: t.Findings, Replies: t.Replies, Form: t.Form, Rows: t.Rows, Compared: t.Compared}
		f.Tables[i].SetTotal(t.Total)
	}
	return f, nil
}

// SetTotal sets the total score, where the form has one, and the grade that
// follows from it. A sum of 90 may be stored as 89.999999999999986; it is what a
// person sees.
func (t *Table) SetTotal(score *float64) {
	t.Total = nil
	if score != nil {
		t.Total = new(quantity.Round(*score, 15))
		t.Grade = sheet.Grade(*t.Total)
	}
}
