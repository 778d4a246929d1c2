package rules

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"ziping/rules/change"
	"ziping/sheet"
	"ziping/sheet/strict"
)

// examplesName is the file that has an example for and against every default rule.
const examplesName = "examples.toml"

// Example is one form that shows what a rule means.
type Example struct {
	// Changes says, a line each, in what the form differs from a correct one.
	Changes []string
	// Drawings show the parts that differ, and Words what no table shows.
	Drawings []change.Drawing
	Words    []string
	// Message is what the rule says of the form; "" of one that passes.
	Message string
	// Note says what the form is to show; "" where that is plain.
	Note string
}

// ExampleFor returns a form that a rule finds fault with, and one much like it that
// passes: of the file's own examples, else of those of the default rules. ok is false
// where there are none.
func (s *Set) ExampleFor(id string) (fails, passes Example, ok bool) {
	for _, f := range append(slices.Clone(s.examples), builtinExamples()) {
		i := slices.IndexFunc(f.Examples, func(e examplePair) bool { return e.Rule.Value == id })
		if i < 0 {
			continue
		}
		e := &f.Examples[i]
		only := s.Select(func(r *Rule) bool { return r.ID == id })
		fails.Changes, passes.Changes = e.describe(&f.Base, e.Fails), e.describe(&f.Base, e.Passes)
		passes.Note = e.Note
		found := e.findings(only, &f.Base, e.Fails)
		if len(found) > 0 {
			fails.Message = found[0].Message
		}
		fails.Drawings, fails.Words = e.Fails.Draw(&f.Base, blames(found))
		passes.Drawings, passes.Words = e.Passes.Draw(&f.Base, blames(nil))
		for _, o := range e.others(&f.Base) {
			fails.Words, passes.Words = append(fails.Words, o), append(passes.Words, o)
		}
		return fails, passes, true
	}
	return Example{}, Example{}, false
}

// blames reports whether findings are about a value.
func blames(found []Finding) func(sheet.Path) bool {
	return func(p sheet.Path) bool {
		return slices.ContainsFunc(found, func(f Finding) bool { return f.Field == p })
	}
}

//go:embed packs/examples.toml
var examplesSource []byte

// builtinExamples are the examples of the default rules.
var builtinExamples = sync.OnceValue(func() *exampleFile {
	file := new(exampleFile)
	if err := strict.Unmarshal(examplesName, examplesSource, file); err != nil {
		panic(err) // a defect of the build
	}
	return file
})

// exampleFile is one correct form, and small changes to it: packs/examples.toml, or
// the examples in a rule file of one's own, which may do without a form of its own.
type exampleFile struct {
	Base     sheet.Table   `toml:"base,required"`
	Examples []examplePair `toml:"example"`
	Clean    []variant     `toml:"clean"`
}

// examplePair is two changed forms: one that a rule finds, one that it does not.
type examplePair struct {
	Rule   strict.At[string]   `toml:"rule,required"`
	At     string              `toml:"at"`   // the field that the rule blames
	Note   string              `toml:"note"` // why the second passes
	Fails  change.Changes      `toml:"fails,required"`
	Passes change.Changes      `toml:"passes,required"`
	Others []change.Changes    `toml:"other"` // more forms of the same run, for batch rules
	Also   []strict.At[string] `toml:"also"`  // rules that find the failing form too
}

// variant is a form that is unlike the base and correct all the same.
type variant struct {
	Title   string         `toml:"title,required"`
	Changes change.Changes `toml:"changes,required"`

	strict.Position `toml:"-"`
}

// ownExamples are the examples of a rule file, nil where it has none.
func (f *file) ownExamples() *exampleFile {
	if len(f.Examples)+len(f.Clean) == 0 {
		return nil
	}
	own := &exampleFile{Examples: f.Examples, Clean: f.Clean}
	if f.Base != nil {
		own.Base = *f.Base
	} else {
		own.Base = builtinExamples().Base
	}
	return own
}

// Wrong is an example of a rule file that is not as it says.
type Wrong struct {
	File string
	Line int
	Rule string
	Text string
}

func (w Wrong) Error() string {
	return fmt.Sprintf("%s:%d: 规则“%s”：%s", w.File, w.Line, w.Rule, w.Text)
}

