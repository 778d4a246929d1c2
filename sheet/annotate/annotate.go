package annotate

import (
	"cmp"
	"fmt"
	"slices"

	"ziping/sheet/edit"
	"ziping/sheet/issued"
	"ziping/sheet/livecheck"
	"ziping/sheet/xlsx"
)

// Severity is how grave a note is.
type Severity int

// The severities, gravest first.
const (
	Error Severity = iota
	Warning
	Info
	corrected // the fill of a value that was put right
)

// String returns the word for the severity.
func (s Severity) String() string { return [...]string{"错误", "疑点", "提示", "已更正"}[s] }

// Note is one thing to say about a form.
type Note struct {
	Severity Severity
	Cell     string // "G13"; empty for what concerns the form as a whole
	Rule     string // with the cell, what tells notes apart from one run to the next
	Field    string // the name of the value, which holds also where its row has moved
	Message  string
	Value    string // as filled in
	Suggest  string // what should stand there; empty when that is a person's to say
	Basis    string
	// Corrected says that Suggest has been written into the cell already.
	Corrected bool
}

// rank is how grave the note is; what has been put right is no longer.
func (n Note) rank() Severity {
	if n.Corrected {
		return corrected
	}
	return n.Severity
}

// Table is a form of a workbook with its notes.
type Table struct {
	Sheet   string
	Project string
	Notes   []Note
	// Find returns where the value of a name stands, and what it says as Suggest
	// would; an empty cell for none. It tells whether what was corrected in an
	// earlier copy is still so; without it, that is forgotten.
	Find func(field string) (cell, value string)
}

// Annotate returns a copy of a workbook with the notes on its tables. Marks that
// it has from before are replaced; what stands in 整改说明 is kept, also where the
// note is gone. The limits are those with which it was read.
func Annotate(data []byte, tables []Table, s Sending, limits xlsx.Limits) (annotated []byte, sent Sent, err error) {
	b, err := openBook(data, limits)
	if err != nil {
		return nil, sent, err
	}
	old, err := b.readRecord(s.Key)
	if err != nil {
		return nil, sent, err
	}
	tables = old.remember(tables)
	now := &record{opinion: old.opinion, corrected: correctedIn(tables), sent: old.sent.next(s, old.replies)}
	onForm := slices.ContainsFunc(tables, func(t Table) bool { return t.Sheet == now.opinion })
	if now.opinion == "" || b.SheetPart(now.opinion) == "" || old.foreign || onForm {
		old.foreign = true
		now.opinion = b.FreeName(opinionSheet)
	}
	for _, s := range b.Sheets {
		notes := notesOn(s.Name, tables)
		if len(notes) == 0 && !(old.has(s.Name) && s.IsWorksheet) {
			continue
		}
		if err := b.annotate(s, notes, old, now); err != nil {
			return nil, sent, fmt.Errorf("工作表“%s”：%w", s.Name, err)
		}
	}
	if err := b.writeOpinion(now, tables, old.replies); err != nil {
		return nil, sent, err
	}
	if err := b.PutSheet(recordSheet, edit.VeryHidden, now.sheet(b, s.Key)); err != nil {
		return nil, sent, err
	}
	if err := b.Hide(recordSheet, issued.RecordSheet, livecheck.Behind); err != nil {
		return nil, sent, err
	}
	if err := b.styles.Save(); err != nil {
		return nil, sent, err
	}
	annotated, err = b.Bytes()
	return annotated, Sent{now.sent.round, now.sent.date}, err
}

// notesOn returns the notes on the cells of a sheet, the gravest first.
func notesOn(name string, tables []Table) map[string][]Note {
	notes := map[string][]Note{}
	for _, t := range tables {
		for _, n := range t.Notes {
			if t.Sheet == name && n.Cell != "" {
				notes[n.Cell] = append(notes[n.Cell], n)
			}
		}
	}
	for _, list := range notes {
		slices.SortStableFunc(list, func(a, b Note) int { return cmp.Compare(a.rank(), b.rank()) })
	}
	return notes
}

// annotate takes our marks off a sheet and puts new ones on it.
func (b *book) annotate(s edit.SheetPart, notes map[string][]Note, old, now *record) error {
	until := 0
	for cell := range notes {
		until = max(until, edit.PlaceOf(cell).Row)
	}
	ed, err := b.openSheet(s, until, b.isMarked(old))
	if err != nil {
		return err
	}
	fills := map[string]Severity{}
	for cell, list := range notes {
		fills[cell] = list[0].Severity
		if slices.ContainsFunc(list, func(n Note) bool { return n.Corrected }) {
			fills[cell] = corrected
		}
	}
	ed.mark(fills, old, now)
	if err := ed.comment(notes, old, now); err != nil {
		return err
	}
	return b.Save(s.Part, ed.Document)
}
