// Package run does a thing for each of many, in order and on every core, and
// tells how far it is.
package run

import (
	"context"
	"fmt"
	"runtime"
)

// enough is how many are worked on at a time where there are fewer cores: some wait for
// another program.
const enough = 8

// Answer lets what is asked meanwhile be answered at once: else it would wait for its
// turn behind the work. With a thread for each of those at work, and some to spare, the
// system shares the cores, which prefers who has slept.
func Answer() {
	const spare = 2
	runtime.GOMAXPROCS(max(enough, runtime.GOMAXPROCS(0)) + spare)
}

// InOrder calls work for 0 to n-1 on every core, a few at a time, and hands the
// results to emit in this order. Only a few results wait at a time, however large n is. It ends
// early when the context does, or with the error of emit; nothing is running
// any more then.
func InOrder[T any](ctx context.Context, n int, work func(i int) T, emit func(i int, result T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type job struct {
		i      int
		result chan T
	}
	workers := max(enough, runtime.GOMAXPROCS(0))
	jobs, pending := make(chan job), make(chan chan T, 4*workers)
	for range min(workers, n) { // they stay: a stack that has grown serves the next
		go func() {
			for j := range jobs {
				j.result <- work(j.i)
			}
		}()
	}
	go func() {
		defer close(pending)
		defer close(jobs)
		for i := range n {
			if ctx.Err() != nil {
				return
			}
			j := job{i, make(chan T, 1)}
			select {
			case jobs <- j:
			case <-ctx.Done():
				return
			}
			pending <- j.result
		}
	}()
	var failed error
	i := 0
	for result := range pending {
		r := <-result
		if failed == nil {
			failed = emit(i, r)
			if failed != nil {
				cancel()
			}
		}
		i++
	}
	if failed == nil && i < n {
		return ctx.Err()
	}
	return failed
}

// Each is InOrder with its progress told, and with an error that says how far it
// came when it was interrupted.
func Each[T any](ctx context.Context, p Progress, verb string, n int, work func(i int) T, emit func(i int, result T) error) error {
	if p == nil {
		p = silence{}
	}
	p.Begin(verb, n)
	defer p.End()
	done := 0
	err := InOrder(ctx, n, work, func(i int, r T) error {
		p.Hide()
		if err := emit(i, r); err != nil {
			return err
		}
		done++
		p.Add()
		return nil
	})
	if err != nil && err == ctx.Err() {
		return Interrupted{verb, done, n}
	}
	return err
}

// Interrupted is the error of a run that was stopped before its end.
type Interrupted struct {
	Verb    string // what was done, 审核
	Done, N int
}

func (i Interrupted) Error() string {
	return fmt.Sprintf("已中断：%s了 %d / %d 个；已写出的文件都是完整的，其余没有写", i.Verb, i.Done, i.N)
}
