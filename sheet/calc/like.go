package calc

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Likeness is what is known of the workbooks of one kind: those whose sheets have the same
// size, with the same formulas in the same cells. What a formula took from other cells is
// kept with what it came to: where it takes the same once more, it comes to the same.
// The zero value knows nothing yet; it may be used from several goroutines.
type Likeness struct {
	mu      sync.RWMutex
	sheets  []*likeSheet
	cells   spot // how many they have
	parts   []*likePart
	places  map[place]int // the indexes of the parts
	numbers map[Value]int32
	values  []Value // by their numbers, but for the first, which is no value's
}

// fixed is a sheet of which some cells hold the same in all of them.
type fixed interface {
	Fixed(row, col int) bool
}

// likeSheet is a sheet of such workbooks.
type likeSheet struct {
	name, key  string
	rows, cols int
	index      int
	first      spot                         // of its cells
	formulas   []atomic.Pointer[remembered] // row by row
}

// formula returns what is known of the formula of a cell.
func (s *likeSheet) formula(i int) *remembered {
	f := s.formulas[i].Load()
	if f == nil {
		s.formulas[i].CompareAndSwap(nil, new(remembered))
		f = s.formulas[i].Load()
	}
	return f
}

// spot is a cell of such workbooks: they are counted row by row, one sheet after the other.
// With inPart it is the index of a likePart.
type spot uint32

const inPart = 1 << 31

func (s *sheet) spot(row, col int) spot { return s.like.first + spot((row-1)*s.cols+col-1) }

// sheet returns the sheet of a name, nil where its size is another one.
func (l *Likeness) sheet(key, name string, rows, cols int) *likeSheet {
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.IndexFunc(l.sheets, func(s *likeSheet) bool { return s.key == key })
	if i < 0 {
		i = len(l.sheets)
		l.sheets = append(l.sheets, &likeSheet{name, key, rows, cols, i, l.cells, make([]atomic.Pointer[remembered], rows*cols)})
		l.cells += spot(rows * cols)
	}
	if s := l.sheets[i]; s.rows == rows && s.cols == cols {
		return s
	}
	return nil
}

// number returns the number of a value, 0 where it has none.
func (l *Likeness) number(v Value) int32 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.numbers[v]
}

// add returns the number of a value, which has one afterwards.
func (l *Likeness) add(v Value) int32 {
	n, ok := l.numbers[v]
	if !ok {
		if l.values == nil {
			l.numbers, l.values = map[Value]int32{}, make([]Value, 1)
		}
		n = int32(len(l.values))
		v.Text = strings.Clone(v.Text) // of a form that is not kept
		l.values = append(l.values, v)
		l.numbers[v] = n
	}
	return n
}

// spares are for the numbers of the cells of a workbook, whatever it is like.
var spares sync.Pool

// known is what of a workbook is known by its Likeness.
type known struct {
	alike   []*sheet // by their indexes
	ofCells []int32  // the numbers of the values of cells
	ofParts []int32  // the numbers of the values of parts, by their indexes
	own     []Value  // those that have no number there: their own is below 0
	common  []Value  // of the Likeness, as far as they were needed
	taken   []taken  // by the formulas that are being calculated
}

// shared is what of a sheet is known by its Likeness.
type shared struct {
	like *likeSheet       // nil where it has none
	adds map[spot]*result // the formulas with a SUBTOTAL
	same fixed            // nil where no cell is the same in all of them
}

// The numbers of cells that have no value yet. Those of values that are in no Likeness
// follow below them.
const (
	unknown     = 0
	calculating = -1
	firstOwn    = -2
)

// joins gives a sheet its Likeness, where there is one.
func (c *Calculator) joins(s *sheet, key string) bool {
	if c.Like == nil {
		return false
	}
	s.like = c.Like.sheet(key, s.name, s.rows, s.cols)
	if s.like == nil {
		return false
	}
	s.same, _ = s.Sheet.(fixed)
	if c.ofCells == nil {
		if spare, ok := spares.Get().(*[]int32); ok {
			c.ofCells = *spare
		}
	}
	if end := int(s.like.first) + s.rows*s.cols; len(c.ofCells) < end {
		c.ofCells = append(c.ofCells, make([]int32, end-len(c.ofCells))...)
	}
	for len(c.alike) <= s.like.index {
		c.alike = append(c.alike, nil)
	}
	c.alike[s.like.index] = s
	return true
}

// Done says that nothing more is to be calculated.
func (c *Calculator) Done() {
	if c.Like != nil && c.ofCells != nil {
		numbers := c.ofCells
		clear(numbers)
		c.known = known{}
		spares.Put(&numbers)
	}
}

// lookAlike is look where there is a Likeness.
func (c *Calculator) lookAlike(s *sheet, row, col int) (v Value, r *result) {
	if s.like == nil {
		v, r = c.valueAt(s, row, col)
		c.taken = append(c.taken, taken{})
		return v, r
	}
	if s.same != nil && s.same.Fixed(row, col) {
		return s.Cell(row, col).Value, nil
	}
	at := s.spot(row, col)
	n := c.number(at)
	if _, ok := s.like.formulas[at-s.like.first].Load().settled(); !ok {
		c.taken = append(c.taken, taken{at, n})
	}
	return c.value(n), s.adds[at]
}

