package read

import (
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// yearRows is how many rows above the form its 年度 may stand.
const yearRows = 6

// foundYear is a year that stands in a cell.
type foundYear struct {
	year int
	at   *xlsx.Cell
	sure bool // 年度 stands behind it, or before
}

// year reads 年度 from the lines above the form's first row: (2021 年度), or from
// its head. In a blank form the line may be empty; its place is then that of the
// year.
func (f *formReader) year(above, head [][]labelCell) {
	first := f.rows[0][0]
	y := &f.table.Year
	if first.Row > 1 {
		y.Ref = xlsx.Ref(first.Row-1, first.Col)
	} else {
		y.Ref = xlsx.Ref(first.Row, first.Col)
	}
	defer func() {
		if y.Known || y.Problem != "" || namesYear(above) || namesYear(head) {
			f.prints(sheet.LabelYear)
		}
	}()
	var years []foundYear
	for i := len(above) - 1; i >= 0 && above[i][0].Row >= first.Row-yearRows; i-- {
		// The foot of the form above, or who fills in this one, and when: only a label tells.
		years = append(years, yearsIn(above[i], !above[i][0].form.IsFoot(above[i][0].Text))...)
	}
	for _, row := range head {
		years = append(years, yearsIn(row, false)...)
	}
	choose(y, years)
}

// namesYear reports whether one of the rows has a place for a year: (    年度).
func namesYear(rows [][]labelCell) bool {
	return slices.ContainsFunc(rows, func(row []labelCell) bool {
		return slices.ContainsFunc(row, func(c labelCell) bool {
			s := quantity.FoldSpace(c.Text)
			return c.lead == sheet.LabelYear || strings.Trim(s, "()") == sheet.LabelYear || strings.Contains(s, "(年度)") || strings.HasPrefix(s, sheet.LabelYear)
		})
	})
}

// choose takes the year that stands nearest, one that is sure before the others.
func choose(n *sheet.Number, years []foundYear) {
	var best foundYear
	for _, y := range years {
		if best.at == nil || y.sure && !best.sure {
			best = y
		}
	}
	if best.at == nil {
		return
	}
	*n = sheet.N(float64(best.year))
	n.Cell = sheet.Cell{Ref: xlsx.Ref(best.at.Row, best.at.Col), Typed: best.at.Text}
	if best.at.HasFormula {
		n.Formula = best.at.Formula
	}
	for _, y := range years {
		if y.sure && best.sure && y.year != best.year {
			n.Problem = fmt.Sprintf("年度有两处，写得不一样：%s 是 %d，%s 是 %d", n.Ref, best.year, xlsx.Ref(y.at.Row, y.at.Col), y.year)
			return
		}
	}
}

// yearsIn finds the years that a row names. title tells that it may do so in
// any text; else it needs the label 年度.
func yearsIn(row []labelCell, title bool) []foundYear {
	var years []foundYear
	add := func(year int, at *xlsx.Cell, sure bool) {
		if year > 0 {
			years = append(years, foundYear{year, at, sure})
		}
	}
	for i, c := range row {
		switch {
		case c.label == sheet.LabelYear: // 年度 | 2021, or 2021 | 年度
			for _, j := range [...]int{i + 1, i - 1} {
				if 0 <= j && j < len(row) && row[j].label == "" {
					if year := quantity.BareYear(row[j].Text); year > 0 {
						add(year, row[j].Cell, true)
						break
					}
				}
			}
		case c.Kind == xlsx.String && (!title || len(startsInline(c)) > 0):
			for _, x := range startsInline(c) {
				if x.Label == sheet.LabelYear {
					add(quantity.BareYear(x.Value), c.Cell, true)
				}
			}
		case title:
			year, sure := quantity.YearIn(c.Text)
			if year == 0 {
				sure = i+1 < len(row) && strings.HasPrefix(quantity.FoldSpace(row[i+1].Text), sheet.LabelYear) // ( | 2021 | 年度)
				if sure || len(row) == 1 {
					year = quantity.BareYear(c.Text)
				}
			}
			add(year, c.Cell, sure)
		}
	}
	return years
}

// titles returns the cells at the top of a sheet without a form, its cover,
// that name a year for sure.
func titles(g *xlsx.Grid) []xlsx.Cell {
	var list []xlsx.Cell
	for i, c := range g.Cells() {
		if i == 20 {
			break
		}
		if _, sure := quantity.YearIn(c.Text); sure && saysSelf(c.Text) {
			list = append(list, c)
		}
	}
	return list
}

// yearElsewhere takes 年度 from the name of the sheet or from the workbook's
// cover where the form itself has none.
func yearElsewhere(t *sheet.Table, name string, covers []xlsx.Cell) {
	if t.Year.Known || t.Year.Problem != "" || t.Year.Typed != "" {
		return
	}
	year, sure := quantity.YearIn(name)
	if !sure {
		year = 0
		for _, c := range covers {
			y, _ := quantity.YearIn(c.Text)
			if year != 0 && y != year {
				return
			}
			year = y
		}
	}
	if year != 0 {
		t.Year.Value, t.Year.Known = float64(year), true
		delete(t.Absent, sheet.LabelYear)
	}
}
