package quantity

import (
	"slices"
	"strings"
)

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

func hasAnySuffix(s string, suffixes []string) bool {
	_, is := cutAnySuffix(s, suffixes)
	return is
}

func cutAnySuffix(s string, suffixes []string) (rest string, is bool) {
	for _, suffix := range suffixes {
		if rest, is = strings.CutSuffix(s, suffix); is {
			return rest, true
		}
	}
	return s, false
}

func cutAnyPrefix(s string, prefixes []string) (rest string, is bool) {
	for _, prefix := range prefixes {
		if rest, is = strings.CutPrefix(s, prefix); is {
			return rest, true
		}
	}
	return s, false
}
