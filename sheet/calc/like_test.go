package calc

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"ziping/sheet/xlsx"
)

// alikes returns workbooks of one kind: the same formulas over other values, of which
// some come again and some never, some are errors, and some make formulas go in a circle.
func alikes(n int) []book {
	r := rand.New(rand.NewPCG(1, 2))
	var list []book
	for i := range n {
		in := cells{
			"B1": "=IF(A1>5,A2,C1)", "C1": "=IF(A1>5,0,A3&\"-\"&B3)", "B2": "=SUM(A1:A4)", "C2": `=COUNTIF(A1:A5,">3")`,
			"B3": "=IF(A3=\"y\",C3,1)", "C3": "=IF(A1>8,B3,2)", "B4": "=SUBTOTAL(9,A1:A4)+B2", "C4": "=SUBTOTAL(9,B1:B4)",
			"B5": "=IFERROR(A5/A1,B1&\"!\")", "C5": `=IFERROR(IF(LEN($A4),($A4>4)*1,.5),.25)&IFERROR(SUBTOTAL(9,A1:A2),0)`,
			"B6": `=SUMPRODUCT((ROW($1:$4)<=LEN(A4))*ISERROR(FIND(MID(A4,ROW($1:$4),1),"123")))`, "C6": "=B6+C5", "A9": "",
			"B7": Cell{Formula: `MAX(IFERROR(IF(A4>A1,1,.5),.25),IFERROR(COLUMN(),0))`}, "C7": Cell{Formula: `MAX(IFERROR(IF(A4>A1,1,.5),.25),IFERROR(COLUMN(),0))`},
			"B8": Cell{Formula: "IFERROR(A3/A1,A1)", Down: 1}, "C8": `=IFERROR(A1:A4,0)`, "C9": `=IFERROR(A3/A1,A1)+IFERROR(B3,B4)+B9`,
			"B9": `=IFERROR(IF(LEN(A9),A1,COUNTBLANK(D1:D3)),0)`,
			"A1": r.IntN(10), "A2": r.Float64(), "A3": []any{"x", "y", "", true, errNA}[r.IntN(5)], "A4": r.IntN(1000), "A5": r.IntN(3),
		}
		if i%10 == 9 {
			in["A10"] = "更长" // and so another kind
		}
		list = append(list, book{"表": in})
	}
	return list
}

// all says what the formulas of a workbook come to, or why they do not.
func all(c *Calculator) string {
	s := ""
	for range 2 { // what is asked for twice
		for i := range 27 {
			v, err := c.Value("表", i/3+1, i%3+1)
			s += fmt.Sprintln(shown(v), err != nil)
		}
	}
	return s
}

// TestLikeness: formulas come to the same with what is known of workbooks that are alike
// as without, also where several are calculated at a time.
func TestLikeness(t *testing.T) {
	like := new(Likeness)
	var wait sync.WaitGroup
	for i, b := range alikes(600) {
		wait.Go(func() {
			c := New(b)
			c.Like = like
			if got, want := all(c), all(New(b)); got != want {
				t.Errorf("%d: %v\n%s\nwant\n%s", i, b, got, want)
			}
		})
	}
	wait.Wait()
}

// ninths is a workbook in which the ninth row's first cell holds the same as in all others.
type ninths struct{ book }

func (b ninths) Sheet(name string) (Sheet, error) {
	s, err := b.book.Sheet(name)
	return ninth{s}, err
}

type ninth struct{ Sheet }

func (ninth) Fixed(row, col int) bool { return row == 9 && col == 1 || col > 3 }

// TestSettled: what takes only cells that hold the same in all workbooks is calculated
// once, and what takes it comes to the same as without.
func TestSettled(t *testing.T) {
	like := new(Likeness)
	for i, b := range alikes(100) {
		c := New(ninths{b})
		c.Like = like
		if got, want := all(c), all(New(b)); got != want {
			t.Errorf("%d: %v\n%s\nwant\n%s", i, b, got, want)
		}
		c.Done()
	}
	s := like.sheets[0]
	for ref, want := range map[string]bool{"B9": true, "C9": false, "B2": false} {
		row, col, _ := xlsx.ParseRef(ref)
		if _, ok := s.formulas[(row-1)*s.cols+col-1].Load().settled(); ok != want {
			t.Errorf("%s is settled: %t", ref, ok)
		}
	}
}

// TestTraces: a formula's ways are found again, and no more are kept than some.
func TestTraces(t *testing.T) {
	var all *trace
	for i := range int32(8) {
		way := []taken{{1, 1}, {2, i%2 + 1}, {spot(i%2 + 3), i + 1}, {7, 1}}
		all = all.with(way[:4-i%2], 100+i)
	}
	if all = all.with([]taken{{1, 1}, {2, 1}, {3, 3}, {7, 1}}, 9); all.ends() != 8 {
		t.Error(all.ends())
	}
	for i := range int32(8) {
		at := all.next(i%2 + 1).next(i + 1)
		if at.to != 100+i || len(at.taken) != int(1-i%2) {
			t.Error(i, at)
		}
	}
}
