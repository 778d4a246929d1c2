package rules

import (
	"slices"

	"github.com/expr-lang/expr/types"

	"ziping/sheet"
)

// What a batch rule says of a group it says of each member; of the form or the row
// that the member is, only the fields that its texts name are kept, for the form
// itself is not.

// aboutGroup is the scope of what a batch rule says of a group whose members are of
// a scope.
func aboutGroup(each Scope) Scope { return ScopeBatch + "/" + each }

// member returns the scope of the members of a group, "" where s is not about one.
func (s Scope) member() Scope {
	if about, ok := cutScope(s, ScopeBatch+"/"); ok {
		return about
	}
	return ""
}

func cutScope(s, prefix Scope) (Scope, bool) {
	if len(s) > len(prefix) && s[:len(prefix)] == prefix {
		return s[len(prefix):], true
	}
	return "", false
}

// groupTypes is the vocabulary of what is said of a group.
func groupTypes() types.Map {
	return types.Map{
		"数量": types.Int, "项目数": types.Int, "种类": types.Int, "类数量": types.Int, "最多类": types.String, "最多类数量": types.Int, "其他": types.String, "其他文件": types.String, "键": types.String, "类": types.String,
		"值": types.Float64, "组合计": types.Float64, "组平均": types.Float64, "组最大": types.Float64, "组最小": types.Float64, "组占比": types.Float64,
	}
}

// fieldsNamed returns the fields of a form or row that the texts of a batch rule name,
// each once.
func fieldsNamed(rule *compiled) []need {
	programs := []*program{rule.assert, rule.suggest}
	for _, p := range rule.message {
		programs = append(programs, p.expr)
	}
	var list []need
	for _, p := range programs {
		if p == nil {
			continue
		}
		m := p.load()
		for _, n := range slices.Concat(m.needs, m.asks) {
			if _, group := groupTypes()[n.field]; n.member == "" && group || slices.Contains(list, n) {
				continue
			}
			list = append(list, n)
		}
	}
	return list
}

// own returns the fields of the form and row at hand that a batch rule names.
func (r *runner) own(rule *compiled) map[string]Own {
	names := rule.own()
	if len(names) == 0 {
		return nil
	}
	m := make(map[string]Own, len(names))
	for _, n := range names {
		var v sheet.Value
		if n.member == "" {
			v = r.value(n.field)
		} else if row := rowOf(r.named(n.member)); row != nil {
			v = row.field(n.field)
		}
		if v != nil {
			m[n.name()] = Own{v.Any(), v.At().Typed}
		}
	}
	return m
}

// remember puts the fields of a member into the environment.
func (r *runner) remember(own map[string]Own) {
	r.name(formKey, r)
	r.name(wholeKey, r)
	rows := map[string]*row{}
	for name, o := range own {
		n := needNamed(name)
		if rows[n.member] == nil {
			rows[n.member] = new(row)
		}
		row := rows[n.member]
		row.fields, row.values = append(row.fields, sheet.Field{Label: n.field, Value: o.value()}), append(row.values, o.Value)
		if n.member == "" {
			r.name(n.field, o.Value)
		}
	}
	for _, name := range [...]string{sheet.LabelGoal, sheet.LabelTotal, sheet.WholeFund, previousName, listName} {
		r.name(name, rows[name])
	}
	r.here, r.form = nil, rows[""]
}

// value returns the field as the form had it.
func (o Own) value() sheet.Value {
	cell := sheet.Cell{Typed: o.Typed}
	if v, ok := o.Value.(float64); ok {
		return &sheet.Number{Value: v, Known: true, Cell: cell}
	}
	text, _ := o.Value.(string)
	return &sheet.Text{Value: text, Cell: cell}
}
