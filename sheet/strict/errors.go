package strict

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Error is one mistake in a file.
type Error struct {
	File string
	Position
	Message string
	Source  string // the line that Position is on
}

// Error returns the mistake on one line, as compilers do:
//
//	项目.toml:12:1: 没有“全年预算”这一项，是否应为“全年预算数”？
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// Picture returns the mistake with its source line and a caret below the
// place:
//
//	项目.toml:12:1: 没有“全年预算”这一项，是否应为“全年预算数”？
//	12 | "全年预算" = 1121.92
//	   | ^
func (e *Error) Picture() string {
	if e.Line == 0 || strings.TrimSpace(e.Source) == "" {
		return e.Error()
	}
	line, before := window(e.Source, e.Column-1)
	number := strconv.Itoa(e.Line)
	margin := strings.Repeat(" ", len(number))
	return fmt.Sprintf("%s\n%s | %s\n%s | %s^", e.Error(), number, line, margin, blank(before))
}

// window cuts a long line to the part around a column, counted from 0, and
// returns it together with what stands before the column.
func window(line string, column int) (part, before string) {
	const left, right = 40, 60
	runes := []rune(line)
	column = max(0, min(column, len(runes)))
	first, last := max(0, column-left), min(len(runes), column+right)
	var head, tail string
	if first > 0 {
		head = "…"
	}
	if last < len(runes) {
		tail = "…"
	}
	before = head + string(runes[first:column])
	return before + string(runes[column:last]) + tail, before
}

// Errors is every mistake in a file, in the order of the file.
type Errors []*Error

func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, err := range e {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

// Sort sorts mistakes by file and place.
func (e Errors) Sort() {
	slices.SortStableFunc(e, func(a, b *Error) int { return cmp.Or(strings.Compare(a.File, b.File), a.Position.compare(b.Position)) })
}

// Unwrap lets errors.As find the single mistakes.
func (e Errors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, err := range e {
		errs[i] = err
	}
	return errs
}

// Errorf returns a mistake at a place in a file whose text is src. A caller that
// checks the meaning of decoded values reports with it what Unmarshal cannot
// know.
func Errorf(file string, src []byte, at Position, format string, args ...any) *Error {
	r := report{file: file, text: string(trimBOM(src))}
	r.addf(at, format, args...)
	return r.sorted()[0]
}

// report collects the mistakes of one file.
type report struct {
	file string
	text string
	errs Errors
}

// mostMistakes is how many mistakes of a file are reported: nobody reads on.
const mostMistakes = 100

// full reports whether no more mistakes are taken.
func (r *report) full() bool { return len(r.errs) > mostMistakes }

func (r *report) addf(at Position, format string, args ...any) {
	if r.full() {
		return
	}
	if len(r.errs) == mostMistakes {
		format, args = "错误太多，其余的没有列出；请先改正已列出的", nil
	}
	r.errs = append(r.errs, &Error{File: r.file, Position: at, Message: fmt.Sprintf(format, args...)})
}

// err returns what was collected as an error, nil if there is nothing.
func (r *report) err() error {
	if len(r.errs) == 0 {
		return nil
	}
	return r.sorted()
}

// sorted returns the mistakes in the order of the file, each with its line.
func (r *report) sorted() Errors {
	r.errs.Sort()
	var line string
	rest, number := r.text, 0
	for _, e := range r.errs {
		for ; number < e.Line; number++ {
			line, rest, _ = strings.Cut(rest, "\n")
		}
		e.Source = strings.TrimSuffix(line, "\r")
	}
	return r.errs
}
