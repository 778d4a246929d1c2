package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/issue"
	"ziping/rules/live"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/template"
	"ziping/template/list"
)

// lists are the project lists, and what was understood of them.
type lists struct {
	part
	contents []list.File
	list     list.List // when there are no problems
	version  int
}

type listState struct {
	part
	Files       []string `json:"files"`
	Projects    int      `json:"projects"`
	Departments int      `json:"departments"`
	Indicators  int      `json:"indicators"`
	Budget      string   `json:"budget"` // of all, each as its list says it
	Version     int      `json:"version"`
}

func (l *lists) state() listState {
	x := listState{part: l.part, Files: []string{}, Projects: len(l.list.Projects), Version: l.version}
	for _, f := range l.contents {
		x.Files = append(x.Files, f.Name)
	}
	departments, budget := map[string]bool{}, 0.0
	for _, p := range l.list.Projects {
		departments[p.Department.Value] = true
		x.Indicators += len(p.Indicators)
		budget += p.Fund(sheet.WholeFund).Budget.Value
	}
	x.Departments, x.Budget = len(departments), quantity.FormatNumber(budget)
	return x
}

// takeLists reads the lists of a drop together with those that are there: projects
// and indicators may be two files. A list of the same name takes the other's place.
func (s *session) takeLists(d *drop) error {
	defer d.discard()
	s.mu.Lock()
	contents := slices.Clone(s.lists.contents)
	s.mu.Unlock()
	var errs []error
	for _, e := range d.errs {
		errs = append(errs, e.Err)
	}
	for _, f := range d.files {
		data, err := files.Read(filepath.Join(d.dir, filepath.FromSlash(f.name)))
		if err != nil {
			errs = append(errs, named(f.name, err))
			continue
		}
		contents = slices.DeleteFunc(contents, func(c list.File) bool { return c.Name == f.name })
		contents = append(contents, list.File{Name: f.name, Data: data})
	}
	return s.start("读清单", &s.lists.part, func(context.Context, *job) error {
		read, err := list.Read(contents)
		if err != nil {
			read = list.List{}
		}
		s.update(func() {
			s.lists.contents, s.lists.list = contents, read
			s.lists.version++
			s.lists.Notices = append(s.lists.Notices, read.Notices...)
			s.summary.Stale = true
		})
		return errors.Join(append(errs, err)...)
	})
}

// projects are those of the lists, to be drawn as forms.
func (s *session) projects(*http.Request) (any, error) {
	s.mu.Lock()
	projects := s.lists.list.Projects
	s.mu.Unlock()
	forms := make([]any, len(projects))
	for i, p := range projects {
		forms[i] = report.PageTable(report.Table{Project: p.Table.Project.Value, Sheet: p.Sheet, Form: p.Table})
	}
	return forms, nil
}

func (s *session) clearLists(*http.Request) (any, error) {
	s.update(func() {
		s.lists = lists{part: newPart(), version: s.lists.version + 1}
		s.summary.Stale = true
	})
	return nil, nil
}

// issuing is how templates are drawn.
type issuing struct {
	part
	layout *template.Layout // one's own; nil where there is none
	drawn  string           // the name of its file
	key    []byte
	keyed  string // the name of the key's file
	forms  []ownForm
}

type issueState struct {
	part
	Layouts []choice `json:"layouts"` // those that are built in
	Own     *choice  `json:"own"`
	Key     string   `json:"key"`
	Forms   []choice `json:"forms"` // one's own
}

// choice is something to choose, by its name.
type choice struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// layouts are those that are built in.
var layouts = sync.OnceValue(func() (list []choice) {
	for _, name := range template.Names() {
		l, err := template.Load(name)
		if err != nil {
			panic(err) // a defect of the build
		}
		list = append(list, choice{name, l.Title})
	}
	return list
})

func (i *issuing) state() issueState {
	x := issueState{part: i.part, Layouts: layouts(), Key: i.keyed, Forms: []choice{}}
	if i.layout != nil {
		x.Own = &choice{i.layout.Name, i.layout.Title}
	}
	for _, f := range i.forms {
		x.Forms = append(x.Forms, choice{f.file, f.Title})
	}
	return x
}

// setKey sets the key of templates, and of the returns that are compared with them.
func (s *session) setKey(name string, key []byte) {
	s.update(func() {
		s.issue.key, s.issue.keyed = key, name
		s.returns.Stale, s.summary.Stale = true, true
	})
}

// makeKey makes a key up, to be kept by the office.
func (s *session) makeKey(*http.Request) (any, error) {
	key := rand.Text() + rand.Text()
	const name = "密钥.txt"
	if err := s.put(name, []byte(key+"\n")); err != nil {
		return nil, err
	}
	s.setKey(name, []byte(key))
	return nil, nil
}

// makeTemplates draws the templates of the lists, or a blank one.
func (s *session) makeTemplates(r *http.Request) (any, error) {
	asked, err := asks[struct {
		Layout   string `json:"layout"`
		Password string `json:"password"`
		Blank    bool   `json:"blank"`
	}](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	contents, layout, key := s.lists.contents, s.issue.layout, s.issue.key
	s.mu.Unlock()
	if layout == nil || asked.Layout != layout.Name {
		layout, err = template.Load(asked.Layout)
		if err != nil {
			return nil, err
		}
	}
	if len(contents) == 0 && !asked.Blank {
		return nil, errors.New("请先拖入项目清单")
	}
	var checks *live.Translator
	if layout.WantsChecks() {
		checks = live.New(s.ruleSet())
	}
	return nil, s.start("生成", &s.issue.part, func(ctx context.Context, j *job) error {
		drawer, err := template.NewDrawer(layout, asked.Password)
		if err != nil {
			return err
		}
		drawer.Key = key
		dir, err := os.MkdirTemp(s.dir, "issued-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if asked.Password == "" {
			s.notice(&s.issue.part, "没有设置密码，任何人都可以撤销工作表保护")
		}
		b := issue.Batch{
			Drawer: drawer, Live: checks, Layout: layout, Dir: dir, Inputs: new(files.Inputs), Progress: j,
			Problem: func(err error) { s.problem(&s.issue.part, err) },
			Notice:  func(text string) { s.notice(&s.issue.part, text) },
			Wrote:   func(string) {},
		}
		if asked.Blank {
			err = b.Run(ctx, nil)
		} else {
			err = b.RunLists(ctx, contents)
		}
		if err != nil && err != issue.ErrSome {
			return err
		}
		return s.pack(fmt.Sprintf("%s.zip", layout.Title), dir)
	})
}

// makeExample writes a project list to fill in.
func (s *session) makeExample(*http.Request) (any, error) {
	data, err := list.Example()
	if err != nil {
		return nil, err
	}
	return nil, s.put("清单样例.xlsx", data)
}
