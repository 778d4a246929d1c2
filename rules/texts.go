package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ziping/rules/eval"
	"ziping/sheet"
)

// textFunctions are the functions that look at words.
var textFunctions = []Function{{
	Name: "字数", Usage: "字数(文字)", Type: "数字", Example: `字数("因疫情 取消") == 5`,
	Doc: "不计空白和标点的字数。",
	call: eval.Func1(func(text string) (n int, err error) {
		for _, r := range text {
			if !isMark(r) {
				n++
			}
		}
		return n, nil
	}),
}, {
	Name: "含任一", Usage: "含任一(文字, 词语清单)", Type: "是非值", Example: `含任一("加强宣传", ["加强", "改进"]) && !含任一("40项", ["0项"])`,
	Doc:     "文字中有清单里的任何一个词；以数字开头的词，前面不能还有数字：40项 不算有 0项。",
	judging: judging2(func(text string, words eval.Texts, j *judge) (bool, error) { return j.indexes.anyIn(text, words), nil }),
}, {
	Name: "词数", Usage: "词数(文字, 词语清单)", Type: "数字", Example: `词数("加强宣传，改进服务", ["加强", "改进", "完善"]) == 2`,
	Doc: "清单里有几个词出现在文字中。",
	judging: judging2(func(text string, words eval.Texts, j *judge) (n int, err error) {
		if index := j.indexes.of(words); index != nil {
			return index.countIn(text), nil
		}
		for _, w := range words {
			if strings.Contains(text, w) {
				n++
			}
		}
		return n, nil
	}),
}, {
	Name: "去掉", Usage: "去掉(文字, 名称)", Type: "文字", Example: `去掉("全年完成未完工程清理项目，共清理12处", "未完工程清理项目") == "全年完成，共清理12处"`,
	Doc: "去掉文字中的一个名称，如项目名称，其中的词就不当作说的话；三个字以下的名称不去掉。",
	call: eval.Func2(func(text, name string) (string, error) {
		name = strings.TrimSpace(name)
		if utf8.RuneCountInString(name) <= 3 {
			return text, nil
		}
		return strings.ReplaceAll(text, name, ""), nil
	}),
}, {
	Name: "所选", Usage: "所选(文字, 词语清单)", Type: "文字", Example: `所选("□优 ☑良 □中 □差", ["优", "良", "中", "差"]) == "良" && 所选("优秀", ["优", "良", "中", "差"]) == "优"`,
	Doc: "清单里写在文字中的那一个词；写了几个的，是打了勾的那一个。看不出是哪一个的没有值。",
	call: eval.Func2(func(text string, words eval.Texts) (string, error) {
		if word := sheet.Chosen(text, words); word != "" {
			return word, nil
		}
		return "", errUnknown
	}),
}, {
	Name: "去空白", Usage: "去空白(文字)", Type: "文字", Example: `去空白(" 无 。") == "无"`,
	Doc:  "去掉空白和标点后的文字，用于比较。",
	call: eval.Func1(func(text string) (string, error) { return bare(text), nil }),
}, {
	Name: "分句", Usage: "分句(文字)", Type: "文字清单", Example: `分句("道路封闭，工期顺延。已抢修；") == ["道路封闭", "工期顺延", "已抢修"]`,
	Doc:  "在逗号、句号、分号、换行等处分开的各句，没有字的不算。",
	call: eval.Func1(func(text string) ([]string, error) { return clauses(text), nil }),
}, {
	Name: "去套话", Usage: "去套话(文字, 词语清单, 说过的话)", Type: "文字", Example: `去套话("受疫情影响，未能完成培训，后改为线上。", ["受", "疫情", "影响", "未能完成"], "培训人数") == "后改为线上"`,
	Doc: "去掉清单里的词、与说过的话相同的话（两个字以上）、空白和标点以后，剩下的文字。剩下的少，就是什么也没有说。",
	judging: judging3(func(text string, words eval.Texts, said string, j *judge) (string, error) {
		index := j.indexes.of(words)
		if index == nil && len(words) > 0 {
			index = newWordIndex(slices.DeleteFunc(slices.Clone([]string(words)), func(w string) bool { return w == "" }))
		}
		return strip(text, index, said), nil
	}),
}}

// clauses returns the parts of a text between its marks, without the empty ones.
func clauses(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，。；！？,;!?\r\n", r) })
	return slices.DeleteFunc(parts, func(s string) bool { return bare(s) == "" })
}

// wordIndex finds words in texts by their first rune.
type wordIndex struct {
	byFirst map[rune][]indexed // the longest first
	some    [64]uint64         // a bit by the last bits of a first rune: most runes begin no word
	words   int
}

// indexed is a word with its number.
type indexed struct {
	text string
	n    int
}

// wordIndexes are those of some lists, by the first word, each made when it is first asked
// for: one form asks for few.
type wordIndexes map[*string]func() *wordIndex

// of returns the index of a list, nil where there is none.
func (x wordIndexes) of(words []string) *wordIndex {
	if len(words) == 0 {
		return nil
	}
	if index, ok := x[&words[0]]; ok {
		return index()
	}
	return nil
}

