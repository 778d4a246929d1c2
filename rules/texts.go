package rules

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// textFunctions are the functions that look at words.
var textFunctions = []Function{{
	Name: "字数", Usage: "字数(文字)", Type: "数字", Example: `字数("因疫情 取消") == 5`,
	Doc:   "不计空白和标点的字数。",
	types: []any{new(func(string) int)},
	call: func(args ...any) (any, error) {
		n := 0
		for _, r := range args[0].(string) {
			if !isMark(r) {
				n++
			}
		}
		return n, nil
	},
}, {
	Name: "含任一", Usage: "含任一(文字, 词语清单)", Type: "是非值", Example: `含任一("加强宣传", ["加强", "改进"]) && !含任一("40项", ["0项"])`,
	Doc:   "文字中有清单里的任何一个词；以数字开头的词，前面不能还有数字：40项 不算有 0项。",
	types: []any{new(func(string, []string) bool), new(func(string, []any) bool)},
	call: func(args ...any) (any, error) {
		return containsAny(args[0].(string), texts(args[1])), nil
	},
}, {
	Name: "词数", Usage: "词数(文字, 词语清单)", Type: "数字", Example: `词数("加强宣传，改进服务", ["加强", "改进", "完善"]) == 2`,
	Doc:   "清单里有几个词出现在文字中。",
	types: []any{new(func(string, []string) int), new(func(string, []any) int)},
	call: func(args ...any) (any, error) {
		n, text := 0, args[0].(string)
		for _, w := range texts(args[1]) {
			if strings.Contains(text, w) {
				n++
			}
		}
		return n, nil
	},
}, {
	Name: "去空白", Usage: "去空白(文字)", Type: "文字", Example: `去空白(" 无 。") == "无"`,
	Doc:   "去掉空白和标点后的文字，用于比较。",
	types: []any{new(func(string) string)},
	call:  func(args ...any) (any, error) { return bare(args[0].(string)), nil },
}, {
	Name: "分句", Usage: "分句(文字)", Type: "文字清单", Example: `分句("道路封闭，工期顺延。已抢修；") == ["道路封闭", "工期顺延", "已抢修"]`,
	Doc:   "在逗号、句号、分号、换行等处分开的各句，没有字的不算。",
	types: []any{new(func(string) []string)},
	call:  func(args ...any) (any, error) { return clauses(args[0].(string)), nil },
}, {
	Name: "去套话", Usage: "去套话(文字, 词语清单, 说过的话)", Type: "文字", Example: `去套话("受疫情影响，未能完成培训，后改为线上。", ["受", "疫情", "影响", "未能完成"], "培训人数") == "后改为线上"`,
	Doc:     "去掉清单里的词、与说过的话相同的话（两个字以上）、空白和标点以后，剩下的文字。剩下的少，就是什么也没有说。",
	types:   []any{new(func(string, []string, string) string), new(func(string, []any, string) string)},
	judging: []any{new(func(string, []string, string, *judge) string), new(func(string, []any, string, *judge) string)},
	call: func(args ...any) (any, error) {
		return judgeOf(args).without(args[0].(string), texts(args[1]), args[2].(string)), nil
	},
}}

// clauses returns the parts of a text between its marks, without the empty ones.
func clauses(text string) []string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，。；！？,;!?\r\n", r) })
	return slices.DeleteFunc(parts, func(s string) bool { return bare(s) == "" })
}

// wordIndex has words by their first rune, the longest first.
type wordIndex map[rune][]string

func newWordIndex(words []string) wordIndex {
	index := wordIndex{}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		index[r] = append(index[r], w)
	}
	for _, list := range index {
		slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	}
	return index
}

// strip takes out of a text the words of an index, what repeats another text, and
// what is neither letter nor digit. Where several words begin, the longest counts.
func strip(text string, words wordIndex, said string) string {
	said = norm.NFKC.String(said)
	var left strings.Builder
	for text = norm.NFKC.String(text); text != ""; {
		r, size := utf8.DecodeRuneInString(text)
		known := repeated(text, said)
		for _, w := range words[r] {
			if strings.HasPrefix(text, w) {
				known = max(known, len(w))
				break
			}
		}
		if known == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			left.WriteRune(r)
		}
		text = text[max(known, size):]
	}
	return left.String()
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

func texts(list any) []string {
	if s, ok := list.([]string); ok {
		return s
	}
	var s []string
	for _, x := range list.([]any) {
		if t, ok := x.(string); ok {
			s = append(s, t)
		}
	}
	return s
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return says(text, w) })
}

// says reports whether a text has a word in it. One that begins with a digit is not the end
// of a longer number: 40项 does not say 0项.
func says(text, word string) bool {
	if word == "" || !isDigit(word[0]) {
		return strings.Contains(text, word)
	}
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		if i += from; i == 0 || !isDigit(text[i-1]) && text[i-1] != '.' {
			return true
		}
		from = i + 1
	}
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// squeeze makes values comparable: texts without their white space.
func squeeze(v any) any {
	s, ok := v.(string)
	switch {
	case !ok:
		return number(v)
	case strings.IndexFunc(s, unicode.IsSpace) < 0:
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

// bare takes white space and punctuation out of a text.
func bare(s string) string {
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
