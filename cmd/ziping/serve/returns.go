package serve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ziping/cmd/internal/files"
	"ziping/cmd/internal/review"
	"ziping/rules"
	"ziping/sheet/returns"
	"ziping/sheet/xlsx"
)

// returnRounds are the workbooks that came back, and what was found in them.
type returnRounds struct {
	part
	Stale     bool // what was found is no longer so: the rules have changed
	rounds    []*round
	passwords []string
	limits    xlsx.Limits // of reading; zero for the usual ones
	limited   []string    // as they were written: cells=2000000

	version int // of what was found
	found   int // workbooks in it
	wrong   bool

	review *review.Review // which only jobs use; nil where there is none
	shown  string         // the file with what the page shows of it
}

// round is what came back at one time. A workbook that is put right comes in a
// later one, and takes the place of the first.
type round struct {
	drop   *drop // nil where the files are where their owner has them
	found  files.Found
	fresh  bool                          // what it takes the place of is not known yet
	Same   int                           // files that were there already, byte for byte
	gone   map[string]string             // those that do not count, by name: why
	named  map[string]string             // what each is called in the report, by its name
	forms  map[string][]returns.Identity // of each, by its name, folded
	failed map[string]bool               // those that can't be read
}

// Why a workbook does not count.
const (
	setAside = "不计入"
)

type returnState struct {
	part
	Stale     bool         `json:"stale"`
	Rounds    []roundState `json:"rounds"`
	Passwords int          `json:"passwords"`
	Limits    []string     `json:"limits"`
	Files     int          `json:"files"` // that count
	Version   int          `json:"version"`
	Found     int          `json:"found"`
	Wrong     bool         `json:"wrong"`
}

type roundState struct {
	Files    int `json:"files"`
	Same     int `json:"same"`
	Replaced int `json:"replaced"` // by later ones
}

func (x *returnRounds) state() returnState {
	y := returnState{part: x.part, Stale: x.Stale, Rounds: []roundState{}, Passwords: len(x.passwords), Limits: append([]string{}, x.limited...), Version: x.version, Found: x.found, Wrong: x.wrong}
	for _, r := range x.rounds {
		y.Rounds = append(y.Rounds, roundState{len(r.found.Files), r.Same, len(r.gone)})
		y.Files += len(r.found.Files) - len(r.gone)
	}
	return y
}

// size is how large a workbook may be, in bytes.
func (x *returnRounds) size() int64 { return cmp.Or(x.limits.Size, xlsx.DefaultLimits().Size) }

// close gives back what the returns have taken.
func (x *returnRounds) close() {
	if x.review != nil {
		x.review.Close()
		x.review = nil
	}
}

// takeReturns takes a drop as a round, and checks what counts then.
func (s *session) takeReturns(d *drop) error {
	r := &round{drop: d}
	s.mu.Lock()
	there := map[digested]bool{}
	for _, old := range s.returns.rounds {
		if old.drop != nil {
			for _, f := range old.drop.files {
				there[digested{filepath.Base(f.name), f.digest}] = true
			}
		}
	}
	s.mu.Unlock()
	for _, f := range d.files {
		if there[digested{filepath.Base(f.name), f.digest}] {
			r.Same++
			if err := d.root.Remove(filepath.FromSlash(f.name)); err != nil {
				return named(f.name, err)
			}
		}
	}
	r.found = files.Find([]string{d.dir}, files.Workbooks...).Below(d.dir)
	r.found.Errors = append(r.found.Errors, d.errs...)
	return s.begin(r)
}

// digested is a file as one knows it again.
type digested struct {
	base   string
	digest [32]byte
}

// takeLocal takes workbooks where they are: the program was started with them.
func (s *session) takeLocal(names []string) {
	found := files.Find(names, files.Workbooks...)
	dir := filepath.Dir(names[0])
	if !slices.ContainsFunc(names, func(name string) bool { return filepath.Dir(name) != dir }) {
		found = found.Below(dir)
	}
	if err := s.begin(&round{found: found}); err != nil {
		s.problem(&s.returns.part, err)
	}
}

// begin adds a round and checks all that counts.
func (s *session) begin(r *round) error {
	r.gone, r.forms, r.failed = map[string]string{}, map[string][]returns.Identity{}, map[string]bool{}
	r.fresh = true
	return s.start("审核", &s.returns.part, func(ctx context.Context, j *job) error {
		s.update(func() { s.returns.rounds, s.returns.Stale = append(s.returns.rounds, r), true })
		return s.check(ctx, j)
	})
}

// reviewAgain checks again, with other rules or without some workbook.
func (s *session) reviewAgain(*http.Request) (any, error) {
	return nil, s.start("审核", &s.returns.part, s.check)
}

// options are those of a review of this session.
func (s *session) options(j *job, p *part) review.Options {
	s.mu.Lock()
	defer s.mu.Unlock()
	return review.Options{
		Rules:    s.rules.set,
		Opener:   review.Opener{Passwords: s.returns.passwords, Key: s.issue.key, Forms: s.forms(), Limits: s.returns.limits},
		Forms:    true,
		Reported: true,
		Progress: j,
		Problem:  func(err error) { s.problem(p, err) },
		Notice:   func(text string) { s.notice(p, text) },
	}
}

