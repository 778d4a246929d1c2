package serve

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/strict"
	"ziping/template"
)

// What may be set.
const (
	ofForm      = "form"
	ofKey       = "key"
	ofLayout    = "layout"
	ofLimits    = "limits"
	ofPasswords = "passwords"
	ofRules     = "rules"
)

// ownForm is a form of the office's own, by the name of its file.
type ownForm struct {
	*sheet.Form
	file string
}

// set takes a file that says how to work.
func (s *session) set(r *http.Request) (any, error) {
	b, err := content(r)
	if err != nil {
		return nil, err
	}
	name := localName(r.URL.Query().Get("name"))
	switch r.PathValue("kind") {
	case ofForm:
		return nil, s.addForm(name, b)
	case ofKey:
		key, err := files.ParseKey(name, b)
		if err != nil {
			return nil, err
		}
		s.setKey(name, key)
	case ofLayout:
		return nil, s.setLayout(name, b)
	case ofLimits:
		lines := strings.Fields(string(b))
		limits, err := review.ParseLimits(lines)
		if err != nil {
			return nil, err
		}
		s.update(func() { s.returns.limits, s.returns.limited, s.returns.Stale = limits, lines, true })
	case ofPasswords:
		passwords := strings.FieldsFunc(string(b), func(r rune) bool { return r == '\r' || r == '\n' })
		s.update(func() { s.returns.passwords, s.returns.Stale = passwords, true })
	case ofRules:
		if _, err := s.keep(name, b); err != nil {
			return nil, err
		}
		return s.useRules(name, string(b), false)
	default:
		return nil, errors.New("没有这一种设置")
	}
	return nil, nil
}

// unset forgets such a file.
func (s *session) unset(r *http.Request) (any, error) {
	switch r.PathValue("kind") {
	case ofForm:
		s.update(func() { s.issue.forms, s.returns.Stale, s.summary.Stale = nil, true, true })
	case ofKey:
		s.setKey("", nil)
	case ofLayout:
		s.update(func() { s.issue.layout = nil })
	case ofPasswords:
		s.update(func() { s.returns.passwords, s.returns.Stale = nil, true })
	case ofRules:
		return s.useRules("", "", false)
	}
	return nil, nil
}

// ownFile is where a file of the office's own is kept: beside those that it may name.
func (s *session) ownFile(name string) string { return s.path("own", filepath.Base(name)) }

// keep keeps such a file, for others that name it.
func (s *session) keep(name string, src []byte) (file string, err error) {
	if err := standsHere(name, src); err != nil {
		return "", err
	}
	file = s.ownFile(name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", files.Explain(err)
	}
	if err := os.WriteFile(file, src, 0o600); err != nil {
		return "", named(name, err)
	}
	return file, nil
}

// standsHere refuses a file that names others elsewhere: only those that were taken
// are opened.
func standsHere(name string, src []byte) error {
	var file struct {
		Extends any `toml:"extends"`
		Form    any `toml:"form"`
	}
	_ = toml.Unmarshal(src, &file) // what is wrong with it is said where it is read
	for key, v := range map[string]any{"extends": file.Extends, "form": file.Form} {
		if other, ok := v.(string); ok && (localName(other) != other || strings.Contains(other, "/")) {
			return fmt.Errorf("%s：%s 在这里只能写内置的名称，或一个已经载入的文件的名称，不能写路径“%s”", filepath.Base(name), key, other)
		}
	}
	return nil
}

// fromOwn says of a mistake in a file of the office's own what the clerk knows: its
// name.
func (s *session) fromOwn(err error) error {
	dir := s.path("own") + string(filepath.Separator)
	short := func(text string) string { return strings.ReplaceAll(text, dir, "") }
	var list strict.Errors
	switch {
	case err == nil:
		return nil
	case errors.As(err, &list):
		for _, e := range list {
			e.File, e.Message = short(e.File), short(e.Message)
		}
		return list
	case strings.Contains(err.Error(), dir):
		return errors.New(short(err.Error()))
	}
	return err
}

// addForm takes a form of the office's own, in place of one with the same file or name.
func (s *session) addForm(name string, src []byte) error {
	file, err := s.keep(name, src)
	if err != nil {
		return err
	}
	form, err := sheet.ParseForm(file, src)
	if err != nil {
		return s.fromOwn(err)
	}
	s.update(func() {
		i := &s.issue
		i.forms = append(slices.DeleteFunc(slices.Clone(i.forms), func(f ownForm) bool { return f.Name == form.Name }), ownForm{form, filepath.Base(name)})
		s.returns.Stale, s.summary.Stale = true, true
	})
	return s.again()
}

// again reads what may name a form, since the form has changed.
func (s *session) again() error {
	s.mu.Lock()
	layout, drawn, rules := s.issue.layout, s.issue.drawn, s.rules
	s.mu.Unlock()
	var errs []error
	if layout != nil {
		src, err := os.ReadFile(s.ownFile(drawn))
		if err == nil {
			err = s.setLayout(drawn, src)
		}
		errs = append(errs, err)
	}
	if rules.source != "" {
		_, err := s.useRules(rules.name, rules.source, rules.unsaved)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// setLayout takes a layout of the office's own.
func (s *session) setLayout(name string, src []byte) error {
	file, err := s.keep(name, src)
	if err != nil {
		return err
	}
	layout, err := template.Parse(file, src)
	if err == nil {
		err = layout.ReadBack() // what can't be read back is not issued
	}
	if err != nil {
		return s.fromOwn(err)
	}
	s.update(func() { s.issue.layout, s.issue.drawn = layout, name })
	return nil
}

// forms are those that a workbook may hold; nil stands for those that are built in.
// The session is locked.
func (s *session) forms() []*sheet.Form {
	if len(s.issue.forms) == 0 {
		return nil
	}
	forms := sheet.Forms()
	for _, f := range s.issue.forms {
		forms = append(forms, f.Form)
	}
	return forms
}

// parseRules reads a file of rules.
func (s *session) parseRules(name, source string) (*rules.Set, error) {
	if err := standsHere(name, []byte(source)); err != nil {
		return nil, err
	}
	s.mu.Lock()
	forms := s.forms()
	s.mu.Unlock()
	set, err := rules.Parse(s.ownFile(name), []byte(source), forms...)
	return set, s.fromOwn(err)
}
