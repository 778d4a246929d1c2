package main

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/annotate"
)

// review is what is to be said about one workbook.
type review struct {
	set       *rules.Set
	options   sheet.Options
	data      []byte
	found     []sheet.Found
	tables    []report.Table
	corrected []correction
}

// correction is a value that was put right.
type correction struct {
	table   int
	first   rules.Finding // what was wrong with it when it came
	was, is any
}

var severities = map[rules.Severity]annotate.Severity{
	rules.Error: annotate.Error, rules.Warning: annotate.Warning, rules.Info: annotate.Info,
}

// notes returns the findings as the copy says them.
func (r *review) notes() []annotate.Table {
	tables := make([]annotate.Table, len(r.tables))
	for i, t := range r.tables {
		f := newFields(r.found[i].Table)
		tables[i] = annotate.Table{Sheet: t.Sheet, Project: t.Project, Find: f.find}
		for _, finding := range t.Findings {
			tables[i].Notes = append(tables[i].Notes, f.note(finding, finding.Suggest))
		}
		for _, c := range r.corrected {
			if c.table == i {
				n := f.note(c.first, c.is)
				n.Corrected = true
				tables[i].Notes = append(tables[i].Notes, n)
			}
		}
	}
	return tables
}

// fields are the values of a form.
type fields struct {
	byPath, byName, byCell map[string]named
	parts                  map[string]string // names of whole rows, by path
}

// named is a value with a name that holds also where its row has moved:
// 绩效指标[服务响应度].得分, where its path is 绩效指标[1].得分.
type named struct {
	name  string
	value sheet.Value
}

func newFields(t *sheet.Table) fields {
	f := fields{map[string]named{}, map[string]named{}, map[string]named{}, map[string]string{}}
	rows := map[string]int{} // how many rows have the name
	for _, p := range t.Parts() {
		prefix := p.Path
		if x, ok := p.Part.(*sheet.Indicator); ok && x.Level3.Value != "" {
			name := x.Level3.Value
			if rows[name]++; rows[name] > 1 {
				name = fmt.Sprintf("%s(%d)", name, rows[name])
			}
			prefix = "绩效指标[" + name + "]."
		}
		f.parts[strings.TrimSuffix(p.Path, ".")] = strings.TrimSuffix(prefix, ".")
		for field := range sheet.Fields(p.Part) {
			v := named{prefix + field.Label, field.Value}
			f.byPath[p.Path+field.Label], f.byName[v.name], f.byCell[field.Value.At().Ref] = v, v, v
		}
	}
	return f
}

// of returns the value of a finding; a rule may call it by a path of its own,
// 年度资金总额.得分.
func (f fields) of(finding rules.Finding) named {
	if v, ok := f.byPath[finding.Field]; ok {
		return v
	}
	if v, ok := f.byCell[finding.Cell]; ok && finding.Cell != "" {
		return v
	}
	return named{name: cmp.Or(f.parts[finding.Field], finding.Field)}
}

// note returns a finding as the copy says it.
func (f fields) note(finding rules.Finding, suggest any) annotate.Note {
	v := f.of(finding)
	return annotate.Note{
		Severity: severities[finding.Severity], Cell: finding.Cell, Rule: finding.Rule, Field: v.name,
		Message: finding.Message, Value: finding.Value, Suggest: shown(v.value, suggest), Basis: finding.Basis,
	}
}

// find tells annotate where a value stands and what it says.
func (f fields) find(name string) (cell, value string) {
	v, ok := f.byName[name]
	if !ok {
		return "", ""
	}
	return v.value.At().Ref, shown(v.value, v.value.Any())
}

// shown returns a value as a person would write it into the field.
func shown(field sheet.Value, value any) string {
	switch v := value.(type) {
	case float64:
		if _, rate := field.(*sheet.Rate); rate {
			return sheet.Show(&sheet.Rate{Number: sheet.N(v)})
		}
		return sheet.FormatNumber(v)
	case string:
		return v
	}
	return ""
}

// mostRounds is how often what was put right is checked again: a total follows
// from a score, which follows from a rate.
const mostRounds = 4

// correct writes the values that follow from others into the cells, and checks
// what is left. What the batch rules found stays as it is.
func (r *review) correct() error {
	for range mostRounds {
		list := r.pending()
		if len(list) == 0 {
			break
		}
		data, err := annotate.Correct(r.data, list, r.options.Limits)
		if err != nil {
			return err
		}
		if bytes.Equal(data, r.data) {
			break
		}
		if r.found, err = sheet.ReadWith(data, r.options); err != nil {
			return err
		}
		r.data = data
		for i, f := range r.found {
			r.tables[i].Findings = rules.Sorted(append(r.ofBatch(r.tables[i].Findings), r.set.Check(f.Table)...))
		}
	}
	r.settle()
	return nil
}

// settle notes what the values that were put right are in the end, and forgets
// those that are as they were.
func (r *review) settle() {
	var list []correction
	for i, f := range r.found {
		fields := newFields(f.Table)
		for _, c := range r.corrected {
			if c.table != i {
				continue
			}
			v := fields.of(c.first).value
			wasRight := r.set.Rule(c.first.Rule).Scope == rules.ScopeNotice // and only stored wrongly
			if c.is = v.Any(); c.is != c.was || v.At().Formula != "" || wasRight {
				list = append(list, c)
			}
		}
	}
	r.corrected = list
}

// pending notes what is to be put right in this round, once for each cell, and
// returns the values.
func (r *review) pending() []annotate.Correction {
	var list []annotate.Correction
	for i, t := range r.tables {
		fields := newFields(r.found[i].Table)
		done := map[string]bool{}
		for _, f := range numbersFirst(t.Findings) {
			field := fields.of(f).value
			if f.Suggest == nil || done[f.Cell] || !r.set.Rule(f.Rule).Derived || !isNumber(field) || field.At().Formula != "" || field.At().Fixed {
				continue
			}
			c := annotate.Correction{Sheet: t.Sheet, Cell: f.Cell, Formula: field.At().Issued}
			_, c.Rate = field.(*sheet.Rate)
			switch v := f.Suggest.(type) {
			case float64:
				c.Value = v
			case string: // the formula, as nothing says that the value is wrong
				if c.Formula == "" {
					continue
				}
				c.Right = true
				if c.Value = math.NaN(); field.Any() != nil {
					c.Value = field.Any().(float64)
				}
			}
			done[f.Cell] = true
			list = append(list, c)
			r.note(correction{table: i, first: f, was: field.Any()})
		}
	}
	return list
}

// numbersFirst returns findings with those first that suggest a number.
func numbersFirst(list []rules.Finding) []rules.Finding {
	return slices.SortedStableFunc(slices.Values(list), func(a, b rules.Finding) int {
		_, x := a.Suggest.(float64)
		_, y := b.Suggest.(float64)
		switch {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
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
func (r *review) note(c correction) {
	for i := range r.corrected {
		if old := &r.corrected[i]; old.table == c.table && old.first.Cell == c.first.Cell {
			old.first.Message = r.set.Rule(c.first.Rule).Title // which no longer fits the numbers
			return
		}
	}
	r.corrected = append(r.corrected, c)
}

// ofBatch returns the findings that only all forms together show.
func (r *review) ofBatch(list []rules.Finding) []rules.Finding {
	return slices.DeleteFunc(slices.Clone(list), func(f rules.Finding) bool { return r.set.Rule(f.Rule).Scope != rules.ScopeBatch })
}
