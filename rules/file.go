package rules

import (
	"embed"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"ziping/sheet/strict"
)

// file is a rule file as it is written.
type file struct {
	Extends  strict.At[string] `toml:"extends"`
	Params   map[string]Param  `toml:"params"`
	Rules    []Rule            `toml:"rule"`
	Override []override        `toml:"override"`

	name string
	src  []byte
}

// override changes a rule of the file that is extended.
type override struct {
	ID       string             `toml:"id,required"`
	Disabled *bool              `toml:"disabled"`
	Severity *Severity          `toml:"severity"`
	When     *strict.At[string] `toml:"when"`
	Assert   *strict.At[string] `toml:"assert"`
	Message  *strict.At[string] `toml:"message"`
	Suggest  *strict.At[string] `toml:"suggest"`
	Basis    *string            `toml:"basis"`

	strict.Position `toml:"-"`
}

//go:embed packs/*.toml
var packFiles embed.FS

// DefaultName is the pack that a file extends with extends = "default".
const DefaultName = "default"

// DefaultSource returns the file of the default rules.
func DefaultSource() []byte {
	src, err := packFiles.ReadFile(path.Join("packs", DefaultName+".toml"))
	if err != nil {
		panic(err) // a defect of the build
	}
	return src
}

// Default returns the default rules.
func Default() (*Set, error) { return Parse(DefaultName+".toml", DefaultSource()) }

// Parse reads a rule file. Every mistake in it is reported, in a strict.Errors.
// What it extends is a built-in pack, or a file beside it.
func Parse(name string, src []byte) (*Set, error) {
	l := loader{}
	s := &Set{params: map[string]*Param{}}
	if err := l.load(s, name, src, nil); err != nil {
		return nil, err
	}
	if len(l.errs) > 0 {
		return nil, l.errs
	}
	return s, s.compile()
}

// loader collects the mistakes of a file and of those that it extends.
type loader struct{ errs strict.Errors }

func (l *loader) fail(f *file, at strict.Position, format string, args ...any) {
	l.errs = append(l.errs, strict.Errorf(f.name, f.src, at, format, args...))
}

// load adds what a file says to a set, after what the file extends says. chain
// holds the files that led here.
func (l *loader) load(s *Set, name string, src []byte, chain []string) error {
	f := &file{name: name, src: src}
	if err := strict.Unmarshal(name, src, f); err != nil {
		return err
	}
	if base := f.Extends; base.Value != "" {
		baseName, baseSrc, err := open(base.Value, name)
		switch {
		case err != nil:
			l.fail(f, base.Pos, "%s", err)
		case slices.Contains(append(chain, name), baseName):
			l.fail(f, base.Pos, "extends 循环引用：%s 又引用到 %s", name, baseName)
		default:
			if err := l.load(s, baseName, baseSrc, append(chain, name)); err != nil {
				return err
			}
		}
	}
	l.addParams(s, f)
	l.addRules(s, f)
	l.addOverrides(s, f)
	return nil
}

// open returns the file that extends names: a pack, or a file beside from.
func open(name, from string) (string, []byte, error) {
	if name == DefaultName {
		return DefaultName + ".toml", DefaultSource(), nil
	}
	if filepath.Ext(name) != ".toml" {
		return "", nil, fmt.Errorf("没有名为“%s”的规则包：extends 应为 \"%s\"，或一个 .toml 文件", name, DefaultName)
	}
	file := filepath.Join(filepath.Dir(from), name)
	src, err := os.ReadFile(file)
	if err != nil {
		return "", nil, fmt.Errorf("extends 的规则文件 %s 读不出", file)
	}
	return file, src, nil
}

func (l *loader) addParams(s *Set, f *file) {
	for name, p := range f.Params {
		old, ok := s.params[name]
		if err := p.prepare(); err != nil {
			l.fail(f, p.Position, "参数“%s”：%s", name, err)
			continue
		}
		if ok && typeName(old.Value) != typeName(p.Value) {
			l.fail(f, p.Position, "参数“%s”应为%s；这里是%s", name, typeName(old.Value), typeName(p.Value))
			continue
		}
		if ok && p.Description == "" {
			p.Description = old.Description
		}
		s.params[name] = &p
	}
}

func (l *loader) addRules(s *Set, f *file) {
	for i := range f.Rules {
		r := &f.Rules[i]
		if old := s.find(r.ID); old != nil {
			l.fail(f, r.Position, "规则“%s”重复了，%s 第 %d 行已有；要修改它请用 [[override]]", r.ID, old.file.name, old.Line)
			continue
		}
		s.rules = append(s.rules, &compiled{Rule: r, file: f, files: map[string]*file{}})
	}
}

func (l *loader) addOverrides(s *Set, f *file) {
	for _, o := range f.Override {
		r := s.find(o.ID)
		if r == nil {
			msg := fmt.Sprintf("没有“%s”这条规则可以修改", o.ID)
			if near := strict.Suggest(o.ID, s.ids()); near != "" {
				msg += fmt.Sprintf("，是否应为“%s”？", near)
			}
			l.fail(f, o.Position, "%s", msg)
			continue
		}
		o.apply(r, f)
	}
}

// apply changes a rule. An expression keeps the file that it is written in, for
// its errors.
func (o *override) apply(r *compiled, f *file) {
	changed := *r.Rule
	r.Rule = &changed
	set(&changed.Disabled, o.Disabled)
	set(&changed.Severity, o.Severity)
	set(&changed.Basis, o.Basis)
	for _, e := range []struct{ to, from *strict.At[string] }{
		{&changed.When, o.When}, {&changed.Assert, o.Assert}, {&changed.Message, o.Message}, {&changed.Suggest, o.Suggest},
	} {
		if e.from != nil {
			*e.to = *e.from
			r.files[e.from.Value] = f
		}
	}
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}
