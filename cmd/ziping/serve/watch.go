package serve

import (
	"sync"
	"time"
)

// How long the program waits for a page that is gone. One that is loaded anew is
// back within a moment. A page that said goodbye is closed; one that did not may
// be asleep, since browsers put pages away that nobody looks at.
const (
	graceClean = time.Minute      // nothing would be lost
	graceBye   = 10 * time.Minute // its user was asked, and closed it
	graceSleep = 2 * time.Hour
)

// watch sees whether there is a page. Until one has come it waits.
type watch struct {
	gone chan struct{} // is closed when the page is gone for good

	mu    sync.Mutex
	pages int
	timer *time.Timer
	ended bool
}

func newWatch() *watch { return &watch{gone: make(chan struct{})} }

// come notes that a page is there.
func (w *watch) come() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages++
	if w.timer != nil {
		w.timer.Stop()
	}
}

// leave notes that a page is no longer there.
func (w *watch) leave(grace time.Duration) {
	w.mu.Lock()
	w.pages--
	w.mu.Unlock()
	w.wait(grace)
}

// wait waits for a page, if there is none, and ends the program when none comes.
func (w *watch) wait(grace time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.pages > 0 {
		return
	}
	if w.timer != nil {
		w.timer.Stop()
	}
	w.timer = time.AfterFunc(grace, func() {
		w.mu.Lock()
		stay := w.pages > 0
		w.mu.Unlock()
		if !stay {
			w.end()
		}
	})
}

// end ends the program.
func (w *watch) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ended {
		w.ended = true
		close(w.gone)
	}
}
