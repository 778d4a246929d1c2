package template

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"ziping/sheet"
	"ziping/sheet/strict"
)

//go:embed layouts/*.toml
var layoutFiles embed.FS

const layoutDir = "layouts"

// Names returns the names of the layouts that are built in.
func Names() []string {
	var names []string
	files, _ := fs.Glob(layoutFiles, layoutDir+"/*.toml")
	for _, f := range files {
		if l, err := builtin(nameOf(f)); err == nil && len(l.Row) > 0 {
			names = append(names, l.Name)
		}
	}
	return names
}

// Versions returns the versions of the layouts that are built in, by name. Only the head
// of their files is read.
func Versions() map[string]int {
	versions := map[string]int{}
	files, _ := fs.Glob(layoutFiles, layoutDir+"/*.toml")
	for _, f := range files {
		src, err := layoutFiles.ReadFile(f)
		if err != nil {
			continue
		}
		var layout struct{ Version int }
		head, _, _ := strings.Cut(string(src), "\n[") // keys of the file stand before its tables
		if err := toml.Unmarshal([]byte(head), &layout); err != nil {
			panic(err) // a defect of the build
		}
		if layout.Version > 0 {
			versions[nameOf(f)] = layout.Version
		}
	}
	return versions
}

func nameOf(file string) string { return strings.TrimSuffix(path.Base(file), ".toml") }

// Source returns the file of a built-in layout.
func Source(name string) ([]byte, error) {
	src, err := layoutFiles.ReadFile(path.Join(layoutDir, name+".toml"))
	if err != nil {
		return nil, fmt.Errorf("没有名为“%s”的版式%s（内置版式：%s）", name, strict.Meant(name, Names()), strings.Join(Names(), "、"))
	}
	return src, nil
}

// Load returns a built-in layout.
func Load(name string) (*Layout, error) {
	l, err := builtin(name)
	if err != nil {
		return nil, err
	}
	return l, l.check(name + ".toml")
}

func builtin(name string) (*Layout, error) {
	src, err := Source(name)
	if err != nil {
		return nil, err
	}
	l, err := decode(name+".toml", src, nil)
	if err != nil {
		return nil, err
	}
	l.builtIn = true
	return l, l.setForm(name + ".toml")
}

// Parse reads a layout of the user's own. file is for errors, and what the layout
// extends may stand beside it.
func Parse(file string, src []byte) (*Layout, error) {
	l, err := decode(file, src, nil)
	if err == nil {
		err = l.setForm(file)
	}
	if err != nil {
		return nil, err
	}
	return l, l.check(file)
}

// decode decodes a layout and lays it over the one that it extends: one that is built
// in, or a file beside it. chain has the files that led here.
func decode(file string, src []byte, chain []string) (*Layout, error) {
	l := &Layout{file: file}
	if err := strict.Unmarshal(file, src, l); err != nil {
		return l, err
	}
	fail := func(at strict.Position, format string, args ...any) (*Layout, error) {
		return nil, strict.Errors{strict.Errorf(file, src, at, format, args...)}
	}
	from := l.Extends
	if from.Value == "" {
		if l.Style == nil && l.Input == nil && len(l.Row) > 0 {
			return fail(l.Position, "没有写 extends，样式、页面和填写说明都无处可取：请加上 extends = \"base\"，或另一个版式")
		}
		if len(l.Edit) > 0 {
			return fail(l.Edit[0].Position, "[[edit]] 改动的是 extends 的版式中的行：请写明 extends")
		}
		return l, nil
	}
	parentFile, parentSrc, err := openBeside(from.Value, file)
	if err == nil && slices.Contains(chain, parentFile) {
		err = fmt.Errorf("extends 循环引用：%s", strings.Join(append(chain, parentFile), " → "))
	}
	if err != nil {
		return fail(from.Pos, "%s", err)
	}
	parent, err := decode(parentFile, parentSrc, append(chain, parentFile))
	if err != nil {
		return nil, err
	}
	if err := l.inherit(parent); err != nil {
		return nil, strict.Errors{strict.Errorf(file, src, err.(*strict.Error).Position, "%s", err.(*strict.Error).Message)}
	}
	return l, nil
}

// openBeside returns the layout that extends names, beside the file from.
func openBeside(name, from string) (file string, src []byte, err error) {
	if filepath.Ext(name) != ".toml" {
		src, err = Source(name)
		return name + ".toml", src, err
	}
	file = strict.Beside(name, from)
	src, err = os.ReadFile(file)
	if err != nil {
		err = errors.New("extends 的版式文件 " + file + " 读不出")
	}
	return file, src, err
}

