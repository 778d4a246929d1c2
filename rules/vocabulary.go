package rules

import (
	"slices"
	"strings"
	"sync"

	"github.com/expr-lang/expr/types"

	"ziping/sheet"
	"ziping/sheet/strict"
)

// Hidden names of an environment and of functions begin with a dot, which no
// rule can write.
const (
	hidden   = "·"
	formKey  = hidden + "表"  // in an environment: the *runner, of which the row at hand is asked
	wholeKey = hidden + "全表" // likewise, of which it is not
	judgeKey = hidden + "判断" // in an environment: the *judge

	hasName       = hidden + "有值"
	typedName     = hidden + "原文"
	printsName    = hidden + "有此栏"
	getNumberName = hidden + "取数"
	getTextName   = hidden + "取文"
	getAnyName    = hidden + "取"
	addName       = hidden + "加"
	divideName    = hidden + "除"
	powerName     = hidden + "乘方"
	findName      = hidden + "查"
	someName      = hidden + "有几个"
	placeName     = hidden + "第几行"
	indexName     = hidden + "第几个字"
	lastIndexName = hidden + "最后第几个字"
)

// part is what a scope adds to the vocabulary of the table.
type part struct {
	name string
	part any
}

// vocabulary is what expressions may name of a form: the fields of every form, and
// those that only some have.
type vocabulary struct {
	table  *sheet.Table
	own    map[string]bool            // what only some forms have, as sheet.Table.Prints takes it
	common func() types.Map           // what every scope has
	adds   func() map[Scope]types.Map // what a scope adds
}

// newVocabulary returns the vocabulary of those forms; without any, of those that are
// built in.
func newVocabulary(forms []*sheet.Form) *vocabulary {
	if len(forms) == 0 {
		forms = sheet.Forms()
	}
	v := &vocabulary{table: sheet.NewTable(sheet.JoinForms(forms)), own: map[string]bool{}}
	v.common, v.adds = sync.OnceValue(v.types), sync.OnceValue(v.scopeTypes)
	for _, name := range v.table.OwnLabels() {
		v.own[name] = true
	}
	return v
}

func (v *vocabulary) fund() any {
	x := v.table.NewFund()
	return &x
}

func (v *vocabulary) indicator() any {
	x := v.table.NewIndicator()
	return &x
}

// members are the parts of the table whose fields are reached with a dot: 总分.得分.
func (v *vocabulary) members() []part {
	return []part{{sheet.LabelGoal, &v.table.Goal}, {sheet.LabelTotal, &v.table.Total}, {sheet.WholeFund, v.fund()}}
}

// lists are those of the table, each with a row.
func (v *vocabulary) lists() []part {
	list := []part{{sheet.LabelFunds, v.fund()}, {sheet.LabelIndicators, v.indicator()}}
	for i := range v.table.Lists {
		l := v.table.Lists[i]
		list = append(list, part{l.Name, l.Add()})
	}
	return list
}

// isList reports whether a name is that of a list of the table.
func (v *vocabulary) isList(name string) bool {
	return name == sheet.LabelFunds || name == sheet.LabelIndicators || name == previousLists || v.table.List(name) != nil
}

// pointable reports whether a rule of a scope may blame a field or a list.
func (v *vocabulary) pointable(scope Scope, name string) bool {
	row := any(v.table)
	switch scope {
	case ScopeFund:
		row = v.fund()
	case ScopeIndicator:
		row = v.indicator()
	}
	if sheet.Lookup(row, name) != nil || sheet.Lookup(v.table, name) != nil {
		return true
	}
	member, field, _ := strings.Cut(name, ".")
	return slices.ContainsFunc(v.lists(), func(p part) bool { return p.name == name }) ||
		slices.ContainsFunc(v.members(), func(p part) bool { return p.name == member && sheet.Lookup(p.part, field) != nil })
}

// fieldsOf returns the vocabulary of a part with its types.
func fieldsOf(p any) types.Map {
	m := types.Map{}
	for f := range sheet.Fields(p) {
		m[f.Label] = typeOfValue(f.Value)
	}
	return m
}

func typeOfValue(v sheet.Value) types.Type {
	if _, text := v.(*sheet.Text); text {
		return types.String
	}
	return types.Float64
}

// rowTypes returns the vocabulary of a row of a list with its types.
func rowTypes(p any) types.Map {
	m := fieldsOf(p)
	m[numberWord] = types.Float64
	return m
}

