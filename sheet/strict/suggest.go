package strict

import (
	"fmt"
	"path/filepath"
	"strings"
)

// Meant asks in Chinese whether the candidate nearest to a wrong name was meant; it
// returns "" if none is near.
func Meant(name string, candidates []string) string {
	if near := Suggest(name, candidates); near != "" && near != name {
		return fmt.Sprintf("，是否应为“%s”？", near)
	}
	return ""
}

// Beside returns the path of a file that another names: beside that one, unless the
// name says where.
func Beside(name, from string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(filepath.Dir(from), name)
}

// Suggest returns the candidate nearest to name: one that a few slips of the
// finger make of it, or one that contains it or is contained in it. It returns ""
// if none is near, or if several are equally near.
func Suggest(name string, candidates []string) string {
	best, bestDistance := "", -1
	for _, candidate := range candidates {
		d, near := distance(name, candidate)
		switch {
		case !near:
			continue
		case bestDistance < 0 || d < bestDistance:
			best, bestDistance = candidate, d
		case d == bestDistance && candidate != best:
			best = ""
		}
	}
	return best
}

// distance returns the number of edits between two names, and whether the one
// can be meant by the other.
func distance(name, candidate string) (edits int, near bool) {
	a, b := []rune(strings.ToLower(name)), []rune(strings.ToLower(candidate))
	if len(a) > len(b) {
		a, b = b, a
	}
	contained := contains(a, b)
	allowed := allowedEdits(len(b))
	if !contained && len(b)-len(a) > allowed {
		return 0, false
	}
	edits = editDistance(a, b)
	if contained {
		return edits, true
	}
	return edits, edits <= allowed && (len(b) > 2 || alike(a, b))
}

// contains reports whether the longer name has the shorter one in it, and the
// shorter one is long enough for that to mean something: two Han characters or
// four letters, and more than a third of the longer.
func contains(short, long []rune) bool {
	s := string(short)
	return len(s) >= 4 && 3*len(short) > len(long) && strings.Contains(string(long), s)
}

// allowedEdits returns how many edits a name of n characters may be away.
func allowedEdits(n int) int {
	return max(1, n/3)
}

// alike reports whether two names of at most two characters have enough in
// common: 年份 and 年度, but not 总分 and 得分.
func alike(a, b []rune) bool {
	if len(a) < 2 {
		return false
	}
	return a[0] == b[0] || (a[0] == b[1] && a[1] == b[0])
}

// editDistance returns how many characters must be put in, left out, replaced or
// swapped with their neighbour to turn a into b.
func editDistance(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
