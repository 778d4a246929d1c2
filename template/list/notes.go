package list

import (
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/read"
)

// What stands below a list, or between its pages, and is no row of it.
var (
	// noteLine is a note with what it says.
	noteLine = pattern(func() string {
		return `^` + signatures() + `[:].|` +
			`^[^:]{0,40}\((?:单位)?` + oneOf(words().Signature.Seal) + `\)(?:$|:|[0-9]*年)|` +
			`^\(?` + oneOf(words().Note.Continued) + `[0-9一二三四五六七八九十]*\)?$|` +
			`^[-—]?第?[0-9]+页[,/、]?(?:[共总][0-9]+页)?[-—]?$|` +
			`^(?:[0-9]{4})?年[0-9]{0,2}月(?:[0-9]{0,2}日)?$`
	})
	// noteLabel is one that stands before what it says, or is left to be filled in.
	noteLabel = pattern(func() string { return `^` + signatures() + `:$` })
	// noteWord is one without a colon.
	noteWord = pattern(func() string {
		w := words().Bare
		return `^(?:` + oneOf(w.Words) + `|` + oneOf(w.Of) + `?` + oneOf(w.Post) + `|` + oneOf(w.Does) + oneOf(w.Doers) + `)$`
	})
	// likeNote may be a note, or a name with a colon: 审核系统：二期.
	likeNote = pattern(func() string { return `^` + oneOf(words().Note.Like) + `[^:]{0,8}[:]` })
	// explains opens a note of several lines.
	explains = pattern(func() string { return `^` + oneOf(words().Note.Begins) })
	// numbered is a line of such a note, or a name; sentence is no name.
	numbered = pattern(func() string { return `^\(?(?:[0-9一二三四五六七八九十]+[.、)]|[①-⑳])` })
	sentence = pattern(func() string { return `[,;。:]|` + oneOf(words().Note.Sentence) })
	// ofOthers says who made what stands below.
	ofOthers = pattern(func() string { return `^[^:]*` + oneOf(words().Signature.Filler) + `(?:\([^()]*\))?:` })
)

// signatures are what signatures and notes are called: 制表人, 单位负责人（签字）.
func signatures() string {
	w := words().Signature
	one := `(?:` + oneOf(w.Of) + `*` + oneOf(w.Post) + `|` + oneOf(w.Does) + oneOf(w.Doers) + `?|` + oneOf(w.Other) + `|` + oneOf(w.Numbered) + `[0-9①-⑳]*)`
	return one + `(?:[及和与、/]?` + one + `)*(?:\([^()]*\))?`
}

// squeezed is a text as the expressions above take it.
func squeezed(text string) string { return strings.ReplaceAll(fold(text), "．", ".") }

// isNote reports whether a cell is a note by itself.
func (b *block) isNote(c cell) bool {
	s := squeezed(c.Text)
	again := b.page.titles[c.Text] && titleWord().MatchString(s)
	return again || saysUnit(c) || b.wide(c) || noteLine().MatchString(s) && (strings.Contains(s, ":") || !b.ofIndicator(c))
}

// saysUnit reports whether a cell is a line such as 单位：万元.
func saysUnit(c cell) bool {
	return strings.Contains(c.Text, "单位") && read.UnitOf(c.Text) != ""
}

// isNoteLabel reports whether a cell names what the next one notes. An indicator
// may be called 时间.
func (b *block) isNoteLabel(c cell) bool {
	s := squeezed(c.Text)
	return (noteLabel().MatchString(s) || noteWord().MatchString(s)) && !b.ofIndicator(c)
}

// ofIndicator reports whether a cell stands in a column of an indicator.
func (b *block) ofIndicator(c cell) bool {
	return slices.ContainsFunc(words().Columns.Indicator, func(l string) bool { return b.columns[l] == c.Col })
}

// isAmount reports whether a number stands in a cell of an amount.
func (b *block) isAmount(c cell) bool {
	_, _, number := quantity.ParseNumber(c.Text)
	for name, col := range b.columns {
		if number && col == c.Col && isAmount(name) {
			return true
		}
	}
	return false
}

// noteCells returns how many cells at the beginning of some are a note: one, or a
// label with what it notes; 0 where they begin with something else. Alone says that
// the row has no other cell.
func (b *block) noteCells(cells []cell, alone bool) int {
	c := cells[0]
	text := squeezed(c.Text)
	if b.isNote(c) || alone && b.explained && numbered().MatchString(text) && sentence().MatchString(text) {
		return 1
	}
	if !b.isNoteLabel(c) {
		return 0
	}
	if len(cells) == 1 || b.isNote(cells[1]) || b.isNoteLabel(cells[1]) {
		return 1
	}
	if b.isAmount(cells[1]) {
		return 0
	}
	return 2
}

// note reports whether a row is nothing but notes, among them labels with what
// they note in the next cell.
func (b *block) note(cells []cell) bool {
	for rest := cells; len(rest) > 0; {
		n := b.noteCells(rest, len(cells) == 1)
		if n == 0 {
			return false
		}
		rest = rest[n:]
	}
	first := cells[0]
	b.explained = b.explained || explains().MatchString(squeezed(first.Text))
	for _, c := range cells {
		if u := read.UnitOf(c.Text); u != "" && u != b.unit.Value {
			b.fail(b.page.problem(c.place(), "这里的金额单位是“%s”，与清单上方的不同，一张清单只能用一种单位", u))
		}
	}
	if ofOthers().MatchString(squeezed(first.Text)) && !saysUnit(first) && !b.page.titles[first.Text] {
		b.current, b.project = naming{}, nil // what stands below is not of the department above
	}
	return true
}

// unclear reports a row of which it is not certain whether it is one of the list
// or a note.
func (b *block) unclear(cells []cell) bool {
	all := true
	for _, c := range cells {
		all = all && likeNote().MatchString(squeezed(c.Text))
	}
	for _, c := range cells {
		s := squeezed(c.Text)
		alone := b.explained && len(cells) == 1
		switch {
		case all,
			b.isNaming(c) && (saysUnit(c) || noteLine().MatchString(s) || noteLabel().MatchString(s) || noteWord().MatchString(s)),
			b.ofIndicator(c) && noteLabel().MatchString(s),
			alone && (c.Col == b.columns[sheet.LabelProject] || numbered().MatchString(s)):
			b.fail(b.page.problem(c.place(), "“%s”像是签名或说明，分不清这一行是不是清单的内容；是说明的请不要填其他列，或将这一行删去", c.Text))
			return true
		}
	}
	b.explained = false
	return false
}

// isNaming reports whether a cell stands where rows are named or counted; other
// columns may hold notes and dates of a project.
func (b *block) isNaming(c cell) bool {
	for _, l := range []string{sheet.LabelProject, sheet.LabelDepartment, sheet.LabelImplementer} {
		if b.columns[l] == c.Col {
			return true
		}
	}
	name := plainName(b.names[c.Col])
	return name == "" && c.Col < b.columns[sheet.LabelProject] || slices.Contains(words().Columns.Number, name)
}

// sumOf returns what a sum is of by its name: 教育局小计, 产出指标合计.
func sumOf(text string) (of string, ok bool) {
	if isTotalWord(text) {
		return "", true
	}
	name := plainName(text)
	for _, end := range words().Sum.Ends {
		if of, ok := strings.CutSuffix(name, end); ok {
			for _, begin := range words().Sum.Begins {
				of = strings.TrimPrefix(of, begin)
			}
			return of, true
		}
	}
	return "", false
}
