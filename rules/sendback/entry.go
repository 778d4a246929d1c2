package sendback

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet"
	"ziping/sheet/book"
	"ziping/sheet/returns"
	"ziping/sheet/xlsx"
)

// Entry is a form that was sent back once.
type Entry struct {
	returns.Identity
	Round            int    // how often it was sent back, with this time
	Date, Due        string // 2026-03-01; empty where not known
	Errors, Warnings int    // Unknown where not known
	File             string // the copy, below the directory that the list stands in
}

// Unknown is a number that nobody noted.
const Unknown = -1

// The sheets that hold entries.
const (
	ListSheet     = "退回清单"
	RegisterSheet = "退回登记"
)

// field is a column of entries: how it is shown, and read again.
type field struct {
	book.Column
	show func(e *Entry) any
	take func(e *Entry, text string)
}

var countLook = book.Look{Align: "right", Format: "0"}

func text(name string, width float64, look book.Look, of func(e *Entry) *string) field {
	return field{book.Column{Name: name, Width: width, Look: look}, func(e *Entry) any { return *of(e) }, func(e *Entry, text string) { *of(e) = text }}
}

func count(name string, width float64, least int, of func(e *Entry) *int) field {
	return field{book.Column{Name: name, Width: width, Look: countLook}, func(e *Entry) any {
		if *of(e) < least {
			return nil
		}
		return *of(e)
	}, func(e *Entry, text string) {
		n, err := strconv.Atoi(text)
		if err != nil {
			n = least - 1
		}
		*of(e) = n
	}}
}

// fields are the columns of entries.
var fields = []field{
	count("轮次", 6, 1, func(e *Entry) *int { return &e.Round }),
	text("退回日期", 12, book.CenterLook, func(e *Entry) *string { return &e.Date }),
	text("限期", 12, book.CenterLook, func(e *Entry) *string { return &e.Due }),
	count(sheet.LabelYear, 7, 1, func(e *Entry) *int { return &e.Year }),
	text(sheet.LabelDepartment, 20, book.TextLook, func(e *Entry) *string { return &e.Department }),
	text(sheet.LabelImplementer, 20, book.TextLook, func(e *Entry) *string { return &e.Implementer }),
	text(sheet.LabelProject, 28, book.TextLook, func(e *Entry) *string { return &e.Name }),
	text(sheet.LabelCode, 12, book.TextLook, func(e *Entry) *string { return &e.Code }),
	count("错误", 6, 0, func(e *Entry) *int { return &e.Errors }),
	count("疑点", 6, 0, func(e *Entry) *int { return &e.Warnings }),
}

// Columns are the columns of entries, in which Show puts them.
func Columns() []book.Column {
	list := make([]book.Column, len(fields))
	for i, f := range fields {
		list[i] = f.Column
	}
	return list
}

// Show returns what stands in the columns.
func (e *Entry) Show() []any {
	list := make([]any, len(fields))
	for i, f := range fields {
		list[i] = f.show(e)
	}
	return list
}

// Read returns the entries of a 退回清单, or of the register of a summary; nil where a
// workbook has neither.
func Read(data []byte) ([]Entry, error) {
	wb, err := xlsx.Open(data)
	if err != nil {
		return nil, err
	}
	var all []Entry
	for i, s := range wb.Sheets() {
		if s.Name != ListSheet && s.Name != RegisterSheet {
			continue
		}
		grid, err := wb.Grid(i)
		if err != nil {
			return nil, err
		}
		all = append(all, entriesOf(grid)...)
	}
	return all, nil
}

// entriesOf reads the rows below the head.
func entriesOf(grid *xlsx.Grid) []Entry {
	columns := map[int]*field{}
	head := 0
	rows := map[int]*Entry{}
	var order []int
	for _, c := range grid.Cells() { // row by row
		if head == 0 || c.Row == head {
			for i := range fields {
				if strings.TrimSpace(c.Text) == fields[i].Name {
					columns[c.Col], head = &fields[i], c.Row
				}
			}
			continue
		}
		f := columns[c.Col]
		if f == nil {
			continue
		}
		e := rows[c.Row]
		if e == nil {
			e = &Entry{Errors: Unknown, Warnings: Unknown}
			rows[c.Row] = e
			order = append(order, c.Row)
		}
		f.take(e, strings.TrimSpace(c.Text))
	}
	var list []Entry
	for _, row := range order {
		if e := rows[row]; e.Name != "" && e.Round > 0 {
			list = append(list, *e)
		}
	}
	return list
}

// Register puts entries together, each round of a project once: those that say more
// come first in the arguments.
func Register(lists ...[]Entry) []Entry {
	type key struct {
		returns.Identity
		round int
	}
	var all []Entry
	at := map[key]int{}
	for _, list := range lists {
		for _, e := range list {
			k := key{returns.Identity{Year: e.Year, Name: e.Name, Code: e.Code, Department: e.Department, Implementer: e.Implementer}.Folded(), e.Round}
			if i, ok := at[k]; ok {
				all[i].fill(&e)
				continue
			}
			at[k] = len(all)
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Round, b.Round), strings.Compare(a.Date, b.Date), strings.Compare(a.Department, b.Department), strings.Compare(a.Name, b.Name), strings.Compare(a.Implementer, b.Implementer))
	})
	return all
}

// fill takes from another entry of the same round what is not known.
func (e *Entry) fill(o *Entry) {
	e.Date, e.Due, e.File = cmp.Or(e.Date, o.Date), cmp.Or(e.Due, o.Due), cmp.Or(e.File, o.File)
	if e.Errors == Unknown {
		e.Errors = o.Errors
	}
	if e.Warnings == Unknown {
		e.Warnings = o.Warnings
	}
}
