package summary

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"iter"
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
	w := spill.Writer{Record: make([]byte, 0, 512)}
	p.fields(&w)
	r.n++
	r.text.Tail = binary.AppendUvarint(r.text.Tail, uint64(len(w.Record)))
	r.text.Tail = append(r.text.Tail, w.Record...)
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
				p.fields(spill.NewReader(row))
			}
			if r.err != nil || !yield(p) {
				return
			}
		}
	}
}

// fields has a visitor go through all fields.
func (p *projectRow) fields(v spill.Visitor) {
	for _, s := range []*string{
		&p.file, &p.sheet, &p.listed.Name, &p.listed.Code, &p.listed.Department, &p.listed.Implementer,
		&p.department, &p.implementer, &p.name, &p.code, &p.unit, &p.grade, &p.kind,
	} {
		v.Text(s)
	}
	for _, n := range []*int{&p.table, &p.listed.Year, &p.year, &p.errors, &p.warnings, &p.infos} {
		v.Number(n)
	}
	for _, x := range []*float64{&p.budget, &p.executed, &p.rate, &p.execution, &p.total} {
		v.Amount(x)
	}
	for _, b := range []*bool{&p.several, &p.whole, &p.doubtful} {
		v.Truth(b)
	}
	spill.List(v, &p.levels, func(l *levelScore) {
		v.Number(&l.level)
		v.Amount(&l.score)
	})
}
