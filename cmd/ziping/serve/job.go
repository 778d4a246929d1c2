package serve

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// errBusy is the error of a session that has something else to do.
var errBusy = errors.New("正在处理，请等它完成，或先停止")

// job is what a session is doing. It is the progress of its runs.
type job struct {
	session *session
	cancel  context.CancelFunc
	done    chan struct{} // is closed when it has ended

	progress atomic.Pointer[progress]
}

// progress is how far a run is.
type progress struct {
	Verb string  `json:"verb"` // what is done with each: 审核
	Done int     `json:"done"`
	N    int     `json:"n"` // 0 where that is not known
	Rate float64 `json:"rate"`

	begun time.Time
}

// Begin implements run.Progress.
func (j *job) Begin(verb string, n int) { j.set(progress{Verb: verb, N: n, begun: time.Now()}) }

// Add implements run.Progress.
func (j *job) Add() {
	p := *j.progress.Load()
	p.Done++
	if spent := time.Since(p.begun).Seconds(); spent > 0 {
		p.Rate = float64(p.Done) / spent
	}
	j.set(p)
}

// Hide implements run.Progress.
func (j *job) Hide() {}

// End implements run.Progress.
func (j *job) End() {}

func (j *job) set(p progress) {
	j.progress.Store(&p)
	j.session.changed()
}

// start does something that takes a while, unless the session is busy. What goes
// wrong is told as a problem of the part.
func (s *session) start(verb string, part *part, work func(ctx context.Context, j *job) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	j := &job{session: s, cancel: cancel, done: make(chan struct{})}
	j.progress.Store(&progress{Verb: verb, begun: time.Now()})
	s.mu.Lock()
	if s.job != nil || s.closed {
		s.mu.Unlock()
		cancel()
		return errBusy
	}
	s.job = j
	*part = newPart()
	s.mu.Unlock()
	s.changed()
	go func() {
		defer close(j.done)
		defer cancel()
		err := guarded(func() error { return work(ctx, j) })
		if err != nil {
			s.problem(part, err)
		}
		s.mu.Lock()
		s.job = nil
		s.mu.Unlock()
		s.changed()
	}()
	return nil
}

// guarded makes a defect of ours an error: it must not end the program, and with it
// what is not downloaded.
func guarded(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("程序出错，请把这一行交给维护者：%v", p)
		}
	}()
	return work()
}

// stop stops what the session is doing, and waits for it.
func (s *session) stop() {
	s.mu.Lock()
	j := s.job
	s.mu.Unlock()
	if j != nil {
		j.cancel()
		<-j.done
	}
}
