package livecheck

import (
	"fmt"
	"strconv"
	"strings"

	"ziping/sheet/edit"
)

// Grade is how much a check weighs while one fills in.
type Grade int

// The grades, in the order in which the sheet lists what does not hold.
const (
	Wrong Grade = iota + 1
	Missing
	Doubt
	open // what can't be told
	held // what holds, or does not apply
	idle // what something is still to be filled in for
)

// marks are what the sheet says of a check.
var marks = [...]string{Wrong: "✗", Missing: "待填", Doubt: "疑", open: "？", held: "✓", idle: "—"}

// Check is one check of the sheet.
type Check struct {
	ID     string // of the rule
	Title  string
	Grade  Grade
	States string   // the cells of its states, on the sheet behind: 1 where it holds, 0 where not, .5 where a value is not there; else that can't be told
	Rows   []int    // of the states
	Cells  []string // of the form, that the states are about; "" where there is none
	Places Places
	Say    func(first string) string
}

// Places are where one mends what the states say, one for each.
type Places struct {
	Column string // of the form, where each is in the row of its state; of one the cell
	Cells  string // which hold their names, where they are not
}

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
	s.Lines, s.lines = len(checks), checks
	rows := make([]int, len(checks))
	for i := range rows {
		rows[i] = First + i
	}
	column := func(cell func(Check) Cell) string {
		cells := make([]Cell, len(checks))
		for i, l := range checks {
			cells[i] = cell(l)
		}
		return s.Add(rows, cells)
	}
	var e each
	e.count = column(func(l Check) Cell { return Formula("COUNTIF(" + l.States + ",0)") })
	e.first = column(func(l Check) Cell {
		if len(l.Rows) == 1 {
			return Cell{}
		}
		return Formula("IF(" + e.count + Row + ",MATCH(0," + l.States + ",0),1)")
	})
	e.title = column(func(l Check) Cell { return Text(l.Title) })
	e.place = column(func(l Check) Cell {
		switch p := l.Places; {
		case p.Column != "" && len(l.Rows) == 1:
			return Text(p.Column)
		case p.Column != "":
			return Formula(fmt.Sprintf(`"%s"&%s%s+%d`, p.Column, e.first, Row, l.Rows[0]-1))
		case len(l.Rows) == 1:
			return Formula(p.Cells)
		default:
			return Formula("INDEX(" + p.Cells + "," + e.first + Row + ")")
		}
	})
	e.say = column(func(l Check) Cell { return Formula("IF(" + e.count + Row + "," + l.Say(e.first+Row) + `,"")`) })
	e.key = column(func(l Check) Cell {
		return Formula(fmt.Sprintf("IF(%s%s,%d,IF(COUNTIF(%s,0.25)+COUNTIF(%[4]s,0.75),%d,IF(COUNTIF(%[4]s,1),%[6]d,%[7]d)))*1000+ROW()", e.count, Row, l.Grade, l.States, open, held, idle))
	})
	s.seen(e, rows)
	s.arrange()
	for i := range s.lines {
		s.lines[i].States = s.named(s.lines[i].States)
	}
}

// Checks returns the checks, in the order of the rules.
func (s *Sheet) Checks() []Check { return s.lines }

// span returns cells of a column of the sheet behind.
func span(col string, n int) string { return fmt.Sprintf("$%s$%d:$%[1]s$%[3]d", col, First, First+n-1) }

// seen puts down what is seen: what does not hold comes first.
func (s *Sheet) seen(e each, rows []int) {
	n := s.Lines
	all := func(col string) string { return behind + "!" + span(col, n) }
	keys := make([]Cell, n)
	for i := range keys {
		keys[i] = Formula(fmt.Sprintf("SMALL(%s,ROW()-%d)", span(e.key, n), First-1))
	}
	key := behind + "!$" + s.Add(rows, keys) + Row
	at := fmt.Sprintf("MOD(%s,1000)-%d", key, First-1)
	mark := fmt.Sprintf(`CHOOSE(INT(%s/1000),"%s")`, key, strings.Join(marks[1:], `","`))
	place := "INDEX(" + all(e.place) + "," + at + ")"
	place = fmt.Sprintf(`IF(%s<%d,HYPERLINK("#%s!"&%s,%[4]s),"")`, key, int(open)*1000, inText(edit.QuoteSheet(s.Form)), place)
	count := "INDEX(" + all(e.count) + "," + at + ")"
	say := "INDEX(" + all(e.say) + "," + at + ")&IF(" + count + `>1,"（共 "&` + count + `&" 处，改好一处再看下一处）","")`
	say = fmt.Sprintf(`IF(INT(%s/1000)=%d,"%s",%s)`, key, open, untold, say)
	for _, row := range rows {
		s.front.set(row, colMark, Cell{Formula: mark, style: centered})
		s.front.set(row, colTitle, Cell{Formula: "INDEX(" + all(e.title) + "," + at + ")", style: plain})
		s.front.set(row, colPlace, Cell{Formula: place, style: link})
		s.front.set(row, colSay, Cell{Formula: say, style: plain})
	}
	s.head(e)
}

// head writes the title, the sum of it all, and the heads of the columns.
func (s *Sheet) head(e each) {
	keys := span(e.key, s.Lines)
	until := func(g Grade) string {
		return fmt.Sprintf(`SUMIF(%s,"<%d",%s)`, keys, (int(g)+1)*1000, span(e.count, s.Lines))
	}
	add := func(formula string) string { return s.Add([]int{First}, []Cell{Formula(formula)}) + "$5" }
	wrong, missing, doubt := add(until(Wrong)), add(until(Missing)+"-"+until(Wrong)), add(until(Doubt)+"-"+until(Missing))
	unknown := add(fmt.Sprintf(`COUNTIF(%s,"<%d")-COUNTIF(%[1]s,"<%[3]d")`, keys, int(held)*1000, int(open)*1000))
	sum := s.Add([]int{First}, []Cell{Formula(fmt.Sprintf(`IF(%[1]s+%[2]s,"还有 "&%[1]s&" 处未通过 · "&%[2]s&" 处未填写"&IF(%[3]s," · "&%[3]s&" 处疑点",""),`+
		`IF(%[3]s+%[4]s,"没有发现错误"&IF(%[3]s," · "&%[3]s&" 处疑点，请核对","")&IF(%[4]s," · "&%[4]s&" 项这里不能判断",""),"可以报送"))`,
		wrong, missing, doubt, unknown))})
	s.front.set(1, colMark, Cell{Value: Text(Name).Value, style: titled})
	s.front.set(sumRow, colMark, Cell{Formula: behind + "!" + sum + number(First), style: summed})
	s.front.set(3, colMark, Cell{Value: Text(hint).Value, style: noted})
	for i, text := range []string{"状态", columnTitle, "位置", "说明"} {
		s.front.set(4, colMark+i, Cell{Value: Text(text).Value, style: headed})
	}
}

// untold says why a check is open.
const untold = "公式判断不了这样的填法，由审核人审核"

const hint = "本表随填随算，不用填写，也不用报送前删除。✓ 没有这个问题，✗ 须改正，待填须填写，疑请核对，？这里不能判断，由审核人审核，— 还没有填写或者不适用；点“位置”跳到所在的单元格。通过检查的表，审核时仍可能有别的问题。"

// inText writes a text inside of a text of a formula.
func inText(s string) string { return strings.ReplaceAll(s, `"`, `""`) }

// smallCell is the formula of the small cell on the form that says how many are left.
const smallCell = Name + "!$A$2"

func number(n int) string { return strconv.Itoa(n) }
