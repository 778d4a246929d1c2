package summary

import (
	"fmt"
	"io"
	"path"
	"strings"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet/book"
	"ziping/sheet/returns"
)

// Workbook is the summary of a whole run as one workbook, for those who have to
// answer for all projects: 汇总, 部门, 问题, 未报送 and 图表. Nothing in it is
// locked; its totals are formulas, which have their values with them. The same
// files in the same order give the same bytes.
//
// Add each file, then Write it.
type Workbook struct {
	options     Options
	book        *book.Book
	departments departmentNames
	levels      levels
	findings    *findings
	replies     []replied
	projects    projectRows // that count
	aside       []absent    // those that do not
	failed      []failed
	kindsSeen   map[string]bool // by kind of form: whether it is of a whole department
	coded       bool            // a project has a 项目编码
	years       []int           // in which there are projects, at most two

	// What sheets must know of others.
	summary, byName []book.Column
	missingRows     int
}

// Options says what a workbook is made with.
type Options struct {
	Rules    []*rules.Rule            // those that were run
	Listed   []Listed                 // the projects that are expected; nil where there is no list
	Register []Registered             // what was sent back
	Link     func(file string) string // where a file is, as seen from the workbook
}

// Listed is a project that is expected, and whether a form of it came that counts.
type Listed struct {
	returns.Identity
	Returned bool
	Near     string // of one that did not come: which of those that came may be meant
}

// Counts is what a workbook shows, in numbers.
type Counts struct {
	Projects, Departments int
	Passed, SentBack      int
	Grades                map[string]int
	Doubtful              int      // projects whose amounts are not added up
	Absent                []Absent // the rows of 未报送
}

// NotReturned is how many of the listed projects did not come.
func (c *Counts) NotReturned() int { return c.what(notReturned) }

// what is how many rows of 未报送 there are of a kind.
func (c *Counts) what(kind string) int {
	n := 0
	for _, a := range c.Absent {
		if a.What == kind {
			n++
		}
	}
	return n
}

// Absent is a row of 未报送: a project that did not come, a form that is not summed
// up, or a file that could not be read.
type Absent struct {
	What        string `json:"情况"` // 未报送, 读不出, or why the form does not count: see returns.Standing
	Year        int    `json:"年度"`
	Department  string `json:"主管部门"`
	Implementer string `json:"实施单位"`
	Project     string `json:"项目名称"`
	Code        string `json:"项目编码"`
	Note        string `json:"说明"`
	File        string `json:"文件"`
}

// title is what the workbook is called.
const title = "财政项目支出绩效自评汇总表"

// New begins a workbook. Close it.
func New(options Options) *Workbook {
	b := book.New(book.Properties{Title: title}, summarySheet, departmentSheet, findingSheet, replySheet, missingSheet, registerSheet, chartSheet)
	b.Mark()
	w := &Workbook{
		options: options, book: b, findings: newFindings(options.Rules),
		departments: departmentNames{map[string]string{}}, levels: levels{numbers: map[string]int{}}, kindsSeen: map[string]bool{},
	}
	for _, l := range options.Listed {
		w.departments.name(l.Department)
	}
	w.findings.page(b)
	return w
}

// Close gives back what the workbook has taken.
func (w *Workbook) Close() error {
	w.projects.text.Close()
	return w.book.Close()
}

// Add adds a file with the forms themselves in it: see Table.Form.
func (w *Workbook) Add(f report.File) error {
	if f.Err != nil {
		w.failed = append(w.failed, failed{f.Name, f.Err.Error()})
	}
	for i := range f.Tables {
		t := &f.Tables[i]
		if t.Standing != "" {
			w.aside = append(w.aside, w.absent(t.Standing, returns.Of(t.Form), t.Reason, w.path(f.Name)))
			continue
		}
		p := w.project(&f, i)
		if w.projects.n == book.MaxRows-book.HeadRow {
			return fmt.Errorf("项目超过 %d 个，Excel 的一张工作表放不下，请分成几批汇总", book.MaxRows-book.HeadRow)
		}
		if err := w.projects.add(p); err != nil {
			return err
		}
		w.kindsSeen[p.kind] = p.whole
		w.coded = w.coded || p.code != ""
		w.year(p.year)
		w.findings.add(w, p, t.Findings)
		for _, r := range t.Replies {
			w.replies = append(w.replies, replied{p.department, strings.Clone(p.name), w.link(p), r})
		}
	}
	return w.book.Err()
}

// year notes a year, for the titles.
func (w *Workbook) year(year int) {
	if len(w.years) == 0 || len(w.years) == 1 && w.years[0] != year {
		w.years = append(w.years, year)
	}
}

// title puts the year before a title where there is only one.
func (w *Workbook) title(text string) string {
	if len(w.years) != 1 || w.years[0] == 0 {
		return text
	}
	return fmt.Sprintf("%d年度%s", w.years[0], text)
}

// link links the file of a project by its name.
func (w *Workbook) link(p *projectRow) book.Link {
	l := w.path(p.file)
	l.Text = path.Base(l.Target)
	if p.several {
		l.Text += "（工作表“" + p.sheet + "”）"
	}
	return l
}

// path links a file by its whole path.
func (w *Workbook) path(file string) book.Link {
	if w.options.Link != nil {
		file = w.options.Link(file)
	}
	return book.Link{Target: file, Text: file}
}

// Write writes the workbook, when all files are added, and returns what it shows.
func (w *Workbook) Write(to io.Writer) (Counts, error) {
	rows := w.missing()
	w.missingRows = len(rows)
	departments := w.byDepartment()
	w.writeSummary()
	w.writeDepartments(departments)
	w.writeKinds()
	w.findings.close()
	w.writeReplies()
	w.writeMissing(rows)
	w.writeRegister()
	w.writeCharts(len(departments))
	w.book.Describe(book.Properties{Title: w.title(title), Creator: "ziping"})
	if w.projects.err != nil {
		return Counts{}, w.projects.err
	}
	if err := w.book.Write(to); err != nil {
		return Counts{}, err
	}
	s := w.count(departments, rows)
	return s, w.projects.err
}

func (w *Workbook) count(departments []*department, rows []absent) Counts {
	s := Counts{Projects: w.projects.n, Grades: map[string]int{}}
	for _, d := range departments {
		if d.returned > 0 {
			s.Departments++
		}
		s.Passed += d.passed
		s.SentBack += d.returned - d.passed
		for _, g := range grades {
			s.Grades[g] += d.grades[g]
		}
	}
	for p := range w.projects.all() {
		if p.doubtful {
			s.Doubtful++
		}
	}
	for _, r := range rows {
		if l, ok := r.file.(book.Link); ok {
			r.Absent.File = l.Text
		}
		s.Absent = append(s.Absent, r.Absent)
	}
	return s
}
