package annotate

import (
	"fmt"
	"slices"
	"strconv"
)

// noteOn is a note with the form that it is on.
type noteOn struct {
	table tableKey
	Note
}

// tableKey tells the forms of a workbook apart, from one run to the next.
type tableKey struct {
	sheet  string
	number int // of the form on its sheet, from 1
}

// prefix is what the names of notes on the form begin with.
func (t tableKey) prefix() string { return fmt.Sprintf("%s#%d ", t.sheet, t.number) }

// keysOf returns the keys of forms.
func keysOf(tables []Table) []tableKey {
	var keys []tableKey
	number := map[string]int{}
	for _, t := range tables {
		number[t.Sheet]++
		keys = append(keys, tableKey{t.Sheet, number[t.Sheet]})
	}
	return keys
}

// correctedIn returns the notes on what has been put right.
func correctedIn(tables []Table) []noteOn {
	var list []noteOn
	keys := keysOf(tables)
	for i, t := range tables {
		for _, n := range t.Notes {
			if n.Corrected {
				list = append(list, noteOn{keys[i], n})
			}
		}
	}
	return list
}

// remember adds what an earlier copy put right to the notes, as long as what we
// wrote there still stands: a value that the department has changed since is the
// department's. What was put right comes last in its form.
func (r *record) remember(tables []Table) []Table {
	tables = slices.Clone(tables)
	keys := keysOf(tables)
	for i := range tables {
		t := &tables[i]
		notes := slices.DeleteFunc(slices.Clone(t.Notes), func(n Note) bool { return n.Corrected })
		right := slices.DeleteFunc(slices.Clone(t.Notes), func(n Note) bool { return !n.Corrected })
		for _, old := range r.corrected {
			if old.table != keys[i] || t.Find == nil {
				continue
			}
			cell, value := t.Find(old.Field)
			again := slices.ContainsFunc(right, func(n Note) bool { return n.Field == old.Field })
			old.Cell = cell
			if cell != "" && value == old.Suggest && !again {
				right = append(right, old.Note)
			}
		}
		slices.SortStableFunc(right, func(a, b Note) int { return byPlace(a.Cell, b.Cell) })
		t.Notes = append(notes, right...)
	}
	return tables
}

// line returns the note as a line of the record sheet.
func (n noteOn) line() []string {
	return []string{kindCorrected, n.table.sheet, strconv.Itoa(n.table.number), strconv.Itoa(int(n.Severity)),
		n.Rule, n.Field, n.Message, n.Value, n.Suggest, n.Basis}
}

// correctedFrom reads what line has written, column by column.
func correctedFrom(text func(col int) string) noteOn {
	severity := min(max(Error, Severity(number(text(4)))), Info)
	return noteOn{tableKey{text(2), number(text(3))},
		Note{Severity: severity, Rule: text(5), Field: text(6), Message: text(7), Value: text(8), Suggest: text(9), Basis: text(10), Corrected: true}}
}

// noteKey tells a note apart from the others, from one run to the next: by the
// name of the value, or else by its cell.
type noteKey struct{ name, cell string }

func keyOf(t tableKey, n Note) noteKey {
	return noteKey{t.prefix() + n.Rule + " " + n.Field, fmt.Sprintf("%s!%s %s", t.sheet, n.Cell, n.Rule)}
}

// reply is what the department wrote in 整改说明 on a note, with the row of the note.
type reply struct {
	on   noteKey
	row  [replyColumn - severityColumn]string // 级别, 位置, 项目, 问题, 填报值, 应为, 依据
	text string
}

// repliesTo returns what was replied to each of the notes, and the replies to notes
// that are gone.
func repliesTo(notes []noteKey, replies []reply) (texts []string, gone []reply) {
	texts = make([]string, len(notes))
	given := make([]bool, len(replies))
	for _, key := range []func(noteKey) string{
		func(k noteKey) string { return k.name },
		func(k noteKey) string { return k.cell },
	} {
		left := map[string][]int{} // replies that no note has
		for j, r := range replies {
			if !given[j] {
				left[key(r.on)] = append(left[key(r.on)], j)
			}
		}
		for i, n := range notes {
			if list := left[key(n)]; texts[i] == "" && len(list) > 0 {
				j := list[0]
				texts[i], given[j], left[key(n)] = replies[j].text, true, list[1:]
			}
		}
	}
	for j, r := range replies {
		if !given[j] {
			gone = append(gone, r)
		}
	}
	return texts, gone
}
