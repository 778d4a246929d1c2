package calc

import (
	"slices"
	"sync/atomic"
)

// remembered is what is known of a formula.
type remembered struct {
	ways  atomic.Pointer[trace] // nil where nothing is known yet
	again atomic.Int32          // how often they were gone again, up to mostWays
}

// mostWays is how many ways are kept in which a formula came to something. Where they were
// not gone again so often meanwhile, it takes something else each time, and none is.
const mostWays = 8

// never are the ways of a formula that takes something else each time.
var never = new(trace)

// settled returns the number of what a formula comes to that took nothing in which
// workbooks differ.
func (f *remembered) settled() (number int32, ok bool) {
	if f == nil {
		return 0, false
	}
	t := f.ways.Load()
	if t == nil || t == never || len(t.taken)+len(t.turns) > 0 {
		return 0, false
	}
	return t.to, true
}

// taken is a cell that a formula took, and the number of the value that was there; 0 where
// the cell or the value is none of the Likeness.
type taken struct {
	at     spot
	number int32
}

// trace is what a formula took, one after the other, and what it came to; where it took
// different values from a cell and went on from there, traces.
type trace struct {
	taken []taken
	to    int32 // the number of the result, where turns is empty
	at    spot  // of the cell by whose value it goes on
	turns []turn
}

// turn is how a formula goes on with a value.
type turn struct {
	number int32
	trace  *trace
}

// next returns the trace by the number of a value, nil where none is known.
func (t *trace) next(number int32) *trace {
	for i := range t.turns {
		if t.turns[i].number == number {
			return t.turns[i].trace
		}
	}
	return nil
}

// ends is in how many ways a formula came to something.
func (t *trace) ends() int {
	if t == nil {
		return 0
	}
	n := 0
	for _, x := range t.turns {
		n += x.trace.ends()
	}
	return max(n, 1)
}

// with returns a trace with another way: t itself where it is one of them already.
func (t *trace) with(way []taken, to int32) *trace {
	if t == nil {
		return &trace{taken: way, to: to}
	}
	same := 0
	for same < len(t.taken) && same < len(way) && t.taken[same] == way[same] {
		same++
	}
	if same == len(way) {
		return t
	}
	at, number, rest := way[same].at, way[same].number, way[same+1:]
	var turns []turn
	switch {
	case same == len(t.taken) && len(t.turns) > 0 && t.at == at:
		turns = slices.Clone(t.turns)
	case same < len(t.taken) && t.taken[same].at == at:
		before := *t
		before.taken = t.taken[same+1:]
		turns = []turn{{t.taken[same].number, &before}}
	default:
		return t // what a formula takes next follows from what it took
	}
	i := slices.IndexFunc(turns, func(x turn) bool { return x.number == number })
	if i < 0 {
		i = len(turns)
		turns = append(turns, turn{number: number})
	}
	turns[i].trace = turns[i].trace.with(rest, to)
	return &trace{taken: t.taken[:same], at: at, turns: turns}
}
