package sheet

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"ziping/sheet/strict"
)

// Whatever a form file says, reading it ends, with a mistake that has its place or with
// a form that knows its own words, and that comes again out of its own files.
func FuzzParseForm(f *testing.F) {
	for _, form := range Forms() {
		src, err := FormSource(form.Name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Add(own)
	f.Add("name='x'\nextends='department'\ntitle=['*甲*']\n[[list]]\nname='清单'\nlabel=['甲']\n[[field]]\nname='数'\nin='清单'\ntype='数字'\nlabel=['*数']\n")
	f.Add("name='x'\nextends='x.toml'\noptional=['项目名称']\n[section.\"表头\"]\n\"得分\"=['*','**','']\n")
	f.Fuzz(func(t *testing.T, src string) {
		form, err := ParseFormFiles([]FormFile{{Name: "fuzz.toml", Text: src}})
		if err != nil {
			var errs strict.Errors
			if errors.As(err, &errs) && slices.ContainsFunc(errs, func(e *strict.Error) bool { return e.Line < 1 || e.Message == "" }) {
				t.Fatalf("no place: %v", err)
			}
			return
		}
		table := NewTable(form)
		for i := range table.Lists {
			table.Lists[i].Add()
		}
		for path := range table.All() {
			if path.Label == "" || path.Part == "" && path.Listed {
				t.Errorf("a field without a name: %q", path)
			}
		}
		for _, text := range []string{"项目名称", "市级主管部门", src, strings.Repeat("甲", 99)} {
			form.Label(text)
			for _, s := range form.Sections() {
				form.LabelIn(s, text)
			}
		}
		if len(form.Files()) == 0 {
			return
		}
		if again, err := ParseFormFiles(form.Files()); err != nil || !again.Equal(form) {
			t.Errorf("its files are not read again as the same form: %v", err)
		}
	})
}
