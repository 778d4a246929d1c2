package xlsx

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/opc"
)

func TestCells(t *testing.T) {
	for _, tt := range []struct {
		name, rows string
		want       []Cell
	}{
		{"nothing", ``, nil},
		{"number", `<row r="2"><c r="C2"><v>1121.92</v></c></row>`,
			[]Cell{{Row: 2, Col: 3, Kind: Number, Text: "1121.92", Value: 1121.92}}},
		{"number with t", `<row r="1"><c r="A1" t="n"><v> 12
 </v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: Number, Text: "12", Value: 12}}},
		{"number as text", `<row r="1"><c r="A1"><v>12 场</v></c><c r="B1"><v>NaN</v></c><c r="C1" t="odd"><v>3</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: String, Text: "12 场"}, {Row: 1, Col: 2, Kind: String, Text: "NaN"}, {Row: 1, Col: 3, Kind: Number, Text: "3", Value: 3}}},
		{"shared string", `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: String, Text: "甲"}}},
		{"inline string", `<row r="1"><c r="A1" t="inlineStr"><is><t> 乙_x000D_
丙 </t></is></c><c r="B1" t="inlineStr"><is><r><t>a</t></r><r><rPr/><t>b</t></r><rPh><t>no</t></rPh></is></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: String, Text: " 乙\n丙 "}, {Row: 1, Col: 2, Kind: String, Text: "ab"}}},
		{"bool", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="b"><v>true</v></c><c r="D1" t="b"><v>是</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: Bool, Text: "TRUE", Value: 1}, {Row: 1, Col: 2, Kind: Bool, Text: "FALSE"}, {Row: 1, Col: 3, Kind: Bool, Text: "TRUE", Value: 1}, {Row: 1, Col: 4, Kind: String, Text: "是"}}},
		{"error", `<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: Error, Text: "#DIV/0!", Formula: "1/0", HasFormula: true}}},
		{"ISO date", `<row r="1"><c r="A1" t="d"><v>2021-12-31</v></c><c r="B1" t="d"><v>年底</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: Number, Text: "2021年12月31日", Value: 44561}, {Row: 1, Col: 2, Kind: String, Text: "年底"}}},
		{"formula with a number", `<row r="1"><c r="A1"><f>SUM(B1:B2)</f><v>3</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: Number, Text: "3", Value: 3, Formula: "SUM(B1:B2)", HasFormula: true}}},
		{"formula with a text", `<row r="1"><c r="A1" t="str"><f>=B1&amp;"场"</f><v> 3场</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: String, Text: " 3场", Formula: `B1&"场"`, HasFormula: true}}},
		{"formula with an empty text", `<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c><c r="B1" t="str"><f>B1</f></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: String, Formula: "B1", HasFormula: true}, {Row: 1, Col: 2, Formula: "B1", HasFormula: true}}},
		{"formula not calculated", `<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>B1</f><v/></c></row>`,
			[]Cell{{Row: 1, Col: 1, Formula: "B1", HasFormula: true}, {Row: 1, Col: 2, Formula: "B1", HasFormula: true}}},
		{"shared formula", `<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">C1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: Number, Text: "1", Value: 1, Formula: "C1", HasFormula: true}, {Row: 1, Col: 2, Kind: Number, Text: "2", Value: 2, Formula: "D1", HasFormula: true}}},
		{"shared formula before the first", `<row r="1"><c r="A1"><f t="shared" si="3"/><v>2</v></c><c r="B1"><f t="shared" ref="A1:B1" si="3">$C$1+D1</f><v>1</v></c></row>`,
			[]Cell{{Row: 1, Col: 1, Kind: Number, Text: "2", Value: 2, Formula: "$C$1+C1", HasFormula: true}, {Row: 1, Col: 2, Kind: Number, Text: "1", Value: 1, Formula: "$C$1+D1", HasFormula: true}}},
		{"shared formula written twice, or nowhere", `<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">C1</f></c><c r="B1"><f t="shared" si="0"/></c><c r="C1"><f t="shared" ref="A1:B1" si="0">D1</f></c><c r="D1"><f t="shared" si="1"/></c></row>`,
			[]Cell{{Row: 1, Col: 1, Formula: "C1", HasFormula: true}, {Row: 1, Col: 2, HasFormula: true}, {Row: 1, Col: 3, Formula: "D1", HasFormula: true}, {Row: 1, Col: 4, HasFormula: true}}},
		{"empty cells", `<row r="1"/><row r="2"><c r="A2" s="0"/><c r="B2" s="0"></c><c r="C2"><v></v></c><c r="D2" t="s"><v/></c><c r="E2" t="str"><v/></c><c r="F2"><v> </v></c><c r="G2" t="inlineStr"><is><t/></is></c><c r="H2" t="e"><v/></c></row>`,
			nil},
		{"no references", `<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c><c r="D3"><v>4</v></c><c><v>5</v></c></row><row r="9"/><row><c><v>6</v></c></row>`,
			[]Cell{num(1, 1, 1), num(1, 3, 2), num(3, 1, 3), num(3, 4, 4), num(3, 5, 5), num(10, 1, 6)}},
		{"out of order", `<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row><row r="1"><c r="Z1"><v>3</v></c></row><row><c><v>4</v></c></row>`,
			[]Cell{num(1, 26, 3), num(2, 1, 4), num(3, 1, 2), num(3, 2, 1)}},
		{"twice", `<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>4</v></c></row>`,
			[]Cell{num(1, 1, 4), num(2, 1, 3)}},
		{"cell and row disagree", `<row r="1"><c r="B7"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`,
			[]Cell{num(7, 2, 1), num(7, 3, 2), num(8, 1, 3)}},
		{"the last cell", `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`,
			[]Cell{num(maxRow, maxCol, 1)}},
		{"other elements", `<c r="A1"><v>no</v></c><row r="1"><x/><c r="A1"><extLst><v>8</v></extLst><v>1<x>9</x></v></c><extLst><ext><c r="B1"><v>2</v></c></ext></extLst></row>`,
			[]Cell{num(1, 1, 1)}},
		{"prefixes and comments", `<!-- x --><x:row xmlns:x="` + opc.SpreadsheetURI + `" r="1"><x:c r="A1" x:r="B1"><x:v>1<!-- 2 -->3</x:v></x:c></x:row>`,
			[]Cell{num(1, 1, 13)}},
		{"names of others", `<z:row xmlns:z="u" r="1"><c r="A1"><v>1</v></c></z:row><row r="2" xmlns:z="u"><z:c r="A2"><v>2</v></z:c>` +
			`<c z:r="A2" r="B2" z:t="str" z:s="9"><z:v>3</z:v><v>4</v><z:v>5</z:v><z:f>1+1</z:f><x:v>6</x:v><v xmlns="u">7</v><z:is><t>8</t></z:is></c></row>`,
			[]Cell{num(2, 2, 4)}},
		{"alternatives", `<mc:AlternateContent ` + mcNS + ` xmlns:z="u" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">` +
			`<mc:Choice Requires="z"><row r="1"><c r="A1"><v>1</v></c></row></mc:Choice>` +
			`<mc:Choice Requires="x14 z"><row r="1"><c r="A1"><v>2</v></c></row></mc:Choice>` +
			`<mc:Choice Requires="x14"><row r="1"><c r="A1"><v>3</v></c></row></mc:Choice>` +
			`<mc:Choice Requires="x14"><row r="1"><c r="A1"><v>4</v></c></row></mc:Choice>` +
			`<mc:Fallback><row r="1"><c r="A1"><v>5</v></c></row></mc:Fallback></mc:AlternateContent>` +
			`<row r="2"><mc:AlternateContent ` + mcNS + ` xmlns:z="u"><mc:Choice Requires="z"><c r="A2"><v>6</v></c></mc:Choice>` +
			`<mc:Choice><c r="A2"><v>7</v></c></mc:Choice><mc:Fallback><c r="A2"><mc:AlternateContent><mc:Fallback><v>8</v></mc:Fallback></mc:AlternateContent></c></mc:Fallback></mc:AlternateContent></row>`,
			[]Cell{num(1, 1, 3), num(2, 1, 8)}},
		{"a text beside a number", `<row r="1"><c r="A1"><v>30</v><is><t>20</t></is></c><c r="B1" t="inlineStr"><v>30</v><is><t>20</t></is></c><c r="C1" t="inlineStr"><v>30</v></c><c r="D1" t="str"><is><t>20</t></is></c></row>`,
			[]Cell{num(1, 1, 30), {Row: 1, Col: 2, Kind: String, Text: "20"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := mustRead(t, pack(t, smallest(worksheet(tt.rows))))
			if diff := cmp.Diff(tt.want, append([]Cell(nil), g.Cells()...)); diff != "" {
				t.Error(diff)
			}
			for _, c := range g.Cells() {
				if got, ok := g.At(c.Row, c.Col); !ok || got != c {
					t.Errorf("At(%s) = %+v, %t", Ref(c.Row, c.Col), got, ok)
				}
			}
			if c, ok := g.At(5, 5); ok {
				t.Errorf("At(E5) = %+v", c)
			}
		})
	}
}

