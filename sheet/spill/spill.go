// Package spill keeps bytes until all are there: in memory while they are few, beyond that
// in a temporary file, so that memory does not grow with their number.
package spill

import (
	"bytes"
	"io"
	"os"
	"slices"
)

// Error is one of a temporary file, which is in the folder that os.TempDir names.
type Error struct {
	What string // could not be done: 无法写临时文件
	Err  error
}

// Error implements error.
func (e *Error) Error() string { return e.What + "：" + e.Err.Error() }

// Unwrap returns what the system says.
func (e *Error) Unwrap() error { return e.Err }

// Most is how many bytes of a Text are kept in memory.
const Most = 1 << 20

// Text is a text of any length. Its zero value is empty.
type Text struct {
	Tail []byte // its end, to which may be appended; then Spill

	file  *os.File
	filed int64 // bytes in the file
}

// Write appends to the text. It implements io.Writer.
func (t *Text) Write(b []byte) (int, error) {
	t.Tail = append(t.Tail, b...)
	return len(b), t.Spill()
}

// Spill moves the end into the file when there is much of it.
func (t *Text) Spill() error {
	if len(t.Tail) < Most {
		return nil
	}
	if t.file == nil {
		file, err := os.CreateTemp("", "ziping-*.tmp")
		if err != nil {
			return &Error{"无法建立临时文件", err}
		}
		// Where a file without a name stays open, not even a kill leaves it behind.
		_ = os.Remove(file.Name())
		t.file = file
	}
	if _, err := t.file.Write(t.Tail); err != nil {
		return &Error{"无法写临时文件", err}
	}
	t.filed += int64(len(t.Tail))
	t.Tail = t.Tail[:0]
	return nil
}

// Len returns how long the text is, in bytes.
func (t *Text) Len() int64 { return t.filed + int64(len(t.Tail)) }

// Between returns what stands between two places between which Spill was not called: in
// the buffer, if that is large enough, where filed tells that it is from the file. It may
// be called from several goroutines when all is there; what it returns must not be
// changed.
func (t *Text) Between(begin, end int64, buffer []byte) (text []byte, filed bool, err error) {
	if begin >= t.filed {
		return t.Tail[begin-t.filed : end-t.filed], false, nil
	}
	buffer = slices.Grow(buffer[:0], int(end-begin))[:end-begin]
	if _, err := t.file.ReadAt(buffer, begin); err != nil {
		return nil, true, &Error{"无法读临时文件", err}
	}
	return buffer, true, nil
}

// Reader reads the text, when all is there.
func (t *Text) Reader() io.Reader { return t.section(0, t.Len()) }

// section reads what stands between two places.
func (t *Text) section(begin, end int64) io.Reader {
	tail := bytes.NewReader(t.Tail[max(begin-t.filed, 0):max(end-t.filed, 0)])
	if begin >= t.filed {
		return tail
	}
	return io.MultiReader(io.NewSectionReader(t.file, begin, min(end, t.filed)-begin), tail)
}

// Close gives the space back.
func (t *Text) Close() {
	if t.file != nil {
		t.file.Close()
		os.Remove(t.file.Name())
	}
}
