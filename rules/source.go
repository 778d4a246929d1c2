package rules

import (
	"slices"
	"strings"
	"sync"

	"github.com/expr-lang/expr/types"

	"ziping/sheet"
)

// Source is what is known of a form besides what stands in it.
type Source struct {
	File     string   // the name of the workbook, without its folder
	Title    string   // of the form on paper
	Form     string   // the kind of form
	Layout   string   // that it was issued in
	Previous *Records // forms of the year before; nil where none were given
	List     *Records // what was issued; nil where no list was given
}

// words are the names by which rules know what is known of the source, each with it.
func (s Source) words() [4][2]string {
	return [...][2]string{{"文件名", s.File}, {"表题", s.Title}, {"表样", s.Form}, {"版式", s.Layout}}
}

// numberWord is the field of a row that says the how many-th it is.
const numberWord = "序号"

// The records that a form may be compared with, as rules name them.
const (
	previousName  = "上年"
	listName      = "名单"
	previousLists = previousName + sheet.LabelIndicators
)

// recordNames are the names of records, and the vocabulary of one.
var recordNames = []string{previousName, listName}

// recordFields are the fields of a form as those of a record: those of its parts are
// named without them.
func recordFields(t *sheet.Table) []sheet.Field {
	var list []sheet.Field
	for f := range sheet.Fields(t) {
		list = append(list, f)
	}
	whole := t.Fund(sheet.WholeFund)
	return append(list,
		sheet.Field{Label: sheet.LabelInitialBudget, Value: &whole.InitialBudget}, sheet.Field{Label: sheet.LabelBudget, Value: &whole.Budget},
		sheet.Field{Label: sheet.LabelExecuted, Value: &whole.Executed}, sheet.Field{Label: sheet.LabelRate, Value: &whole.Rate},
		sheet.Field{Label: sheet.LabelTotal, Value: &t.Total.Score},
		sheet.Field{Label: sheet.LabelExpected, Value: &t.Goal.Expected}, sheet.Field{Label: sheet.LabelOutcome, Value: &t.Goal.Actual})
}

// Recorded returns of a form what is named of it by recordFields, and nothing else: there
// may be thousands.
func Recorded(t *sheet.Table) *sheet.Table {
	record := *t
	record.Funds, record.Indicators, record.Lists = []sheet.Fund{*t.Fund(sheet.WholeFund)}, nil, nil
	return &record
}

func recordTypes() types.Map {
	m := types.Map{}
	for _, f := range recordFields(new(sheet.Table)) {
		m[f.Label] = typeOfValue(f.Value)
	}
	return m
}

// Records are forms that others are compared with, found by 项目编码, or by 项目名称
// and 主管部门, or by 项目名称 where only one has it.
type Records struct{ by map[string]*sheet.Table }

// NewRecords returns the forms as records.
func NewRecords(tables []*sheet.Table) *Records {
	r := &Records{map[string]*sheet.Table{}}
	for _, t := range tables {
		for _, k := range recordKeys(t) {
			if _, taken := r.by[k]; taken {
				r.by[k] = nil // two of one name: which is meant nobody knows
				continue
			}
			r.by[k] = t
		}
	}
	return r
}

// Len returns how many names there are.
func (r *Records) Len() int { return len(r.by) }

// recordKeys are the names of a form, the surest first.
func recordKeys(t *sheet.Table) []string {
	var keys []string
	code, project, department := bare(t.Code.Value), bare(t.Project.Value), bare(t.Department.Value)
	if code != "" {
		keys = append(keys, "编码|"+code)
	}
	if project != "" {
		keys = append(keys, "项目|"+project+"|"+department, "名称|"+project)
	}
	return keys
}

// previousOf returns the record of a form, an empty one where there is none.
func (r *Records) previousOf(t *sheet.Table) *sheet.Table {
	for _, k := range recordKeys(t) {
		if found := r.by[k]; found != nil {
			return found
		}
	}
	return new(sheet.Table)
}

// records puts the records of a form into the environment. Where none were given,
// nothing is known of them, not even that there is no such form.
func (r *runner) records(s Source) {
	r.name(previousName, r.record(s.Previous))
	r.name(listName, r.record(s.List))
	if s.Previous == nil {
		r.name(previousLists, []any{})
		return
	}
	t := s.Previous.previousOf(r.table)
	list := make([]any, len(t.Indicators))
	for i := range t.Indicators {
		list[i] = new(r.rows.row(&t.Indicators[i], prefixOf(&t.Indicators[i]), i+1))
	}
	r.name(previousLists, list)
}

// record returns the record of the form among others.
func (r *runner) record(among *Records) *row {
	if among == nil {
		return noRecord()
	}
	return recordRow(among.previousOf(r.table))
}

func recordRow(t *sheet.Table) *row {
	r := new(row)
	for _, f := range recordFields(t) {
		r.fields, r.values = append(r.fields, f), append(r.values, sheet.Judged(f.Value))
	}
	return r
}

// noRecord is the record of a form where none were given.
var noRecord = sync.OnceValue(func() *row {
	r := recordRow(new(sheet.Table))
	r.absent = true
	return r
})

// NamesList reports whether a rule compares forms with the projects of a list.
func (s *Set) NamesList() bool {
	names := func(r *Rule) bool {
		return slices.ContainsFunc([]string{r.Key.Value, r.Kind.Value, r.Value.Value, r.Share.Value, r.When.Value, r.Assert.Value, r.Message.Value, r.Suggest.Value},
			func(expression string) bool { return strings.Contains(expression, listName+".") })
	}
	return slices.ContainsFunc(s.rules, func(c *compiled) bool {
		return names(c.Rule) || slices.ContainsFunc(c.variants, func(a adapted) bool { return names(a.Rule) })
	})
}
