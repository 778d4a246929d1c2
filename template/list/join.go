package list

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/strict"
)

// join gives the indicators to their projects, and looks at all projects
// together.
func (r *reader) join() {
	byName, byCode := map[string][]*listed{}, map[string][]*listed{}
	var names []string
	for _, p := range r.listed {
		name, code := fold(p.Table.Project.Value), fold(p.Code.Value)
		if len(byName[name]) == 0 {
			names = append(names, p.Table.Project.Value)
		}
		byName[name] = append(byName[name], p)
		if code != "" {
			byCode[code] = append(byCode[code], p)
		}
	}
	j := joiner{reader: r, byName: byName, byCode: byCode, names: names, reported: map[string]bool{}}
	for _, x := range r.indicators {
		j.give(x)
	}
	for _, p := range r.listed {
		r.list.Projects = append(r.list.Projects, p.Project)
	}
	r.duplicates()
	if len(r.indicators) > 0 && len(r.listed) == 0 && len(r.errs) == 0 {
		x := r.indicators[0]
		r.fail(&problem{File: x.page.file, Sheet: x.page.sheet, Message: "只有指标，没有项目清单：请一并给出列有“项目名称”“主管部门”的清单"})
	}
	r.remarks()
}

// joiner finds the project of an indicator.
type joiner struct {
	*reader
	byName, byCode map[string][]*listed
	names          []string
	reported       map[string]bool // projects whose name was reported
	looked         int
}

// give gives an indicator to its project.
func (j *joiner) give(x *indicator) {
	if x.project == nil {
		if len(j.listed) == 0 {
			return
		}
		x.project = j.listedOf(x)
	}
	if x.project != nil {
		t := x.project.Table
		t.Indicators = append(t.Indicators, x.Indicator)
	}
}

// listedOf returns the project that a row names, nil where it reports that there is
// none, or more than one.
func (j *joiner) listedOf(x *indicator) *listed {
	list := j.byName[fold(x.naming.project.Value)]
	if x.naming.project.Value == "" {
		list = j.byCode[fold(x.code.Value)]
	}
	if len(list) == 0 {
		j.report(x, "清单中没有“%s”这个项目%s", x.called(), nearest(x.called(), j.names, &j.looked))
		return nil
	}
	for _, typed := range []bool{true, false} {
		rest := j.narrow(x, list, typed)
		if len(rest) == 0 && typed {
			j.report(x, "清单中“%s”的%s与这里不同", x.called(), x.differs(list))
			return nil
		}
		if len(rest) > 0 {
			list = rest
		}
		if len(list) == 1 {
			return list[0]
		}
	}
	if len(list) > 1 {
		j.report(x, "清单中有 %d 个叫“%s”的项目，请在这里写明主管部门、实施单位或项目编码", len(list), x.called())
		return nil
	}
	return list[0]
}

// report says once for each project what is wrong with its name.
func (j *joiner) report(x *indicator, format string, args ...any) {
	at := x.naming.project.Cell
	if x.naming.project.Value == "" {
		at = x.code.Cell
	}
	p := x.page.problem(at, format, args...)
	if !j.reported[p.Error()] {
		j.reported[p.Error()] = true
		j.fail(p)
	}
}

// called is what a row calls its project.
func (n *naming) called() string {
	if n.project.Value == "" {
		return n.code.Value
	}
	return n.project.Value
}

// narrow returns the projects that agree with what a row says besides the name:
// with what stands in the row itself, or with what it takes over from above.
func (j *joiner) narrow(x *indicator, list []*listed, typed bool) []*listed {
	var rest []*listed
	for _, p := range list {
		if x.agrees(p, typed) == "" {
			rest = append(rest, p)
		}
	}
	return rest
}

// agrees returns the first label in which a project differs from what a row says.
func (n *naming) agrees(p *listed, typed bool) string {
	for _, v := range []struct {
		label      string
		mine, that sheet.Text
	}{
		{sheet.LabelDepartment, n.department, p.Department}, {sheet.LabelImplementer, n.implementer, p.Implementer}, {sheet.LabelCode, n.code, p.Code},
	} {
		if n.typed[v.label] == typed && v.mine.Value != "" && v.that.Value != "" && fold(v.mine.Value) != fold(v.that.Value) {
			return v.label
		}
	}
	if n.year.Known && p.Year.Known && n.typed[sheet.LabelYear] == typed && n.year.Value != p.Year.Value {
		return sheet.LabelYear
	}
	return ""
}

