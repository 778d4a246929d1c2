package review

import (
	"cmp"
	"fmt"
	"slices"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/sheet/issued"
	"ziping/sheet/quantity"
)

// workbook is one workbook with what is to be said about it.
type workbook struct {
	set       *rules.Set
	options   issued.Options
	projects  *Projects
	data      []byte
	found     []sheet.Found
	tables    []report.Table
	corrected []correction
}

var severities = map[rules.Severity]annotate.Severity{
	rules.Error: annotate.Error, rules.Warning: annotate.Warning, rules.Info: annotate.Info,
}

// notes returns the findings as the copy says them.
func (r *workbook) notes() []annotate.Table {
	tables := make([]annotate.Table, len(r.tables))
	for i, t := range r.tables {
		f := newFields(r.found[i].Table)
		tables[i] = annotate.Table{Sheet: t.Sheet, Project: t.Project, Find: f.cellOf}
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
	byPath         map[sheet.Path]named
	byName, byCell map[string]named
	parts          map[sheet.Path]string // names of whole rows
}

// named is a value with a name that holds also where its row has moved:
// 绩效指标[服务响应度].得分, where its path is 绩效指标[1].得分.
type named struct {
	name  string
	path  sheet.Path
	value sheet.Value
}

func newFields(t *sheet.Table) fields {
	f := fields{map[sheet.Path]named{}, map[string]named{}, map[string]named{}, map[sheet.Path]string{}}
	rows := map[string]int{} // how many rows have the name
	for _, p := range t.Parts() {
		moved := p.Path
		if x, ok := p.Part.(*sheet.Indicator); ok && x.Level3.Value != "" {
			name := x.Level3.Value
			if rows[name]++; rows[name] > 1 {
				name = fmt.Sprintf("%s(%d)", name, rows[name])
			}
			moved.Row = name
		}
		f.parts[p.Path] = moved.String()
		for field := range sheet.Fields(p.Part) {
			v := named{moved.Of(field.Label).String(), p.Path.Of(field.Label), field.Value}
			f.byPath[v.path], f.byName[v.name], f.byCell[field.Value.At().Ref] = v, v, v
		}
	}
	return f
}

// of returns the value of a finding, that in its cell where it is about none.
func (f fields) of(finding rules.Finding) named {
	if v, ok := f.byPath[finding.Field]; ok {
		return v
	}
	if v, ok := f.byCell[finding.Cell]; ok && finding.Cell != "" {
		return v
	}
	return named{name: cmp.Or(f.parts[finding.Field], finding.Field.String())}
}

// note returns a finding as the copy says it.
func (f fields) note(finding rules.Finding, suggest any) annotate.Note {
	v := f.of(finding)
	return annotate.Note{
		Severity: severities[finding.Severity], Cell: finding.Cell, Rule: finding.Rule, Field: v.name,
		Message: finding.Message, Value: finding.Value, Suggest: shown(v.value, suggest), Basis: finding.Basis,
	}
}

// cellOf tells annotate where a value stands and what it says.
func (f fields) cellOf(name string) (cell, value string) {
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
		return quantity.FormatNumber(v)
	case string:
		return v
	}
	return ""
}

// ofBatch returns the findings that only all forms together show.
func (r *workbook) ofBatch(list []rules.Finding) []rules.Finding {
	return slices.DeleteFunc(slices.Clone(list), func(f rules.Finding) bool { return r.set.Rule(f.Rule).Scope != rules.ScopeBatch })
}
