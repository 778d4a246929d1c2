package main

import (
	"cmp"
	"fmt"
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
	data      []byte
	found     []sheet.Found
	tables    []report.Table
	corrected []correction
}

// correction is a value that was put right.
type correction struct {
	table   int
	first   rules.Finding // what was wrong with it when it came
	suggest any           // what stands there now
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
				n := f.note(c.first, c.suggest)
				n.Corrected = true
				tables[i].Notes = append(tables[i].Notes, n)
			}
		}
	}
	return tables
}

// fields are the values of a form, by the paths of findings and by names that
// hold also where a row has moved.
type fields struct {
	values map[string]sheet.Value // by path: 绩效指标[1].得分
	names  map[string]string      // by path: 绩效指标[服务响应度].得分
	paths  map[string]string      // by name
}

func newFields(t *sheet.Table) fields {
	f := fields{map[string]sheet.Value{}, map[string]string{}, map[string]string{}}
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
		f.names[strings.TrimSuffix(p.Path, ".")] = strings.TrimSuffix(prefix, ".")
		for field := range sheet.Fields(p.Part) {
			path, name := p.Path+field.Label, prefix+field.Label
			f.values[path], f.names[path], f.paths[name] = field.Value, name, path
		}
	}
	return f
}

// note returns a finding as the copy says it.
func (f fields) note(finding rules.Finding, suggest any) annotate.Note {
	return annotate.Note{
		Severity: severities[finding.Severity], Cell: finding.Cell, Rule: finding.Rule, Field: cmp.Or(f.names[finding.Field], finding.Field),
		Message: finding.Message, Value: finding.Value, Suggest: shown(f.values[finding.Field], suggest), Basis: finding.Basis,
	}
}

// find tells annotate where a value stands and what it says.
func (f fields) find(name string) (cell, value string) {
	v, ok := f.values[f.paths[name]]
	if !ok {
		return "", ""
	}
	return v.At().Ref, shown(v, v.Any())
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
		data, err := annotate.Correct(r.data, list)
		if err != nil {
			return err
		}
		if r.found, err = sheet.Read(data); err != nil {
			return err
		}
		r.data = data
		for i, f := range r.found {
			r.tables[i].Findings = rules.Sorted(append(r.ofBatch(r.tables[i].Findings), r.set.Check(f.Table)...))
		}
	}
	return nil
}

// pending notes what is to be put right in this round, once for each cell, and
// returns the values.
func (r *review) pending() []annotate.Correction {
	var list []annotate.Correction
	for i, t := range r.tables {
		values := newFields(r.found[i].Table).values
		done := map[string]bool{}
		for _, f := range t.Findings {
			v, ok := f.Suggest.(float64)
			field := values[f.Field]
			if !ok || field == nil || field.At().Formula != "" || f.Cell == "" || !r.set.Rule(f.Rule).Derived || done[f.Cell] {
				continue
			}
			done[f.Cell] = true
			_, rate := field.(*sheet.Rate)
			list = append(list, annotate.Correction{Sheet: t.Sheet, Cell: f.Cell, Value: v, Rate: rate})
			r.note(correction{i, f, f.Suggest})
		}
	}
	return list
}

// note notes a correction. What is put right again, since what it follows from
// was put right too, is one correction from what it was at first.
func (r *review) note(c correction) {
	for i := range r.corrected {
		if old := &r.corrected[i]; old.table == c.table && old.first.Cell == c.first.Cell {
			old.suggest = c.suggest
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
