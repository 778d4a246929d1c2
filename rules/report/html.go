package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"text/template"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/visible"
)

//go:embed html
var htmlAssets embed.FS

// The page has a head and a tail, with the files between them. What comes from
// a form stands in it as JSON only, which escapes everything that HTML gives a
// meaning to; the script shows it as text.
type htmlParts struct {
	*template.Template
	Style, Script inlined
}

// htmlPage returns the parts of the page, which are made when the first is written.
var htmlPage = sync.OnceValue(func() htmlParts {
	return htmlParts{template.Must(template.New("").Parse(htmlAsset("page.html"))), inline(htmlAsset("style.css")), inline(script())}
})

// htmlAsset reads a file of the page. A browser takes a line break for \n
// before it compares a hash, whatever a checkout has made of it.
func htmlAsset(name string) string {
	b, err := htmlAssets.ReadFile("html/" + name)
	if err != nil {
		panic(err) // a defect of the build
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

// inlined is a style or a script that stands in the page, with the hash by which
// the page's policy lets it.
type inlined struct{ Text, Hash string }

func inline(text string) inlined {
	sum := sha256.Sum256([]byte(text))
	return inlined{text, "sha256-" + base64.StdEncoding.EncodeToString(sum[:])}
}

// What entries.js takes. Every text is as it is shown.
type (
	htmlTerms struct {
		Severities []htmlSeverity `json:"severities"`
		Rules      []htmlRule     `json:"rules"`
	}
	htmlSeverity struct {
		ID    rules.Severity `json:"id"`
		Label string         `json:"label"`
	}
	htmlRule struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	htmlFile struct {
		File   string      `json:"file"`
		Error  string      `json:"error,omitempty"`
		Tables []htmlTable `json:"tables"`
	}
	htmlTable struct {
		Project  string        `json:"project"`
		Sheet    string        `json:"sheet"`
		Total    *float64      `json:"total"`
		Grade    string        `json:"grade"`
		Rate     *float64      `json:"rate"` // of the whole money, as the form says it
		Standing string        `json:"standing,omitempty"`
		Reason   string        `json:"reason,omitempty"`
		Earlier  bool          `json:"earlier,omitempty"` // it is not counted
		Form     *htmlForm     `json:"form,omitempty"`    // its kind; left out of the usual one
		Rows     [][]string    `json:"rows,omitempty"`    // what it prints, row by row, of other kinds
		Absent   []string      `json:"absent,omitempty"`  // what it prints no label for
		Parts    []htmlPart    `json:"parts"`
		Findings []htmlFinding `json:"findings"`
	}
	// htmlForm is what only a kind of form has, in the order of the form.
	htmlForm struct {
		Title    string               `json:"title"`
		Words    map[string]string    `json:"words,omitempty"`    // what it prints, by label
		Optional []string             `json:"optional,omitempty"` // labels that it need not print
		Own      map[string][]htmlOwn `json:"own,omitempty"`      // by the part of the form, or the list
		Lists    []string             `json:"lists,omitempty"`
	}
	htmlOwn struct {
		Label string          `json:"label"`
		Type  sheet.FieldType `json:"type"`
	}
	htmlPart struct {
		Path  string              `json:"path"`
		Cells map[string]htmlCell `json:"cells"` // by label
	}
	htmlCell    [2]string // the text, and where it stands
	htmlFinding struct {
		Rule     string         `json:"rule"`
		Severity rules.Severity `json:"severity"`
		Cell     string         `json:"cell"`
		Field    string         `json:"field"`
		Message  string         `json:"message"`
		Value    string         `json:"value,omitempty"`
		Suggest  string         `json:"suggest,omitempty"`
		Basis    string         `json:"basis"`
	}
)

// htmlReport writes one page for a browser.
type htmlReport struct {
	w       io.Writer
	rules   []*rules.Rule
	summary summary
	begun   bool
}

func newHTML(w io.Writer, opts Options) Writer { return &htmlReport{w: w, rules: opts.Rules} }

func (r *htmlReport) Write(f File) error {
	var b bytes.Buffer
	if err := writeData(&b, "file", htmlOf(f)); err != nil {
		return err
	}
	if err := r.begin(); err != nil {
		return err
	}
	r.summary.add(f)
	_, err := r.w.Write(b.Bytes())
	return err
}

func (r *htmlReport) Close() error {
	if err := r.begin(); err != nil {
		return err
	}
	return htmlPage().ExecuteTemplate(r.w, "tail", struct {
		summary
		ToDo   string
		Script string
	}{r.summary, r.summary.whatToDo(), htmlPage().Script.Text})
}

// begin writes the head, once.
func (r *htmlReport) begin() error {
	if r.begun {
		return nil
	}
	var b bytes.Buffer
	if err := htmlPage().ExecuteTemplate(&b, "head", htmlPage()); err != nil {
		return err
	}
	if err := writeData(&b, "terms", termsOf(r.rules)); err != nil {
		return err
	}
	r.begun = true
	_, err := r.w.Write(b.Bytes())
	return err
}

func termsOf(list []*rules.Rule) htmlTerms {
	t := htmlTerms{Rules: []htmlRule{}}
	for _, s := range rules.Severities {
		t.Severities = append(t.Severities, htmlSeverity{s, s.Label()})
	}
	for _, rule := range list {
		t.Rules = append(t.Rules, htmlRule{visible.Line(rule.ID), visible.Line(rule.Title)})
	}
	return t
}

// writeData writes a block that a browser neither runs nor shows.
func writeData(b *bytes.Buffer, class string, v any) error {
	data, err := json.Marshal(v) // with <, >, & and U+2028 escaped
	if err != nil {
		return err
	}
	b.WriteString(`<script type="application/json" class="` + class + `">`)
	b.Write(data)
	b.WriteString("</script>\n")
	return nil
}

func htmlOf(f File) htmlFile {
	h := htmlFile{File: visible.Line(f.Name), Tables: make([]htmlTable, len(f.Tables))}
	if f.Err != nil {
		h.Error = visible.Lines(f.why())
	}
	for i, t := range f.Tables {
		h.Tables[i] = htmlTableOf(t)
	}
	return h
}

func htmlTableOf(t Table) htmlTable {
	h := htmlTable{
		Project: visible.Line(t.Name()), Sheet: visible.Line(t.Sheet), Total: t.Total, Grade: visible.Line(t.Grade),
		Standing: t.Standing, Reason: visible.Line(t.Reason), Earlier: t.Superseded(),
		Parts: []htmlPart{}, Findings: make([]htmlFinding, len(t.Findings)),
	}
	if t.Form != nil {
		h.draw(t.Form)
		h.Rows = t.rows()
	}
	for i, f := range t.Findings {
		h.Findings[i] = htmlFindingOf(f)
	}
	return h
}

// draw takes over what the form says.
func (h *htmlTable) draw(form *sheet.Table) {
	if rate := form.Fund(sheet.WholeFund).Rate; rate.Known {
		h.Rate = &rate.Value
	}
	h.Form, h.Absent = htmlFormOf(form.Form), form.Absent.Names()
	for _, p := range form.Parts() {
		part := htmlPart{visible.Line(prefix(p.Path)), map[string]htmlCell{}}
		for f := range sheet.Fields(p.Part) {
			if text, ref := printed(f), f.Value.At().Ref; text != "" || ref != "" {
				part.Cells[visible.Line(f.Label)] = htmlCell{visible.Lines(text), visible.Line(ref)}
			}
		}
		h.Parts = append(h.Parts, part)
	}
}

// prefix is what the paths of the values of a part begin with.
func prefix(part sheet.Path) string {
	if part == (sheet.Path{}) {
		return ""
	}
	return part.String() + "."
}

// htmlFormOf returns what only a kind of form has, nil of the usual one.
func htmlFormOf(f *sheet.Form) *htmlForm {
	if usual(f) {
		return nil
	}
	h := &htmlForm{Title: visible.Line(f.Title), Words: map[string]string{}, Own: map[string][]htmlOwn{}, Optional: f.NeedNotPrint()}
	for _, label := range sheet.Labels() {
		_, column, dotted := strings.Cut(label, ".")
		if !dotted {
			column = label
		}
		if word := f.Printed(column); word != column {
			h.Words[column] = visible.Line(word)
		}
	}
	for _, o := range f.Fields {
		part := visible.Line(o.In.Value)
		h.Own[part] = append(h.Own[part], htmlOwn{visible.Line(o.Name), o.Type})
	}
	for _, l := range f.Lists {
		h.Lists = append(h.Lists, visible.Line(l.Name))
	}
	return h
}

// printed returns what the form prints for a value: what a person sees there,
// but for the two values that stand within a text of the form.
func printed(f sheet.Field) string {
	within := f.Label == sheet.LabelYear || f.Label == sheet.LabelMoneyUnit
	if typed := f.Value.At().Typed; typed != "" && !(within && f.Value.Any() != nil) {
		return typed
	}
	return sheet.Show(f.Value)
}

func htmlFindingOf(f rules.Finding) htmlFinding {
	unsaid := func(text string) string {
		if text == "" || says(f.Message, text) {
			return ""
		}
		return visible.Lines(text)
	}
	return htmlFinding{
		Rule: visible.Line(f.Rule), Severity: f.Severity, Cell: visible.Line(f.Cell), Field: visible.Line(f.Field.String()),
		Message: visible.Lines(f.Message), Value: unsaid(f.Value), Suggest: unsaid(Suggestion(f)), Basis: visible.Line(f.Basis),
	}
}
