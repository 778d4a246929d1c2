package list

import (
	_ "embed"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"ziping/sheet/strict"
)

//go:embed words.toml
var wordsTOML string

// vocabulary is what words.toml has.
type vocabulary struct {
	Columns struct {
		Project   []string `toml:"项目"`
		Amount    []string `toml:"金额"`
		Source    []string `toml:"资金来源"`
		Indicator []string `toml:"指标"`
		Beside    []string `toml:"指标值的部分"`
		Returned  []string `toml:"部门填报"`
		Own       []string `toml:"自用"`
		Number    []string `toml:"行号"`
	} `toml:"列"`
	Other map[string][]string `toml:"又称"`
	Vague map[string][]string `toml:"意思不明确"`
	Sum   struct {
		Names  []string `toml:"名称"`
		Ends   []string `toml:"结尾"`
		Begins []string `toml:"开头"`
	} `toml:"合计行"`
	Title struct {
		Words []string `toml:"词"`
	} `toml:"标题"`
	Complete  map[string][]string `toml:"应有的二级指标"`
	Signature struct {
		signers
		Other    []string `toml:"其他"`
		Numbered []string `toml:"编号的"`
		Seal     []string `toml:"盖章"`
		Filler   []string `toml:"填表的"`
	} `toml:"签名"`
	Bare struct {
		signers
		Words []string `toml:"词"`
	} `toml:"没有冒号的签名"`
	Note struct {
		Begins    []string `toml:"开头"`
		Like      []string `toml:"像签名"`
		Sentence  []string `toml:"句中"`
		Continued []string `toml:"续表"`
	} `toml:"说明"`
}

// signers are who may sign, and what they have done.
type signers struct {
	Of    []string `toml:"谁的"`
	Post  []string `toml:"职务"`
	Does  []string `toml:"做什么"`
	Doers []string `toml:"做什么的"`
}

var words = sync.OnceValue(func() (v vocabulary) {
	strict.BuiltIn("template/list/words.toml", wordsTOML, &v)
	return v
})

// otherNames and vagueNames are words.Other and words.Vague by the name of the
// column.
var (
	otherNames = sync.OnceValue(func() map[string]string { return byName(words().Other) })
	vagueNames = sync.OnceValue(func() map[string]string { return byName(words().Vague) })
)

// pattern is a regular expression that is made when it is first asked for: most runs
// read no list.
func pattern(text func() string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text()) })
}

func byName(names map[string][]string) map[string]string {
	m := map[string]string{}
	for _, meaning := range slices.Sorted(maps.Keys(names)) {
		for _, name := range names[meaning] {
			m[name] = meaning
		}
	}
	return m
}

// oneOf is an expression of any of the words.
func oneOf(lists ...[]string) string {
	quoted := []string{}
	for _, word := range slices.Concat(lists...) {
		quoted = append(quoted, regexp.QuoteMeta(word))
	}
	return "(?:" + strings.Join(quoted, "|") + ")"
}
