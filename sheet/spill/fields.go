package spill

import (
	"encoding/binary"
	"math"
	"slices"
)

// Visitor goes through the fields of a record, in their order, to write or to read them.
type Visitor interface {
	Text(*string)
	Number(*int)
	Amount(*float64)
	Truth(*bool)
}

// List has a visitor go through a list, and a function through each of its elements.
func List[T any](v Visitor, list *[]T, fields func(*T)) {
	n := len(*list)
	v.Number(&n)
	*list = slices.Grow((*list)[:0], n)[:n]
	for i := range *list {
		fields(&(*list)[i])
	}
}

// Writer is a Visitor that writes fields behind a record.
type Writer struct{ Record []byte }

// Text implements Visitor.
func (w *Writer) Text(s *string) {
	w.Record = binary.AppendUvarint(w.Record, uint64(len(*s)))
	w.Record = append(w.Record, *s...)
}

// Number implements Visitor.
func (w *Writer) Number(n *int) { w.Record = binary.AppendVarint(w.Record, int64(*n)) }

// Amount implements Visitor.
func (w *Writer) Amount(x *float64) {
	w.Record = binary.LittleEndian.AppendUint64(w.Record, math.Float64bits(*x))
}

// Truth implements Visitor.
func (w *Writer) Truth(b *bool) {
	n := byte(0)
	if *b {
		n = 1
	}
	w.Record = append(w.Record, n)
}

// Reader is a Visitor that reads the fields that a Writer wrote.
type Reader struct {
	record []byte
	texts  string // the same
	at     int
}

// NewReader returns a reader of a record, which it does not keep. The texts that it reads
// are kept together.
func NewReader(record []byte) *Reader { return &Reader{record: record, texts: string(record)} }

// Text implements Visitor.
func (r *Reader) Text(s *string) {
	n, length := binary.Uvarint(r.record[r.at:])
	r.at += length
	*s = r.texts[r.at : r.at+int(n)]
	r.at += int(n)
}

// Number implements Visitor.
func (r *Reader) Number(n *int) {
	x, length := binary.Varint(r.record[r.at:])
	*n = int(x)
	r.at += length
}

// Amount implements Visitor.
func (r *Reader) Amount(x *float64) {
	*x = math.Float64frombits(binary.LittleEndian.Uint64(r.record[r.at:]))
	r.at += 8
}

// Truth implements Visitor.
func (r *Reader) Truth(b *bool) {
	*b = r.record[r.at] == 1
	r.at++
}
