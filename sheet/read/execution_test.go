package read

import (
	"strings"
	"testing"

	"ziping/sheet"
)

// 预算执行率 among the indicators is the money's, where it stands as a level does.
func TestReadExecution(t *testing.T) {
	elsewhere := strings.NewReplacer("G6 #10\n", "", "I6 #9.79\n", "").Replace(worded)
	for _, c := range []struct {
		name, form, rows string
		score            string // of 年度资金总额, or its problem
		indicators       int
	}{
		{"left of all", elsewhere, "A14 预算执行率\nG14 #10\nH14 #9.79\n", "9.79", 1},
		{"a level 1", elsewhere, "B14 预算执行率（10分）\nD14 预算执行率\nE14 100%\nF14 97.92%\nG14 #10\nH14 #9.79\n", "9.79", 1},
		{"a level 2", elsewhere, "C14 预算执行率\nG14 #10\nH14 #9.79\n", "9.79", 1},
		{"an indicator", elsewhere, "B14 产出指标\nC14 质量指标\nD14 预算执行率\nE14 100%\nF14 97.92%\nG14 #10\nH14 #9.79\n", "", 2},
		{"an indicator of the level above", elsewhere, "D14 预算执行率\nE14 100%\nG14 #10\nH14 #9.79\n", "", 2},
		{"said twice", worded, "B14 预算执行率\nG14 #10\nH14 #9.79\n", "9.79", 1},
		{"said otherwise", worded, "B14 预算执行率\nG14 #10\nH14 #9.5\n", "预算执行率的得分有两处，写得不一样：I6 是“9.79”，H14 是“9.5”，无法确定用哪一处", 1},
	} {
		table := readOne(t, c.form+c.rows)
		score := table.Fund(sheet.WholeFund).Score
		if got := sheet.Show(&score) + score.Problem; got != c.score {
			t.Errorf("%s: the score is %q, want %q", c.name, got, c.score)
		}
		if n := len(table.Indicators); n != c.indicators {
			t.Errorf("%s: %d indicators, want %d", c.name, n, c.indicators)
		}
	}
}
