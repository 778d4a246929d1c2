package sheet

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"ziping/sheet/strict"
)

// formFile is a form as it is written. What it does not say is as in the form that
// it extends.
type formFile struct {
	Name     string                                    `toml:"name,required"`
	Extends  strict.At[string]                         `toml:"extends"`
	Title    []string                                  `toml:"title"`    // what names the form on paper
	Others   []string                                  `toml:"others"`   // titles of other forms, which are none
	Starts   []string                                  `toml:"starts"`   // labels that begin it on a sheet
	Optional strict.At[[]string]                       `toml:"optional"` // what it need not print, named as sheet.Labels does
	Label    map[string]strict.At[[]string]            `toml:"label"`    // by label: words for it anywhere
	Section  map[string]map[string]strict.At[[]string] `toml:"section"`  // by label: words for it in one part of the form
	Fields   []*OwnField                               `toml:"field"`
	Lists    []*OwnList                                `toml:"list"`

	strict.Position `toml:"-"`
}

// FormFile is a file that a form was read from.
type FormFile struct {
	Name string `json:"file"`
	Text string `json:"text"`
}

// Files returns the files that the form was read from, its own first, without those
// that are built in: of a form that is built in none.
func (f *Form) Files() []FormFile { return f.files }

// opener returns the file that extends names, beside the file from.
type opener func(name, from string) (file string, src []byte, err error)

// ParseForm reads a form, an office's own as a rule. Every mistake in it is
// reported, in a strict.Errors. What it extends is a form that is built in, or a
// file beside it.
func ParseForm(file string, src []byte) (*Form, error) { return parseForm(file, src, openBeside) }

// ParseFormFiles reads a form from what Files returned, and nothing from the disk.
func ParseFormFiles(files []FormFile) (*Form, error) {
	if len(files) == 0 {
		return nil, fmt.Errorf("表样没有内容")
	}
	return parseForm(files[0].Name, []byte(files[0].Text), func(name, _ string) (string, []byte, error) {
		for _, f := range files[1:] {
			if filepath.Base(f.Name) == filepath.Base(name) {
				return f.Name, []byte(f.Text), nil
			}
		}
		src, err := FormSource(name)
		return name + ".toml", src, err
	})
}

// OpenForm returns the form that a name stands for in the file from: one that is built
// in, or a form file beside it.
func OpenForm(name, from string) (*Form, error) {
	if filepath.Ext(name) != ".toml" {
		return LoadForm(name)
	}
	file, src, err := openBeside(name, from)
	if err != nil {
		return nil, err
	}
	return ParseForm(file, src)
}

func openBeside(name, from string) (file string, src []byte, err error) {
	if filepath.Ext(name) != ".toml" {
		src, err = FormSource(name)
		return name + ".toml", src, err
	}
	file = strict.Beside(name, from)
	src, err = os.ReadFile(file)
	if err != nil {
		return "", nil, fmt.Errorf("表样文件 %s 读不出", file)
	}
	return file, src, nil
}

// formLoader puts a form together from its file and those that it extends.
type formLoader struct {
	*Form
	open  opener
	words map[Section]map[string][]string
	label map[Section]map[string]string // of a folded word
	errs  strict.Errors
	chain []string // the files that led here

	file string // that is read now
	src  []byte
}

func parseForm(file string, src []byte, open opener) (*Form, error) {
	l := newFormLoader(open)
	l.load(file, src)
	if len(l.errs) > 0 {
		slices.SortStableFunc(l.errs, func(a, b *strict.Error) int {
			return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
		})
		return nil, l.errs
	}
	l.Vocabulary = newVocabulary(l.words)
	l.place()
	return l.Form, nil
}

func newFormLoader(open opener) *formLoader {
	return &formLoader{Form: new(Form), open: open, words: map[Section]map[string][]string{}, label: map[Section]map[string]string{}}
}

// place puts the form's own fields where they are.
func (f *Form) place() {
	f.byPart = map[string][]*OwnField{}
	for _, o := range f.Fields {
		part := o.In.Value
		f.byPart[part] = append(f.byPart[part], o)
		if part == string(InHead) || part == string(InFoot) {
			f.byPart[table] = append(f.byPart[table], o)
		}
	}
}

func (l *formLoader) fail(at strict.Position, format string, args ...any) {
	l.errs = append(l.errs, strict.Errorf(l.file, l.src, at, format, args...))
}

// load adds what a file says to the form, after what the file extends says.
func (l *formLoader) load(name string, src []byte) {
	if isUsual(src) {
		l.begin(usual())
		return
	}
	l.read(name, src)
}

// builtIn returns the name of the form whose file is built in and the same, "" where there
// is none.
func builtIn(src []byte) string {
	for _, name := range formNames() {
		if builtIn, err := FormSource(name); err == nil && bytes.Equal(src, builtIn) {
			return name
		}
	}
	return ""
}

