package rules

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/strict"
)

// file is a rule file as it is written.
type file struct {
	Extends  strict.At[string] `toml:"extends"`
	Form     strict.At[string] `toml:"form"` // whose own fields the rules name
	Params   map[string]Param  `toml:"params"`
	Rules    []Rule            `toml:"rule"`
	Override []override        `toml:"override"`
	Base     *sheet.Table      `toml:"base"`    // the form that the examples change; that of the default rules if none
	Examples []examplePair     `toml:"example"` // run by Set.Test
	Clean    []variant         `toml:"clean"`   // likewise: forms in which nothing is wrong

	name string
	src  []byte
}

// override changes a rule of the file that is extended, for all forms or for those
// of some departments; * in a name stands for anything.
type override struct {
	ID          string             `toml:"id,required"`
	Departments []string           `toml:"主管部门"`
	Title       *string            `toml:"title"`
	Scope       *Scope             `toml:"scope"`
	Each        *strict.At[string] `toml:"each"`
	Key         *strict.At[string] `toml:"key"`
	Kind        *strict.At[string] `toml:"kind"`
	Value       *strict.At[string] `toml:"value"`
	Share       *strict.At[string] `toml:"share"`
	When        *strict.At[string] `toml:"when"`
	Assert      *strict.At[string] `toml:"assert"`
	At          *strict.At[string] `toml:"at"`
	Severity    *Severity          `toml:"severity"`
	Message     *strict.At[string] `toml:"message"`
	Suggest     *strict.At[string] `toml:"suggest"`
	Derived     *bool              `toml:"derived"`
	Unless      *[]string          `toml:"unless"`
	Alone       *bool              `toml:"alone"`
	Aside       *string            `toml:"aside"`
	Basis       *string            `toml:"basis"`
	Explain     *string            `toml:"explain"`
	Disabled    *bool              `toml:"disabled"`

	strict.Position `toml:"-"`
}

// defaultName is the pack that a file extends with extends = "default".
const defaultName = "default"

// DefaultSource returns the file of the default rules, which is not to be changed.
func DefaultSource() []byte { return defaultSource }

//go:embed packs/default.toml
var defaultSource []byte

// Default returns the default rules.
func Default() (*Set, error) {
	s, err := load(nil, true, func(l *loader, s *Set) bool { return l.add(s, readyFile(), nil) })
	if s != nil {
		s.builtin = true
	}
	return s, err
}

// Parse reads a rule file. Every mistake in it is reported, in a strict.Errors.
// What it extends is a built-in pack, or a file beside it.
// Rules may name what only some of the forms have, and of the form that the file
// names; without forms, of those that are built in.
func Parse(name string, src []byte, forms ...*sheet.Form) (*Set, error) {
	return load(forms, false, func(l *loader, s *Set) bool { return l.load(s, name, src, nil) })
}

// load makes a set of a file that read adds to it. Of trusted rules it is known that they
// have no mistakes.
func load(forms []*sheet.Form, trusted bool, read func(*loader, *Set) bool) (*Set, error) {
	l := loader{forms: forms}
	if len(forms) == 0 {
		l.forms = sheet.Forms()
	}
	s := &Set{words: newVocabulary(forms), places: map[string]int{}, params: map[string]*Param{}, used: map[string]bool{}}
	if !read(&l, s) {
		return nil, l.errs
	}
	if errs := append(l.errs, s.compile(trusted)...); len(errs) > 0 {
		errs.Sort()
		return nil, errs
	}
	s.index()
	return s, nil
}

// loader collects the mistakes of a file and of those that it extends.
type loader struct {
	errs  strict.Errors
	forms []*sheet.Form
}

func (l *loader) fail(f *file, at strict.Position, format string, args ...any) {
	l.errs = append(l.errs, strict.Errorf(f.name, f.src, at, format, args...))
}

// load adds what a file says to a set, after what the file extends says. chain
// holds the files that led here. It reports false where so much is wrong that
// looking at the rules makes no sense.
func (l *loader) load(s *Set, name string, src []byte, chain []string) bool {
	f := &file{name: name, src: src}
	var errs strict.Errors
	if errors.As(strict.Unmarshal(name, src, f), &errs) {
		l.errs = append(l.errs, errs...)
		return false
	}
	return l.add(s, f, chain)
}

// add is load for a file that has been read.
func (l *loader) add(s *Set, f *file, chain []string) bool {
	if f.Form.Value != "" && !l.addForm(s, f) {
		return false
	}
	if f.Extends.Value != "" && !l.extend(s, f, chain) {
		return false
	}
	l.addParams(s, f)
	l.addRules(s, f)
	l.addOverrides(s, f)
	l.addExamples(s, f)
	return true
}

// addForm adds to the vocabulary what only the form has that a file names.
func (l *loader) addForm(s *Set, f *file) bool {
	form, err := sheet.OpenForm(f.Form.Value, f.name)
	var errs strict.Errors
	switch {
	case errors.As(err, &errs):
		l.errs = append(l.errs, errs...)
	case err != nil:
		l.fail(f, f.Form.Pos, "%s", err)
	default:
		l.forms = append(l.forms, form)
		s.words = newVocabulary(l.forms)
	}
	return err == nil
}