// types is the vocabulary that every scope has.
func (v *vocabulary) types() types.Map {
	m := fieldsOf(v.table)
	for _, p := range v.members() {
		m[p.name] = fieldsOf(p.part)
	}
	for _, p := range v.lists() {
		m[p.name] = types.Array(rowTypes(p.part))
	}
	for _, f := range (Source{}).words() {
		m[f[0]] = types.String
	}
	for _, name := range recordNames {
		m[name] = recordTypes()
	}
	m[previousLists] = types.Array(rowTypes(new(sheet.Indicator)))
	m[formKey], m[wholeKey], m[judgeKey] = types.TypeOf(&runner{}), types.TypeOf(&runner{}), types.TypeOf(&judge{})
	return m
}

// in returns what a scope adds.
func (v *vocabulary) in(s Scope) types.Map { return v.adds()[s] }

func (v *vocabulary) scopeTypes() map[Scope]types.Map {
	return map[Scope]types.Map{
		ScopeFund:      rowTypes(v.fund()),
		ScopeIndicator: rowTypes(v.indicator()),
		ScopeValue:     {"项目": types.String, "问题": types.String, "有公式": types.Bool, "应有公式": types.Bool, "发出公式": types.String},
		ScopeNotice:    {"种类": types.String, "项目": types.String, "发出值": types.String, "现值": types.String, "现数": types.Float64},
		ScopeBatch:     groupTypes(),
	}
}

// noticeKinds lists what may be noticed.
func noticeKinds() string {
	var names []string
	for _, k := range sheet.NoticeKinds {
		names = append(names, string(k))
	}
	return strings.Join(names, "、")
}

// Word is one field of the vocabulary.
type Word struct {
	Scope   string // where it may be used; "" everywhere
	Name    string
	Type    string
	Doc     string
	Example string
}