// readyForm returns what the file of a form that is built in says.
func readyForm(name string) *formFile {
	ready, err := formFiles.ReadFile(path.Join(formDir, name+".json"))
	if err != nil {
		panic(err) // a defect of the build
	}
	f := new(formFile)
	strict.Ready("sheet", ready, f)
	return f
}

// isUsual reports whether a file is that of the usual form, which nearly all extend.
func isUsual(src []byte) bool {
	usual, err := FormSource(usualForm)
	return err == nil && bytes.Equal(src, usual)
}

var usualLoader struct {
	once sync.Once
	*formLoader
}

// usual has what the file of the usual form says, which is read once.
func usual() *formLoader {
	usualLoader.once.Do(func() {
		l := newFormLoader(openBeside)
		src, err := FormSource(usualForm)
		if err != nil {
			panic(err) // a defect of the build
		}
		l.read(usualForm+".toml", src)
		if len(l.errs) > 0 {
			panic(l.errs)
		}
		usualLoader.formLoader = l
	})
	return usualLoader.formLoader
}

// begin makes the form what another one is, to be added to.
func (l *formLoader) begin(from *formLoader) {
	files, base := l.files, cmp.Or(l.Base, from.Base)
	*l.Form = *from.Form
	l.files, l.Base, l.Fields, l.Lists = files, base, slices.Clip(l.Fields), slices.Clip(l.Lists)
	for s, words := range from.words {
		l.words[s], l.label[s] = maps.Clone(words), maps.Clone(from.label[s])
	}
}

func (l *formLoader) read(name string, src []byte) {
	l.file, l.src = name, src
	file := new(formFile)
	if form := builtIn(src); form != "" {
		file = readyForm(form)
		l.Base = cmp.Or(l.Base, form)
	} else if err := strict.Unmarshal(name, src, file); err != nil {
		l.errs = append(l.errs, err.(strict.Errors)...)
		return
	} else {
		l.files = append(l.files, FormFile{filepath.Base(name), string(src)})
	}
	if !l.extend(file, name) {
		return
	}
	l.file, l.src = name, src
	l.Name = file.Name
	if file.Others != nil {
		l.others = nil
		for _, title := range file.Others {
			l.others = append(l.others, newPattern(title, ""))
		}
	}
	if file.Starts != nil {
		l.Starts = file.Starts
	}
	if file.Title != nil {
		l.title(file)
	}
	for _, name := range file.Optional.Value {
		if !slices.Contains(labels, name) {
			l.fail(file.Optional.Pos, "optional 中的“%s”不是表中的栏目%s", name, strict.Meant(name, labels))
		}
	}
	l.Optional = slices.Concat(l.Optional, file.Optional.Value)
	l.addWords(Anywhere, file.Label)
	l.printed(file.Label)
	for s, labels := range file.Section {
		if !slices.Contains(sections, Section(s)) {
			l.fail(file.Position, "section 应为 %s 之一；这里是“%s”", names(sections), s)
			continue
		}
		l.addWords(Section(s), labels)
	}
	l.addOwn(file)
}

// extend loads the form that a file extends.
func (l *formLoader) extend(file *formFile, name string) bool {
	from := file.Extends
	switch {
	case isUsual(l.src):
		return true
	case from.Value == "":
		l.fail(file.Position, "应写明 extends：这张表与哪一种表样大体相同，如 extends = \"%s\"", usualForm)
		return false
	}
	parent, src, err := l.open(from.Value, name)
	if err == nil && slices.Contains(l.chain, parent) {
		err = fmt.Errorf("extends 循环引用：%s", strings.Join(append(l.chain, parent), " → "))
	}
	if err != nil {
		l.fail(from.Pos, "%s", err)
		return false
	}
	l.chain = append(l.chain, parent)
	before := len(l.errs)
	l.load(parent, src)
	return len(l.errs) == before
}

func (l *formLoader) title(file *formFile) {
	l.titles, l.Title = nil, ""
	for _, t := range file.Title {
		if !strings.Contains(t, "*") {
			t = "*" + t + "*"
		}
		p := newPattern(t, "")
		if p.size() == 0 {
			l.fail(file.Position, "title 中的“%s”什么表都对得上：应写出标题中的文字", t)
		}
		l.titles = append(l.titles, p)
	}
	if len(file.Title) > 0 {
		l.Title = strings.Trim(file.Title[0], "*")
	}
}

// addWords puts words before those that a section has for the same labels.
func (l *formLoader) addWords(s Section, labels map[string]strict.At[[]string]) {
	for _, label := range slices.Sorted(maps.Keys(labels)) { // of two labels with one word always the same has it
		list := labels[label]
		if l.Name != usualForm && !l.hasWords(label) {
			l.fail(list.Pos, "没有“%s”这个栏目%s（本表自己的栏目用 [[field]] 写）", label, strict.Meant(label, l.labelled()))
			continue
		}
		l.add(s, label, list.Value, list.Pos)
		if s == Anywhere && l.Name != usualForm {
			l.takeFromParts(label, list.Value)
		}
	}
}

