package review

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"sync"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/sheet/calc"
	"ziping/sheet/read"
)

// correction is a value that was put right.
type correction struct {
	table   int
	first   rules.Finding // what was wrong with it when it came
	was, is any
}

// mostRounds is how often something is put right and all is checked again.
const mostRounds = 30

// correct writes the values that follow from others into the cells, and checks
// what is left. What the batch rules found stays as it is.
func (r *workbook) correct() error {
	tried := map[attempted]bool{}
	for range mostRounds {
		list := r.pending(tried)
		if len(list) == 0 {
			break
		}
		data, err := annotate.Correct(r.data, list, r.options.Limits)
		if err != nil {
			return err
		}
		if bytes.Equal(data, r.data) {
			continue
		}
		r.found, err = read.FormsWith(data, r.options)
		if err != nil {
			return err
		}
		r.data = data
		for i, f := range r.found {
			r.projects.compare(f.Table)
			r.tables[i].Findings = rules.Sorted(append(r.ofBatch(r.tables[i].Findings), r.set.Check(f.Table)...))
		}
	}
	r.settle()
	return nil
}

// attempted is a correction of a form that was tried: once is enough.
type attempted struct {
	table         int
	cell, formula string
	value         uint64 // the bits of the number, which may be NaN
}

// candidate is something to put right.
type candidate struct {
	annotate.Correction
	attempted
	kind    correctionKind
	place   int // in the form
	finding rules.Finding
	was     any
}

// correctionKind is why a value is put right, in the order in which that is done.
type correctionKind int

const (
	storedWrongly  correctionKind = iota // the number is right, and stored as a text
	wrongNumber                          // others follow from it
	missingFormula                       // nothing says that the number is wrong
)

// pending returns what is to be put right in this round, and notes it: of each
// form the numbers that are only stored wrongly, else the first number that is
// wrong, else the formulas that are missing. What follows from formulas that the
// program does not calculate as they stand is not certain: it is left alone.
func (r *workbook) pending(tried map[attempted]bool) []annotate.Correction {
	certain := sync.OnceValue(r.certain)
	var list []annotate.Correction
	for i := range r.tables {
		candidates := r.candidates(i, tried)
		for n, c := range candidates {
			first := candidates[0].kind
			if c.kind != first || n > 0 && first == wrongNumber || first != storedWrongly && !certain()[i] {
				break
			}
			tried[c.attempted] = true
			list = append(list, c.Correction)
			r.note(correction{table: i, first: c.finding, was: c.was})
		}
	}
	return list
}

// certain reports of each form whether all its numbers that formulas give can be
// calculated: they are what the formulas come to then.
func (r *workbook) certain() []bool {
	calculator, err := calc.Open(r.data, r.options.Limits)
	list := make([]bool, len(r.found))
	for i, f := range r.found {
		list[i] = err == nil
		for v := range f.Table.Values() {
			if at := v.At(); list[i] && at.Formula != "" && isNumber(v) && v.Any() != nil {
				_, err := calculator.Number(f.Sheet, at.Ref)
				list[i] = err == nil
			}
		}
	}
	return list
}

// candidates returns what may be put right in a form and was not tried, in the
// order in which that is to be done.
func (r *workbook) candidates(table int, tried map[attempted]bool) []candidate {
	fields := newFields(r.found[table].Table)
	places := map[string]int{}
	for v := range r.found[table].Table.Values() {
		places[v.At().Ref] = len(places)
	}
	var list []candidate
	for _, f := range r.tables[table].Findings {
		field := fields.of(f).value
		if f.Suggest == nil || !r.set.Rule(f.Rule).Derived || !isNumber(field) || field.At().Formula != "" {
			continue
		}
		c := candidate{kind: wrongNumber, place: places[f.Cell], finding: f, was: field.Any()}
		c.Correction = annotate.Correction{Sheet: r.tables[table].Sheet, Cell: f.Cell, Formula: field.At().Issued}
		_, c.Rate = field.(*sheet.Rate)
		switch v := f.Suggest.(type) {
		case float64:
			c.Value = v
			if v == c.was {
				c.kind, c.Formula = storedWrongly, ""
			}
		case string:
			c.kind, c.Right = missingFormula, true
			c.Value = math.NaN()
			if c.was != nil {
				c.Value = c.was.(float64)
			}
		}
		c.attempted = attempted{table, c.Cell, c.Formula, math.Float64bits(c.Value)}
		if tried[c.attempted] || c.kind == wrongNumber && field.At().Fixed || c.kind == missingFormula && c.Formula == "" {
			continue
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.place, b.place)) })
	return list
}

// isNumber reports whether a value is one that can follow from others. A target
// or an explanation can't.
func isNumber(v sheet.Value) bool {
	switch v.(type) {
	case *sheet.Number, *sheet.Rate:
		return v.At().Ref != ""
	}
	return false
}

// note notes a correction. What is put right again, since what it follows from
// was put right too, is one correction from what it was at first.
func (r *workbook) note(c correction) {
	for i := range r.corrected {
		if old := &r.corrected[i]; old.table == c.table && old.first.Cell == c.first.Cell {
			old.first.Message = r.set.Rule(c.first.Rule).Title // which no longer fits the numbers
			return
		}
	}
	r.corrected = append(r.corrected, c)
}

// settle notes what the values that were put right are in the end, and forgets
// those that are as they were.
func (r *workbook) settle() {
	var list []correction
	for i, f := range r.found {
		fields := newFields(f.Table)
		for _, c := range r.corrected {
			if c.table != i {
				continue
			}
			v := fields.of(c.first).value
			wasRight := r.set.Rule(c.first.Rule).Scope == rules.ScopeNotice // and only stored wrongly
			c.is = v.Any()
			if c.is != c.was || v.At().Formula != "" || wasRight {
				list = append(list, c)
			}
		}
	}
	r.corrected = list
}
