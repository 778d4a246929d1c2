package summary

import (
	"fmt"
	"path"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/book"
)

// Workbook is the summary of a whole run as one workbook, for those who have to
// answer for all projects: 汇总, 部门, 问题, 未报送 and 图表. Nothing in it is
// locked; its totals are formulas, which have their values with them. The same
// files in the same order give the same bytes.
//
// Add each file, then take its Bytes.
type Workbook struct {
	options     Options
	book        *book.Book
	departments departmentNames
	levels      levels
	findings    *findings
	projects    []*project
	failed      []failed
	coded       bool  // a project has a 项目编码
	years       []int // in which there are projects, at most two

	// What sheets must know of others.
	summary, byName []book.Column
	missingRows     int
}

// Options says what a workbook is made with.
type Options struct {
	Rules    []*rules.Rule            // those that were run
	Projects []*sheet.Table           // those that are expected; nil where there is no list
	Link     func(file string) string // where a file is, as seen from the workbook
}

// Counts is what a workbook shows, in numbers.
type Counts struct {
	Projects, Departments             int
	Passed, SentBack                  int
	Grades                            map[string]int
	NotReturned, NotListed, Duplicate int
	Unreadable                        int
}

// title is what the workbook is called.
const title = "财政项目支出绩效自评汇总表"

// New begins a workbook. Close it.
func New(options Options) *Workbook {
	b := book.New(book.Properties{Title: title}, summarySheet, departmentSheet, findingSheet, missingSheet, chartSheet)
	b.Mark()
	w := &Workbook{
		options: options, book: b, findings: newFindings(options.Rules),
		departments: departmentNames{map[string]string{}}, levels: levels{numbers: map[string]int{}},
	}
	for _, t := range options.Projects {
		w.departments.name(t.Department.Value)
	}
	w.findings.page(b)
	return w
}

// Close gives back what the workbook has taken.
func (w *Workbook) Close() error { return w.book.Close() }

// Add adds a file with the forms themselves in it: see Table.Form.
func (w *Workbook) Add(f report.File) error {
	if f.Err != nil {
		w.failed = append(w.failed, failed{f.Name, f.Err.Error()})
	}
	for i := range f.Tables {
		t := &f.Tables[i]
		p := w.project(&f, t)
		if len(w.projects) == book.MaxRows-book.HeadRow {
			return fmt.Errorf("项目超过 %d 个，一张工作表放不下", book.MaxRows-book.HeadRow)
		}
		w.projects = append(w.projects, p)
		w.coded = w.coded || p.code != ""
		w.year(int(p.year))
		w.findings.add(w, p, t.Findings)
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
func (w *Workbook) link(p *project) book.Link {
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

// Bytes returns the workbook, when all files are added, and what it shows.
func (w *Workbook) Bytes() ([]byte, Counts, error) {
	rows, gone := w.compare()
	w.missingRows = len(rows)
	departments := w.byDepartment(gone)
	w.writeSummary()
	w.writeDepartments(departments)
	w.findings.close()
	w.writeMissing(rows)
	w.writeCharts(len(departments))
	w.book.Describe(book.Properties{Title: w.title(title), Creator: "ziping"})
	b, err := w.book.Bytes()
	return b, w.count(departments, rows), err
}

func (w *Workbook) count(departments []*department, rows []missing) Counts {
	s := Counts{Projects: len(w.projects), Grades: map[string]int{}}
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
	for _, r := range rows {
		switch r.kind {
		case notReturned:
			s.NotReturned++
		case notListed:
			s.NotListed++
		case twice:
			s.Duplicate++
		case unreadable:
			s.Unreadable++
		}
	}
	return s
}
