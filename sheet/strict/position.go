package strict

import (
	"cmp"
	"unicode/utf8"
)

// Position is a place in a file. Lines and columns count from 1, columns in
// characters (runes), as editors do. The zero Position is no place at all.
//
// A struct that stands for a table may embed Position, or have a field of this
// type tagged `toml:"-"`: it is set to the place of the table.
type Position struct{ Line, Column int }

func (p Position) compare(q Position) int {
	return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// At is a value with its place in the file. Pos is zero if the file does not
// have the value.
type At[T any] struct {
	Value T
	Pos   Position
}

// placed is what every At offers to the binder.
type placed interface {
	// place sets the position and returns a pointer to the value.
	place(Position) any
}

func (a *At[T]) place(p Position) any {
	a.Pos = p
	return &a.Value
}

// cursor turns byte offsets of a text into positions. It walks the text once,
// so offsets must not decrease from call to call.
type cursor struct {
	text   string
	offset int
	pos    Position
}

func newCursor(text string) cursor {
	return cursor{text: text, pos: Position{Line: 1, Column: 1}}
}

func (c *cursor) at(offset int) Position {
	for c.offset < min(offset, len(c.text)) {
		r, size := utf8.DecodeRuneInString(c.text[c.offset:])
		c.offset += size
		if r == '\n' {
			c.pos = Position{Line: c.pos.Line + 1, Column: 1}
		} else {
			c.pos.Column++
		}
	}
	return c.pos
}
