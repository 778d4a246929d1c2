package sheet

import (
	"maps"
	"slices"
	"strings"
)

// Absent is what a form prints no label for: 主管部门, 项目资金 as a whole,
// 项目资金.得分 for a column of it, 年度资金总额 for that row, 年度总体目标.预期目标,
// 总分.得分. Nothing can have been left blank there. A table without a paper, as
// that of a data file, lacks nothing.
type Absent map[string]bool

// Names lists what is absent, sorted.
func (a Absent) Names() []string { return slices.Sorted(maps.Keys(a)) }

// AbsentOf returns the Absent with those names.
func AbsentOf(names []string) Absent {
	if len(names) == 0 {
		return nil
	}
	a := make(Absent, len(names))
	for _, name := range names {
		a[name] = true
	}
	return a
}

// Prints reports whether the form prints a label for what name says, so that
// what stands there empty was left blank.
func (t *Table) Prints(name string) bool {
	part, _, _ := strings.Cut(name, ".")
	return !t.Absent[name] && !t.Absent[part]
}

// OwnLabels lists what only the table's kind of form may print, as Labels does.
func (t *Table) OwnLabels() []string {
	var list []string
	add := func(prefix string, own Own) {
		for _, f := range own {
			list = append(list, prefix+f.Label)
		}
	}
	add("", t.Own)
	add(LabelFunds+".", t.NewFund().Own)
	add(LabelIndicators+".", t.NewIndicator().Own)
	add(LabelTotal+".", t.Total.Own)
	for _, l := range t.Lists {
		list = append(list, l.Name)
		add(l.Name+".", newOwn(l.Has))
	}
	return list
}

// Labels lists what the form may print, in the order of the form, then what only its
// kind does.
func (t *Table) Labels() []string { return slices.Concat(labels, t.OwnLabels()) }

// Labels lists what any form may print, in the order of the form.
func Labels() []string { return slices.Clone(labels) }

var labels = func() []string {
	var list []string
	add := func(prefix string, part any) {
		for f := range Fields(part) {
			list = append(list, prefix+f.Label)
		}
	}
	add("", new(Table))
	list = append(list, LabelFunds, WholeFund)
	add(LabelFunds+".", new(Fund))
	add(LabelGoal+".", new(Goal))
	list = append(list, LabelIndicators)
	add(LabelIndicators+".", new(Indicator))
	add(LabelTotal+".", new(Total))
	return list
}()