// Vocabulary lists every field that an expression may use, also those that only some
// of the forms have; without forms, of those that are built in.
func Vocabulary(forms ...*sheet.Form) []Word {
	v := newVocabulary(forms)
	var words []Word
	add := func(scope, prefix string, p any) {
		for f := range sheet.Fields(p) {
			w := Word{Scope: scope, Name: prefix + f.Label, Type: "数字", Example: "有值(" + prefix + f.Label + ")"}
			if typeOfValue(f.Value) == types.String {
				w.Type = "文字"
			}
			words = append(words, w)
		}
	}
	add("", "", v.table)
	words = append(words,
		Word{"", "文件名", "文字", "工作簿的文件名，不含文件夹；数据文件没有值", `有值(文件名)`},
		Word{"", "表题", "文字", "表上印的标题", `有值(表题)`},
		Word{"", "表样", "文字", "是哪一种表，如 project、department、transfer", `表样 == "project"`},
		Word{"", "版式", "文字", "下发时用的版式，如 shanghai；不是 ziping 下发的没有值", `版式 == "shanghai"`})
	for _, p := range v.members() {
		add("", p.name+".", p.part)
	}
	for _, p := range v.lists() {
		words = append(words, Word{Name: p.name, Type: "清单", Doc: "各行，每行的项目与表头相同", Example: "len(" + p.name + ") > 0"})
	}
	words = append(words, Word{"", previousLists, "清单", "同一项目上年那张表的 绩效指标（--last-year）", `any(上年绩效指标, .三级指标 == "参展商总数")`})
	for _, r := range []struct{ name, doc string }{
		{previousName, "同一项目上年那张表（--last-year）的这一项；没有给出上年的表时，连有没有也不知道"},
		{listName, "同一项目在清单（--projects）中的这一项；没有给出清单时，连有没有也不知道"},
	} {
		for _, f := range recordFields(new(sheet.Table)) {
			w := Word{Name: r.name + "." + f.Label, Type: "数字", Doc: r.doc, Example: "有值(" + r.name + "." + f.Label + ")"}
			if typeOfValue(f.Value) == types.String {
				w.Type = "文字"
			}
			words = append(words, w)
		}
	}
	add(string(ScopeFund), "", v.fund())
	words = append(words, Word{string(ScopeFund), numberWord, "数字", "这是清单中的第几行", numberWord + " == 1"})
	add(string(ScopeIndicator), "", v.indicator())
	words = append(words, Word{string(ScopeIndicator), numberWord, "数字", "这是清单中的第几行", numberWord + " == 1"})
	return append(words,
		Word{string(ScopeValue), "项目", "文字", "这个值是哪一项，如 绩效指标[2].得分", `项目 endsWith "得分"`},
		Word{string(ScopeValue), "问题", "文字", "填写的内容为什么无法识别；可识别的为空文字", `问题 == ""`},
		Word{string(ScopeValue), "有公式", "是非值", "单元格里是公式", `有公式`},
		Word{string(ScopeValue), "应有公式", "是非值", "下发时单元格里是公式", `应有公式 == false`},
		Word{string(ScopeValue), "发出公式", "文字", "下发时的公式，现在不在了；还在、或无法照搬时没有值", `有值(发出公式)`},
		Word{string(ScopeNotice), "种类", "文字", "工作簿与下发时比较，发现了什么：" + noticeKinds(), `种类 == "锁定内容改动"`},
		Word{string(ScopeNotice), "项目", "文字", "涉及哪一项，如 绩效指标[2].分值；不涉及某一项时没有值", `有值(项目)`},
		Word{string(ScopeNotice), "发出值", "文字", "下发时的内容；下发时空着的没有值", `有值(发出值)`},
		Word{string(ScopeNotice), "现值", "文字", "现在的内容；现在空着的没有值", `有值(现值)`},
		Word{string(ScopeNotice), "现数", "数字", "这一项现在的数；不是数字项、或无法识别时没有值", `现数 > 0`},
		Word{string(ScopeBatch), "数量", "数字", "key 相同的有几张表（或几行指标）", `数量 == 1`},
		Word{string(ScopeBatch), "项目数", "数字", "它们分属几个项目", `项目数 == 1`},
		Word{string(ScopeBatch), "种类", "数字", "其中 kind 有几种，空的不计", `种类 <= 1`},
		Word{string(ScopeBatch), "类数量", "数字", "kind 与这一张（行）相同的有几张（行）；kind 为空的是 0", `类数量 >= 1`},
		Word{string(ScopeBatch), "最多类", "文字", "最多的那一种 kind；一样多的取排在前面的", `最多类 != ""`},
		Word{string(ScopeBatch), "最多类数量", "数字", "最多的那一种 kind 有几张（行）", `最多类数量 >= 1`},
		Word{string(ScopeBatch), "键", "文字", "key 的值", `键 != ""`},
		Word{string(ScopeBatch), "类", "文字", "kind 的值", `类 != ""`},
		Word{string(ScopeBatch), "值", "数字", "value 的值", `值 > 0`},
		Word{string(ScopeBatch), "组合计", "数字", "key 相同的各张（行）的 value 之和", `组合计 > 0`},
		Word{string(ScopeBatch), "组平均", "数字", "它们的平均", `组平均 > 0`},
		Word{string(ScopeBatch), "组最大", "数字", "其中最大的", `组最大 > 0`},
		Word{string(ScopeBatch), "组最小", "数字", "其中最小的", `组最小 > 0`},
		Word{string(ScopeBatch), "组占比", "数字", "其中 share 成立的占多大一部分，0 到 1；share 不知道的不计", `组占比 == 1`},
		Word{string(ScopeBatch), "其他", "文字", "key 相同的其他项目，用顿号分开", `其他 == ""`},
		Word{string(ScopeBatch), "其他文件", "文字", "key 相同的表所在的其他文件，用顿号分开", `其他文件 == ""`},
	)
}

// nameable is what an expression may name.
type nameable types.Map

// Known implements mistake.Names.
func (n nameable) Known(name string) bool { return n[name] != nil }

// Meant implements mistake.Names.
func (n nameable) Meant(name string) string {
	var list []string
	for known, t := range n {
		if strings.HasPrefix(known, hidden) {
			continue
		}
		list = append(list, known)
		if m, ok := t.(types.Map); ok {
			for sub := range m {
				list = append(list, known+"."+sub)
			}
		}
	}
	slices.Sort(list)
	for _, f := range Functions {
		list = append(list, f.Name)
	}
	return strict.Meant(name, list)
}

// Usage implements mistake.Names.
func (nameable) Usage(name string) string {
	for _, f := range Functions {
		if f.Name == name {
			return "：" + f.Usage
		}
	}
	return ""
}