// differs names the labels in which every project of the name differs.
func (n *naming) differs(list []*listed) string {
	var labels []string
	seen := map[string]bool{}
	for _, p := range list {
		if l := n.agrees(p, true); l != "" && !seen[l] {
			seen[l] = true
			labels = append(labels, l)
		}
	}
	return strings.Join(labels, "、")
}

// duplicates reports projects that are listed twice, with both places.
func (r *reader) duplicates() {
	seen := map[string]*Project{}
	for i := range r.list.Projects {
		p := &r.list.Projects[i]
		if p.Table.Project.Value == "" {
			continue
		}
		key := fmt.Sprintf("%g\n%s\n%s\n%s", p.Year.Value, fold(p.Department.Value), fold(p.Implementer.Value), fold(p.Table.Project.Value))
		if first := seen[key]; first != nil {
			r.fail(&problem{File: p.File, Sheet: p.Sheet, Cell: p.Table.Project.Cell,
				Message: fmt.Sprintf("项目“%s”重复，已列在 %s（年度、主管部门、实施单位、项目名称都相同）", p.Table.Project.Value, strings.TrimRight(first.Place(&first.Table.Project), "： :"))})
			continue
		}
		seen[key] = p
	}
}

// remarks says what a clerk may not expect of the projects of lists.
func (r *reader) remarks() {
	var bare, lacking, unlike, unitless, yearless, unowned []string
	for _, p := range r.listed {
		name := "“" + p.Table.Project.Value + "”"
		if len(p.Indicators) == 0 {
			bare = append(bare, name)
		}
		for _, missing := range lacks(p.Indicators) {
			lacking = append(lacking, name+"（"+missing+"）")
		}
		if sum, all := weights(p.Table); all && sum != indicatorWeights {
			unlike = append(unlike, fmt.Sprintf("%s（%s分）", name, quantity.FormatNumber(sum)))
		}
		if p.MoneyUnit.Value == "" && len(p.Funds) > 0 {
			unitless = append(unitless, name)
		}
		if !p.Year.Known {
			yearless = append(yearless, name)
		}
		if p.Department.Value == "" {
			unowned = append(unowned, name)
		}
	}
	for _, n := range []struct {
		names []string
		text  string
	}{
		{bare, "没有列出指标，表上留空行由部门填写"},
		{lacking, "的指标不全，审核时会提示，发放后部门改不了"},
		{unlike, fmt.Sprintf("的指标分值合计不是 %d 分（另有预算执行率 10 分），发放后部门改不了", indicatorWeights)},
		{unitless, "没有写明金额单位，按版式的金额单位（一般为万元）"},
		{yearless, "没有写明年度，由部门填写"},
		{unowned, "没有写明主管部门，由部门填写"},
	} {
		if len(n.names) > 0 {
			r.list.Notices = append(r.list.Notices, fmt.Sprintf("%d 个项目%s：%s", len(n.names), n.text, some(n.names)))
		}
	}
}

// lacks returns what indicators lack that a form must have: 产出指标 without a
// 时效指标. Where there are none of a level, the department fills it in.
func lacks(indicators []sheet.Indicator) []string {
	var missing []string
	for _, level := range slices.Sorted(maps.Keys(words().Complete)) {
		of := slices.DeleteFunc(slices.Clone(indicators), func(x sheet.Indicator) bool { return x.Level1.Value != level })
		for _, want := range words().Complete[level] {
			has := func(x sheet.Indicator) bool { return strings.Contains(x.Level2.Value, want) || x.Level2.Value == "" }
			if len(of) > 0 && !slices.ContainsFunc(of, has) {
				missing = append(missing, level+"中没有"+want+"指标")
			}
		}
	}
	return missing
}

// indicatorWeights is what the 分值 of all indicators come to: 预算执行率 has 10.
const indicatorWeights = 90

// weights returns the sum of the 分值 of a form's indicators, and whether every
// one has it.
func weights(t *sheet.Table) (sum float64, all bool) {
	all = len(t.Indicators) > 0
	for _, x := range t.Indicators {
		sum, all = sum+x.Weight.Value, all && x.Weight.Known
	}
	return quantity.Round(sum, 6), all
}

// suggestAmong is how many wrong names are looked up among the right ones: one
// costs as much as there are projects.
const suggestAmong = 20

// nearest returns “，是否应为“…”？” or nothing.
func nearest(name string, names []string, looked *int) string {
	*looked++
	if *looked > suggestAmong {
		return ""
	}
	return strict.Meant(name, names)
}
