package calc

import "sync"

// scratch is memory for what is made on the way to the value of a formula, of which
// nothing is left once that is known. What is not taken of it holds nothing.
type scratch struct {
	operands arena[operand]
	values   arena[Value]
	areas    arena[sheetRange]
	arrays   arena[array]
	steps    arena[evaluation]
	numbers  arena[float64]
}

// scratches serve one calculation after the other.
var scratches = sync.Pool{New: func() any { return new(scratch) }}

// release gives back what was taken since.
func (s *scratch) release(since scratch) {
	s.operands.release(since.operands)
	s.values.release(since.values)
	s.areas.release(since.areas)
	s.arrays.release(since.arrays)
	s.steps.release(since.steps)
	s.numbers.release(since.numbers)
}

// arena is memory by the piece. A piece that is full goes with those who use it.
type arena[T any] struct{ piece []T }

// least is how many there are in a piece at least.
const least = 64

// take returns n more, which are zero.
func (a *arena[T]) take(n int) []T {
	if len(a.piece)+n > cap(a.piece) {
		a.piece = make([]T, 0, max(n, 2*cap(a.piece), least))
	}
	from := len(a.piece)
	a.piece = a.piece[:from+n]
	return a.piece[from : from+n : from+n]
}

// one returns one more.
func (a *arena[T]) one(v T) *T {
	x := &a.take(1)[0]
	*x = v
	return x
}

func (a *arena[T]) release(since arena[T]) {
	from := 0
	if cap(a.piece) == cap(since.piece) {
		from = len(since.piece)
	}
	clear(a.piece[from:])
	a.piece = a.piece[:from]
}
