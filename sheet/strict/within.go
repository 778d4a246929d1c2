package strict

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Within returns where the n-th character of a text, counted from 0, stands in a file of
// TOML or JSON, of which it is the string at a position.
func Within(src []byte, at Position, text string, n int) Position {
	w := walker{rest: after(src, at), at: at}
	w.open()
	for _, r := range []rune(text)[:n] {
		w.fold()
		w.character(r)
	}
	w.fold()
	return w.at
}

// after returns what stands in a file from a position on.
func after(src []byte, at Position) string {
	rest := string(bytes.TrimPrefix(src, []byte("\ufeff")))
	for line := 1; line < at.Line; line++ {
		_, rest, _ = strings.Cut(rest, "\n")
	}
	for column := 1; column < at.Column && rest != ""; column++ {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	return rest
}

// walker goes through a string as it is written in TOML or JSON.
type walker struct {
	rest    string
	at      Position
	escapes bool // a backslash means something
	lines   bool // the string may go over several lines
}

// skip goes n characters on.
func (w *walker) skip(n int) {
	for ; n > 0 && w.rest != ""; n-- {
		r, size := utf8.DecodeRuneInString(w.rest)
		w.rest = w.rest[size:]
		if r == '\n' {
			w.at = Position{Line: w.at.Line + 1, Column: 1}
		} else {
			w.at.Column++
		}
	}
}

// open goes over the opening quotes, and the end of line that may follow three.
func (w *walker) open() {
	w.escapes = strings.HasPrefix(w.rest, `"`)
	w.lines = strings.HasPrefix(w.rest, `"""`) || strings.HasPrefix(w.rest, "'''")
	if !w.lines {
		w.skip(1)
		return
	}
	w.skip(3)
	w.newline()
}

// newline goes over an end of line, if one is next.
func (w *walker) newline() bool {
	for _, end := range []string{"\n", "\r\n"} {
		if strings.HasPrefix(w.rest, end) {
			w.skip(len(end))
			return true
		}
	}
	return false
}

// fold goes over backslashes at the end of a line, each with the white space
// that follows: they stand for nothing.
func (w *walker) fold() {
	for w.lines && w.escapes && strings.HasPrefix(w.rest, `\`) {
		space := w.rest[1 : len(w.rest)-len(strings.TrimLeft(w.rest[1:], " \t\r\n"))]
		if !strings.Contains(space, "\n") {
			return
		}
		w.skip(1 + len(space))
	}
}

// escapeLengths are the characters that an escape takes, but for those of two.
var escapeLengths = map[byte]int{'x': 4, 'u': 6, 'U': 10}

// character goes over what stands for the character r.
func (w *walker) character(r rune) {
	switch {
	case r == '\n' && w.newline():
		return
	case w.escapes && len(w.rest) > 1 && w.rest[0] == '\\':
		if r > 0xFFFF && w.rest[1] == 'u' {
			w.skip(6) // JSON takes two escapes for it
		}
		w.skip(max(2, escapeLengths[w.rest[1]]))
	default:
		w.skip(1)
	}
}