// setForm finds the form that a layout draws: the one that it names, else that of its
// title.
func (l *Layout) setForm(file string) error {
	if l.Form.Value != "" {
		form, err := sheet.OpenForm(l.Form.Value, file)
		var errs strict.Errors
		if err != nil && !errors.As(err, &errs) {
			err = strict.Errors{{File: file, Position: l.Form.Pos, Message: err.Error()}}
		}
		l.form = form
		return err
	}
	l.form = sheet.Forms()[0]
	most := 0
	for _, f := range sheet.Forms() {
		for _, r := range l.Row {
			for _, c := range r.Cells {
				if n := f.Titled(c.Text); n > most && strings.Contains(c.Text, "自评") {
					most, l.form = n, f
				}
			}
		}
	}
	return nil
}

// Drawn returns the form that the layout draws.
func (l *Layout) Drawn() *sheet.Form { return l.form }

// inherit takes from a parent what the layout does not say itself: whole lists,
// the entries of tables, and what a style or the page leaves open. A mistake in what
// is taken is one of the line that takes it.
func (l *Layout) inherit(parent *Layout) error {
	at := l.Extends.Pos
	l.Title = cmp.Or(l.Title, parent.Title)
	l.Sheet = cmp.Or(l.Sheet, parent.Sheet)
	if l.Checks == nil {
		l.Checks = parent.Checks
	}
	if l.Form.Value == "" && parent.Form.Value != "" {
		l.Form = strict.At[string]{Value: parent.Form.Value, Pos: at}
		if filepath.Ext(parent.Form.Value) == ".toml" && !filepath.IsAbs(parent.Form.Value) { // beside the parent
			rel, err := filepath.Rel(filepath.Dir(l.file), filepath.Join(filepath.Dir(parent.file), parent.Form.Value))
			if err == nil {
				l.Form.Value = rel
			}
		}
	}
	l.Page.lay(parent.Page, at)
	if l.Columns == nil {
		l.Columns = parent.Columns
	}
	if l.Blank == nil {
		l.Blank = parent.Blank
	}
	if l.Row == nil {
		l.Row = parent.Row
		for i := range l.Row {
			l.Row[i].Position = at
			for j := range l.Row[i].Cells {
				l.Row[i].Cells[j].Position = at
			}
		}
	} else if len(l.Edit) > 0 {
		return &strict.Error{Position: l.Edit[0].Position, Message: "[[row]] 写出了全部的行，[[edit]] 就没有可改的了：只写其中一种"}
	}
	if err := l.edit(); err != nil {
		return err
	}
	if l.Highlight == nil {
		l.Highlight = parent.Highlight
		for i := range l.Highlight {
			l.Highlight[i].Position = at
		}
	}
	l.Default = inherit(l.Default, parent.Default, nil)
	l.Weights = inherit(l.Weights, parent.Weights, nil)
	l.Input = inherit(l.Input, parent.Input, func(in Input, own *Input) Input {
		if own != nil {
			return *own
		}
		in.Position = at
		return in
	})
	l.Style = inherit(l.Style, parent.Style, func(s Style, own *Style) Style {
		s.Position = at
		if own != nil {
			s.lay(*own)
			s.Position = own.Position
		}
		return s
	})
	return nil
}

// lay takes from the page of a parent what the page does not say itself.
func (p *PageSetup) lay(parent PageSetup, at strict.Position) {
	if *p == (PageSetup{}) {
		p.Position = at
	}
	p.Paper, p.Orientation = cmp.Or(p.Paper, parent.Paper), cmp.Or(p.Orientation, parent.Orientation)
	p.Center, p.Footer = cmp.Or(p.Center, parent.Center), cmp.Or(p.Footer, parent.Footer)
	m, o := &p.Margins, &parent.Margins
	m.Top, m.Bottom, m.Left, m.Right = cmp.Or(m.Top, o.Top), cmp.Or(m.Bottom, o.Bottom), cmp.Or(m.Left, o.Left), cmp.Or(m.Right, o.Right)
	m.Header, m.Footer = cmp.Or(m.Header, o.Header), cmp.Or(m.Footer, o.Footer)
}

// inherit returns the entries of both tables, an entry of the parent as take has
// it beside the layout's own.
func inherit[V any](own, parent map[string]V, take func(parent V, own *V) V) map[string]V {
	m := maps.Clone(own)
	if m == nil {
		m = map[string]V{}
	}
	for name, v := range parent {
		mine, ok := own[name]
		switch {
		case !ok && take == nil:
			m[name] = v
		case !ok:
			m[name] = take(v, nil)
		case take != nil:
			m[name] = take(v, &mine)
		}
	}
	return m
}
