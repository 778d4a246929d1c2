package sheet

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"ziping/sheet/memo"
	"ziping/sheet/strict"
)

// Section is a part of the form in which words are labels that elsewhere are none.
type Section string

const (
	Anywhere  Section = "各处"
	InHead    Section = "表首"
	InColumns Section = "表头"
	InSources Section = LabelSource
	InGoal    Section = "目标"
	InTotal   Section = "总分行"
)

// sections are those that a form may have words in.
var sections = []Section{InHead, InColumns, InSources, InGoal, InTotal}

// Vocabulary is the printed labels of a form, and the other words that are printed
// for them. It may be used from several goroutines.
type Vocabulary struct {
	words map[Section]map[string][]string // by section and label, as they are written
	found func() *lookups
}

// lookups is what a vocabulary is asked by. Those of most forms are never asked for.
type lookups struct {
	folded map[Section]map[string][]string // the words by section and label, folded
	labels map[Section][]string            // those that have words, sorted

	exact    map[string]Meanings // of the folded words
	longest  int                 // of these, in bytes
	patterns patterns

	plain map[string]int             // those that folding leaves as they are, as they are mostly printed
	ready []atomic.Pointer[Meanings] // of these, once they were met
	met   memo.Cache[string, *Meanings]
}

// Meanings are the labels that a text is, one for each section that has a word for it.
type Meanings []meaning

type meaning struct {
	section Section
	label   string
}

// In returns the label in a section, "" where there is none.
func (m *Meanings) In(s Section) string {
	for i := range *m {
		if (*m)[i].section == s {
			return (*m)[i].label
		}
	}
	return ""
}

// set makes a label the one of a section.
func (m *Meanings) set(s Section, label string) {
	for i := range *m {
		if (*m)[i].section == s {
			(*m)[i].label = label
			return
		}
	}
	*m = append(*m, meaning{s, label})
}

// none are the meanings of most texts.
var none = new(Meanings)

func newVocabulary(words map[Section]map[string][]string) Vocabulary {
	return Vocabulary{words: words, found: sync.OnceValue(func() *lookups { return newLookups(words) })}
}

func newLookups(words map[Section]map[string][]string) *lookups {
	v := &lookups{folded: make(map[Section]map[string][]string), labels: make(map[Section][]string), exact: make(map[string]Meanings), plain: make(map[string]int)}
	for s, labels := range words {
		v.folded[s], v.labels[s] = make(map[string][]string, len(labels)), slices.Sorted(maps.Keys(labels))
		for _, label := range v.labels[s] {
			if s == Anywhere {
				v.add(s, label, Fold(label), label)
			}
			folded := make([]string, len(labels[label]))
			for i, word := range labels[label] {
				folded[i] = Fold(word)
				if strings.Contains(word, "*") {
					v.patterns.add(s, newPattern(word, label))
				} else {
					v.add(s, word, folded[i], label)
				}
			}
			v.folded[s][label] = folded
		}
	}
	v.ready = make([]atomic.Pointer[Meanings], len(v.plain))
	return v
}

// add adds a word for a label of a section.
func (v *lookups) add(s Section, word, folded, label string) {
	m := v.exact[folded]
	m.set(s, label)
	v.exact[folded] = m
	v.longest = max(v.longest, len(folded))
	if folded == word || Fold(folded) == folded {
		if _, known := v.plain[folded]; !known {
			v.plain[folded] = len(v.plain)
		}
	}
}

// Label returns the label that a text is, by whatever word it is printed; "" when
// it is none.
func (v *Vocabulary) Label(text string) string { return v.LabelIn(Anywhere, text) }

// LabelIn is Label for the words of a section.
func (v *Vocabulary) LabelIn(s Section, text string) string { return v.Meanings(text).In(s) }

// Meanings returns the labels that a text is. The caller must not change them.
func (v *Vocabulary) Meanings(text string) *Meanings { return v.found().meanings(text) }

func (v *lookups) meanings(text string) *Meanings {
	if len(text) > LongestLabel {
		return none
	}
	if len(text) <= v.longest {
		if i, ok := v.plain[text]; ok {
			return v.printed(i, text)
		}
	}
	m, ok := v.met.Get(text)
	if !ok {
		m = v.meaningsOf(text)
		v.met.Put(strings.Clone(text), m)
	}
	return m
}

// printed is meanings for one of the plain words.
func (v *lookups) printed(i int, word string) *Meanings {
	m := v.ready[i].Load()
	if m == nil {
		m = v.meaningsOf(word)
		v.ready[i].Store(m)
	}
	return m
}

// meaningsOf finds the labels of a text: in each section that of the first word that it
// may be, or else of a pattern that it fits.
func (v *lookups) meaningsOf(text string) *Meanings {
	var few [4]string
	words, rest := candidates(few[:0], Fold(text))
	var m Meanings
	for _, word := range words {
		if len(word) > v.longest {
			continue
		}
		for _, x := range v.exact[word] {
			if m.In(x.section) == "" {
				m = append(m, x)
			}
		}
	}
	m = v.patterns.match(rest, m)
	if m == nil {
		return none
	}
	found := m // so that none needs no memory
	return &found
}

// IsWord reports whether a text is one of the words for a label in a section, and does
// not only fit a pattern; rank is which of them.
func (v *Vocabulary) IsWord(s Section, label, text string) (rank int, ok bool) {
	words := v.found().folded[s][label]
	if len(words) == 0 {
		return 0, false
	}
	rank = slices.Index(words, Word(text))
	return rank, rank >= 0
}

// Words returns the words for a label in a section, the first of which counts most.
func (v *Vocabulary) Words(s Section, label string) []string { return v.words[s][label] }

// Labels returns the labels that have words in a section. The caller must not change them.
func (v *Vocabulary) Labels(s Section) []string { return v.found().labels[s] }

// Sections returns the sections that have words, sorted.
func (v *Vocabulary) Sections() []Section { return slices.Sorted(maps.Keys(v.words)) }

// near returns which of the labels a text was meant to be, by whatever word it is
// printed: 项目名 is 项目名称. It returns "" when it is near to none.
func (v *Vocabulary) near(text string, labels []string) string {
	if len(text) > LongestLabel {
		return ""
	}
	known := v.found().exact
	var names []string
	for name, m := range known {
		if slices.Contains(labels, m.In(Anywhere)) {
			names = append(names, name)
		}
	}
	m := known[strict.Suggest(Fold(text), names)]
	return m.In(Anywhere)
}

// LongestLabel is in bytes, and generous: a longer text is no label.
const LongestLabel = 180

// candidates appends the words that a folded text may be, in the order in which they
// count, and returns what may fit a pattern: （一）预算数（万元）： is the first with the number, the
// brackets and the colon, then without the last, and so on.
func candidates(words []string, text string) (all []string, rest string) {
	words = append(words, text)
	for {
		short := strings.TrimRight(withoutBrackets(text), ":：")
		if short == text {
			break
		}
		text = short
		words = append(words, text)
	}
	if rest, ok := cutNumber(text); ok {
		return append(words, strings.TrimPrefix(rest, "其中")), rest
	}
	if strings.Contains(text, "(") {
		words = append(words, plainBrackets.Replace(text))
	}
	return words, text
}

// plainBrackets takes out folded brackets and leaves what they hold: 全年(调整)预算数.
var plainBrackets = strings.NewReplacer("(", "", ")", "")
