package serve

import (
	"testing"
	"testing/synctest"
	"time"
)

// The program waits for the first page for ever, and for one that is gone as long as
// it was told to; one that is loaded anew is back before.
func TestWatch(t *testing.T) {
	gone := func(w *watch) bool {
		synctest.Wait()
		select {
		case <-w.gone:
			return true
		default:
			return false
		}
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWatch()
		time.Sleep(100 * time.Hour)
		if gone(w) {
			t.Error("it ended before a page came")
		}
		w.come()
		w.leave(graceClean) // loaded anew
		time.Sleep(graceClean - time.Second)
		w.come()
		w.come()
		w.leave(graceClean) // one of two
		time.Sleep(100 * time.Hour)
		if gone(w) {
			t.Error("it ended while there was a page")
		}
		w.leave(graceSleep)
		time.Sleep(graceClean + time.Second)
		if gone(w) {
			t.Error("it did not wait for one that may be asleep")
		}
		w.wait(graceClean) // it says goodbye after all
		time.Sleep(graceClean - time.Second)
		if gone(w) {
			t.Error("it did not wait after a goodbye")
		}
		time.Sleep(2 * time.Second)
		if !gone(w) {
			t.Error("it did not end")
		}
		w.end() // again does no harm
	})
}

// How long the page is waited for is by what would be lost.
func TestGrace(t *testing.T) {
	u := newUser(t, newServer(t, Options{})).enter()
	s := u.session()
	if got := s.grace(); got != graceClean {
		t.Errorf("with nothing to lose it is %v", got)
	}
	u.done("POST", "/api/example", "")
	if got := s.grace(); got != graceSleep {
		t.Errorf("with something not downloaded it is %v", got)
	}
	if r, _ := u.ask("POST", "/api/goodbye", "", nil); r.StatusCode != 204 {
		t.Errorf("goodbye: %s", r.Status)
	}
	if got := s.grace(); got != graceBye {
		t.Errorf("after a goodbye it is %v", got)
	}
	u.done("GET", "/api/outputs/1/x", "")
	for s.unsaved() { // until the program knows that it was sent
		time.Sleep(time.Millisecond)
	}
	if got := s.grace(); got != graceClean {
		t.Errorf("when it is downloaded it is %v", got)
	}
}
