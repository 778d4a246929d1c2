package sheet

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"

	"ziping/sheet/strict"
)

// Form is a kind of self-evaluation form (表样): what names it on paper, the words
// that it prints, and the fields and lists that only it has. The files in forms/
// say it all; see forms/project.toml for the meaning of the keys. It may be used
// from several goroutines.
type Form struct {
	Name     string
	Base     string   // the name of the form that is built in and that it is a kind of
	Title    string   // what names it, as its file writes it first
	Starts   []string // labels that begin it on a sheet
	Optional []string // what such a form need not print, as Labels names it
	Fields   []*OwnField
	Lists    []*OwnList
	Vocabulary

	titles []pattern
	others []pattern
	prints map[string]string // by label, where that is not what is printed
	byPart map[string][]*OwnField
	files  []FormFile
}

// Printed returns what the form prints for a label: the first word that its file
// gives for it, else the label itself.
func (f *Form) Printed(label string) string {
	if f == nil || f.prints[label] == "" {
		return label
	}
	return f.prints[label]
}

// NeedNotPrint lists what such a form need not print, though the usual one prints it.
func (f *Form) NeedNotPrint() []string {
	if f == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(f.Optional), func(name string) bool { return slices.Contains(common().Optional, name) })
}

// OwnField is a field that only one kind of form has.
type OwnField struct {
	Name    string            `toml:"name,required"`
	In      strict.At[string] `toml:"in,required"` // one of ownParts, or the name of a list
	Type    FieldType         `toml:"type"`
	Label   []string          `toml:"label"`   // words for it besides its name
	Choices []string          `toml:"choices"` // words of which one is written, or ticked where all are printed

	strict.Position `toml:"-"`
}

// OwnList is a list that only one kind of form has.
type OwnList struct {
	Name  string   `toml:"name,required"`
	Label []string `toml:"label"` // words for it besides its name

	strict.Position `toml:"-"`
}

// InFoot is what stands below the last indicator.
const InFoot Section = LabelFoot

var ownParts = []string{string(InHead), LabelFunds, LabelIndicators, LabelTotal, string(InFoot)}

// FieldType is what may stand in a field of a form's own.
type FieldType string

// The types.
const (
	TypeText   FieldType = "文字"
	TypeNumber FieldType = "数字"
	TypeRate   FieldType = "比率"
)

// SetScalar takes the type from a form file.
func (t *FieldType) SetScalar(v any) error {
	switch text, _ := v.(string); FieldType(text) {
	case TypeText, TypeNumber, TypeRate:
		*t = FieldType(text)
		return nil
	}
	return fmt.Errorf("应为 %s、%s、%s 之一；这里是 %v", TypeText, TypeNumber, TypeRate, v)
}

// value returns an empty value of the type.
func (t FieldType) value() Value {
	switch t {
	case TypeNumber:
		return new(Number)
	case TypeRate:
		return new(Rate)
	}
	return new(Text)
}

// In returns the form's own fields in a part of it, or in a list of its own. Those
// of 表首 and of 表尾 are in both.
func (f *Form) In(part string) []*OwnField {
	if f == nil {
		return nil
	}
	return f.byPart[part]
}

// JoinForms returns a form that has what only some of the forms have: of two fields
// with the same name in the same place, that of the later form.
func JoinForms(forms []*Form) *Form {
	all := &Form{byPart: map[string][]*OwnField{}, Vocabulary: newVocabulary(nil)}
	for _, f := range forms {
		for part, fields := range f.byPart {
			for _, o := range fields {
				same := func(x *OwnField) bool { return x.Name == o.Name }
				all.byPart[part] = append(slices.DeleteFunc(all.byPart[part], same), o)
			}
		}
		for _, l := range f.Lists {
			if !slices.ContainsFunc(all.Lists, func(x *OwnList) bool { return x.Name == l.Name }) {
				all.Lists = append(all.Lists, l)
			}
		}
	}
	return all
}

// table is the part of the fields that stand in the head or the foot of a form.
const table = ""

// Own reports whether a label is that of a field of the form's own in its head or
// its foot.
func (f *Form) Own(label string) bool {
	return slices.ContainsFunc(f.In(table), func(o *OwnField) bool { return o.Name == label })
}

// Choices returns the words of which a field of the form's own in its head or its foot
// takes one, nil where it takes any text.
func (f *Form) Choices(label string) []string {
	for _, o := range f.In(table) {
		if o.Name == label {
			return o.Choices
		}
	}
	return nil
}

//go:embed forms/*.toml forms/*.json
var formFiles embed.FS

const formDir = "forms"

// usualForm is the form that a workbook holds that says nothing else.
const usualForm = "project"

// embedded are the forms that are built in, the usual one first.
var embedded = sync.OnceValue(func() []*Form {
	var list []*Form
	for _, name := range formNames() {
		src, err := FormSource(name)
		if err != nil {
			panic(err) // a defect of the build
		}
		f, err := ParseForm(name+".toml", src)
		if err != nil {
			panic(err)
		}
		list = append(list, f)
	}
	return list
})

