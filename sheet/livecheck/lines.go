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
	Places Locations
	Say    func(first, title string) string // by the cells of the row of the first state that does not hold, and of the title
}

// Locations are where one mends what the states say, one for each.
type Locations struct {
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

// each is where it stands what is said of one check, out of sight: titles on the sheet
// itself, places and what is said in a column behind, and below its states the rest: how
// many do not hold, and what sorts the checks.
type each struct{ title, say, count, key string }

// List lists the checks. Nothing is to be added afterwards.
func (s *Sheet) List(checks []Check) {
	s.Lines, s.lines = len(checks), checks
	rows, titles := make([]int, len(checks)), make([]Cell, len(checks))
	for i, l := range checks {
		rows[i], titles[i] = First+i, Text(l.Title)
		s.states = append(s.states, stateColumn(l.States))
	}
	in := s.AddOwn(rows, titles)
	last := max(len(s.back.rows), First+len(checks)) - 1
	countRow, firstRow, keyRow := last+1, last+2, last+3
	says := make([]Cell, len(checks))
	for i, l := range checks {
		first := fmt.Sprintf("%s$%d", nameOf(s.states[i]), firstRow)
		says[i] = Formula(joined(l.place(first), joined(`"`+behindPlace+`"`, l.Say(first, Own+"$"+in+Row))))
	}
	top := func(row int) string {
		return fmt.Sprintf("$%s$%d:$%s$%[2]d", nameOf(s.states[0]), row, nameOf(s.states[len(checks)-1]))
	}
	e := each{title: "$" + in, say: "$" + s.Add(rows, says), count: top(countRow), key: top(keyRow)}
	for i, l := range checks {
		states := fmt.Sprintf("%s$1:%[1]s$%[2]d", column, last)
		c := s.states[i] + 1
		s.back.set(countRow, c, Formula("COUNTIF("+states+",0)"))
		s.back.set(firstRow, c, Formula("MATCH(0,"+states+",0)"))
		s.back.set(keyRow, c, Formula(fmt.Sprintf("IF(%s$%d,%d,IF(COUNTIF(%s,0.25)+COUNTIF(%[4]s,0.75),%d,IF(COUNTIF(%[4]s,1),%[6]d,%[7]d)))*1000+COLUMN()-COLUMN(%[8]s)+1",
			column, countRow, l.Grade, states, open, held, idle, "$"+nameOf(s.states[0])+"$1")))
	}
	s.seen(e, rows)
	s.arrange()
	for i := range s.lines {
		s.lines[i].States = s.named(s.lines[i].States)
	}
}

// behindPlace stands between the place and what is said: a column of the sheet behind has
// both.
const behindPlace = "|"

// place is where one mends what is in the row of the first state that does not hold.
func (l Check) place(first string) string {
	switch p := l.Places; {
	case p.Column != "" && len(l.Rows) == 1:
		return `"` + p.Column + `"`
	case p.Column != "":
		return fmt.Sprintf(`"%s"&%s`, p.Column, first)
	case len(l.Rows) == 1:
		return p.Cells
	}
	return fmt.Sprintf("INDEX(%s,%s-%d)", l.Places.Cells, first, l.Rows[0]-1)
}

// joined is one text after the other.
func joined(a, b string) string {
	if a, ends := strings.CutSuffix(a, `"`); ends && strings.HasPrefix(b, `"`) {
		return a + b[1:]
	}
	return a + "&" + b
}

// Checks returns the checks, in the order of the rules.
func (s *Sheet) Checks() []Check { return s.lines }

// seen puts down what is seen: what does not hold comes first.
func (s *Sheet) seen(e each, rows []int) {
	keys := make([]Cell, len(rows))
	for i := range keys {
		keys[i] = Formula(fmt.Sprintf("SMALL(%s,ROW()-%d)", e.key, First-1))
	}
	key := Behind + "!$" + s.Add(rows, keys) + Row
	at := "MOD(" + key + ",1000)"
	down := func(sheet, col string) string {
		return fmt.Sprintf("INDEX(%s%s$%d:%[2]s$%[4]d,%s)", sheet, col, First, rows[len(rows)-1], at)
	}
	mark := fmt.Sprintf(`CHOOSE(INT(%s/1000),"%s")`, key, strings.Join(marks[1:], `","`))
	said := down(Behind+"!", e.say)
	cut := fmt.Sprintf(`FIND("%s",%s)`, behindPlace, said)
	place := fmt.Sprintf(`LEFT(%s,%s-1)`, said, cut)
	place = fmt.Sprintf(`IF(%s<%d,HYPERLINK("#%s!"&%s,%[4]s),"")`, key, int(open)*1000, inText(edit.QuoteSheet(s.Form)), place)
	count := "INDEX(" + Behind + "!" + e.count + "," + at + ")"
	say := fmt.Sprintf(`IF(%s<%d,MID(%s,%s+1,%d)&IF(%s>1,"（共 "&%[6]s&" 处，改好一处再看下一处）",""),IF(%[1]s<%[7]d,"%s",""))`,
		key, int(open)*1000, said, cut, mostSaid, count, int(held)*1000, untold)
	for _, row := range rows {
		s.front.set(row, colMark, Cell{Formula: mark, style: centered})
		s.front.set(row, colTitle, Cell{Formula: down(Own, e.title), style: plain})
		s.front.set(row, colPlace, Cell{Formula: place, style: link})
		s.front.set(row, colSay, Cell{Formula: say, style: plain})
	}
	s.head(e)
}

// head writes the title, the sum of it all, and the heads of the columns.
func (s *Sheet) head(e each) {
	until := func(g Grade) string {
		return fmt.Sprintf(`SUMIF(%s,"<%d",%s)`, e.key, (int(g)+1)*1000, e.count)
	}
	add := func(formula string) string { return s.Add([]int{First}, []Cell{Formula(formula)}) + "$5" }
	wrong, missing, doubt := add(until(Wrong)), add(until(Missing)+"-"+until(Wrong)), add(until(Doubt)+"-"+until(Missing))
	unknown := add(fmt.Sprintf(`COUNTIF(%s,"<%d")-COUNTIF(%[1]s,"<%[3]d")`, e.key, int(held)*1000, int(open)*1000))
	sum := s.Add([]int{First}, []Cell{Formula(fmt.Sprintf(`IF(%[1]s+%[2]s,"还有 "&%[1]s&" 处未通过 · "&%[2]s&" 处未填写"&IF(%[3]s," · "&%[3]s&" 处疑点",""),`+
		`IF(%[3]s+%[4]s,"没有发现错误"&IF(%[3]s," · "&%[3]s&" 处疑点，请核对","")&IF(%[4]s," · "&%[4]s&" 项这里不能判断",""),"可以报送"))`,
		wrong, missing, doubt, unknown))})
	s.front.set(1, colMark, Cell{Value: Text(Name).Value, style: titled})
	s.front.set(sumRow, colMark, Cell{Formula: Behind + "!" + sum + number(First), style: summed})
	s.front.set(3, colMark, Cell{Value: Text(hint).Value, style: noted})
	for i, text := range []string{"状态", columnTitle, "位置", "说明"} {
		s.front.set(4, colMark+i, Cell{Value: Text(text).Value, style: headed})
	}
}

// mostSaid is how many characters are shown of what is said.
const mostSaid = 2000

// untold says why a check is open.
const untold = "公式判断不了这样的填法，由审核人审核"

const hint = "本表随填随算，不用填写，也不用报送前删除。✓ 没有这个问题，✗ 须改正，待填须填写，疑请核对，？这里不能判断，由审核人审核，— 还没有填写或者不适用；点“位置”跳到所在的单元格。通过检查的表，审核时仍可能有别的问题。"

// inText writes a text inside of a text of a formula.
func inText(s string) string { return strings.ReplaceAll(s, `"`, `""`) }

// smallCell is the formula of the small cell on the form that says how many are left.
const smallCell = Name + "!$A$2"

func number(n int) string { return strconv.Itoa(n) }