// Test runs the examples of the rule file, those of the default rules where it is
// theirs, and returns how many there are and which are wrong.
func (s *Set) Test() (n int, wrong []Wrong) {
	files, names := s.examples, s.exampleFiles
	if s.builtin {
		files, names = []*exampleFile{builtinExamples()}, []string{examplesName}
	}
	for i, f := range files {
		name := names[i]
		for j := range f.Examples {
			e := &f.Examples[j]
			n++
			for _, text := range e.test(s, &f.Base) {
				wrong = append(wrong, Wrong{name, e.Rule.Pos.Line, e.Rule.Value, text})
			}
		}
		for _, v := range f.Clean {
			n++
			for _, x := range (&examplePair{}).findings(s, &f.Base, v.Changes) {
				wrong = append(wrong, Wrong{name, v.Line, x.Rule, fmt.Sprintf("“%s”应没有问题，却发现 %s：%s", v.Title, x.Field, x.Message)})
			}
		}
	}
	return n, wrong
}

// test says in what the example is not as it says.
func (e *examplePair) test(set *Set, base *sheet.Table) (wrong []string) {
	of := func(c change.Changes) []Finding {
		return slices.DeleteFunc(e.findings(set, base, c), func(f Finding) bool { return f.Rule != e.Rule.Value })
	}
	fails, passes := of(e.Fails), of(e.Passes)
	switch {
	case set.Rule(e.Rule.Value).Disabled:
		return nil
	case len(fails) == 0:
		wrong = append(wrong, "fails 的表没有发现问题："+e.whyNot(set, base))
	case e.At != "" && !slices.ContainsFunc(fails, func(f Finding) bool { return f.Field == pathOf(e.At) }):
		wrong = append(wrong, fmt.Sprintf("fails 的表指出的是 %s，不是 %s", fails[0].Field, e.At))
	}
	if len(passes) > 0 {
		wrong = append(wrong, fmt.Sprintf("passes 的表发现了问题，%s：%s", passes[0].Field, passes[0].Message))
	}
	return wrong
}

// whyNot says what became of the rule in the failing form.
func (e *examplePair) whyNot(set *Set, base *sheet.Table) string {
	tally := set.Select(func(r *Rule) bool { return r.ID == e.Rule.Value }).NewTally()
	for _, t := range e.forms(base, e.Fails) {
		if err := tally.Add(t, Source{}); err != nil {
			return err.Error()
		}
	}
	counts, err := tally.Counts()
	if err != nil {
		return err.Error()
	}
	c := counts[0]
	var parts []string
	for _, p := range []struct {
		n    int
		text string
	}{{c.Held, "assert 成立的 %d 处"}, {c.Silent, "when 不成立的 %d 处"}, {c.Unknown, "缺少所需的值、不能判断的 %d 处"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf(p.text, p.n))
		}
	}
	if c.Error != "" {
		parts = append(parts, c.Error)
	}
	if len(parts) == 0 {
		return "没有一处可以检查"
	}
	return strings.Join(parts, "，")
}

// misfits returns the rules and the changes of the file that can't be.
func (f *exampleFile) misfits(ids []string) []change.Misfit {
	var list []change.Misfit
	var all []change.Changes
	for _, e := range f.Examples {
		for _, id := range append([]strict.At[string]{e.Rule}, e.Also...) {
			if !slices.Contains(ids, id.Value) {
				list = append(list, change.Misfit{At: id.Pos, Message: fmt.Sprintf("没有“%s”这条规则%s", id.Value, strict.Meant(id.Value, ids))})
			}
		}
		all = append(append(all, e.Fails, e.Passes), e.Others...)
	}
	for _, v := range f.Clean {
		all = append(all, v.Changes)
	}
	for _, c := range all {
		_, failed := c.Apply(&f.Base)
		list = append(list, failed...)
	}
	return list
}

// findings runs a set over the base with the changes c, beside the other forms.
func (e *examplePair) findings(set *Set, base *sheet.Table, c change.Changes) []Finding {
	return set.checkAll(e.forms(base, c))[0]
}

// forms returns the base with the changes c, and the other forms.
func (e *examplePair) forms(base *sheet.Table, c change.Changes) []*sheet.Table {
	tables := make([]*sheet.Table, 1+len(e.Others))
	tables[0], _ = c.Apply(base)
	for i, o := range e.Others {
		tables[1+i], _ = o.Apply(base)
	}
	return tables
}

// describe says what the changes c to the base are, and what the other forms are.
func (e *examplePair) describe(base *sheet.Table, c change.Changes) []string {
	return append(c.Describe(base), e.others(base)...)
}

// others says what the other forms are.
func (e *examplePair) others(base *sheet.Table) (lines []string) {
	for _, o := range e.Others {
		what := "内容相同"
		if l := o.Describe(base); len(l) > 0 {
			what = strings.Join(l, "；")
		}
		lines = append(lines, "同时报送的另一张表，"+what)
	}
	return lines
}
