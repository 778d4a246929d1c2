package sheet

import (
	"slices"
	"strings"
)

// ticks are the marks by which people choose one of several words, boxes those that are
// left empty.
const ticks, boxes = "√✓✔☑■●◉▣⊠☒", "□○〇☐"

// Chosen returns the one of some words that a text has, or of several the one that is
// ticked; "" where that can't be told.
func Chosen(text string, words []string) string {
	var has, ticked []string
	before := false // the marks stand before their words: ☑良, not 良√
	if first := strings.IndexAny(text, ticks+boxes); first >= 0 {
		before = !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text[:first], w) })
	}
	for i, w := range words {
		at := strings.Index(text, w)
		if at < 0 {
			continue
		}
		has = append(has, w)
		around := text[at+len(w):]
		if before {
			around = text[:at]
		}
		for j, other := range words { // as far as the next word
			if k := strings.Index(around, other); j != i && k >= 0 && !before {
				around = around[:k]
			} else if k := strings.LastIndex(around, other); j != i && k >= 0 {
				around = around[k+len(other):]
			}
		}
		if strings.ContainsAny(around, ticks) {
			ticked = append(ticked, w)
		}
	}
	switch {
	case len(ticked) == 1:
		return ticked[0]
	case len(has) == 1 && !strings.ContainsAny(text, boxes):
		return has[0]
	}
	return ""
}
