package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

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

// lineJSON and lineTableJSON are the shape of a line, headJSON is what ParseHead reads of
// a table.
type lineJSON[T any] struct {
	File   string  `json:"file"`
	Tables []T     `json:"tables"`
	Error  *string `json:"error"`
	Return Return  `json:"return,omitzero"`
}

type headJSON struct {
	tableJSON
	Form     *sheet.Head     `json:"table"`
	Compared *rules.Compared `json:"compared"`
}

type lineTableJSON struct {
	tableJSON
	Form     *sheet.Table    `json:"table,omitempty"`
	Kind     *sheet.Form     `json:"kind,omitempty"`   // of an office's own
	Rows     [][]string      `json:"rows,omitempty"`   // what the form prints, row by row; not of the usual one
	Absent   []string        `json:"absent,omitempty"` // what the form prints no label for
	Problems []sheet.Problem `json:"problems,omitempty"`
	Typed    typedTexts      `json:"typed,omitempty"`
	Compared *rules.Compared `json:"compared,omitempty"`
}

// Line returns a file as a line of the format jsonl, with all that is known of
// it: what ParseLine gives back.
func Line(f File) ([]byte, error) {
	j := jsonOf(f)
	line := lineJSON[lineTableJSON]{File: j.File, Error: j.Error, Return: f.Return, Tables: make([]lineTableJSON, len(j.Tables))}
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

// typedTexts are what people typed in their own way, 1,121.92 and —, by path: where that
// is not what is shown for the value.
type typedTexts map[sheet.Path]string

func typed(form *sheet.Table) typedTexts {
	m := typedTexts{}
	for path, v := range form.All() {
		if at := v.At(); at.Problem == "" && at.Typed != "" && at.Typed != sheet.Show(v) {
			m[path] = at.Typed
		}
	}
	return m
}

// MarshalJSONTo writes the texts sorted by their paths.
func (m typedTexts) MarshalJSONTo(e *jsontext.Encoder) error {
	type member struct{ path, text string }
	list := make([]member, 0, len(m))
	for path, text := range m {
		list = append(list, member{path.String(), text})
	}
	slices.SortFunc(list, func(a, b member) int { return strings.Compare(a.path, b.path) })
	err := e.WriteToken(jsontext.BeginObject)
	for _, t := range list {
		err = cmp.Or(err, e.WriteToken(jsontext.String(t.path)), e.WriteToken(jsontext.String(t.text)))
	}
	return cmp.Or(err, e.WriteToken(jsontext.EndObject))
}

// UnmarshalJSONFrom reads what MarshalJSONTo wrote.
func (m *typedTexts) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	if d.PeekKind() != '{' {
		return errors.New("应为 { … }")
	}
	*m = typedTexts{}
	_, err := d.ReadToken()
	for err == nil && d.PeekKind() == '"' {
		var path, text jsontext.Token
		path, err = d.ReadToken()
		name := path.String()
		if err == nil && d.PeekKind() != '"' {
			return fmt.Errorf("%s：应为文字", name)
		}
		if err == nil {
			text, err = d.ReadToken()
			(*m)[sheet.ParsePath(name)] = text.String()
		}
	}
	if err == nil {
		_, err = d.ReadToken()
	}
	return err
}

// asWritten has lines read as encoding/json reads them, in two thirds of the time: the
// package is what will be encoding/json/v2.
var asWritten = jsonv2.JoinOptions(jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))

// ParseLine reads a line of the format jsonl.
func ParseLine(line []byte) (File, error) { return parse(line, (*lineTableJSON).table) }

// ParseHead reads a line of the format jsonl, but of the forms only the values that stand
// in no part of theirs. What else is wrong with them only ParseLine sees.
func ParseHead(line []byte) (File, error) { return parse(line, (*headJSON).table) }

func parse[T any](line []byte, table func(*T) Table) (File, error) {
	var j lineJSON[T]
	if err := jsonv2.Unmarshal(line, &j, asWritten); err != nil {
		return File{}, fmt.Errorf("不是 check --format jsonl 的输出：%w", rawjson.Explain(err))
	}
	if j.File == "" || j.Tables == nil {
		return File{}, errors.New("不是 check --format jsonl 的输出：没有 file 或 tables")
	}
	f := File{Name: j.File, Tables: make([]Table, len(j.Tables)), Return: j.Return}
	if j.Error != nil {
		f.Err = errors.New(*j.Error)
	}
	for i := range j.Tables {
		f.Tables[i] = table(&j.Tables[i])
	}
	return f, nil
}

func (j *tableJSON) table() Table {
	t := Table{Project: j.Project, Sheet: j.Sheet, Findings: j.Findings, Replies: j.Replies}
	t.SetTotal(j.Total)
	return t
}

func (j *headJSON) table() Table {
	t := j.tableJSON.table()
	t.Form, t.Compared = (*sheet.Table)(j.Form), j.Compared
	return t
}

func (j *lineTableJSON) table() Table {
	t := j.tableJSON.table()
	t.Form, t.Rows, t.Compared = j.Form, j.Rows, j.Compared
	if t.Form == nil {
		return t
	}
	if j.Kind != nil {
		t.Form.Form = j.Kind
	}
	for path, v := range t.Form.All() {
		v.At().Typed = j.Typed[path]
	}
	t.Form.Absent = sheet.AbsentOf(j.Absent)
	t.Form.SetProblems(j.Problems)
	return t
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
