package review

import (
	"sort"
	"time"

	"ziping/cmd/internal/files"
	"ziping/rules/report"
	"ziping/sheet/returns"
	"ziping/sheet/spill"
)

// head is what a workbook and its forms are known by, and how it came back.
type head struct {
	name       string
	back       report.Return
	preferred  bool // somebody said that its forms count
	identities []returns.Identity
}

// fields has a visitor go through all fields.
func (h *head) fields(v spill.Visitor) {
	v.Text(&h.name)
	v.Number(&h.back.Round)
	v.Text(&h.back.Sent)
	v.Truth(&h.back.Untouched)
	seconds, nanoseconds := float64(h.back.Modified.Unix()), h.back.Modified.Nanosecond()
	v.Amount(&seconds)
	v.Number(&nanoseconds)
	h.back.Modified = time.Unix(int64(seconds), int64(nanoseconds)).UTC()
	v.Truth(&h.preferred)
	spill.List(v, &h.identities, func(x *returns.Identity) {
		v.Number(&x.Year)
		for _, s := range []*string{&x.Name, &x.Code, &x.Department, &x.Implementer} {
			v.Text(s)
		}
	})
}

// heads are those of all workbooks, which may be very many: they wait in a file.
type heads struct {
	spool files.Spool
	first []int32 // of each workbook, its first form, by the order in which forms came
	forms int
	err   error // the first of reading
}

func (s *heads) add(h head) error {
	s.first = append(s.first, int32(s.forms))
	s.forms += len(h.identities)
	w := spill.Writer{Record: make([]byte, 0, 512)}
	h.fields(&w)
	return s.spool.Add(w.Record)
}

// of returns the head of a workbook. What can't be read is empty, and err says so.
func (s *heads) of(book int) (h head) {
	err := s.spool.With(book, func(record []byte) error {
		h.fields(spill.NewReader(record))
		return nil
	})
	if err != nil && s.err == nil {
		s.err = err
	}
	return h
}

// book returns the workbook of a form.
func (s *heads) book(form int) int {
	return sort.Search(len(s.first), func(i int) bool { return int(s.first[i]) > form }) - 1
}

// form returns a form, and when its workbook was sent back last.
func (s *heads) form(i int) (r returns.Return, sent string) {
	book := s.book(i)
	h := s.of(book)
	if s.err != nil {
		return r, ""
	}
	return returns.Return{
		Identity: h.identities[i-int(s.first[book])], File: h.name, Round: h.back.Round, Untouched: h.back.Untouched, Modified: h.back.Modified, Preferred: h.preferred,
	}, h.back.Sent
}
