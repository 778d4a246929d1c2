package report

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/visible"
)

// How ANSI terminals are told to write.
const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

// severityColors has the colour of each severity.
var severityColors = map[rules.Severity]string{rules.Error: red, rules.Warning: yellow, rules.Info: cyan}

// Widths in columns, beyond which a text is cut short.
const (
	widestField = 40
	widestValue = 60
)

// textReport writes for people.
type textReport struct {
	w       io.Writer
	color   bool
	summary summary
	open    bool // the last file took several lines
}

func newText(w io.Writer, opts Options) Writer { return &textReport{w: w, color: opts.Color} }

func (r *textReport) Write(f File) error {
	var b strings.Builder
	clean := f.clean()
	if r.open || r.summary.Files > 0 && !clean {
		b.WriteByte('\n')
	}
	r.open = !clean
	r.summary.add(f)
	if clean {
		b.WriteString(r.paint(green, "✓") + " " + visible.Line(f.Name) + tablesOf(f) + "\n")
	} else {
		r.file(&b, f)
	}
	_, err := io.WriteString(r.w, b.String())
	return err
}

// tablesOf says how many tables a file has, where that may surprise.
func tablesOf(f File) string {
	if n := len(f.Tables); n != 1 {
		return fmt.Sprintf("（%d 张表）", n)
	}
	return ""
}

func (r *textReport) file(b *strings.Builder, f File) {
	name := r.paint(bold, visible.Line(f.Name))
	why := strings.Split(f.why(), "\n")
	switch {
	case f.Err == nil:
		b.WriteString(name + "\n")
	case len(why) == 1:
		b.WriteString(r.paint(red, "✗") + " " + name + "：" + visible.Line(why[0]) + "\n")
	default:
		b.WriteString(r.paint(red, "✗") + " " + name + "\n")
		for _, line := range why {
			b.WriteString("  " + visible.Line(line) + "\n")
		}
	}
	explained := map[string]bool{}
	for _, t := range f.Tables {
		mark := ""
		if len(t.Findings) == 0 {
			mark = r.paint(green, "✓") + " "
		}
		b.WriteString("  " + mark + title(t) + "\n")
		if t.Standing != "" {
			b.WriteString("    " + r.paint(yellow, "不计入汇总") + "  " + visible.Line(t.Standing+"："+t.Reason) + "\n")
		}
		r.findings(b, t.Findings, explained)
		r.replies(b, t.Replies)
	}
}

// title returns the line above the findings of a table.
func title(t Table) string {
	name := visible.Line(t.Name())
	if quantity.Blank(name) {
		name = "没有项目名称"
	}
	var about []string
	if t.Sheet != "" {
		about = append(about, "工作表“"+visible.Line(t.Sheet)+"”")
	}
	if t.Total != nil {
		about = append(about, "总分 "+quantity.FormatNumber(*t.Total))
	} else {
		about = append(about, "没有总分")
	}
	if t.Grade != "" {
		about = append(about, visible.Line(t.Grade))
	}
	return fit(name, widestValue) + "（" + strings.Join(about, "，") + "）"
}

// findings writes the findings of a table below each other. explained holds the
// rules whose basis the reader has been told.
func (r *textReport) findings(b *strings.Builder, list []rules.Finding, explained map[string]bool) {
	cells, fields := 0, 0
	for _, f := range list {
		cells = max(cells, columns(visible.Line(f.Cell)))
		fields = max(fields, columns(fieldOf(f.Field)))
	}
	for _, f := range list {
		b.WriteString("    " + r.paint(severityColors[f.Severity], f.Severity.Label()) + "  ")
		writeColumn(b, visible.Line(f.Cell), cells)
		writeColumn(b, fieldOf(f.Field), fields)
		b.WriteString(visible.Line(f.Message) + "  " + r.paint(dim, "["+visible.Line(f.Rule)+"]") + "\n")
		if note := noteOf(f, explained[f.Rule]); note != "" {
			b.WriteString("          " + note + "\n")
		}
		explained[f.Rule] = true
	}
}