func num(row, col int, v float64) Cell {
	return Cell{Row: row, Col: col, Kind: Number, Text: new(texts).general(v), Value: v}
}

func TestGridRefuses(t *testing.T) {
	for _, tt := range []struct{ sheet, want string }{
		{worksheet(`<row r="1048577"/>`), "行号 1048577 无效"},
		{worksheet(`<row r="0"/>`), "行号 0 无效"},
		{worksheet(`<row r="x"/>`), "行号 x 无效"},
		{worksheet(`<row r="1048576"/><row/>`), "行超过 1048576 行"},
		{worksheet(`<row><c r="XFE1"/></row>`), "单元格位置 XFE1 无效"},
		{worksheet(`<row><c r="A1048577"/></row>`), "单元格位置 A1048577 无效"},
		{worksheet(`<row><c r=""/></row>`), "单元格位置  无效"},
		{worksheet(`<row><c r="XFD1"/><c/></row>`), "列超过 16384 列"},
		{worksheet(`<row><c t="s"><v>1</v></c></row>`), "单元格 A1 引用了不存在的共享字符串"},
		{worksheet(`<row><c t="s"><v>-1</v></c></row>`), "单元格 A1 引用了不存在的共享字符串"},
		{worksheet(`<row><c t="s"><v>99999999999999999999</v></c></row>`), "单元格 A1 引用了不存在的共享字符串"},
		{worksheet(`<row><c><v>1</v></row>`), "应为结束标记 </c>，实为 </row>"},
		{worksheet(`<row><c><v>&x;</v></c></row>`), "&x; 无法识别"},
		{worksheet(`<row><c><f>&x;</f></c></row>`), "&x; 无法识别"},
		{worksheet(`<row><c><is><t>&x;</t></is></c></row>`), "&x; 无法识别"},
		{`<worksheet` + mainNS + `><mergeCells><mergeCell ref="A1:"/></mergeCells></worksheet>`, "合并区域 A1: 无效"},
		{`<worksheet` + mainNS + `><mergeCells><mergeCell/></mergeCells></worksheet>`, "合并区域  无效"},
		{`<worksheet` + mainNS + `>`, "内容不完整"},
		{`<!DOCTYPE x><worksheet` + mainNS + `/>`, "DOCTYPE"},
		{`<worksheet` + mainNS + `/>x`, "不是 XML 内容"},
	} {
		_, err := readFirst(pack(t, smallest(tt.sheet)), Limits{})
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "工作表“表”无法读取：") {
			t.Errorf("%s: %v, want %q", tt.sheet, err, tt.want)
		}
	}
	w, err := Open(pack(t, smallest(worksheet(``))))
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{-1, 1} {
		if _, err := w.Grid(i); err == nil {
			t.Errorf("Grid(%d) is no error", i)
		}
	}
}

