package campaign

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"ziping/sheet"
	"ziping/template"
)

// Options say what to make up.
type Options struct {
	Projects int
	Seed     uint64  // the same seed, the same campaign
	Faulty   float64 // the fraction of forms with faults
}

// Fault is what check must find: one finding.
type Fault struct {
	File  string `json:"file"`  // in the directory of the campaign
	Fault string `json:"fault"` // what was got wrong; it may have several findings
	Rule  string `json:"rule"`
	Cell  string `json:"cell"`
	Field string `json:"field"`
}

// Write makes up a campaign and writes it into a directory: the project files
// as DIR/projects/主管部门/项目名称.toml, the workbooks that came back as
// DIR/returned/主管部门/项目名称.xlsx, what check must find as DIR/faults.jsonl.
func Write(dir string, o Options) ([]Fault, error) {
	l, err := template.Load(layout)
	if err != nil {
		return nil, err
	}
	d, err := template.NewDrawer(l, "")
	if err != nil {
		return nil, err
	}
	c := newCampaign(o)
	w := writer{dir: dir, drawer: d}
	if err := w.write(c, o.Projects); err != nil {
		return nil, err
	}
	return c.faults, writeFaults(filepath.Join(dir, "faults.jsonl"), c.faults)
}

func writeFaults(name string, faults []Fault) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	e := json.NewEncoder(b)
	for _, x := range faults {
		if err := e.Encode(x); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(b.Flush(), f.Close())
}

// campaign makes up forms, one after another.
type campaign struct {
	rand    *rand.Rand
	faulty  float64
	taken   taken
	faults  []Fault
	planted map[string]int // how often a fault was planted, by its name
	source  *source        // an explanation that another project may copy
}

type source struct{ file, cell, path, text string }

func newCampaign(o Options) *campaign {
	return &campaign{
		rand: rand.New(rand.NewPCG(o.Seed, 0)), faulty: o.Faulty,
		taken: taken{map[string]bool{}, map[string]bool{}}, planted: map[string]int{},
	}
}

// madeProject is what is written of one project.
type madeProject struct {
	issued    *sheet.Table // as it was meant to be
	form      *madeForm
	completed *sheet.Table
	name      string   // of the project file, without its ending
	returned  []string // the workbooks
}

// next makes up the next project.
func (c *campaign) next() *madeProject {
	f := newForm(c.rand, &c.taken)
	name := f.table.Department.Value + "/" + f.project
	p := &madeProject{issued: issued(f.completed()), form: f, name: name, returned: []string{"returned/" + name + ".xlsx"}}
	if c.rand.Float64() < c.faulty {
		c.spoil(f)
	}
	f.settle()
	for _, do := range f.late {
		do()
	}
	p.completed = f.completed()
	if f.again {
		p.returned = append(p.returned, "returned/"+name+"(2).xlsx")
	}
	for _, file := range p.returned {
		for _, x := range f.found {
			c.faults = append(c.faults, Fault{file, x.fault, x.rule, f.cell(x.path), x.path})
		}
	}
	c.keepSource(p)
	return p
}

// spoil plants one to three faults in a form.
func (c *campaign) spoil(f *madeForm) {
	list := slices.Concat(formFaults, contentFaults, moneyFaults, rowFaults, answerFaults)
	for range 1 + c.rand.IntN(3) {
		c.plant(f, list)
		list = slices.Concat(rowFaults, answerFaults)
		if !slices.ContainsFunc(f.rows, func(r *row) bool { return !r.marked }) {
			return // no row is left for another
		}
	}
}

// plant plants one fault of a list: of those that this form can have, one that was
// planted least often, so that what few forms can have is planted too.
func (c *campaign) plant(f *madeForm, list []fault) {
	c.rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	slices.SortStableFunc(list, func(a, b fault) int { return c.planted[a.name] - c.planted[b.name] })
	for _, x := range list {
		f.planting = x.name
		if x.plant(c, f) {
			c.planted[x.name]++
			return
		}
	}
}

// keepSource keeps an explanation of a form, if it has one that is right.
func (c *campaign) keepSource(p *madeProject) {
	for i, r := range p.form.rows {
		if r.missed() && !r.marked && !p.form.again && p.form.table.Project.Value != "" {
			path := indicatorPath(i, sheet.LabelDeviation)
			c.source = &source{p.returned[0], p.form.cell(path), path, r.Deviation.Value}
			return
		}
	}
}

// writer writes projects.
type writer struct {
	dir    string
	drawer *template.Drawer
}

// write writes projects on every core.
func (w *writer) write(c *campaign, n int) error {
	projects := make(chan *madeProject)
	var workers sync.WaitGroup
	errs := make([]error, runtime.GOMAXPROCS(0))
	for i := range errs {
		workers.Go(func() {
			for p := range projects {
				if err := w.project(p); err != nil && errs[i] == nil {
					errs[i] = fmt.Errorf("%s：%w", p.name, err)
				}
			}
		})
	}
	for range n {
		projects <- c.next()
	}
	close(projects)
	workers.Wait()
	return errors.Join(errs...)
}

func (w *writer) project(p *madeProject) error {
	toml, err := p.issued.MarshalTOML()
	if err != nil {
		return err
	}
	if err := w.file("projects/"+p.name+".toml", toml); err != nil {
		return err
	}
	data, err := p.workbook(w.drawer)
	if err != nil {
		return err
	}
	for _, name := range p.returned {
		if err := w.file(name, data); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) file(name string, data []byte) error {
	name = filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
