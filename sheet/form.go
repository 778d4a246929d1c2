package sheet

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"ziping/sheet/strict"
)

// Form is a kind of self-evaluation form (表样): what names it on paper, and the
// words that it prints. The files in forms/ say it all; see forms/project.toml for
// the meaning of the keys. It may be used from several goroutines.
type Form struct {
	Name string
	Vocabulary

	titles []pattern
}

// formFile is a form as it is written. What it does not say is as in the form that
// it extends.
type formFile struct {
	Name    string                          `toml:"name,required"`
	Extends strict.At[string]               `toml:"extends"`
	Title   []string                        `toml:"title"`   // what names the form on paper
	Label   map[string][]string             `toml:"label"`   // by label: words for it anywhere
	Section map[Section]map[string][]string `toml:"section"` // by label: words for it in one part of the form

	strict.Position `toml:"-"`
}

//go:embed forms/*.toml
var formFiles embed.FS

const formDir = "forms"

// embedded are the forms that are built in, the usual one first.
var embedded = func() []*Form {
	var list []*Form
	for _, name := range FormNames() {
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
}()

// common has the words of the form that the others extend.
var common = &embedded[0].Vocabulary

// Forms returns the forms that are built in, the usual one first.
func Forms() []*Form { return slices.Clone(embedded) }

// usualForm is the form that a workbook holds that says nothing else.
const usualForm = "project"

// FormNames returns the names of the forms that are built in, the usual one first.
func FormNames() []string {
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
		msg := fmt.Sprintf("没有名为“%s”的表样", name)
		if s := strict.Suggest(name, FormNames()); s != "" {
			msg += fmt.Sprintf("，是否应为“%s”？", s)
		}
		return nil, fmt.Errorf("%s（内置表样：%s）", msg, strings.Join(FormNames(), "、"))
	}
	return src, nil
}

// ParseForm reads a form, an office's own as a rule. Every mistake in it is
// reported, in a strict.Errors. What it extends is a form that is built in, or a
// file beside it.
func ParseForm(file string, src []byte) (*Form, error) {
	f := &Form{Vocabulary: newVocabulary(nil)}
	words := map[Section]map[string][]string{}
	if err := f.load(file, src, words, nil); err != nil {
		return nil, err
	}
	f.Vocabulary = newVocabulary(words)
	return f, nil
}

// load adds what a file says to a form, after what the file extends says. chain has
// the files that led here.
func (f *Form) load(name string, src []byte, words map[Section]map[string][]string, chain []string) error {
	file := new(formFile)
	if err := strict.Unmarshal(name, src, file); err != nil {
		return err
	}
	if from := file.Extends.Value; from != "" {
		parent, parentSrc, err := openForm(from, name)
		if err == nil && slices.Contains(chain, parent) {
			err = fmt.Errorf("extends 循环引用：%s", strings.Join(append(chain, parent), " → "))
		}
		if err != nil {
			return strict.Errors{strict.Errorf(name, src, file.Extends.Pos, "%s", err)}
		}
		if err := f.load(parent, parentSrc, words, append(chain, parent)); err != nil {
			return err
		}
	}
	var errs strict.Errors
	for s := range file.Section {
		if !slices.Contains(sections, s) {
			errs = append(errs, strict.Errorf(name, src, file.Position, "section 应为 %s 之一；这里是“%s”", sectionNames(), s))
		}
	}
	if len(errs) > 0 {
		return errs
	}
	f.Name = file.Name
	if file.Title != nil {
		f.titles = nil
		for _, t := range file.Title {
			f.titles = append(f.titles, newPattern(t, ""))
		}
	}
	add(words, Anywhere, file.Label)
	for s, labels := range file.Section {
		add(words, s, labels)
	}
	return nil
}

func sectionNames() string {
	var names []string
	for _, s := range sections {
		names = append(names, string(s))
	}
	return strings.Join(names, "、")
}

// add puts words before those that a section has for the same labels.
func add(words map[Section]map[string][]string, s Section, labels map[string][]string) {
	if words[s] == nil {
		words[s] = map[string][]string{}
	}
	for label, list := range labels {
		words[s][label] = slices.Concat(list, words[s][label])
	}
}

// openForm returns the form that extends names, beside the file from.
func openForm(name, from string) (file string, src []byte, err error) {
	if filepath.Ext(name) != ".toml" {
		src, err = FormSource(name)
		return name + ".toml", src, err
	}
	file = filepath.Clean(name)
	if !filepath.IsAbs(file) {
		file = filepath.Join(filepath.Dir(from), file)
	}
	if src, err = os.ReadFile(file); err != nil {
		return "", nil, errors.New("extends 的表样文件 " + file + " 读不出")
	}
	return file, src, nil
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

// Equal reports whether two forms are the same one.
func (f *Form) Equal(o *Form) bool { return f == o }
