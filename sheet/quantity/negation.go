package quantity

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// occurrences yields where a word stands in a text.
func occurrences(s, word string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for at := 0; ; at += len(word) {
			i := strings.Index(s[at:], word)
			if i < 0 || word == "" {
				return
			}
			at += i
			if !yield(at) {
				return
			}
		}
	}
}

// negated returns what follows the negations of a text, each to the end of its clause;
// words may stand between the two.
func negated(s string, between []string) (words []string) {
	for i := range s {
		n := negationAt(s, i)
		if n == 0 {
			continue
		}
		rest := s[i+n:]
		if end := strings.IndexAny(rest, clauseMarks+"、()"); end >= 0 {
			rest = rest[:end]
		}
		words = append(words, rest)
		for _, b := range between {
			if after, ok := strings.CutPrefix(rest, b); ok {
				words = append(words, after)
			}
		}
	}
	return words
}

// negationAt returns the length of the negation that stands at a place, 0 for none.
func negationAt(s string, at int) int {
	if r, _ := utf8.DecodeRuneInString(s[at:]); !contraries().negates[byte(r)] {
		return 0
	}
	if _, is := cutAnyPrefix(s[at:], contraries().Innocent); is {
		return 0
	}
	for _, w := range contraries().Negations {
		if strings.HasPrefix(s[at:], w) {
			return len(w)
		}
	}
	return 0
}

// sharedStart returns the longest beginning of a word, two characters at least, that
// stands in another text too.
func sharedStart(word, in string) string {
	longest := ""
	for end := 0; end < len(word); {
		_, size := utf8.DecodeRuneInString(word[end:])
		first := end == 0
		end += size
		if !strings.Contains(in, word[:end]) {
			break
		}
		if !first {
			longest = word[:end]
		}
	}
	return longest
}

// negatedAt reports whether what stands at a place of a text is denied: by an odd
// number of negations before it in its clause, or by a zero behind it.
func negatedAt(s string, at, length int) bool {
	start := strings.LastIndexAny(s[:at], clauseMarks) + 1
	count := 0
	for i := start; i < at; {
		if n := negationAt(s, i); n > 0 && i+n <= at && near4(s[i+n:at]) {
			count++
			i += n
			continue
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	rest := strings.TrimLeft(s[at+length:], ":")
	for _, z := range contraries().Zeroes {
		if after, ok := strings.CutPrefix(rest, z); ok && (after == "" || !IsDigit(after[0]) && after[0] != '.') {
			return count%2 == 0
		}
	}
	return count%2 == 1
}

// near4 reports whether a text is so short that a negation before it still reaches over
// it: four characters.
func near4(s string) bool { return utf8.RuneCountInString(s) <= 4 }

// mayStand yields those of some words that may stand in a text, by the bytes of their
// first characters: nearly all of a long list of words do not, and need not be looked
// for.
func mayStand(words []string, text string) iter.Seq[string] {
	const few = 4 // are found as soon
	return func(yield func(string) bool) {
		if len(words) <= few {
			for _, w := range words {
				if !yield(w) {
					return
				}
			}
			return
		}
		var has [256]bool
		for i := range len(text) {
			has[text[i]] = true
		}
		for _, w := range words {
			stands := true
			for i := 0; i < len(w) && i < len("一") && stands; i++ {
				stands = has[w[i]]
			}
			if stands && !yield(w) {
				return
			}
		}
	}
}
