package template

import (
	"regexp"
	"slices"
	"strings"

	"ziping/sheet/quantity"
	"ziping/sheet/read"
)

// What stands below a list, or between its pages, and is no row of it.
const (
	// signature is what a signature or a note is called: 制表人, 单位负责人（签字）.
	signature = `(?:(?:单位|部门|科室|处室|股室|项目|财务|会计|分管|主管|业务|预算|法定)*(?:负责人|领导|代表人)|` +
		`(?:填表|填报|填制|制表|编制|编报|审核|复核|初审|复审|审定|审批|批准|经办|汇总|校对|录入|报送|上报|打印|签发|联系|主管|统计)` +
		`(?:人员?|者|单位|部门|科室|处室|机构|日期|时间|电话|方式|地址|说明)?|` +
		`日期|时间|电话|手机|传真|邮箱|单位(?:公章|盖章)|公章|盖章|签字|注[0-9①-⑳]*|附注|备注(?:说明)?|说明|注意事项)`
	signatures = signature + `(?:[及和与、/]?` + signature + `)*(?:\([^()]*\))?`
)

var (
	// noteLine is a note with what it says.
	noteLine = regexp.MustCompile(`^` + signatures + `[:].|` +
		`^[^:]{0,40}\((?:单位)?(?:盖章|公章|签章|签字|签名)\)(?:$|:|[0-9]*年)|` +
		`^\(?(?:续表|接续表|续上表|接上表|上接|下接|转下页|接上页|续)[0-9一二三四五六七八九十]*\)?$|` +
		`^[-—]?第?[0-9]+页[,/、]?(?:[共总][0-9]+页)?[-—]?$|` +
		`^(?:[0-9]{4})?年[0-9]{0,2}月(?:[0-9]{0,2}日)?$`)
	// noteLabel is one that stands before what it says, or is left to be filled in.
	noteLabel = regexp.MustCompile(`^` + signatures + `:$`)
	// noteWord is one without a colon.
	noteWord = regexp.MustCompile(`^(?:说明|备注(?:说明)?|附注|注|注意事项|日期|(?:联系)?电话|联系方式|(?:单位|部门|科室|处室|项目)?负责人|` +
		`(?:填表|填报|制表|编制|审核|复核|经办|联系)(?:人|日期|时间|说明|单位|部门))$`)
	// likeNote may be a note, or a name with a colon: 审核系统：二期.
	likeNote = regexp.MustCompile(`^(注|备注|说明|填表|制表|填报|审核|复核|经办|单位负责|部门负责)[^:]{0,8}[:]`)
	// explains opens a note of several lines.
	explains = regexp.MustCompile(`^(?:注|附注|备注|说明|填[表报]说明|编制说明)`)
	// numbered is a line of such a note, or a name; sentence is no name.
	numbered = regexp.MustCompile(`^\(?(?:[0-9一二三四五六七八九十]+[.、)]|[①-⑳])`)
	sentence = regexp.MustCompile(`[,;。:]|本表|以上|填[写报]`)
	// ofOthers says who made what stands below.
	ofOthers = regexp.MustCompile(`^[^:]*(?:单位|部门|科室|处室|机构)(?:\([^()]*\))?:`)
)

// squeezed is a text as the expressions above take it.
func squeezed(text string) string { return strings.ReplaceAll(fold(text), "．", ".") }

// isNote reports whether a cell is a note by itself.
func (b *block) isNote(c listCell) bool {
	s := squeezed(c.Text)
	again := b.page.titles[c.Text] && listTitle.MatchString(s)
	return again || saysUnit(c) || b.wide(c) || noteLine.MatchString(s) && (strings.Contains(s, ":") || !b.ofIndicator(c))
}

// saysUnit reports whether a cell is a line such as 单位：万元.
func saysUnit(c listCell) bool {
	return strings.Contains(c.Text, "单位") && read.UnitOf(c.Text) != ""
}

