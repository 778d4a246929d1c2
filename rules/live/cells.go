package live

import (
	"cmp"
	"fmt"
	"strings"

	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/livecheck"
	"ziping/sheet/xlsx"
)

// indexes are those of the parts.
func (l *list) indexes() []int {
	list := make([]int, len(l.parts))
	for i := range list {
		list[i] = i
	}
	return list
}

// fixed is column for constants that are the same in all forms of the shape.
func (l *list) fixed(key string, text func(l *list, i int) string) cells {
	key = l.name + "\x00" + key
	c, ok := l.form.memo[key]
	if !ok {
		made := make([]livecheck.Cell, len(l.parts))
		for i := range made {
			made[i] = livecheck.Text(text(l, i))
		}
		c = cells{list: l, sheet: livecheck.Own, col: l.form.out.AddOwn(l.rows, made)}
		l.form.memo[key] = c
	}
	return c
}

// column returns the cells that hold something of each part, which are made when they
// are first asked for.
func (l *list) column(key string, cell func(l *list, i int) livecheck.Cell) cells {
	key = l.name + "\x00" + key
	if c, ok := l.form.memo[key]; ok {
		return c
	}
	made := make([]livecheck.Cell, len(l.parts))
	var rows []int // of constants
	var own []livecheck.Cell
	for i := range made {
		made[i] = cell(l, i)
		if made[i].Formula == "" {
			l.form.constants = append(l.form.constants, constant{l.name, i, cell})
			made[i].Own = len(l.form.constants)
			rows, own = append(rows, l.rows[i]), append(own, made[i])
		}
	}
	c := cells{list: l}
	if len(own) == len(made) {
		c.sheet, c.col = livecheck.Own, l.form.out.AddOwn(rows, own)
	} else {
		if len(own) > 0 {
			reference := livecheck.Own + "$" + l.form.out.AddOwn(rows, own) + livecheck.Row
			for i := range made {
				switch {
				case made[i].Own == 0:
					continue
				case made[i].Value.Kind == calc.Text: // an empty one is no number
					made[i] = livecheck.Formula(reference + `&""`)
				default:
					made[i] = livecheck.Formula(reference)
				}
			}
		}
		c.col = l.form.out.Add(l.rows, made)
	}
	l.form.memo[key] = c
	return c
}

// cells are the cells of a column, one for each part of a list.
type cells struct {
	list  *list
	sheet string // with !; "" of our own
	col   string
	row   int // of what stands once, where it is not in the row of the list
}

// here is the cell of the part at hand, in whose row the formula stands.
func (c cells) here() string {
	if c.list == c.list.form.once {
		return c.one(cmp.Or(c.row, c.list.rows[0]))
	}
	return c.sheet + "$" + c.col + livecheck.Row
}

func (c cells) one(row int) string { return fmt.Sprintf("%s$%s$%d", c.sheet, c.col, row) }

// inRow is the one in a row that a cell says.
func (c cells) inRow(row string) string {
	last := c.list.rows[len(c.list.rows)-1]
	if c.sheet != c.list.form.sheet {
		return fmt.Sprintf("INDEX(%s$%s$1:$%[2]s$%[3]d,%s)", c.sheet, c.col, last, row)
	}
	_, col, _ := xlsx.ParseRef(c.col + "1")
	return fmt.Sprintf("INDEX(%s$A$1:$%s$%d,%s,%d)", c.sheet, c.list.form.width(), last, row, col)
}

// width returns the last column in which a value of the form stands.
func (f *translation) width() string {
	last := 1
	for v := range f.table.Values() {
		if _, col, ok := xlsx.ParseRef(v.At().Ref); ok {
			last = max(last, col)
		}
	}
	return strings.TrimRight(xlsx.Ref(1, last), "1")
}

// above is the cell of a column of the part before; of the first a cell in which nothing
// stands.
func (l *list) above(column string, i int) string {
	if i > 0 && l.rows[i-1] != l.rows[i]-1 {
		return column + fmt.Sprint(l.rows[i-1])
	}
	return column + livecheck.Above
}

// all is all of them.
func (c cells) all() string {
	if len(c.list.rows) == 1 {
		return c.one(cmp.Or(c.row, c.list.rows[0]))
	}
	return fmt.Sprintf("%s$%s$%d:$%[2]s$%[4]d", c.sheet, c.col, c.list.rows[0], c.list.rows[len(c.list.rows)-1])
}

// direct returns the cells of the form itself in which a field stands, where each part
// has its own, all in one column, of which is true.
func (l *list) direct(label string, is func(v sheet.Value) bool) (c cells, ok bool) {
	if isLevel(label) { // it is merged in another form of the shape
		return c, false
	}
	for i := range l.parts {
		v := l.value(i, label)
		row, col, ok := xlsx.ParseRef(v.At().Ref)
		name := strings.TrimRight(v.At().Ref, "0123456789")
		if !ok || row != l.rows[i] && l != l.form.once || col == 0 || c.col != "" && c.col != name || !is(v) {
			return cells{}, false
		}
		c = cells{list: l, sheet: l.form.sheet, col: name}
		if l == l.form.once {
			c.row = row
		}
	}
	return c, true
}

// whole returns what the row 年度资金总额 of 项目资金 holds of a field, which stands once.
func (l *list) whole(label string, of func(l *list, label string) cells) (c cells, ok bool) {
	member, field, _ := strings.Cut(label, ".")
	rows := l.form.lists[sheet.LabelFunds]
	if l != l.form.once || member != sheet.WholeFund {
		return c, false
	}
	for i, p := range rows.parts {
		if p == any(l.form.table.Fund(sheet.WholeFund)) {
			c = of(rows, field)
			return cells{list: l, sheet: c.sheet, col: c.col, row: rows.rows[i]}, true
		}
	}
	return c, false
}
