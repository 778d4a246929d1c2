package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ziping/sheet/quantity"
)

// Labels that forms print and Table has no value for.
const (
	LabelLevel4      = "四级指标"
	LabelImprovement = "改进措施" // in a column of its own
	LabelSum         = "合计"
	LabelSubtotal    = "小计"
	LabelFoot        = "表尾" // what stands below the last indicator: 填报人, 注
)

// Label returns the label that a text is, by whatever word forms print it; "" when
// it is none. Like the functions below it is for who has no form: it knows the
// words of the usual one.
func Label(text string) string { return common().Label(text) }

// Label is sheet.Label for the words of a section.
func (s Section) Label(text string) string { return common().LabelIn(s, text) }

// NearLabel returns which of the labels a text was meant to be: see Vocabulary.Near.
func NearLabel(text string, labels []string) string { return common().near(text, labels) }

// Word returns a text as the words of a form have it: folded, and without what stands
// in brackets at its end.
func Word(text string) string { return withoutBrackets(Fold(text)) }

// IsExact reports whether a cell prints the label itself, and no other word for
// it.
func IsExact(text, label string) bool { return Word(text) == label }

// Source returns the 资金来源 that a cell names: the label when it is a known one,
// else the words as written, without the number of an item: （一）人员经费 is 人员经费.
func (f *Form) Source(text string) string {
	if name := f.Label(text); name != "" {
		return name
	}
	name := Fold(text)
	if rest := Fold(Unnumbered(name)); rest != "" {
		return rest
	}
	return name
}

// LevelName returns the name of a level-1 or level-2 indicator without the line
// breaks, the number and the weight that forms print with it: 产出指标(50分) and
// 一、产出指标 are 产出指标.
func LevelName(text string) string {
	s := Unnumbered(withoutBrackets(quantity.FoldSpace(text)))
	if rest, ok := strings.CutSuffix(s, "分"); ok {
		if name := strings.TrimRight(rest, "0123456789."); name != rest && name != "" {
			s = name
		}
	}
	return strings.TrimRight(s, ":：")
}

// Fold takes out of a label what forms print differently.
func Fold(s string) string {
	s = strings.TrimPrefix(quantity.FoldSpace(s), "其中")
	return strings.Trim(s, ":：、*★")
}

// withoutBrackets cuts a trailing (…).
func withoutBrackets(s string) string {
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		return s[:i]
	}
	return s
}

// Unnumbered returns a folded text without the number of an item in a list before it.
func Unnumbered(s string) string {
	rest, _ := cutNumber(s)
	return rest
}

// cutNumber cuts the number of an item in a list: 一、 1. (2) ③.
func cutNumber(s string) (rest string, ok bool) {
	if r, size := utf8.DecodeRuneInString(s); '①' <= r && r <= '⑳' {
		return s[size:], true
	}
	body := strings.TrimPrefix(s, "(")
	rest = strings.TrimLeft(body, "0123456789一二三四五六七八九十")
	if rest == body {
		return s, false
	}
	if len(body) < len(s) {
		return strings.CutPrefix(rest, ")")
	}
	for _, mark := range [...]string{"、", ".", "．", ")", "，", ","} {
		if rest, ok := strings.CutPrefix(rest, mark); ok {
			return rest, true
		}
	}
	return s, false
}

// Inline is a label with its value in one cell: 主管部门：甲局.
type Inline struct{ Label, Printed, Value string }

// Inlines returns the labels of values that a cell prints together with them,
// as in "主管部门：甲局  实施单位：乙中心".
func (f *Form) Inlines(text string) []Inline {
	if colon, _ := CutColon(text); colon < 0 || len(text) > 4*LongestLabel {
		return nil
	}
	var list []Inline
	for _, piece := range Pieces(text) {
		list = append(list, f.inlines(piece)...)
	}
	return list
}

// longestHead is the longest label of a value in one cell, in characters.
const longestHead = 16

