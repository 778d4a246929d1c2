package report

import (
	"bytes"
	"io"

	"ziping/rules"
	"ziping/sheet/rawjson"
)

// fileJSON and tableJSON are the shape of the JSON that check promises.
type fileJSON struct {
	File   string      `json:"file"`
	Tables []tableJSON `json:"tables"`
	Error  *string     `json:"error"`
}

type tableJSON struct {
	Project  string          `json:"项目名称"`
	Sheet    string          `json:"sheet"`
	Total    *float64        `json:"总分"`
	Findings []rules.Finding `json:"findings"`
	Replies  []Reply         `json:"replies,omitempty"`
	Standing string          `json:"standing,omitempty"` // why the form does not count, in a word and in a sentence
	Reason   string          `json:"reason,omitempty"`
}

func jsonOf(f File) fileJSON {
	j := fileJSON{File: f.Name, Tables: make([]tableJSON, len(f.Tables))}
	for i, t := range f.Tables {
		findings := t.Findings
		if findings == nil {
			findings = []rules.Finding{} // [], not null
		}
		j.Tables[i] = tableJSON{t.Project, t.Sheet, t.Total, findings, t.Replies, t.Standing, t.Reason}
	}
	if f.Err != nil {
		text := f.Err.Error()
		j.Error = &text
	}
	return j
}

// jsonReport writes one object: the files, and a summary of them.
type jsonReport struct {
	w       io.Writer
	files   jsonList
	summary summary
}

func newJSON(w io.Writer, _ Options) Writer {
	return &jsonReport{w: w, files: jsonList{w: w, before: "{\n  \"files\": ", indent: "    "}}
}

func (r *jsonReport) Write(f File) error {
	r.summary.add(f)
	return r.files.add(jsonOf(f))
}

func (r *jsonReport) Close() error {
	_, err := io.WriteString(r.w, r.files.end()+",\n  \"summary\": "+mustEncode(r.summary, step)+"\n}\n")
	return err
}

// jsonList writes the one long list of a document, element by element.
type jsonList struct {
	w      io.Writer
	before string // the document up to the list
	indent string // of an element
	begun  bool
}

func (l *jsonList) add(v any) error {
	element, err := encode(v, l.indent)
	if err != nil {
		return err
	}
	lead := ",\n"
	if !l.begun {
		lead = l.before + "[\n"
	}
	l.begun = true
	_, err = io.WriteString(l.w, lead+l.indent+element)
	return err
}

// end returns what closes the list.
func (l *jsonList) end() string {
	if !l.begun {
		return l.before + "[]"
	}
	return "\n" + l.indent[len(step):] + "]"
}

// step is what each level of JSON is indented by.
const step = "  "

// encode returns v as JSON in which texts stand as they are, indented at all
// lines but the first.
func encode(v any, indent string) (string, error) {
	var b bytes.Buffer
	err := rawjson.WriteIndented(&b, v, indent, step)
	return b.String(), err
}

// mustEncode encodes what consists of texts, whole numbers and truth values,
// which JSON always has a form for.
func mustEncode(v any, indent string) string {
	s, err := encode(v, indent)
	if err != nil {
		panic(err)
	}
	return s
}
