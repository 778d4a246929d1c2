package review

import (
	"fmt"
	"path/filepath"
	"slices"

	"ziping/cmd/internal/files"
	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/strict"
)

// LoadRules reads a rule file, the default rules if there is none. Its mistakes
// come with their lines.
// They may name what only some of the forms have.
func LoadRules(file string, forms ...*sheet.Form) (*rules.Set, error) {
	if file == "" {
		return rules.Default()
	}
	src, err := files.ReadText(file)
	if err != nil {
		return nil, err
	}
	return rules.Parse(file, src, forms...)
}

// LoadForms reads forms of an office's own, or takes those that are built in by their
// names, and returns them after all that are built in; without any, nil.
func LoadForms(names []string) ([]*sheet.Form, error) {
	if len(names) == 0 {
		return nil, nil
	}
	forms := sheet.Forms()
	for _, name := range names {
		if filepath.Ext(name) != ".toml" {
			f, err := sheet.LoadForm(name)
			if err != nil {
				return nil, err
			}
			forms = append(forms, f)
			continue
		}
		src, err := files.Read(name)
		if err != nil {
			return nil, files.Explain(err)
		}
		f, err := sheet.ParseForm(name, src)
		if err != nil {
			return nil, err
		}
		forms = append(forms, f)
	}
	return forms, nil
}

// Select returns the rules that are asked for.
func Select(set *rules.Set, only, not []string) (*rules.Set, error) {
	known := map[string]bool{}
	var ids []string
	for _, r := range set.Rules() {
		known[r.ID] = true
		ids = append(ids, r.ID)
	}
	for _, id := range slices.Concat(only, not) {
		if known[id] {
			continue
		}
		return nil, fmt.Errorf("没有“%s”这条规则%s（ziping rules list 列出全部规则）", id, strict.Meant(id, ids))
	}
	return set.Select(func(r *rules.Rule) bool {
		return (len(only) == 0 || slices.Contains(only, r.ID)) && !slices.Contains(not, r.ID)
	}), nil
}