// number returns the number of the value of a cell.
func (c *Calculator) number(at spot) int32 {
	if at&inPart != 0 {
		n, _ := c.numberOfPart(int(at &^ inPart))
		return n
	}
	if int(at) < len(c.ofCells) {
		if n := c.ofCells[at]; n != unknown && n != calculating {
			return n
		}
	}
	s := c.sheetOf(at)
	i := int(at - s.like.first)
	if n, ok := s.like.formulas[i].Load().settled(); ok {
		c.ofCells[at] = n
		return n
	}
	row, col := i/s.cols+1, i%s.cols+1
	if c.ofCells[at] == calculating {
		c.circle(row, col)
	}
	n := c.numberOfCell(s, at, row, col)
	c.ofCells[at] = n
	return n
}

// forget takes back that formulas are being calculated.
func (c *Calculator) forget() {
	for i, n := range c.ofCells {
		if n == calculating {
			c.ofCells[i] = unknown
		}
	}
	clear(c.ofParts)
}

// sheetOf returns the sheet of a cell.
func (c *Calculator) sheetOf(at spot) *sheet {
	for _, s := range c.alike {
		if s != nil && s.like.first <= at && at < s.like.first+spot(s.rows*s.cols) {
			return s
		}
	}
	c.Like.mu.RLock()
	i := slices.IndexFunc(c.Like.sheets, func(s *likeSheet) bool { return s.first <= at && at < s.first+spot(s.rows*s.cols) })
	c.Like.mu.RUnlock()
	return c.sheetAt(i)
}

// sheetAt returns a sheet by its index.
func (c *Calculator) sheetAt(index int) *sheet {
	if index < len(c.alike) && c.alike[index] != nil {
		return c.alike[index]
	}
	c.Like.mu.RLock()
	name := c.Like.sheets[index].name
	c.Like.mu.RUnlock()
	return c.sheet(name)
}

// numberOfCell finds the value of a cell.
func (c *Calculator) numberOfCell(s *sheet, at spot, row, col int) int32 {
	cell := s.Cell(row, col)
	switch {
	case cell.Array:
		c.stop(errArray)
	case cell.Formula == "":
		return c.numberOf(cell.Value)
	}
	c.ofCells[at] = calculating
	return c.find(s.like.formula(int(at-s.like.first)), func() (v Value, keeps bool) {
		var r result
		v = c.formula(s, row, col, cell, &r)
		if r.subtotal {
			if s.adds == nil {
				s.adds = map[spot]*result{}
			}
			s.adds[at] = &result{subtotal: true}
		}
		return v, !r.subtotal // which depends on where others are, too
	})
}

// find finds what a formula comes to: where it takes what it took before without
// calculating it.
func (c *Calculator) find(f *remembered, calculate func() (v Value, keeps bool)) int32 {
	c.deeper()
	n, again := c.again(f.ways.Load())
	c.depth--
	if again {
		if f.again.Load() < mostWays {
			f.again.Add(1)
		}
		return n
	}
	before := len(c.taken)
	v, keeps := calculate()
	n = c.numberOf(v)
	way := c.taken[before:]
	c.taken = c.taken[:before]
	if !keeps {
		return n
	}
	return c.keep(f, way, n)
}

// again returns the number of what a formula comes to that takes what it took before.
func (c *Calculator) again(t *trace) (number int32, ok bool) {
	for t != nil && t != never {
		for _, x := range t.taken {
			n := int32(unknown)
			if int(x.at) < len(c.ofCells) {
				n = c.ofCells[x.at]
			}
			if n != x.number && (n != unknown || c.number(x.at) != x.number) {
				return 0, false
			}
		}
		if len(t.turns) == 0 {
			return t.to, true
		}
		t = t.next(c.number(t.at))
	}
	return 0, false
}

// keep keeps what a formula took, and the number of what it came to, which it returns as
// it is then.
func (c *Calculator) keep(f *remembered, way []taken, n int32) int32 {
	ways := f.ways.Load()
	if ways == never || slices.ContainsFunc(way, func(x taken) bool { return x.number == 0 }) {
		return n
	}
	c.Like.mu.Lock()
	defer c.Like.mu.Unlock()
	ways = f.ways.Load()
	if ways.ends() >= mostWays {
		if f.again.Load() < mostWays {
			f.ways.Store(never)
		}
		return n
	}
	kept := make([]taken, 0, len(way))
	seen := map[spot]bool{}
	for _, x := range way {
		if !seen[x.at] {
			seen[x.at] = true
			kept = append(kept, taken{x.at, c.added(x.number)})
		}
	}
	n = c.added(n)
	f.ways.Store(ways.with(slices.Clone(kept), n))
	return n
}

// added returns the number that a value has in the Likeness from now on.
func (c *Calculator) added(number int32) int32 {
	if number > 0 {
		return number
	}
	return c.Like.add(c.value(number))
}

// numberOf returns the number of a value: one of the workbook's own where the Likeness has
// none.
func (c *Calculator) numberOf(v Value) int32 {
	n := c.Like.number(v)
	if n == 0 {
		n = firstOwn - int32(len(c.own))
		c.own = append(c.own, v)
	}
	return n
}

// value returns the value of a number.
func (c *Calculator) value(number int32) Value {
	if number < 0 {
		return c.own[firstOwn-number]
	}
	if int(number) >= len(c.common) {
		c.Like.mu.RLock()
		c.common = c.Like.values
		c.Like.mu.RUnlock()
	}
	return c.common[number]
}
