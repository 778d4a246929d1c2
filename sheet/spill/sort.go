package spill

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"slices"
)

// Sorter puts records in the order that bytes.Compare has: in memory while they are few,
// beyond that piece by piece in a temporary file.
type Sorter struct {
	tail   []byte // records that are in no piece yet
	bounds []bound
	pieces Text    // sorted, of records each behind its length
	ends   []int64 // of the pieces
}

// bound is where a record stands in the tail.
type bound struct{ begin, end int32 }

const (
	mostSorted  = 8 << 20  // bytes of a piece
	mergeBuffer = 16 << 10 // of each piece
)

// Add adds a record.
func (s *Sorter) Add(record []byte) error {
	begin := len(s.tail)
	s.tail = append(s.tail, record...)
	s.bounds = append(s.bounds, bound{int32(begin), int32(len(s.tail))})
	if len(s.tail) < mostSorted {
		return nil
	}
	return s.piece()
}

func (s *Sorter) record(b bound) []byte { return s.tail[b.begin:b.end] }

func (s *Sorter) sort() {
	slices.SortFunc(s.bounds, func(a, b bound) int { return bytes.Compare(s.record(a), s.record(b)) })
}

// piece makes a piece of the tail.
func (s *Sorter) piece() error {
	s.sort()
	for _, b := range s.bounds {
		s.pieces.Tail = binary.AppendUvarint(s.pieces.Tail, uint64(b.end-b.begin))
		s.pieces.Tail = append(s.pieces.Tail, s.record(b)...)
		if err := s.pieces.Spill(); err != nil {
			return err
		}
	}
	s.ends = append(s.ends, s.pieces.Len())
	s.tail, s.bounds = s.tail[:0], s.bounds[:0]
	return nil
}

// All yields the records in their order, when all are there. What it yields is good until
// the next.
func (s *Sorter) All() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if len(s.ends) == 0 {
			s.sort()
			for _, b := range s.bounds {
				if !yield(s.record(b), nil) {
					return
				}
			}
			return
		}
		if err := s.merge(func(record []byte) bool { return yield(record, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

// merge yields the records of all pieces.
func (s *Sorter) merge(yield func([]byte) bool) error {
	if len(s.bounds) > 0 {
		if err := s.piece(); err != nil {
			return err
		}
	}
	s.tail, s.bounds = nil, nil
	var heads heads
	begin := int64(0)
	for _, end := range s.ends {
		h := &head{rest: bufio.NewReaderSize(s.pieces.section(begin, end), mergeBuffer)}
		if err := h.next(); err != nil {
			return err
		}
		heads, begin = append(heads, h), end
	}
	heap.Init(&heads)
	for len(heads) > 0 {
		h := heads[0]
		if !yield(h.record) {
			return nil
		}
		switch err := h.next(); {
		case errors.Is(err, io.EOF):
			heap.Pop(&heads)
		case err != nil:
			return err
		default:
			heap.Fix(&heads, 0)
		}
	}
	return nil
}

// Close gives the space back.
func (s *Sorter) Close() {
	s.tail, s.bounds = nil, nil
	s.pieces.Close()
}

// head is the first record of what is left of a piece.
type head struct {
	record []byte
	rest   *bufio.Reader
}

// next goes on to the next record; io.EOF is that there is none.
func (h *head) next() error {
	n, err := binary.ReadUvarint(h.rest)
	if err != nil {
		return err
	}
	h.record = slices.Grow(h.record[:0], int(n))[:n]
	_, err = io.ReadFull(h.rest, h.record)
	return err
}

// heads are those of all pieces, the least first. It implements heap.Interface.
type heads []*head

func (h heads) Len() int           { return len(h) }
func (h heads) Less(i, j int) bool { return bytes.Compare(h[i].record, h[j].record) < 0 }
func (h heads) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *heads) Push(x any)        { *h = append(*h, x.(*head)) }
func (h *heads) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}
