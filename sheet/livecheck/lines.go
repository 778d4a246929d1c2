package livecheck

import (
	"fmt"
	"strings"

	"ziping/sheet/xlsx"
)

// Grade is how much a check weighs while one fills in.
type Grade int

// The grades, in the order in which the sheet lists what does not hold.
const (
	Wrong Grade = iota + 1
	Missing
	Doubt
	held  // what holds
	quiet // what does not apply, or can't be told
)

// marks are what the sheet says of a check.
var marks = [...]string{Wrong: "✗", Missing: "待填", Doubt: "疑", held: "✓", quiet: "—"}

// Check is one check of the sheet.
type Check struct {
	ID     string // of the rule
	Title  string
	Grade  Grade
	States string   // the cells of its states: 1 where it holds, 0 where not, .5 where that is open
	Rows   []int    // of the states; more than one are also the rows of the form that it looks at
	Cells  []string // of the form, one for each state
	Say    func(first string) string
}

// line is a check with the columns of its row.
type line struct{ Check }

// The columns that are seen: 状态, 检查内容, 位置, 说明.
const (
	colMark = iota + 1
	colTitle
	colPlace
	colSay
	lastSeen = colSay
)

// columnTitle is the head of the titles.
const columnTitle = "检查的问题"

// sumRow is the row that says how many are left.
const sumRow = 2

// each is what a column of the lines says of one check, out of sight.
type each struct{ count, first, key, title, place, say string }

// List lists the checks. Nothing is to be added afterwards.
func (s *Sheet) List(checks []Check) {
	s.Lines = len(checks)
	for _, c := range checks {
		s.lines = append(s.lines, line{c})
	}
	rows := make([]int, len(checks))
	for i := range rows {
		rows[i] = First + i
	}
	column := func(cell func(line) Cell) string {
		cells := make([]Cell, len(s.lines))
		for i, l := range s.lines {
			cells[i] = cell(l)
		}
		return s.Add(rows, cells)
	}
	var e each
	e.count = column(func(l line) Cell { return Formula("COUNTIF(" + l.States + ",0)") })
	e.first = column(func(l line) Cell {
		if len(l.Rows) == 1 {
			return Cell{}
		}
		return Formula("IF(" + e.count + Row + ",MATCH(0," + l.States + ",0),1)")
	})
	e.title = column(func(l line) Cell { return Text(l.Title) })
	e.place = column(func(l line) Cell {
		if len(l.Rows) == 1 {
			return Text(l.Cells[0])
		}
		if l.inRows() {
			return Formula(fmt.Sprintf(`"%s"&(%s%s+%d)`, strings.TrimRight(l.cell(), "0123456789"), e.first, Row, l.Rows[0]-1))
		}
		return Formula("INDEX({\"" + strings.Join(l.Cells, `";"`) + "\"}," + e.first + Row + ")")
	})
	e.say = column(func(l line) Cell { return Formula("IF(" + e.count + Row + "," + l.Say(e.first+Row) + `,"")`) })
	e.key = column(func(l line) Cell {
		return Formula(fmt.Sprintf("IF(%s%s,%d,IF(COUNTIF(%s,1),%d,%d))*1000+ROW()", e.count, Row, l.Grade, l.States, held, quiet))
	})
	s.seen(e, rows)
}

// Checks returns the checks, in the order of the rules.
func (s *Sheet) Checks() []Check {
	list := make([]Check, len(s.lines))
	for i, l := range s.lines {
		list[i] = l.Check
	}
	return list
}

// inRows reports whether each state stands in the row of the cell that it is about.
func (l line) inRows() bool {
	for i, ref := range l.Cells {
		if row, _, ok := xlsx.ParseRef(ref); ok && row != l.Rows[i] {
			return false
		}
	}
	return true
}

// cell returns one of the cells that a check is about.
func (l line) cell() string {
	for _, ref := range l.Cells {
		if ref != "" {
			return ref
		}
	}
	return ""
}

// span returns cells of a column.
func span(col string, n int) string { return fmt.Sprintf("$%s$%d:$%[1]s$%[3]d", col, First, First+n-1) }

// seen puts down what is seen: what does not hold comes first.
func (s *Sheet) seen(e each, rows []int) {
	n := s.Lines
	all := func(col string) string { return span(col, n) }
	keys := make([]Cell, n)
	for i := range keys {
		keys[i] = Formula(fmt.Sprintf("SMALL(%s,ROW()-%d)", all(e.key), First-1))
	}
	key := s.Add(rows, keys)
	at := fmt.Sprintf("MOD(%s%s,1000)-%d", key, Row, First-1)
	for i := range n {
		row := First + i
		s.set(row, colMark, Cell{Formula: fmt.Sprintf(`CHOOSE(INT(%s%s/1000),"%s")`, key, Row, strings.Join(marks[1:], `","`)), style: centered})
		s.set(row, colTitle, Cell{Formula: "INDEX(" + all(e.title) + "," + at + ")", style: plain})
		place := "INDEX(" + all(e.place) + "," + at + ")"
		s.set(row, colPlace, Cell{Formula: fmt.Sprintf(`IF(%s%s<%d,HYPERLINK("#%s!"&%s,%[5]s),"")`, key, Row, int(held)*1000, inText(Quote(s.Form)), place), style: link})
		count := "INDEX(" + all(e.count) + "," + at + ")"
		s.set(row, colSay, Cell{Formula: "INDEX(" + all(e.say) + "," + at + ")&IF(" + count + `>1,"（共 "&` + count + `&" 处，改好一处再看下一处）","")`, style: plain})
	}
	s.head(e)
}

// head writes the title, the sum of it all, and the heads of the columns.
func (s *Sheet) head(e each) {
	until := func(g Grade) string {
		return fmt.Sprintf(`SUMIF(%s,"<%d",%s)`, span(e.key, s.Lines), (int(g)+1)*1000, span(e.count, s.Lines))
	}
	add := func(formula string) string { return s.Add([]int{First}, []Cell{Formula(formula)}) }
	wrong, missing, doubt := add(until(Wrong)), add(until(Missing)+"-"+until(Wrong)), add(until(Doubt)+"-"+until(Missing))
	s.set(1, colMark, Cell{Value: Text(Name).Value, style: titled})
	s.set(sumRow, colMark, Cell{Formula: fmt.Sprintf(`IF(%[1]s+%[2]s,"还有 "&%[1]s&" 处未通过 · "&%[2]s&" 处未填写","可以报送")&IF(%[3]s,IF(%[1]s+%[2]s," · ","，但有 ")&%[3]s&" 处疑点","")`,
		wrong+"$5", missing+"$5", doubt+"$5"), style: summed})
	s.set(3, colMark, Cell{Value: Text(hint).Value, style: noted})
	for i, text := range []string{"状态", columnTitle, "位置", "说明"} {
		s.set(4, colMark+i, Cell{Value: Text(text).Value, style: headed})
	}
}

const hint = "本表随填随算，不用填写，也不用报送前删除。✓ 没有这个问题，✗ 须改正，待填须填写，疑请核对，— 现在不适用，或者须由审核人判断；点“位置”跳到所在的单元格。通过检查的表，审核时仍可能有别的问题。"

// Quote writes the name of a sheet as formulas do.
func Quote(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// inText writes a text inside of a text of a formula.
func inText(s string) string { return strings.ReplaceAll(s, `"`, `""`) }

// smallCell is the formula of the small cell on the form that says how many are left.
const smallCell = Name + "!$A$2"
