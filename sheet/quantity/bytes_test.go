package quantity

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// Words are found in a text as they are found one by one.
func TestContainsAny(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	some := func(n int) string {
		var b strings.Builder
		for range r.IntN(n) {
			b.WriteString([]string{"甲", "乙", "乚", "1", "%", "未", "\xe6"}[r.IntN(7)])
		}
		return b.String()
	}
	found := 0
	for range 20_000 {
		s, words := some(9), []string{some(4), some(4), some(5), some(5), some(6)}[:1+r.IntN(5)]
		want := slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
		if got := containsAny(s, words); got != want {
			t.Fatalf("any of %q in %q: %t, want %t", words, s, got, want)
		}
		if want {
			found++
		}
	}
	if found < 1000 || found > 19_000 {
		t.Errorf("%d of 20000 are found", found)
	}
}
