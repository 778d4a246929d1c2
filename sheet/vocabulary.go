package sheet

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	known  map[Section]*lookup
	most   *lookup // that of Anywhere, which is asked most
}

// lookup finds labels by the words of one section.
type lookup struct {
	exact    map[string]string // by the folded word
	plain    map[string]string // those that folding leaves as they are, as they are mostly printed
	longest  int               // of these, in bytes
	patterns []pattern

	met memo.Cache[string, string] // texts and the labels that they are, most of them in form after form
}

func newVocabulary(words map[Section]map[string][]string) Vocabulary {
	return Vocabulary{words: words, found: sync.OnceValue(func() *lookups { return newLookups(words) })}
}

func newLookups(words map[Section]map[string][]string) *lookups {
	v := &lookups{folded: make(map[Section]map[string][]string), labels: make(map[Section][]string), known: make(map[Section]*lookup), most: new(lookup)}
	for s, labels := range words {
		v.folded[s], v.labels[s] = make(map[string][]string, len(labels)), slices.Sorted(maps.Keys(labels))
		l := &lookup{exact: make(map[string]string, 3*len(labels)), plain: make(map[string]string, 3*len(labels))}
		for _, label := range v.labels[s] {
			if s == Anywhere {
				l.add(label, Fold(label), label)
			}
			folded := make([]string, len(labels[label]))
			for i, word := range labels[label] {
				folded[i] = Fold(word)
				if strings.Contains(word, "*") {
					l.patterns = append(l.patterns, newPattern(word, label))
				} else {
					l.add(word, folded[i], label)
				}
			}
			v.folded[s][label] = folded
		}
		v.known[s] = l
	}
	if l := v.known[Anywhere]; l != nil {
		v.most = l
	}
	return v
}

// add adds a word for a label.
func (l *lookup) add(word, folded, label string) {
	l.exact[folded] = label
	if folded == word || Fold(folded) == folded {
		l.plain[folded] = label
		l.longest = max(l.longest, len(folded))
	}
}

// Label returns the label that a text is, by whatever word it is printed; "" when
// it is none.
func (v *Vocabulary) Label(text string) string { return v.found().most.label(text) }

// LabelIn is Label for the words of a section.
func (v *Vocabulary) LabelIn(s Section, text string) string {
	if l := v.found().known[s]; l != nil {
		return l.label(text)
	}
	return ""
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
	known := v.found().most.exact
	var names []string
	for name, label := range known {
		if slices.Contains(labels, label) {
			names = append(names, name)
		}
	}
	return known[strict.Suggest(Fold(text), names)]
}

// LongestLabel is in bytes, and generous: a longer text is no label.
const LongestLabel = 180

func (l *lookup) label(text string) string {
	if len(text) > LongestLabel {
		return ""
	}
	if len(text) <= l.longest {
		if label := l.plain[text]; label != "" {
			return label
		}
	}
	label, ok := l.met.Get(text)
	if !ok {
		label = l.labelOf(text)
		l.met.Put(strings.Clone(text), label)
	}
	return label
}

func (l *lookup) labelOf(text string) string {
	whole := Fold(text)
	s := whole
	for {
		if name := l.exact[s]; name != "" {
			return name
		}
		short := strings.TrimRight(withoutBrackets(s), ":：")
		if short == s {
			break
		}
		s = short
	}
	if rest, ok := cutNumber(s); ok {
		if name := l.exact[strings.TrimPrefix(rest, "其中")]; name != "" {
			return name
		}
		s = rest
	} else if strings.Contains(s, "(") {
		if name := l.exact[plainBrackets.Replace(s)]; name != "" {
			return name
		}
	}
	return l.match(s)
}

// plainBrackets takes out folded brackets and leaves what they hold: 全年(调整)预算数.
var plainBrackets = strings.NewReplacer("(", "", ")", "")

// match returns the label of the pattern that a folded text fits, of several that
// which says most of it.
func (l *lookup) match(s string) string {
	if len(l.patterns) == 0 || utf8.RuneCountInString(s) > longestMatch || strings.ContainsAny(s, notInLabel) {
		return ""
	}
	label, most := "", 0
	for i := range l.patterns {
		if p := &l.patterns[i]; p.size() > most && p.fits(s) {
			label, most = p.label, p.size()
		}
	}
	return label
}

// A text that is longer than longestMatch, in characters, or has one of notInLabel
// is a sentence: no pattern makes a label of it.
const (
	longestMatch = 24
	notInLabel   = ",，;；。!！?？:：\""
)

// pattern is a word with at least one *, which stands for anything.
type pattern struct {
	first, last string   // what it begins and ends with
	middle      []string // what stands between, in this order
	label       string
}

func newPattern(word, label string) pattern {
	parts := strings.Split(Fold(strings.ReplaceAll(word, "*", star)), star)
	n := len(parts) - 1
	return pattern{first: parts[0], middle: parts[1:n], last: parts[n], label: label}
}

// star stands for * where that is folded away at the ends of a text.
const star = "\uE000"

// fits reports whether a folded text is the pattern's.
func (p *pattern) fits(s string) bool {
	rest, ok := strings.CutPrefix(s, p.first)
	if !ok || !strings.HasSuffix(rest, p.last) {
		return false
	}
	rest = rest[:len(rest)-len(p.last)]
	for _, part := range p.middle {
		_, rest, ok = strings.Cut(rest, part)
		if !ok {
			return false
		}
	}
	return true
}

// says reports whether a pattern has a text in it.
func (p *pattern) says(text string) bool {
	return strings.Contains(p.first, text) || strings.Contains(p.last, text) || slices.ContainsFunc(p.middle, func(part string) bool { return strings.Contains(part, text) })
}

// size is how much of a text a pattern says, in bytes.
func (p *pattern) size() int {
	n := len(p.first) + len(p.last)
	for _, part := range p.middle {
		n += len(part)
	}
	return n
}
