package serve

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"ziping/cmd/internal/files"
	"ziping/rules"
	"ziping/sheet/strict"
)

// session is the work of one browser: what was dropped, what came out of it, and
// what was not downloaded yet.
type session struct {
	dir     string // for its files
	version string // of the program
	watch   *watch

	mu      sync.Mutex // of all below; never held while something is calculated
	closed  bool
	bye     bool // the page said that it is closed
	job     *job
	streams map[chan struct{}]bool // of the pages that want to know of changes

	drop    *drop // that is under way
	broken  string
	lists   lists
	issue   issuing
	returns returnRounds
	summary summing
	rules   ruleBook
	outputs []*output
	next    int // the number of the next output
}

// part is what is told of one part of the work.
type part struct {
	Problems []string `json:"problems"`
	Notices  []string `json:"notices"`
}

func newPart() part { return part{Problems: []string{}, Notices: []string{}} }

func newSession(dir, version string, w *watch) (*session, error) {
	dir, err := os.MkdirTemp(dir, "session-")
	if err != nil {
		return nil, files.Explain(err)
	}
	s := &session{dir: dir, version: version, watch: w, streams: map[chan struct{}]bool{}}
	s.lists.part, s.issue.part, s.returns.part, s.summary.part = newPart(), newPart(), newPart(), newPart()
	s.rules.part, s.outputs = newPart(), []*output{}
	s.rules.set, err = rules.Default()
	return s, err
}

// close ends what the session does. Its files go with those of the program.
func (s *session) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	s.returns.close()
}

// path returns a place among the session's files.
func (s *session) path(name ...string) string {
	return filepath.Join(append([]string{s.dir}, name...)...)
}

// changed lets the pages know that there is something new.
func (s *session) changed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.streams {
		select {
		case c <- struct{}{}:
		default: // it will look anyway
		}
	}
}

// update changes the session and lets the pages know.
func (s *session) update(change func()) {
	s.mu.Lock()
	change()
	s.mu.Unlock()
	s.changed()
}

// most is how many problems of a part are told: nobody reads on.
const most = 500

// problem tells of something that went wrong.
func (s *session) problem(p *part, err error) {
	s.update(func() {
		for _, text := range texts(err) {
			if len(p.Problems) < most {
				p.Problems = append(p.Problems, text)
			}
		}
	})
}

func (s *session) notice(p *part, text string) {
	s.update(func() { p.Notices = append(p.Notices, text) })
}

// texts returns what an error says, each of several on its own; a mistake in a file
// of rules or of a layout with its line.
func texts(err error) []string {
	if mistake := new(strict.Error); errors.As(err, &mistake) && err == error(mistake) {
		return []string{mistake.Picture()}
	}
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		var all []string
		for _, e := range list.Unwrap() {
			all = append(all, texts(e)...)
		}
		return all
	}
	return []string{files.Explain(err).Error()}
}

// unsaved reports whether something would be lost if the session ended now.
func (s *session) unsaved() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.job != nil || s.drop != nil || s.rules.unsaved || slices.ContainsFunc(s.outputs, func(o *output) bool { return !o.Taken })
}

// grace is how long the session's page is waited for when it is gone.
func (s *session) grace() time.Duration {
	unsaved := s.unsaved()
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !unsaved:
		return graceClean
	case s.bye:
		return graceBye
	}
	return graceSleep
}
