package summary

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"math"
	"slices"

	"ziping/sheet/spill"
)

// projectRows are the rows of 汇总 until all are there. They are not kept in memory: there
// may be hundreds of thousands.
type projectRows struct {
	n    int
	text spill.Text
	err  error // the first
}

func (r *projectRows) add(p *projectRow) error {
	w := fieldWriter{row: make([]byte, 0, 512)}
	p.fields(&w)
	r.n++
	r.text.Tail = binary.AppendUvarint(r.text.Tail, uint64(len(w.row)))
	r.text.Tail = append(r.text.Tail, w.row...)
	return r.text.Spill()
}

// all yields the rows in the order in which they were added, up to an error. What it
// yields is good until the next.
func (r *projectRows) all() iter.Seq[*projectRow] {
	return func(yield func(*projectRow) bool) {
		in := bufio.NewReaderSize(r.text.Reader(), 1<<16)
		var row []byte
		p := new(projectRow)
		for range r.n {
			n, err := binary.ReadUvarint(in)
			if err == nil {
				row = slices.Grow(row[:0], int(n))[:n]
				_, err = io.ReadFull(in, row)
			}
			r.err = errors.Join(r.err, err)
			if r.err == nil {
				p.fields(&fieldReader{row: row, texts: string(row)})
			}
			if r.err != nil || !yield(p) {
				return
			}
		}
	}
}

// visitor goes through the fields of a row, to write or to read them.
type visitor interface {
	text(*string)
	number(*int)
	amount(*float64)
	truth(*bool)
}

// fields has a visitor go through all fields.
func (p *projectRow) fields(v visitor) {
	for _, s := range []*string{
		&p.file, &p.sheet, &p.listed.Name, &p.listed.Code, &p.listed.Department, &p.listed.Implementer,
		&p.department, &p.implementer, &p.name, &p.code, &p.unit, &p.grade, &p.kind,
	} {
		v.text(s)
	}
	for _, n := range []*int{&p.table, &p.listed.Year, &p.year, &p.errors, &p.warnings, &p.infos} {
		v.number(n)
	}
	for _, x := range []*float64{&p.budget, &p.executed, &p.rate, &p.execution, &p.total} {
		v.amount(x)
	}
	for _, b := range []*bool{&p.several, &p.whole, &p.doubtful} {
		v.truth(b)
	}
	n := len(p.levels)
	v.number(&n)
	p.levels = slices.Grow(p.levels[:0], n)[:n]
	for i := range p.levels {
		v.number(&p.levels[i].level)
		v.amount(&p.levels[i].score)
	}
}

// fieldWriter writes fields behind a row.
type fieldWriter struct{ row []byte }

func (w *fieldWriter) text(s *string) {
	n := len(*s)
	w.number(&n)
	w.row = append(w.row, *s...)
}

func (w *fieldWriter) number(n *int) { w.row = binary.AppendVarint(w.row, int64(*n)) }

func (w *fieldWriter) amount(x *float64) {
	w.row = binary.LittleEndian.AppendUint64(w.row, math.Float64bits(*x))
}

func (w *fieldWriter) truth(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	w.number(&n)
}

// fieldReader reads the fields that a fieldWriter wrote.
type fieldReader struct {
	row   []byte
	texts string // the same
	at    int
}

func (r *fieldReader) text(s *string) {
	var n int
	r.number(&n)
	*s = r.texts[r.at : r.at+n]
	r.at += n
}

func (r *fieldReader) number(n *int) {
	x, length := binary.Varint(r.row[r.at:])
	*n = int(x)
	r.at += length
}

func (r *fieldReader) amount(x *float64) {
	*x = math.Float64frombits(binary.LittleEndian.Uint64(r.row[r.at:]))
	r.at += 8
}

func (r *fieldReader) truth(b *bool) {
	var n int
	r.number(&n)
	*b = n == 1
}
