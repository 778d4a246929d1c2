package quantity

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"ziping/sheet/strict"
)

//go:embed words.json
var readyWords []byte

// vocabulary is what stands before and after numbers and dates; see words.toml.
var vocabulary = sync.OnceValue(func() *words {
	w := &words{byRune: map[rune][]*lead{}}
	strict.Ready("sheet/quantity", readyWords, w)
	for _, l := range w.Lead {
		w.leads = append(w.leads, l.leads()...)
	}
	for _, l := range w.Tail {
		w.tails = append(w.tails, l.leads()...)
	}
	for i := range w.leads {
		l := &w.leads[i]
		r, _ := utf8.DecodeRuneInString(l.word)
		w.byRune[r] = append(w.byRune[r], l)
	}
	for _, list := range w.byRune {
		slices.SortStableFunc(list, func(a, b *lead) int { return len(b.word) - len(a.word) })
	}
	return w
})

type words struct {
	Nothing    []string
	Further    []string
	ShareOf    []string `toml:"share_of"`
	Lead, Tail []leadWords
	Label      struct{ Negations, Spoilers, Plans, Intents, Fall, Rise, Measures []string }
	Date       struct {
		Before, Within, Done, All, Things []string
		NotOccasion                       string   `toml:"not_occasion"`
		SameDay                           []string `toml:"same_day"`
		Year                              []yearWord
		YearPart                          []datePart `toml:"year_part"`
		MonthPart                         []datePart `toml:"month_part"`
		Ends                              []string
		Occasion                          []datedOccasion
	}
	Each struct {
		Units, Operators []string
		Payments         string
	}
	Shares map[string]string // of a whole, in numbers: 过半 is 超过50%
	Range  struct {
		Tails     []string
		EitherWay []string `toml:"either_way"`
	}

	leads, tails []lead
	byRune       map[rune][]*lead // the leads by their first, the longest first
}

// leadWords are words that say the same of a number.
type leadWords struct {
	Role, Op, Approx, Change string
	Soft, Noun, Target       bool
	DateOnly                 bool `toml:"date_only"`
	Words                    []string
}

var (
	roleNames   = [...]string{"", "link", "rate"}
	approxNames = [...]string{"", "above", "at_least", "below", "around"}
	changeNames = [...]string{"", "rise", "fall"}
)

func (l leadWords) leads() []lead {
	place := func(names []string, name string) int {
		i := slices.Index(names, name)
		if i < 0 {
			panic(name) // a defect of the build
		}
		return i
	}
	made := make([]lead, len(l.Words))
	for i, word := range l.Words {
		made[i] = lead{
			word: word, soft: l.Soft, noun: l.Noun, target: l.Target, dateOnly: l.DateOnly,
			role: role(place(roleNames[:], l.Role)), op: Op(place(opNames[:], l.Op)),
			approx: Approx(place(approxNames[:], l.Approx)), change: Change(place(changeNames[:], l.Change)),
		}
	}
	return made
}

func containsAny(s string, words []string) bool {
	for w := range mayStand(words, s) {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

func hasAnySuffix(s string, suffixes []string) bool {
	_, is := cutAnySuffix(s, suffixes)
	return is
}

func cutAnySuffix(s string, suffixes []string) (rest string, is bool) {
	for _, suffix := range suffixes {
		rest, is = strings.CutSuffix(s, suffix)
		if is {
			return rest, true
		}
	}
	return s, false
}

func cutAnyPrefix(s string, prefixes []string) (rest string, is bool) {
	for _, prefix := range prefixes {
		rest, is = strings.CutPrefix(s, prefix)
		if is {
			return rest, true
		}
	}
	return s, false
}