// isNoteLabel reports whether a cell names what the next one notes. An indicator
// may be called 时间.
func (b *block) isNoteLabel(c listCell) bool {
	s := squeezed(c.Text)
	return (noteLabel.MatchString(s) || noteWord.MatchString(s)) && !b.ofIndicator(c)
}

// ofIndicator reports whether a cell stands in a column of an indicator.
func (b *block) ofIndicator(c listCell) bool {
	return slices.ContainsFunc(indicatorLabels, func(l string) bool { return b.columns[l] == c.Col })
}

// isAmount reports whether a number stands in a cell of an amount.
func (b *block) isAmount(c listCell) bool {
	_, _, number := quantity.ParseNumber(c.Text)
	for name, col := range b.columns {
		if number && col == c.Col && isAmount(name) {
			return true
		}
	}
	return false
}

// note reports whether a row is nothing but notes, among them labels with what
// they note in the next cell.
func (b *block) note(cells []listCell) bool {
	for i := 0; i < len(cells); i++ {
		c := cells[i]
		switch {
		case b.isNote(c):
		case b.explained && len(cells) == 1 && numbered.MatchString(squeezed(c.Text)) && sentence.MatchString(squeezed(c.Text)):
		case !b.isNoteLabel(c):
			return false
		case i+1 == len(cells) || b.isNote(cells[i+1]) || b.isNoteLabel(cells[i+1]):
		case b.isAmount(cells[i+1]):
			return false
		default:
			i++
		}
	}
	first := cells[0]
	b.explained = b.explained || explains.MatchString(squeezed(first.Text))
	for _, c := range cells {
		if u := read.UnitOf(c.Text); u != "" && u != b.unit.Value {
			b.fail(b.page.problem(c.place(), "这里的金额单位是“%s”，与清单上方的不同，一张清单只能用一种单位", u))
		}
	}
	if ofOthers.MatchString(squeezed(first.Text)) && !saysUnit(first) && !b.page.titles[first.Text] {
		b.current, b.project = naming{}, nil // what stands below is not of the department above
	}
	return true
}

// unclear reports a row of which it is not certain whether it is one of the list
// or a note.
func (b *block) unclear(cells []listCell) bool {
	all := true
	for _, c := range cells {
		all = all && likeNote.MatchString(squeezed(c.Text))
	}
	for _, c := range cells {
		s := squeezed(c.Text)
		alone := b.explained && len(cells) == 1
		switch {
		case all,
			b.isNaming(c) && (saysUnit(c) || noteLine.MatchString(s) || noteLabel.MatchString(s) || noteWord.MatchString(s)),
			b.ofIndicator(c) && noteLabel.MatchString(s),
			alone && (c.Col == b.columns["项目名称"] || numbered.MatchString(s)):
			b.fail(b.page.problem(c.place(), "“%s”像是签名或说明，分不清这一行是不是清单的内容；是说明的请不要填其他列，或将这一行删去", c.Text))
			return true
		}
	}
	b.explained = false
	return false
}

// isNaming reports whether a cell stands where rows are named or counted; other
// columns may hold notes and dates of a project.
func (b *block) isNaming(c listCell) bool {
	for _, l := range []string{"项目名称", "主管部门", "实施单位"} {
		if b.columns[l] == c.Col {
			return true
		}
	}
	name := plainName(b.names[c.Col])
	return name == "" && c.Col < b.columns["项目名称"] || slices.Contains([]string{"序号", "编号", "行号"}, name)
}

// sumWords end the name of a sum.
var sumWords = strings.Fields("小计 合计 总计 共计")

// sumOf returns what a sum is of by its name: 教育局小计, 产出指标合计.
func sumOf(text string) (of string, ok bool) {
	if isTotalWord(text) {
		return "", true
	}
	for _, w := range sumWords {
		if of, ok := strings.CutSuffix(plainName(text), w); ok {
			return strings.TrimPrefix(of, "本页"), true
		}
	}
	return "", false
}
