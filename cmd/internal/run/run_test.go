package run

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func TestInOrder(t *testing.T) {
	var got []int
	err := InOrder(t.Context(), 500, func(i int) int {
		time.Sleep(time.Duration(i%7) * 10 * time.Microsecond)
		return i * i
	}, func(i, square int) error {
		if square != i*i {
			t.Errorf("%d came for %d", square, i)
		}
		got = append(got, i)
		return nil
	})
	if err != nil || len(got) != 500 || !slices.IsSorted(got) {
		t.Errorf("%v, %d results, sorted %t", err, len(got), slices.IsSorted(got))
	}
}

// A run that is interrupted begins nothing new, and what was begun is emitted.
func TestInOrderInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var begun, emitted atomic.Int32
	err := InOrder(ctx, 100_000, func(i int) int { begun.Add(1); return i }, func(i, _ int) error {
		emitted.Add(1)
		if i == 50 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || begun.Load() != emitted.Load() || begun.Load() > 50_000 {
		t.Errorf("%v: %d begun, %d emitted", err, begun.Load(), emitted.Load())
	}
}

// An error of emit ends the run, and nothing is emitted after it.
func TestInOrderFails(t *testing.T) {
	failure := errors.New("full")
	emitted := 0
	err := InOrder(t.Context(), 100_000, func(i int) int { return i }, func(i, _ int) error {
		emitted++
		if i == 3 {
			return failure
		}
		return nil
	})
	if err != failure || emitted != 4 {
		t.Errorf("%v after %d", err, emitted)
	}
}
