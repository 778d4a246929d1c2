package quantity

import "iter"

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