// anyIn is containsAny.
func (x wordIndexes) anyIn(text string, words []string) bool {
	if index := x.of(words); index != nil {
		return index.anyIn(text)
	}
	return containsAny(text, words)
}

// newWordIndex returns an index of words; nil where one of them is empty, which stands
// in any text.
func newWordIndex(words []string) *wordIndex {
	index := &wordIndex{byFirst: make(map[rune][]indexed, len(words)), words: len(words)}
	for n, w := range words {
		if w == "" {
			return nil
		}
		r, _ := utf8.DecodeRuneInString(w)
		index.byFirst[r] = append(index.byFirst[r], indexed{w, n})
		index.some[r>>6&63] |= 1 << (r & 63)
	}
	for _, list := range index.byFirst {
		slices.SortStableFunc(list, func(a, b indexed) int { return len(b.text) - len(a.text) })
	}
	return index
}

// from returns the words that begin with a rune.
func (x *wordIndex) from(r rune) []indexed {
	if x == nil || x.some[r>>6&63]>>(r&63)&1 == 0 {
		return nil
	}
	return x.byFirst[r]
}

// anyIn is containsAny for the words.
func (x *wordIndex) anyIn(text string) bool {
	for i, r := range text {
		for _, w := range x.from(r) {
			if strings.HasPrefix(text[i:], w.text) && !withinNumber(text, i, w.text) {
				return true
			}
		}
	}
	return false
}

// countIn returns how many of the words stand in a text.
func (x *wordIndex) countIn(text string) (n int) {
	var few [4]uint64
	seen := few[:]
	if x.words > 64*len(few) {
		seen = make([]uint64, x.words/64+1)
	}
	for i, r := range text {
		for _, w := range x.from(r) {
			if bit := uint64(1) << (w.n % 64); seen[w.n/64]&bit == 0 && strings.HasPrefix(text[i:], w.text) {
				seen[w.n/64] |= bit
				n++
			}
		}
	}
	return n
}

// strip takes out of a text the words of an index, what repeats another text, and
// what is neither letter nor digit. Where several words begin, the longest counts.
func strip(text string, words *wordIndex, said string) string {
	if text == "" {
		return ""
	}
	said = folded(said)
	var left strings.Builder
	left.Grow(len(text))
	for text = folded(text); text != ""; {
		r, size := utf8.DecodeRuneInString(text)
		known := repeated(text, said)
		for _, w := range words.from(r) {
			if strings.HasPrefix(text, w.text) {
				known = max(known, len(w.text))
				break
			}
		}
		if known == 0 && ('一' <= r && r <= '鿿' || unicode.IsLetter(r) || unicode.IsDigit(r)) { // most are, and need no table
			left.WriteRune(r)
		}
		text = text[max(known, size):]
	}
	return left.String()
}

// folded is a text in the form NFKC. Most texts have nothing to fold but full-width
// letters and marks, and are not looked up in tables.
func folded(text string) string {
	wide := false
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf, '一' <= r && r <= '鿿', '、' <= r && r <= '】', r == '≥', r == '≤', r == '“', r == '”', r == '—':
		case '！' <= r && r <= '～':
			wide = true
		default:
			return norm.NFKC.String(text)
		}
	}
	if !wide {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if '！' <= r && r <= '～' {
			r += '!' - '！'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// repeated returns how many bytes at the beginning of a text stand in another text
// too: 0 where it is only one character.
func repeated(text, in string) int {
	_, first := utf8.DecodeRuneInString(text)
	n := 0
	for n < len(text) {
		_, size := utf8.DecodeRuneInString(text[n:])
		if !strings.Contains(in, text[:n+size]) {
			break
		}
		n += size
	}
	if n == first {
		return 0
	}
	return n
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return says(text, w) })
}

// says reports whether a text has a word in it. One that begins with a digit is not the end
// of a longer number: 40项 does not say 0项.
func says(text, word string) bool {
	if word == "" {
		return true
	}
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		if !withinNumber(text, i, word) {
			return true
		}
		from = i + 1
	}
}

// withinNumber reports whether a word that stands at a place of a text is the end of a
// longer number.
func withinNumber(text string, at int, word string) bool {
	return isDigit(word[0]) && at > 0 && (isDigit(text[at-1]) || text[at-1] == '.')
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// same reports whether two values are equal, the first as an expression keeps it: texts
// without their white space.
func same(kept, want any) bool {
	a, err := eval.Text(kept)
	b, isText := want.(string)
	if err != nil || !isText {
		n, notNumber := eval.Number(kept)
		return err != nil && !isText && notNumber == nil && n == eval.ToNumber(want)
	}
	return a == b || squeezed(a) == squeezed(b)
}

// squeezed returns a text without its white space.
func squeezed(s string) string {
	if strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

// bare takes white space and punctuation out of a text.
func bare(s string) string {
	if strings.IndexFunc(s, isMark) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isMark(r) {
			return -1
		}
		return r
	}, s)
}

// isMark reports whether a character is white space or punctuation. Most are Chinese, and
// need not be looked for in tables.
func isMark(r rune) bool {
	return (r < '一' || r > '鿿') && (unicode.IsSpace(r) || unicode.IsPunct(r))
}
