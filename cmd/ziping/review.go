package main

import (
	"maps"
	"slices"

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
	finding rules.Finding
}

var severities = map[rules.Severity]annotate.Severity{
	rules.Error: annotate.Error, rules.Warning: annotate.Warning, rules.Info: annotate.Info,
}

// notes returns the findings as the copy says them.
func (r *review) notes() []annotate.Table {
	tables := make([]annotate.Table, len(r.tables))
	for i, t := range r.tables {
		tables[i] = annotate.Table{Sheet: t.Sheet, Project: t.Project}
		values := valuesOf(r.found[i].Table)
		list := slices.Clone(t.Findings)
		for _, c := range r.corrected {
			if c.table == i {
				list = append(list, c.finding)
			}
		}
		for _, f := range rules.Sorted(list) {
			tables[i].Notes = append(tables[i].Notes, annotate.Note{
				Severity: severities[f.Severity], Cell: f.Cell, Rule: f.Rule, Field: f.Field, Message: f.Message,
				Value: f.Value, Suggest: shown(values[f.Field], f.Suggest), Basis: f.Basis, Corrected: r.isCorrected(i, f.Cell),
			})
		}
	}
	return tables
}

// valuesOf returns the values of a form by their names.
func valuesOf(t *sheet.Table) map[string]sheet.Value { return maps.Collect(t.All()) }

// shown returns a suggestion as a person would write it into the field.
func shown(field sheet.Value, suggest any) string {
	switch s := suggest.(type) {
	case float64:
		if _, rate := field.(*sheet.Rate); rate {
			return sheet.Show(&sheet.Rate{Number: sheet.N(s)})
		}
		return sheet.FormatNumber(s)
	case string:
		return s
	}
	return ""
}

func (r *review) isCorrected(table int, cell string) bool {
	return cell != "" && slices.ContainsFunc(r.corrected, func(c correction) bool { return c.table == table && c.finding.Cell == cell })
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
			return nil
		}
		data, err := annotate.Correct(r.data, list)
		if err != nil {
			return err
		}
		if r.found, err = sheet.ReadWith(data, r.options); err != nil {
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
		values := valuesOf(r.found[i].Table)
		for _, f := range t.Findings {
			v, ok := f.Suggest.(float64)
			field := values[f.Field]
			if !ok || field == nil || field.At().Formula != "" || field.At().Fixed || f.Cell == "" || !r.set.Rule(f.Rule).Derived || r.isCorrected(i, f.Cell) {
				continue
			}
			_, rate := field.(*sheet.Rate)
			list = append(list, annotate.Correction{Sheet: t.Sheet, Cell: f.Cell, Value: v, Rate: rate})
			r.corrected = append(r.corrected, correction{i, f})
		}
	}
	return list
}

// ofBatch returns the findings that only all forms together show.
func (r *review) ofBatch(list []rules.Finding) []rules.Finding {
	return slices.DeleteFunc(slices.Clone(list), func(f rules.Finding) bool { return r.set.Rule(f.Rule).Scope != rules.ScopeBatch })
}
