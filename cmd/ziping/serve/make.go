package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"ziping/cmd/internal/export"
	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/cmd/internal/run"
	"ziping/rules/report"
	"ziping/rules/summary"
)

// makers make what can be downloaded of the returns, by what is asked for.
var makers = map[string]struct {
	verb string
	make func(s *session, ctx context.Context, j *job, o making) error
}{
	"report":    {"写报告", (*session).makeReport},
	"data":      {"导出", (*session).makeData},
	"copies":    {"批注", (*session).makeCopies},
	"corrected": {"批注", (*session).makeCorrected},
	"summary":   {"汇总", (*session).makeSummary},
}

// making says how something is made.
type making struct {
	Due string `json:"due"` // when copies are to come again: 2026-03-01; empty where nobody says
}

// make makes one of them.
func (s *session) make(r *http.Request) (any, error) {
	m, ok := makers[r.PathValue("what")]
	if !ok {
		return nil, errors.New("没有这一种结果")
	}
	o, err := asks[making](r)
	if err != nil {
		return nil, err
	}
	if _, err := time.Parse(time.DateOnly, o.Due); err != nil && o.Due != "" {
		return nil, fmt.Errorf("报送期限应写成 2026-03-01 这样的日期；这里是“%s”", o.Due)
	}
	s.mu.Lock()
	nothing := s.returns.found == 0
	s.mu.Unlock()
	p := &s.returns.part
	if r.PathValue("what") == "summary" {
		p = &s.summary.part
	}
	if nothing {
		return nil, errNothing
	}
	return nil, s.start(m.verb, p, func(ctx context.Context, j *job) error { return m.make(s, ctx, j, o) })
}

// makeReport writes the report as a page of its own.
func (s *session) makeReport(ctx context.Context, _ *job, _ making) error {
	return s.write("审核报告.html", func(w io.Writer) error {
		out, err := report.New("html", w, report.Options{Rules: s.ruleSet().Rules(), Version: s.version})
		if err != nil {
			return err
		}
		_, err = s.returns.review.Report(ctx, out)
		return err
	})
}

// makeData writes the forms as they were read.
func (s *session) makeData(ctx context.Context, j *job, _ making) error {
	found := s.counting()
	o := s.options(j, &s.returns.part).Opener
	return s.write("自评数据.csv", func(w io.Writer) error {
		out, err := export.New("csv", w)
		if err != nil {
			return err
		}
		err = run.Each(ctx, j, "读", len(found.Files), func(i int) review.Reading { return o.Read(ctx, found.Files[i]) },
			func(_ int, r review.Reading) error {
				for _, f := range r.Found {
					if err := out.Write(r.File, f); err != nil {
						return err
					}
				}
				return nil // what can't be read stands in the report
			})
		return errors.Join(err, out.Close())
	})
}

// makeCopies writes annotated copies, and what goes with them to the departments.
func (s *session) makeCopies(ctx context.Context, _ *job, o making) error {
	return s.copies(ctx, "批注副本.zip", review.Copies{Due: o.Due})
}

// makeCorrected is makeCopies with what follows from other cells put right.
func (s *session) makeCorrected(ctx context.Context, _ *job, o making) error {
	return s.copies(ctx, "批注副本（已更正）.zip", review.Copies{Due: o.Due, Correct: true})
}

func (s *session) copies(ctx context.Context, name string, o review.Copies) error {
	dir, err := os.MkdirTemp(s.dir, "copies-")
	if err != nil {
		return files.Explain(err)
	}
	defer os.RemoveAll(dir)
	o.Dir, o.Date, o.Inputs, o.Wrote = dir, time.Now().Format(time.DateOnly), new(files.Inputs), func(string) {}
	if err := s.returns.review.Annotate(ctx, o); err != nil {
		return err
	}
	return s.pack(name, dir)
}

// summing is the summary of what came back.
type summing struct {
	part
	Stale   bool             `json:"stale"`
	Made    bool             `json:"made"`
	Counts  summaryCounts    `json:"counts"`
	Version int              `json:"version"`
	Missing []summary.Absent `json:"-"`      // asked for by themselves: there may be thousands
	Listed  bool             `json:"listed"` // there is a list of what is expected
}

// missing are those that the summary tells of.
func (s *session) missing(*http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]summary.Absent{}, s.summary.Missing...), nil
}

// summaryCounts are what the summary shows.
type summaryCounts struct {
	Projects    int            `json:"projects"`
	Departments int            `json:"departments"`
	Passed      int            `json:"passed"`
	SentBack    int            `json:"sentBack"`
	NotReturned int            `json:"notReturned"`
	Grades      map[string]int `json:"grades"`
}

// makeSummary sums up what counts, against the lists where there are any.
func (s *session) makeSummary(ctx context.Context, j *job, _ making) error {
	s.mu.Lock()
	list := s.lists.list
	listed := len(s.lists.contents) > 0
	wrong := len(s.lists.Problems) > 0
	s.mu.Unlock()
	if wrong {
		return errors.New("项目清单还有问题，请先在“发出”一步改正，或清除清单")
	}
	o := s.options(j, &s.summary.part)
	if listed {
		o.Projects = review.ProjectsOf(list, o.Rules)
	}
	k := review.New(o)
	defer k.Close()
	if err := k.Run(ctx, s.counting()); err != nil {
		return err
	}
	var counts summary.Counts
	err := s.write("汇总.xlsx", func(w io.Writer) (err error) {
		counts, err = k.Collect(ctx, review.Summing{Dir: "."}, w)
		return err
	})
	if err != nil {
		return err
	}
	s.update(func() {
		s.summary.Stale, s.summary.Made, s.summary.Listed = false, true, listed
		s.summary.Missing = counts.Absent
		s.summary.Version++
		s.summary.Counts = summaryCounts{counts.Projects, counts.Departments, counts.Passed, counts.SentBack, counts.NotReturned(), counts.Grades}
	})
	return nil
}
