package report

import (
	"fmt"
	"path"

	"github.com/xuri/excelize/v2"

	"ziping/rules"
	"ziping/sheet"
)

// Workbook is the summary of a whole run as one workbook, for those who have to
// answer for all projects: 汇总, 部门, 问题, 未报送 and 图表. Nothing in it is
// locked; its totals are formulas, which have their values with them. The same
// files in the same order give the same bytes.
//
// Add each file, then take its Bytes.
type Workbook struct {
	options     WorkbookOptions
	book        *book
	departments departmentNames
	levels      levels
	findings    *findings
	projects    []*project
	failed      []failed
	coded       bool  // a project has a 项目编码
	years       []int // in which there are projects, at most two

	// What sheets must know of others.
	summary, byName []column
	missingRows     int
}

// WorkbookOptions says what a workbook is made with.
type WorkbookOptions struct {
	Rules    []*rules.Rule            // those that were run
	Projects []*sheet.Table           // those that are expected; nil where there is no list
	Link     func(file string) string // where a file is, as seen from the workbook
}

// WorkbookSummary counts what a workbook shows.
type WorkbookSummary struct {
	Projects, Departments             int
	Passed, SentBack                  int
	Grades                            map[string]int
	NotReturned, NotListed, Duplicate int
	Unreadable                        int
	Absent                            []Absent // the rows of 未报送
}

// Absent is a row of 未报送: a project that did not come, or that came and was not
// asked for, or came twice, or a file that could not be read.
type Absent struct {
	What        string `json:"情况"` // 未报送, 名单外, 重复报送 or 读不出
	Year        int    `json:"年度"`
	Department  string `json:"主管部门"`
	Implementer string `json:"实施单位"`
	Project     string `json:"项目名称"`
	Code        string `json:"项目编码"`
	Note        string `json:"说明"`
	File        string `json:"文件"`
}

// NewWorkbook begins a workbook. Close it.
func NewWorkbook(options WorkbookOptions) (*Workbook, error) {
	b, err := newBook(summarySheet, departmentSheet, findingSheet, missingSheet, chartSheet)
	if err != nil {
		return nil, err
	}
	w := &Workbook{
		options: options, book: b, findings: newFindings(options.Rules),
		departments: departmentNames{map[string]string{}}, levels: levels{numbers: map[string]int{}},
	}
	for _, t := range options.Projects {
		w.departments.name(t.Department.Value)
	}
	_, err = w.findings.page(w)
	return w, err
}

// Close gives back what the workbook has taken.
func (w *Workbook) Close() error { return w.book.f.Close() }

// Add adds a file with the forms themselves in it: see Table.Form.
func (w *Workbook) Add(f File) error {
	if f.Err != nil {
		w.failed = append(w.failed, failed{f.Name, f.Err.Error()})
	}
	for i := range f.Tables {
		t := &f.Tables[i]
		p := w.project(&f, t)
		if len(w.projects) == maxRows-headRow {
			return fmt.Errorf("项目超过 %d 个，一张工作表放不下", maxRows-headRow)
		}
		w.projects = append(w.projects, p)
		w.coded = w.coded || p.code != ""
		w.year(int(p.year))
		if err := w.findings.add(w, p, t.Findings); err != nil {
			return err
		}
	}
	return nil
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
func (w *Workbook) link(p *project) link {
	l := w.path(p.file)
	l.text = path.Base(l.target)
	if p.several {
		l.text += "（工作表“" + p.sheet + "”）"
	}
	return l
}

// path links a file by its whole path.
func (w *Workbook) path(file string) link {
	if w.options.Link != nil {
		file = w.options.Link(file)
	}
	return link{file, file}
}

// Bytes returns the workbook, when all files are added, and what it shows.
func (w *Workbook) Bytes() ([]byte, WorkbookSummary, error) {
	rows, gone := w.compare()
	w.missingRows = len(rows)
	departments := w.byDepartment(gone)
	for _, step := range []func() error{
		w.writeSummary,
		func() error { return w.writeDepartments(departments) },
		w.findings.close,
		func() error { return w.writeMissing(rows) },
		func() error { return w.writeCharts(len(departments)) },
		w.properties,
	} {
		if err := step(); err != nil {
			return nil, WorkbookSummary{}, err
		}
	}
	b, err := w.book.bytes()
	return b, w.count(departments, rows), err
}

// properties says what the workbook is.
func (w *Workbook) properties() error {
	return w.book.f.SetDocProps(&excelize.DocProperties{Title: w.title("财政项目支出绩效自评汇总表"), Creator: "ziping", Language: "zh-CN"})
}

func (w *Workbook) count(departments []*department, rows []missing) WorkbookSummary {
	s := WorkbookSummary{Projects: len(w.projects), Grades: map[string]int{}}
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
		a := Absent{What: r.kind, Year: r.year, Department: r.department, Implementer: r.implementer, Project: r.name, Code: r.code, Note: r.note}
		if l, ok := r.file.(link); ok {
			a.File = l.text
		}
		s.Absent = append(s.Absent, a)
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