// extend loads the file that f extends.
func (l *loader) extend(s *Set, f *file, chain []string) bool {
	if f.Extends.Value == defaultName {
		return l.add(s, readyFile(), nil)
	}
	name, src, err := open(f.Extends.Value, f.name)
	if err != nil {
		l.fail(f, f.Extends.Pos, "%s", err)
		return false
	}
	chain = append(chain, filepath.Clean(f.name))
	if slices.Contains(chain, name) {
		l.fail(f, f.Extends.Pos, "extends 循环引用：%s", strings.Join(append(chain, name), " → "))
		return false
	}
	return l.load(s, name, src, chain)
}

// open returns the file that extends names, beside from.
func open(name, from string) (string, []byte, error) {
	if filepath.Ext(name) != ".toml" {
		return "", nil, fmt.Errorf("没有名为“%s”的规则包：extends 应为 \"%s\"，或一个 .toml 文件", name, defaultName)
	}
	file := strict.Beside(name, from)
	src, err := os.ReadFile(file)
	if err != nil {
		return "", nil, fmt.Errorf("extends 的规则文件 %s 读不出", file)
	}
	return file, src, nil
}

func (l *loader) addParams(s *Set, f *file) {
	for name, p := range f.Params {
		if err := s.words.checkName(name); err != nil {
			l.fail(f, p.Position, "参数“%s”%s", name, err)
			continue
		}
		old := s.params[name]
		if err := p.prepare(old); err != nil {
			l.fail(f, p.Position, "参数“%s”%s", name, err)
			if old != nil {
				continue
			}
		}
		if old != nil && p.Description == "" {
			p.Description = old.Description
		}
		p.file = f
		s.params[name] = &p
	}
}

func (l *loader) addRules(s *Set, f *file) {
	for i := range f.Rules {
		r := &f.Rules[i]
		if r.ID == "" {
			l.fail(f, r.Position, "规则的 id 不能为空")
			continue
		}
		if old := s.byID(r.ID); old != nil {
			l.fail(f, r.Position, "规则“%s”重复了，%s 第 %d 行已有；要修改它请用 [[override]]", r.ID, old.file.name, old.Line)
			continue
		}
		s.rules = append(s.rules, &compiled{Rule: r, file: f, files: map[string]*file{}})
	}
}

func (l *loader) addExamples(s *Set, f *file) {
	own := f.ownExamples()
	if own == nil {
		return
	}
	for _, m := range own.misfits(s.ids()) {
		l.fail(f, m.At, "%s", m.Message)
	}
	s.examples, s.exampleFiles = append(s.examples, own), append(s.exampleFiles, f.name)
}

func (l *loader) addOverrides(s *Set, f *file) {
	for _, o := range f.Override {
		r := s.byID(o.ID)
		if r == nil {
			l.fail(f, o.Position, "没有“%s”这条规则可以修改%s", o.ID, strict.Meant(o.ID, s.ids()))
			continue
		}
		if len(o.Departments) > 0 {
			r.variants = append(r.variants, adapted{o.Departments, f, o.Position, o.applied(r, f)})
			continue
		}
		for i, v := range r.variants {
			r.variants[i].compiled = o.applied(v.compiled, f)
		}
		variants := r.variants
		*r = *o.applied(r, f)
		r.variants = variants
	}
}

// applied returns a changed copy of a rule. An expression keeps the file that it is
// written in, for its errors.
func (o *override) applied(r *compiled, f *file) *compiled {
	changed := *r.Rule
	c := &compiled{Rule: &changed, file: r.file, files: maps.Clone(r.files)}
	set(&changed.Title, o.Title)
	set(&changed.Scope, o.Scope)
	set(&changed.Severity, o.Severity)
	set(&changed.Derived, o.Derived)
	set(&changed.Unless, o.Unless)
	set(&changed.Alone, o.Alone)
	set(&changed.Aside, o.Aside)
	set(&changed.Basis, o.Basis)
	set(&changed.Explain, o.Explain)
	set(&changed.Disabled, o.Disabled)
	for _, text := range []struct {
		key      string
		to, from *strict.At[string]
	}{
		{"each", &changed.Each, o.Each}, {"key", &changed.Key, o.Key}, {"kind", &changed.Kind, o.Kind},
		{"value", &changed.Value, o.Value}, {"share", &changed.Share, o.Share},
		{"when", &changed.When, o.When}, {"assert", &changed.Assert, o.Assert}, {"at", &changed.At, o.At},
		{"message", &changed.Message, o.Message}, {"suggest", &changed.Suggest, o.Suggest},
	} {
		if text.from != nil {
			*text.to = *text.from
			c.files[text.key] = f
		}
	}
	return c
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

//go:embed packs/default.json
var readyDefault []byte

// readyFile returns the file of the default rules.
func readyFile() *file {
	f := &file{name: defaultName + ".toml", src: DefaultSource()}
	strict.Ready("rules", readyDefault, f)
	return f
}