// Pieces cuts a text where it prints another label behind a wide blank, known or not:
// 填报单位：甲局    评价年度：2023年. A text that does not begin with a label is whole.
func Pieces(text string) []string {
	text = strings.TrimSpace(text)
	var pieces []string
	from := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		end := i + size
		for wide := r == '\u3000' || r == '\t'; unicode.IsSpace(r) && end < len(text); end += size {
			r, size = utf8.DecodeRuneInString(text[end:])
			if !unicode.IsSpace(r) {
				if (wide || end-i > 1) && isHead(text[end:]) {
					pieces, from = append(pieces, text[from:i]), end
				}
				break
			}
		}
		i = end
	}
	if len(pieces) == 0 || !isHead(strings.TrimSpace(pieces[0])) {
		return []string{text}
	}
	return append(pieces, text[from:])
}

// isHead reports whether a text begins with what could be a label, and a colon.
func isHead(text string) bool {
	colon, _ := CutColon(text)
	return colon > 0 && utf8.RuneCountInString(text[:colon]) <= longestHead && !strings.ContainsAny(text[:colon], "。，；;,")
}

// inlines is Inlines for a piece of a text.
func (f *Form) inlines(text string) []Inline {
	var list []Inline
	rest := text
	for from := 0; ; {
		colon, size := CutColon(rest[from:])
		if colon < 0 {
			break
		}
		colon += from
		start, label := f.labelBefore(rest[:colon])
		if label == "" {
			from = colon + size
			continue
		}
		if n := len(list); n > 0 {
			list[n-1].Value = TrimValue(rest[:start])
		} else if strings.TrimSpace(rest[:start]) != "" {
			return nil // the cell is some other value
		}
		list = append(list, Inline{Label: label, Printed: rest[start:colon]})
		rest, from = rest[colon+size:], 0
	}
	if n := len(list); n > 0 {
		list[n-1].Value = TrimValue(rest)
	}
	return list
}

// TrimValue cuts the blanks and semicolons around a value behind a label: " 甲局；" is 甲局.
func TrimValue(s string) string { return strings.Trim(s, " \t\n\u00a0\u3000;；") }

// CutColon returns where the first colon of a text stands, and its length in bytes, : or
// ：; -1 where there is none.
func CutColon(s string) (i, size int) {
	narrow, wide := strings.IndexByte(s, ':'), strings.Index(s, "：")
	if wide < 0 || narrow >= 0 && narrow < wide {
		return narrow, 1
	}
	return wide, len("：")
}

// labelBefore finds the label of a value at the end of s, at its beginning or
// after a blank, and tells where it begins.
func (f *Form) labelBefore(s string) (start int, label string) {
	blank := true
	for i, r := range s {
		if blank {
			if l := f.named(s[i:]); l != "" {
				return i, l
			}
		}
		blank = unicode.IsSpace(r) || strings.ContainsRune(";；,，", r)
	}
	return 0, ""
}

// named returns the label that a text is, if it is that of a value in the head or
// the foot of the form.
func (f *Form) named(text string) string {
	if l := f.Label(text); IsNamed(l) {
		return l
	}
	for _, s := range [...]Section{InHead, InFoot} {
		if l := f.LabelIn(s, text); f.Own(l) {
			return l
		}
	}
	return ""
}

// IsNamed reports whether a label is that of a value in the head of the form.
func IsNamed(label string) bool {
	switch label {
	case LabelYear, LabelProject, LabelCode, LabelDepartment, "上级主管部门", LabelImplementer, LabelLeader, LabelPhone, LabelMoneyUnit:
		return true
	}
	return false
}

// IsFoot reports whether a cell prints what stands below the last indicator, its
// text behind it or not: 填报人：张三, 注：1.
func (f *Form) IsFoot(text string) bool {
	if colon, _ := CutColon(text); colon > 0 {
		text = strings.TrimRight(text[:colon], "0123456789 ")
	}
	switch f.Label(text) {
	case LabelFoot, LabelDeviation, LabelPhone, LabelLeader: // 备注
		return true
	}
	return false
}
