package review

import (
	"errors"

	"ziping/cmd/internal/files"
	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/returns"
	"ziping/template/list"
)

// Projects are those that are expected: what they are known by, and what the list
// says that their forms must say too. A project that stands in two lists is one. Nil
// is no list.
type Projects struct {
	names   []returns.Identity
	said    []*issued.Listed
	index   *returns.List
	taken   map[returns.Identity]bool
	tables  []*sheet.Table // where rules compare with the list
	kept    bool
	records *rules.Records
}

// LoadProjects reads the projects of files and directories; nil where there are none.
func LoadProjects(found files.Found, set *rules.Set) (*Projects, error) {
	if len(found.Args) == 0 {
		return nil, nil
	}
	var errs []error
	for _, f := range found.Errors {
		errs = append(errs, f.Err)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	// Project files one by one: thousands of them would fill the memory.
	p := newProjects(set)
	var lists []string
	for _, file := range found.Names() {
		if !list.IsTable(file) {
			lists = append(lists, file)
			continue
		}
		t, err := files.Table(file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		p.take(t)
	}
	listed, err := files.Projects(lists)
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	p.takeAll(listed)
	if len(p.names) == 0 {
		return nil, found.None("项目文件")
	}
	return p.done(), nil
}

// ProjectsOf returns the projects of lists.
func ProjectsOf(projects list.List, set *rules.Set) *Projects {
	p := newProjects(set)
	p.takeAll(projects)
	return p.done()
}

func newProjects(set *rules.Set) *Projects {
	return &Projects{names: []returns.Identity{}, taken: map[returns.Identity]bool{}, kept: set.NamesList()}
}

func (p *Projects) takeAll(projects list.List) {
	for _, x := range projects.Projects {
		p.take(x.Table)
	}
}

func (p *Projects) take(t *sheet.Table) {
	name := returns.Of(t)
	if name.Name == "" || p.taken[name] { // a blank form is no project
		return
	}
	p.taken[name] = true
	p.names, p.said = append(p.names, name), append(p.said, issued.NewListed(t))
	if p.kept {
		p.tables = append(p.tables, rules.Recorded(t))
	}
}

// done makes the projects ready to be compared with.
func (p *Projects) done() *Projects {
	if p.kept {
		p.records = rules.NewRecords(p.tables)
	}
	p.index = returns.NewList(p.names)
	p.tables, p.taken = nil, nil
	return p
}

// identities are what the projects are known by, nil where there is no list.
func (p *Projects) identities() []returns.Identity {
	if p == nil {
		return nil
	}
	return p.names
}

// compare notices where a form differs from what the list says of its project.
func (p *Projects) compare(t *sheet.Table) {
	if p == nil {
		return
	}
	if i := p.index.Index(returns.Of(t)); i >= 0 {
		p.said[i].Compare(t)
	}
}

// compared are the projects as rules compare forms with them, nil where there is no
// list.
func (p *Projects) compared() *rules.Records {
	if p == nil {
		return nil
	}
	return p.records
}
