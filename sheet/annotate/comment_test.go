package annotate

import (
	"strings"
	"testing"
)

func TestTooManyComments(t *testing.T) {
	for n, want := range map[int]bool{1: false, mostComments: false, mostComments + 1: true} {
		c := comments{src: []byte("<comments><commentList>" + strings.Repeat(`<comment ref="A1"/>`, n) + "</commentList></comments>")}
		e, _, _ := root(c.src)
		c.list, _ = child(c.src, e, "commentList")
		if err := c.tooMany(); (err != nil) != want {
			t.Errorf("%d: %v", n, err)
		}
	}
}

// What the department writes around our part of a comment stays, however often
// the comment is written anew.
func TestTheirRuns(t *testing.T) {
	for _, text := range []string{"已核对", "已核对\n", "\n已核对\n\n"} {
		runs := []run{{"", text}}
		for range 3 {
			runs = append(append(runs, run{plainRun, "\n"}), runsOf([]Note{{Message: "有误"}})...)
			var ours bool
			if runs, ours = theirRuns(runs); !ours || textOf(runs) != text {
				t.Fatalf("%q has become %q (ours: %t)", text, textOf(runs), ours)
			}
		}
	}
	runs, ours := theirRuns(append(runsOf([]Note{{Message: "有误"}}), run{"", "\n已改正"}))
	if !ours || textOf(runs) != "已改正" {
		t.Errorf("an answer below ours has become %q (ours: %t)", textOf(runs), ours)
	}
	if runs, ours := theirRuns(runsOf(nil)); !ours || len(runs) != 0 {
		t.Errorf("of a comment of ours alone %q is left (ours: %t)", textOf(runs), ours)
	}
}
