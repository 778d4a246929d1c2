package main

import (
	"context"
	"fmt"
	"runtime"

	"github.com/urfave/cli/v2"
)

// inOrder calls work for 0 to n-1 on every core, a few at a time, and hands the results to emit
// in this order. Only a few results wait at a time, however large n is. It ends
// early when the context does, or with the error of emit; nothing is running
// any more then.
func inOrder[T any](ctx context.Context, n int, work func(i int) T, emit func(i int, result T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	const enough = 8 // some wait for another program
	workers := max(enough, runtime.GOMAXPROCS(0))
	pending := make(chan chan T, 4*workers)
	go func() {
		defer close(pending)
		slots := make(chan struct{}, workers)
		for i := range n {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
			}
			if ctx.Err() != nil {
				return
			}
			result := make(chan T, 1)
			pending <- result
			go func() {
				result <- work(i)
				<-slots
			}()
		}
	}()
	var failed error
	i := 0
	for result := range pending {
		r := <-result
		if failed == nil {
			if failed = emit(i, r); failed != nil {
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

// each is inOrder as a command does it: with the progress on stderr, and with
// an error that says how far it came when it was interrupted.
func each[T any](c *cli.Context, verb string, n int, work func(i int) T, emit func(i int, result T) error) error {
	p := newProgress(c.App.ErrWriter, verb, n)
	defer p.close()
	done := 0
	err := inOrder(c.Context, n, work, func(i int, r T) error {
		p.hide()
		if err := emit(i, r); err != nil {
			return err
		}
		done++
		p.add()
		return nil
	})
	if err != nil && err == c.Context.Err() {
		return interrupted{verb, done, n}
	}
	return err
}

// interrupted is the error of a run that was stopped by Ctrl-C.
type interrupted struct {
	verb    string
	done, n int
}

func (i interrupted) Error() string {
	return fmt.Sprintf("已中断：%s了 %d / %d 个；已写出的文件都是完整的，其余没有写", i.verb, i.done, i.n)
}
