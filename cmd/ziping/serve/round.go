package serve

import (
	"context"
	"fmt"
	"path/filepath"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/cmd/internal/run"
	"ziping/rules/report"
	"ziping/sheet/returns"
)

// replace finds the workbooks of earlier rounds whose forms all come again in a new
// one: these count no more. Of one that could not be read, that its name comes again
// must do.
func (s *session) replace(ctx context.Context, j *job, earlier []*round, r *round) error {
	if len(earlier) == 0 {
		return nil
	}
	o := s.options(j, &s.returns.part).Opener
	err := run.Each(ctx, j, "读", len(r.found.Files), func(i int) review.Reading { return o.Read(ctx, r.found.Files[i]) },
		func(i int, x review.Reading) error {
			for _, f := range x.Found {
				r.forms[r.found.Files[i].Name] = append(r.forms[r.found.Files[i].Name], returns.Of(f.Table).Folded())
			}
			return nil
		})
	if err != nil {
		return err
	}
	exact, byStem := map[returns.Identity]string{}, map[string][]string{}
	for _, f := range r.found.Files {
		for _, k := range r.forms[f.Name] {
			exact[k] = f.Name
		}
		byStem[returns.Stem(f.Name)] = append(byStem[returns.Stem(f.Name)], f.Name)
	}
	stems := map[string]string{} // found before the session is locked: there may be thousands
	for _, old := range earlier {
		for _, f := range old.found.Files {
			stems[f.Name] = returns.Stem(f.Name)
		}
	}
	again := func(name string, k returns.Identity) string {
		if k.Name != "" && exact[k] != "" {
			return exact[k]
		}
		for _, other := range byStem[stems[name]] {
			for _, o := range r.forms[other] {
				if k.Resembles(o) {
					return other
				}
			}
		}
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, old := range earlier {
		for _, f := range old.found.Files {
			if old.gone[f.Name] != "" {
				continue
			}
			by := ""
			for _, k := range old.forms[f.Name] {
				by = again(f.Name, k)
				if by == "" {
					break
				}
			}
			if same := byStem[stems[f.Name]]; old.failed[f.Name] && len(same) == 1 && filepath.Dir(same[0]) == filepath.Dir(f.Name) {
				by = same[0]
			}
			if by != "" {
				old.gone[f.Name] = fmt.Sprintf("第 %d 次拖入的“%s”替换了它", len(earlier)+1, by)
			}
		}
	}
	return nil
}

// show writes what a review found as the page shows it, and notes its forms, to
// know them when they come again. It returns the name of the file.
func (s *session) show(ctx context.Context, k *review.Review) (name string, err error) {
	s.mu.Lock()
	rounds, original := map[string]*round{}, map[string]string{}
	for _, r := range s.returns.rounds {
		r.forms, r.failed = map[string][]returns.Identity{}, map[string]bool{}
		for name, shown := range r.named {
			rounds[shown], original[shown] = r, name
		}
	}
	s.next++
	name = s.path(fmt.Sprintf("report-%d.ndjson", s.next))
	set := s.rules.set
	s.mu.Unlock()
	out, err := files.Open(nil, name, false)
	if err != nil {
		return "", err
	}
	defer out.Close()
	_, err = k.Report(ctx, noting{report.NewPageData(out, report.Options{Rules: set.Rules()}), func(f report.File) {
		r := rounds[f.Name]
		if r == nil {
			return
		}
		name := original[f.Name]
		r.failed[name] = f.Err != nil
		for _, t := range f.Tables {
			r.forms[name] = append(r.forms[name], returns.Of(t.Form).Folded())
		}
	}})
	if err != nil {
		return "", err
	}
	return name, out.Commit()
}

// noting is a report whose files are noted too.
type noting struct {
	report.Writer
	note func(report.File)
}

// Write implements report.Writer.
func (n noting) Write(f report.File) error {
	n.note(f)
	return n.Writer.Write(f)
}
