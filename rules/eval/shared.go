package eval

import (
	"sync"

	"github.com/expr-lang/expr/ast"
)

// Shared are the parts that expressions have in common: 去空白(实际完成值) stands in many
// rules, and comes to the same in each as long as no value changes.
type Shared struct {
	Varying []bool // by places: the values that change while the others stay

	mu     sync.Mutex
	places map[string]int // of what the parts came to in a frame, by their texts
}

// Varies reports whether the value of a place changes while others stay.
func (s *Shared) Varies(place int) bool { return place < len(s.Varying) && s.Varying[place] }

// place returns the place of a part.
func (s *Shared) place(text string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	place, ok := s.places[text]
	if !ok {
		if s.places == nil {
			s.places = map[string]int{}
		}
		place = len(s.places)
		s.places[text] = place
	}
	return place
}

// result is what a part came to: in the field of its type.
type result struct {
	version uint64 // of the values
	err     error

	text   string
	number float64
	whole  int
	truth  bool
	value  any
}

// Set gives a value to a place; nil is unknown.
func (f *Frame) Set(place int, v any, varies bool) {
	f.Values[place] = v
	f.versions[varying]++
	if !varies {
		f.versions[lasting]++
	}
}

// Reset begins anew with other values: what parts came to no longer holds.
func (f *Frame) Reset(values []any) {
	f.Values = append(f.Values[:0], values...)
	f.versions[varying]++
	f.versions[lasting]++
}

// Changed tells that functions see something else now than they did.
func (f *Frame) Changed() { f.versions[varying]++ }

// lifetime is how long what a part came to holds.
type lifetime int

const (
	lasting lifetime = iota // while the values stay that do not vary
	varying                 // while all do
)

// met counts what was met of a node and below it.
type met struct {
	varying int // values that vary
	items   int // items of a loop around the node
}

// meet counts a value that a node names.
func (c *compiler) meet(place int) {
	if c.Shared != nil && c.Shared.Varies(place) {
		c.met.varying++
	}
}

// shared makes a part that is evaluated once for all expressions that have it. One that
// looks at the item of a loop around it is not shared, nor one whose text another has too.
func (c *compiler) shared(node ast.Node, compile func() any) any {
	before := c.met
	part := compile()
	if c.Shared == nil || part == nil || c.met.items > before.items || ast.Find(node, bracketless) != nil {
		return part
	}
	place, holds := c.Shared.place(node.String()), lasting
	if c.met.varying > before.varying {
		holds = varying
	}
	switch part := part.(type) {
	case text:
		return kept(part, place, holds, func(r *result) *string { return &r.text })
	case number:
		return kept(part, place, holds, func(r *result) *float64 { return &r.number })
	case integer:
		return kept(part, place, holds, func(r *result) *int { return &r.whole })
	case boolean:
		return kept(part, place, holds, func(r *result) *bool { return &r.truth })
	}
	return kept(part.(value), place, holds, func(r *result) *any { return &r.value })
}

// kept makes a part that is evaluated once as long as what it came to holds.
func kept[T any](part func(*Frame) (T, error), place int, holds lifetime, in func(*result) *T) func(*Frame) (T, error) {
	return func(f *Frame) (T, error) {
		for place >= len(f.results) {
			f.results = append(f.results, result{})
		}
		version := f.versions[holds] + 1 // that of no result is 0
		if r := &f.results[place]; r.version == version {
			return *in(r), r.err
		}
		v, err := part(f)
		r := &f.results[place]
		r.version, r.err, *in(r) = version, err, v
		return v, err
	}
}

// bracketless reports whether a node is printed like another: (a ? b : c)[0] without its
// brackets.
func bracketless(node ast.Node) bool {
	member, is := node.(*ast.MemberNode)
	if !is {
		return false
	}
	_, is = member.Node.(*ast.ConditionalNode)
	return is
}