// takeFromParts takes words that stand for a label anywhere from the other labels that
// they stand for in one part of the form that is extended.
func (l *formLoader) takeFromParts(label string, list []string) {
	for s := range l.words {
		for _, word := range list {
			folded := Fold(word)
			if other, taken := l.label[s][folded]; taken && other != label {
				l.dropWord(s, other, folded)
			}
		}
	}
}

// dropWord takes a word from a label of a section.
func (l *formLoader) dropWord(s Section, label, folded string) {
	words := slices.Clone(l.words[s][label])
	l.words[s][label] = slices.DeleteFunc(words, func(w string) bool { return Fold(w) == folded })
	delete(l.label[s], folded)
}

// hasWords reports whether a label has words in any section.
func (l *formLoader) hasWords(label string) bool {
	for _, labels := range l.words {
		if _, ok := labels[label]; ok {
			return true
		}
	}
	return false
}

// labelled lists the labels that have words, sorted.
func (l *formLoader) labelled() []string {
	var list []string
	for _, labels := range l.words {
		list = slices.AppendSeq(list, maps.Keys(labels))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// printed notes what the form prints for labels: the first word, if it is one.
func (l *formLoader) printed(labels map[string]strict.At[[]string]) {
	if l.Name == usualForm {
		return // its labels are what it prints
	}
	for label, list := range labels {
		if l.prints == nil {
			l.prints = map[string]string{}
		}
		delete(l.prints, label)
		if len(list.Value) > 0 && !strings.Contains(list.Value[0], "*") {
			l.prints[label] = list.Value[0]
		}
	}
}

// add adds words for a label, which are those of no other label of the section any
// more.
func (l *formLoader) add(s Section, label string, list []string, at strict.Position) {
	if l.words[s] == nil {
		l.words[s], l.label[s] = map[string][]string{}, map[string]string{}
	}
	section := l.words[s]
	for _, word := range list {
		folded := Fold(word)
		if strings.Trim(folded, "*") == "" {
			l.fail(at, "“%s”什么文字都对得上：应写出其中的文字", word)
		}
		if other, taken := l.label[s][folded]; taken && other != label {
			l.dropWord(s, other, folded)
		}
		l.label[s][folded] = label
	}
	section[label] = slices.Concat(list, section[label])
}

// addOwn adds the fields and lists of a file. A field that the form it extends has, of
// the same type, is the same field by more words.
func (l *formLoader) addOwn(file *formFile) {
	for _, list := range file.Lists {
		if l.taken(list.Name, "") {
			l.fail(list.Position, "已经有“%s”这一项，请换一个名称", list.Name)
			continue
		}
		l.Lists = append(l.Lists, list)
		l.add(Anywhere, list.Name, list.Label, list.Position)
	}
	parts := slices.Clone(ownParts)
	for _, list := range l.Lists {
		parts = append(parts, list.Name)
	}
	inherited := slices.Clone(l.Fields)
	for _, o := range file.Fields {
		o.Type = cmp.Or(o.Type, TypeText)
		same := func(h *OwnField) bool { return h.Name == o.Name && h.In.Value == o.In.Value && h.Type == o.Type }
		switch {
		case slices.ContainsFunc(inherited, same):
			l.add(Section(o.In.Value), o.Name, o.Label, o.Position)
			continue
		case !slices.Contains(parts, o.In.Value):
			l.fail(o.In.Pos, "in 应为 %s 之一；这里是“%s”%s", names(parts), o.In.Value, strict.Meant(o.In.Value, parts))
			continue
		case o.Name == "" || strings.ContainsAny(o.Name, ".[]{}* \n"):
			l.fail(o.Position, "name 应为栏目的名称，不含空格和 . [ ] { } *；这里是“%s”", o.Name)
			continue
		case l.taken(o.Name, o.In.Value):
			l.fail(o.Position, "“%s”中已经有“%s”这一项，请换一个名称；只是叫法不同的，写在 [label] 中", o.In.Value, o.Name)
			continue
		}
		l.Fields = append(l.Fields, o)
		l.add(Section(o.In.Value), o.Name, append([]string{o.Name}, o.Label...), o.Position)
	}
}

// taken reports whether a part of the form, or the table itself, has a field or list
// of the name.
func (l *formLoader) taken(name, part string) bool {
	here := func(o *OwnField) bool { return o.Name == name && o.In.Value == part }
	if slices.ContainsFunc(l.Fields, here) || slices.ContainsFunc(l.Lists, func(o *OwnList) bool { return o.Name == name }) {
		return true
	}
	of := map[string]any{"": new(Table), string(InHead): new(Table), string(InFoot): new(Table), LabelFunds: new(Fund), LabelIndicators: new(Indicator), LabelTotal: new(Total)}[part]
	return of != nil && hasLabel(of, name)
}

// names joins names for a message.
func names[S ~string](list []S) string {
	var texts []string
	for _, s := range list {
		texts = append(texts, string(s))
	}
	return strings.Join(texts, "、")
}
