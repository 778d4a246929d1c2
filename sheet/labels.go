package sheet

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"github.com/BurntSushi/toml"

	"ziping/sheet/strict"
)

//go:embed labels.toml
var labelsTOML string

// known maps every way of printing a label, folded, to the label.
var known = func() map[string]string {
	var synonyms map[string][]string
	if _, err := toml.Decode(labelsTOML, &synonyms); err != nil {
		panic("sheet/labels.toml: " + err.Error()) // a defect of the build
	}
	m := make(map[string]string, 3*len(synonyms))
	for name, others := range synonyms {
		m[fold(name)] = name
		for _, o := range others {
			m[fold(o)] = name
		}
	}
	return m
}()

// longestLabel is in bytes, and generous: a longer text is no label.
const longestLabel = 120

// Label returns the printed label that a text is, by whatever name forms print it;
// "" when it is none.
func Label(text string) string {
	if len(text) > longestLabel {
		return ""
	}
	s := fold(text)
	if name := known[s]; name != "" {
		return name
	}
	return known[withoutBrackets(s)]
}

// NearLabel returns which of the labels a text was meant to be, by whatever name
// forms print it: 项目名 is 项目名称. It returns "" when it is near to none.
func NearLabel(text string, labels []string) string {
	if len(text) > longestLabel {
		return ""
	}
	var names []string
	for name, label := range known {
		if slices.Contains(labels, label) {
			names = append(names, name)
		}
	}
	return known[strict.Suggest(fold(text), names)]
}

// sourceIn returns the 资金来源 that a cell names: the label when it is a known
// one, else the words as written.
func sourceIn(text string) string {
	if name := Label(text); name != "" {
		return name
	}
	return fold(text)
}

// LevelName returns the name of a level-1 or level-2 indicator without the line
// breaks and the weight that forms print with it: 产出指标(50分) is 产出指标.
func LevelName(text string) string { return withoutBrackets(foldSpace(text)) }

// fold takes out of a label what forms print differently.
func fold(s string) string {
	s = strings.TrimPrefix(foldSpace(s), "其中")
	return strings.Trim(s, ":：、")
}

func foldSpace(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u200b', r == '\ufeff':
			return -1
		case r == '（':
			return '('
		case r == '）':
			return ')'
		}
		return r
	}, s)
}

// withoutBrackets cuts a trailing (…).
func withoutBrackets(s string) string {
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		return s[:i]
	}
	return s
}

// UnitOf returns the unit of money that a label names, as in 项目资金(万元) or
// 单位：元; "" when it names none.
func UnitOf(text string) string {
	s := foldSpace(text)
	if len(s) > longestLabel {
		return ""
	}
	for _, unit := range []string{"亿元", "万元", "千元", "元"} {
		if strings.HasSuffix(s, "("+unit+")") || strings.HasSuffix(s, "单位:"+unit) ||
			strings.HasSuffix(s, "单位："+unit) || strings.HasSuffix(s, "单位:"+unit+")") || strings.HasSuffix(s, "单位："+unit+")") {
			return unit
		}
	}
	return ""
}
