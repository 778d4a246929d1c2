package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"ziping/cmd/internal/files"
)

// state is what a page shows, but for what it asks for by a number: that of the
// forms, the report or the rules that it changes with.
type state struct {
	Version string    `json:"version"`
	Limit   int64     `json:"limit"` // of the size of a workbook, in bytes
	Kinds   []string  `json:"kinds"` // what the names of files end in that are looked at
	Job     *progress `json:"job"`
	Broken  string    `json:"broken"` // a drop that did not come whole
	Unsaved bool      `json:"unsaved"`

	Lists   listState   `json:"lists"`
	Issue   issueState  `json:"issue"`
	Returns returnState `json:"returns"`
	Summary summing     `json:"summary"`
	Rules   ruleState   `json:"rules"`
	Outputs []output    `json:"outputs"`
}

func (s *session) state() state {
	x := state{Version: s.version, Kinds: files.Workbooks, Unsaved: s.unsaved()}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.job != nil {
		x.Job = s.job.progress.Load()
	}
	x.Broken, x.Limit = s.broken, s.returns.size()
	x.Lists, x.Issue, x.Returns, x.Rules = s.lists.state(), s.issue.state(), s.returns.state(), s.rules.state()
	x.Summary = s.summary
	x.Outputs = []output{}
	for _, o := range s.outputs {
		x.Outputs = append(x.Outputs, *o)
	}
	return x
}

// How often a page hears of changes at most, and of nothing at least.
const (
	seldom = 150 * time.Millisecond
	beat   = 15 * time.Second
)

// events tells a page of all that changes, and is how we see that there is a page.
func (s *session) events(w http.ResponseWriter, r *http.Request) {
	stream := make(chan struct{}, 1)
	s.mu.Lock()
	s.streams[stream] = true
	s.bye = false
	s.mu.Unlock()
	s.watch.come()
	defer func() {
		s.mu.Lock()
		delete(s.streams, stream)
		s.mu.Unlock()
		s.watch.leave(s.grace())
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	heart := time.NewTicker(beat)
	defer heart.Stop()
	for {
		data, err := json.Marshal(s.state())
		if err == nil {
			_, err = fmt.Fprintf(w, "data: %s\n\n", data)
		}
		if err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-time.After(seldom):
		}
		select {
		case <-r.Context().Done():
			return
		case <-stream:
		case <-heart.C:
		}
	}
}

// goodbye is what a page says when it is closed, or loaded anew.
func (s *session) goodbye(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	s.bye = true
	s.mu.Unlock()
	s.watch.wait(s.grace())
	w.WriteHeader(http.StatusNoContent)
}
