package livecheck

import (
	"fmt"
	"strings"
	"testing"

	"ziping/sheet/calc"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

// cells is a form of some cells.
type cells map[string]calc.Cell

func (cells) Date1904() bool                     { return false }
func (c cells) Sheet(string) (calc.Sheet, error) { return c, nil }
func (cells) Size() (rows, cols int)             { return 20, 9 }
func (cells) Hidden(int) bool                    { return false }
func (c cells) Cell(row, col int) calc.Cell      { return c[xlsx.Ref(row, col)] }

// smallSheet is a sheet with two checks: of one cell, and of three rows.
func smallSheet() *Sheet {
	s := &Sheet{Form: "表"}
	rows := []int{7, 8, 9}
	name := s.AddOwn(rows, []Cell{{Own: 1}, {Own: 2}, {Own: 3}})
	number := Formula(`IF(LEN(表!D` + Row + `),表!D` + Row + `,"")`)
	typed := s.Add(rows, []Cell{number, number, number})
	held := Formula("IF(LEN($" + typed + Row + "),IF(ISNUMBER($" + typed + Row + "),($" + typed + Row + "<=10)*1,.25),.5)")
	states := s.Add(rows, []Cell{held, held, held})
	once := s.Add([]int{First}, []Cell{Formula("(LEN(表!B2)>0)*1")})
	s.List([]Check{
		{ID: "most", Title: "超过 10", Grade: Wrong, States: "$" + states + "$7:$" + states + "$9", Rows: rows, Cells: []string{"D7", "D8", "D9"}, Places: Locations{Column: "D"},
			Say: func(first, title string) string {
				return "INDEX(" + Own + "$" + name + "$1:$" + name + "$9," + first + ")&" + title
			}},
		{ID: "name", Title: "未填名称", Grade: Missing, States: "$" + once + "$5", Rows: []int{First}, Cells: []string{"B2"}, Places: Locations{Column: "B2"},
			Say: func(_, _ string) string { return `"没有填写名称 <&>"` }},
	})
	return s
}

func own(names ...string) []calc.Value {
	var list []calc.Value
	for _, n := range names {
		list = append(list, calc.Value{Kind: calc.Text, Text: n})
	}
	return list
}

// TestDrawn draws the sheets of a form.
func TestDrawn(t *testing.T) {
	d, err := smallSheet().For(cells{"D8": calc.CellOf(12.0)}, own("甲", "乙", "丙"))
	if err != nil {
		t.Fatal(err)
	}
	f := new(Frame)
	lines := strings.NewReplacer("<row", "\n<row", "<c ", "\n  <c ", "</sheetData>", "\n</sheetData>")
	sheettest.Golden(t, "testdata/front.xml", lines.Replace(string(d.XML(nil, f))))
	sheettest.Golden(t, "testdata/behind.xml", lines.Replace(string(d.behind(f))))
}

// TestSays: what the sheet says at its top and in its first line, of forms of one shape
// one after the other.
func TestSays(t *testing.T) {
	s := smallSheet()
	s.LeaveBlank("D8")
	s.LeaveBlank("B2")
	for _, test := range []struct {
		form       cells
		top, first string
	}{
		{cells{}, "还有 0 处未通过 · 1 处未填写", "待填 未填名称 B2 没有填写名称 <&>"},
		{cells{"D9": calc.CellOf(11.0), "D7": calc.CellOf(10.5), "B2": calc.CellOf("名")}, "还有 2 处未通过 · 0 处未填写", "✗ 超过 10 D7 甲超过 10（共 2 处，改好一处再看下一处）"},
		{cells{"B2": calc.CellOf("名")}, "可以报送", "✓ 未填名称  "},
		{cells{"B2": calc.CellOf("名"), "D7": calc.CellOf(1.0), "D8": calc.CellOf("约十"), "D9": calc.CellOf(2.0)}, "没有发现错误 · 1 项这里不能判断", "？ 超过 10  公式判断不了这样的填法，由审核人审核"},
		{cells{"B2": calc.CellOf("名"), "D7": calc.CellOf(1.0), "D8": calc.CellOf(10.0), "D9": calc.CellOf(2.0)}, "可以报送", "✓ 超过 10  "},
	} {
		d, err := s.For(test.form, own("甲", "乙", "丙"))
		if err != nil {
			t.Fatal(err)
		}
		var line [lastSeen]any
		for i := range line {
			line[i] = d.shown[d.front.at(First, i+1).shown].Text
		}
		if first := fmt.Sprintf("%s %s %s %s", line[:]...); d.says() != test.top || first != test.first {
			t.Errorf("%q, %q; want %q, %q", d.says(), first, test.top, test.first)
		}
	}
}
