package live

import (
	"fmt"
	"strings"

	"ziping/rules"
	"ziping/sheet"
)

// message is what a rule says of the first part in which it does not hold; first is the
// cell that says in which row. A clause whose value is not known is left out; in place of
// the first clause stands the title, which is in a cell.
func (f *translation) message(l *list, r *rules.Rule, first, title string) string {
	var said []string
	for i, clause := range clauses(r.Pieces()) {
		formula, varies := f.clause(l, clause, first)
		otherwise := `""`
		if i == 0 {
			otherwise = title
		}
		switch {
		case formula == "":
			formula = otherwise
		case varies:
			formula = "IFERROR(" + formula + "," + otherwise + ")"
		}
		if formula != `""` {
			said = append(said, formula)
		}
	}
	return strings.Join(said, "&")
}

// clauses cuts a message before its commas and semicolons, but not within quotes and
// brackets.
func clauses(pieces []rules.Said) [][]rules.Said {
	list := [][]rules.Said{nil}
	add := func(p rules.Said) { list[len(list)-1] = append(list[len(list)-1], p) }
	depth := 0
	for _, p := range pieces {
		if p.Expression != "" {
			add(p)
			continue
		}
		from := 0
		for i, c := range p.Text {
			switch c {
			case '“', '（':
				depth++
			case '”', '）':
				depth--
			case '，', '；':
				if depth != 0 {
					continue
				}
				if i > from {
					add(rules.Said{Text: p.Text[from:i]})
				}
				list, from = append(list, nil), i
			}
		}
		if from < len(p.Text) {
			add(rules.Said{Text: p.Text[from:]})
		}
	}
	return list
}

// clause translates a clause; "" where that can't be done.
func (f *translation) clause(l *list, pieces []rules.Said, first string) (formula string, varies bool) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(untranslatable); !ok {
				panic(p)
			}
			formula = ""
		}
	}()
	var list []string
	for _, p := range pieces {
		if p.Expression == "" {
			list = append(list, quote(p.Text))
			continue
		}
		varies = true
		e := &expression{translation: f, list: l, row: first}
		list = append(list, e.value(f.tree(p.Expression)).shown())
	}
	return strings.Join(list, "&"), varies
}

// mostQuoted is how much of what a department has typed is quoted, in characters.
const mostQuoted = 30

// shown is the value as a message shows it.
func (v value) shown() string {
	switch v.kind {
	case truth, words, rows:
		cant("这里应得出数字或文字")
	}
	if l := v.field.list; l != nil && !l.isPrinted(v.field.label) {
		if _, isText := l.value(0, v.field.label).(*sheet.Text); isText {
			return fmt.Sprintf(`LEFT(%s,%d)&IF(LEN(%[1]s)>%[2]d,"…","")`, v.formula, mostQuoted)
		}
	}
	return v.formula
}