// check checks all workbooks that count.
func (s *session) check(ctx context.Context, j *job) error {
	s.mu.Lock()
	rounds := slices.Clone(s.returns.rounds)
	s.mu.Unlock()
	for i, r := range rounds {
		if !r.fresh {
			continue
		}
		if err := s.replace(ctx, j, rounds[:i], r); err != nil {
			return err
		}
		r.fresh = false
	}
	found := s.counting()
	k := review.New(s.options(j, &s.returns.part))
	if err := k.Run(ctx, found); err != nil {
		k.Close()
		return err
	}
	shown, err := s.show(ctx, k)
	if err != nil {
		k.Close()
		return err
	}
	s.returns.close()
	s.update(func() {
		x := &s.returns
		_ = os.Remove(x.shown) // one that is being sent stays on Windows until the end
		x.review, x.shown, x.found, x.wrong = k, shown, k.Len(), k.Outcome() != review.Passed
		x.version++
		x.Stale, s.summary.Stale = false, true
	})
	return nil
}

// counting returns the workbooks that count, in the order of their names. Two of
// one name, from two rounds, are told apart by a number.
func (s *session) counting() files.Found {
	all, rounds := s.named()
	if rounds > 1 {
		slices.SortStableFunc(all.Files, func(a, b files.File) int { return inOrder(files.Container(a.Name), files.Container(b.Name)) })
	}
	return all
}

// named names the workbooks that count, and returns of how many rounds they are.
func (s *session) named() (files.Found, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := files.Found{Args: []string{"拖入的文件"}}
	taken := map[string]bool{}
	for _, r := range s.returns.rounds {
		r.named = map[string]string{}
		all.Errors = append(all.Errors, r.found.Errors...)
		all.Skipped = append(all.Skipped, r.found.Skipped...)
		for _, f := range r.found.Files {
			if r.gone[f.Name] != "" {
				continue
			}
			name := f.Name
			ext := filepath.Ext(name)
			for n := 2; taken[strings.ToLower(f.Name)]; n++ {
				f.Name = fmt.Sprintf("%s(%d)%s", strings.TrimSuffix(name, ext), n, ext)
			}
			taken[strings.ToLower(f.Name)] = true
			r.named[name] = f.Name
			all.Files = append(all.Files, f)
		}
	}
	return all, len(s.returns.rounds)
}

// inOrder compares names of files as a directory is gone through.
func inOrder(a, b string) int {
	split := func(name string) []string { return strings.Split(filepath.ToSlash(name), "/") }
	return slices.Compare(split(a), split(b))
}

// report sends what was found, for the page.
func (s *session) report(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	name := s.returns.shown
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/x-ndjson; charset=utf-8")
	if name == "" {
		return
	}
	http.ServeFile(w, r, name)
}

// clearReturns forgets all that came back.
func (s *session) clearReturns(*http.Request) (any, error) {
	s.mu.Lock()
	busy := s.job != nil
	s.mu.Unlock()
	if busy {
		return nil, errBusy
	}
	s.returns.close()
	s.update(func() {
		for _, r := range s.returns.rounds {
			if r.drop != nil {
				r.drop.discard()
			}
		}
		_ = os.Remove(s.returns.shown)
		s.returns = returnRounds{part: newPart(), passwords: s.returns.passwords, limits: s.returns.limits, limited: s.returns.limited, version: s.returns.version + 1}
		s.summary.Stale = true
	})
	return nil, nil
}

// returnedFile is a workbook as the page lists it.
type returnedFile struct {
	Round int    `json:"round"`
	Name  string `json:"name"`
	Gone  string `json:"gone"` // why it does not count; empty where it does
}

// returned lists what came back.
func (s *session) returned(*http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []returnedFile{}
	for i, r := range s.returns.rounds {
		for _, f := range r.found.Files {
			list = append(list, returnedFile{i + 1, f.Name, r.gone[f.Name]})
		}
	}
	return list, nil
}

// setCounted says whether a workbook counts, whatever the program thought of it.
func (s *session) setCounted(r *http.Request) (any, error) {
	asked, err := asks[struct {
		Round int    `json:"round"`
		Name  string `json:"name"`
		Count bool   `json:"count"`
	}](r)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	if s.job != nil || asked.Round < 1 || asked.Round > len(s.returns.rounds) {
		s.mu.Unlock()
		return nil, errBusy
	}
	if gone := s.returns.rounds[asked.Round-1].gone; asked.Count {
		delete(gone, asked.Name)
	} else {
		gone[asked.Name] = setAside
	}
	s.returns.Stale = true
	s.mu.Unlock()
	return s.reviewAgain(r)
}

// errNothing is the error of what can't be made of no workbooks.
var errNothing = errors.New("还没有审核过的表，请先拖入交回的表")

// ruleSet returns the rules of the session.
func (s *session) ruleSet() *rules.Set {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rules.set
}