// replies writes what a department replied, with what has become of each.
func (r *textReport) replies(b *strings.Builder, list []Reply) {
	cells, fields, states := 0, 0, 0
	for _, x := range list {
		cells, fields, states = max(cells, columns(visible.Line(x.Cell))), max(fields, columns(fieldOf(x.Field))), max(states, columns(x.State))
	}
	for _, x := range list {
		b.WriteString("    " + r.paint(green, "回复") + "  ")
		writeColumn(b, visible.Line(x.Cell), cells)
		writeColumn(b, fieldOf(x.Field), fields)
		writeColumn(b, x.State, states)
		b.WriteString(visible.Line(x.Text) + "  " + r.paint(dim, "["+visible.Line(x.Rule)+"]") + "\n")
	}
}

func fieldOf(p sheet.Path) string { return fit(visible.Line(p.String()), widestField) }

// writeColumn writes a text into a column, which is left out when it is empty
// for every finding.
func writeColumn(b *strings.Builder, s string, wide int) {
	if wide > 0 {
		b.WriteString(s + pad(s, wide) + "  ")
	}
}

// noteOf returns what a finding says besides its message: the value and what it
// should be where the message does not say so, and the basis.
func noteOf(f rules.Finding, explained bool) string {
	var notes []string
	add := func(label, text string) {
		if text != "" && !says(f.Message, text) {
			notes = append(notes, label+"："+fit(visible.Line(text), widestValue))
		}
	}
	add("填报", f.Value)
	add("应为", Suggestion(f))
	if f.Basis != "" && !explained {
		notes = append(notes, "依据："+visible.Line(f.Basis))
	}
	return strings.Join(notes, "  ")
}

// Suggestion returns what should stand in the cell, as a person would write it.
func Suggestion(f rules.Finding) string {
	switch v := f.Suggest.(type) {
	case nil:
		return ""
	case float64:
		if rate, is := sheet.Lookup(new(sheet.Fund), f.Field.Label).(*sheet.Rate); is {
			rate.Value, rate.Known = v, true
			return sheet.Show(rate)
		}
		return quantity.FormatNumber(v)
	}
	return fmt.Sprint(f.Suggest)
}

var numbers = regexp.MustCompile(`-?[0-9]+(?:[,.][0-9]+)*%?`)

// says reports whether a message has a text in it. A number may be written in
// another way, 98.1% as 98.10%, and is not a part of a longer one.
func says(message, text string) bool {
	want, unit, isNumber := quantity.ParseNumber(text)
	if !isNumber {
		return strings.Contains(message, text)
	}
	return slices.ContainsFunc(numbers.FindAllString(message, -1), func(s string) bool {
		v, u, ok := quantity.ParseNumber(s)
		return ok && v == want && u == unit
	})
}

func (r *textReport) Close() error {
	var b strings.Builder
	s := r.summary
	if s.Files > 0 {
		b.WriteByte('\n')
	}
	superseded := ""
	if s.Superseded > 0 {
		superseded = fmt.Sprintf("（其中前一轮 %d 张，以下不计）", s.Superseded)
	}
	fmt.Fprintf(&b, "共 %d 个工作簿、%d 张表%s：错误 %d、疑点 %d、提示 %d；无问题 %d 张；读不出 %d 个\n",
		s.Files, s.Tables, superseded, s.Errors, s.Warnings, s.Infos, s.Clean, s.Unreadable)
	if what := s.whatToDo(); what != "" {
		b.WriteString(what + "\n")
	}
	_, err := io.WriteString(r.w, b.String())
	return err
}

// whatToDo says what the findings ask of a department.
func (s *summary) whatToDo() string {
	var what []string
	if s.Errors > 0 {
		what = append(what, "错误须改正后重新报送")
	}
	if s.Warnings > 0 {
		what = append(what, "疑点请核实，改正或补充说明")
	}
	if s.Infos > 0 {
		what = append(what, "提示供参考")
	}
	if s.Unreadable > 0 {
		what = append(what, "读不出的工作簿请重新提供")
	}
	if len(what) == 0 {
		return ""
	}
	return strings.Join(what, "；") + "。"
}

// paint colours a text, if colours are wanted.
func (r *textReport) paint(color, s string) string {
	if !r.color || color == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}