func TestKind(t *testing.T) {
	if got := fmt.Sprint(Empty, Number, String, Bool, Error); got != "Empty Number String Bool Error" {
		t.Error(got)
	}
}

func TestProtected(t *testing.T) {
	for in, want := range map[string]bool{
		``:                                    false,
		`<sheetProtection sheet="1"/>`:        true,
		`<sheetProtection sheet="true"/>`:     true,
		`<sheetProtection sheet="0"/>`:        false,
		`<sheetProtection objects="1"/>`:      false,
		`<x><sheetProtection sheet="1"/></x>`: false,
		`<x:sheetProtection sheet="1" y="2" xmlns:x="` + opc.StrictSpreadsheetURI + `"/>`: true,
		`<x:sheetProtection sheet="1" xmlns:x="u"/>`:                                      false,
	} {
		g := mustRead(t, pack(t, smallest(`<worksheet`+mainNS+`><sheetData/>`+in+`</worksheet>`)))
		if g.Protected() != want {
			t.Errorf("%s: %t", in, g.Protected())
		}
	}
}

// A cell is found in a sheet of few rows and in one of many, and none where none is.
func TestGridAt(t *testing.T) {
	for _, last := range []int{9, mostRows, mostRows + 1} {
		g := &Grid{}
		for _, row := range []int{2, 5, last} {
			for _, col := range []int{1, 3} {
				g.cells = append(g.cells, Cell{Row: row, Col: col, Text: "x"})
			}
		}
		g.count()
		for row := -1; row < last+3; row++ {
			n := 0
			for col := range 5 {
				c, ok := g.At(row, col)
				if want := (row == 2 || row == 5 || row == last) && (col == 1 || col == 3); ok != want || ok && (c.Row != row || c.Col != col) {
					t.Errorf("%d rows: at %d, %d is %+v, %t", last, row, col, c, ok)
				}
				if ok {
					n++
				}
			}
			if len(g.Row(row)) != n {
				t.Errorf("%d rows: row %d has %d cells, want %d", last, row, len(g.Row(row)), n)
			}
		}
	}
}