// common is the form that the others extend.
func common() *Form { return embedded()[0] }

// Forms returns the forms that are built in, the usual one first.
func Forms() []*Form { return slices.Clone(embedded()) }

// formNames returns the names of the forms that are built in, the usual one first.
func formNames() []string {
	files, _ := fs.Glob(formFiles, formDir+"/*.toml")
	names := []string{usualForm}
	for _, file := range files {
		if name := strings.TrimSuffix(path.Base(file), ".toml"); name != usualForm {
			names = append(names, name)
		}
	}
	return names
}

// FormSource returns the file of a form that is built in.
func FormSource(name string) ([]byte, error) {
	src, err := formFiles.ReadFile(path.Join(formDir, name+".toml"))
	if err != nil {
		return nil, fmt.Errorf("没有名为“%s”的表样%s（内置表样：%s）", name, strict.Meant(name, formNames()), strings.Join(formNames(), "、"))
	}
	return src, nil
}

// LoadForm returns a form that is built in.
func LoadForm(name string) (*Form, error) {
	if f := FormNamed(name, embedded()); f != nil {
		return f, nil
	}
	_, err := FormSource(name)
	return nil, err
}

// FormNamed returns the form of a name, nil where there is none. Of two the last
// counts.
func FormNamed(name string, forms []*Form) *Form {
	for _, f := range slices.Backward(forms) {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// OwnLabels counts the texts that are labels which only this kind of form prints. Those
// of its foot do not count, as who signs is much the same everywhere, nor do those of
// its lists, but for their names, which count as two.
func (f *Form) OwnLabels(texts iter.Seq[string]) (n int) {
	if len(f.Fields)+len(f.Lists) == 0 {
		return 0
	}
	seen := map[string]bool{}
	for text := range texts {
		if len(text) > LongestLabel {
			continue
		}
		for part, fields := range f.byPart {
			name := f.LabelIn(Section(part), text)
			if part == string(InFoot) || !slices.Contains(ownParts, part) || name == "" || seen[name] || !slices.ContainsFunc(fields, func(o *OwnField) bool { return o.Name == name }) {
				continue
			}
			seen[name] = true
			n++
		}
		if name := f.Label(text); !seen[name] && slices.ContainsFunc(f.Lists, func(o *OwnList) bool { return o.Name == name }) {
			seen[name] = true
			n += 2
		}
	}
	return n
}

// Titled tells how much of a title is what names the form on paper, 0 where it is
// none of the form's.
func (f *Form) Titled(title string) int {
	s, most := withoutBrackets(Fold(title)), 0
	for i := range f.titles {
		if p := &f.titles[i]; p.fits(s) {
			most = max(most, p.size())
		}
	}
	return most
}

// Other reports whether a title is that of a form which is no self-evaluation, as
// far as such are known. A title with 自评 in it is only by a pattern with it.
func (f *Form) Other(title string) bool {
	s := withoutBrackets(Fold(title))
	own := strings.Contains(s, "自评")
	return slices.ContainsFunc(f.others, func(p pattern) bool { return p.fits(s) && (!own || p.says("自评")) })
}

// Kind returns what the form is of, in a few words: 部门整体支出. An office's own form
// is of the kind of the one that it extends.
func (f *Form) Kind() string {
	base := f.base()
	return strings.TrimSuffix(strings.TrimSuffix(base.Title, "自评表"), "绩效")
}

// base returns the form that is built in and that a form is a kind of.
func (f *Form) base() *Form {
	if f != nil {
		if base := FormNamed(f.Base, embedded()); base != nil {
			return base
		}
	}
	return common()
}

// OfDepartment reports whether the form is of a whole department, and no project: the
// money of its projects is in its own.
func (f *Form) OfDepartment() bool { return slices.Contains(f.base().Optional, LabelProject) }

// Equal reports whether two forms are the same one.
func (f *Form) Equal(o *Form) bool { return f == o || f != nil && o != nil && f.Name == o.Name }

// formLabel is the key under which a form's name stands in JSON and in data files.
const formLabel = "表样"

// formName is that key of a data file, which was decoded by the form.
type formName struct{ form *Form }

// SetScalar refuses the name of another form than the file was decoded by.
func (n *formName) SetScalar(v any) error {
	switch name, ok := v.(string); {
	case !ok:
		return fmt.Errorf("应为文字，请加英文双引号：\"%v\"", v)
	case name != n.form.name():
		return fmt.Errorf("这里写的是“%s”，应为“%s”：没有这种表样，或与所用的表样不同", name, n.form.name())
	}
	return nil
}

// name returns the name of a form, of nil that of the usual one.
func (f *Form) name() string {
	if f == nil {
		return usualForm
	}
	return f.Name
}
