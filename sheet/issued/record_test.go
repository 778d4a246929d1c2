package issued_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

// recordOf returns a workbook with a form and a record text in its chunks.
func recordOf(t testing.TB, text string) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheettest.Place(t, f, "Sheet1", plainForm)
	if _, err := f.NewSheet(issued.RecordSheet); err != nil {
		t.Fatal(err)
	}
	for row := 1; text != ""; row++ {
		n := min(len(text), issued.RecordChunk)
		for n < len(text) && n > 0 && !utf8.RuneStart(text[n]) {
			n--
		}
		if err := f.SetCellStr(issued.RecordSheet, fmt.Sprintf("A%d", row), text[:n]); err != nil {
			t.Fatal(err)
		}
		text = text[n:]
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const plainForm = `
A2 (2021年度)
A3 项目名称
B3 甲项目
A6 项目资金(万元)
D6 年初预算数
E6 全年预算数
F6 全年执行数
B7 年度资金总额
E7 #10
D12 三级指标
E12 年度指标值
G12 分值
D13 甲
E13 ≥1
G13 #90
D14 乙
A15 总分
G15 =SUM(G13:G14)
`

// Whatever stands in a record, the form is read, and what can't be one is a
// damaged one.
func TestHostileRecords(t *testing.T) {
	many := func(n int, cell func(i int) string) string {
		var b strings.Builder
		b.WriteString(`{"locked":{`)
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(cell(i))
		}
		return b.String() + `}}`
	}
	for _, tt := range []struct{ name, text string }{
		{"empty", ""},
		{"blank", "   "},
		{"no JSON", "hello"},
		{"a list", "[]"},
		{"null", "null"},
		{"cut short", `{"locked":{"A1":"x"`},
		{"nothing issued", `{"layout":"shanghai","version":1}`},
		{"locked is a list", `{"locked":["A1"]}`},
		{"locked is a text", `{"locked":"A1"}`},
		{"a list in a cell", `{"locked":{"A1":["x"]}}`},
		{"an object in a cell", `{"locked":{"A1":{"B":1}}}`},
		{"null in a cell", `{"locked":{"A1":null}}`},
		{"true in a cell", `{"locked":{"A1":true}}`},
		{"a number too large", `{"locked":{"A1":1e999}}`},
		{"a cell that is none", `{"locked":{"A0":1}}`},
		{"a cell outside of a sheet", `{"locked":{"A1048577":1}}`},
		{"an area", `{"locked":{"A1:B2":1}}`},
		{"one cell twice", `{"locked":{"A1":1},"inputs":["A1"]}`},
		{"a formula that is a number", `{"formulas":{"A1":1}}`},
		{"no formula", `{"formulas":{"A1":""}}`},
		{"a version that is a text", `{"version":"1","inputs":["A1"]}`},
		{"a year that is a text", `{"issued":{"年度":"2021"},"inputs":["A1"]}`},
		{"deep", strings.Repeat("[", 100_000)},
		{"deep in a cell", `{"locked":{"A1":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}}`},
		{"too many cells", many(issued.MaxRecordCells+1, func(i int) string { return fmt.Sprintf(`"A%d":1`, i+1) })},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found, err := read.Forms(recordOf(t, tt.text))
			if err != nil || len(found) != 1 || found[0].Table.Project.Value != "甲项目" {
				t.Fatal(found, err)
			}
			if n := found[0].Table.Notices; len(n) != 1 || n[0].Kind != sheet.NoticeRecordBad {
				t.Errorf("noticed %+v", n)
			}
		})
	}
	// As many cells as there may be, in places that take long to compare.
	for name, cell := range map[string]func(i int) string{
		"one below the other": func(i int) string { return fmt.Sprintf(`"A%d":"x"`, i+1) },
		"far from each other": func(i int) string { return fmt.Sprintf(`"A%d":"%d"`, i*50+1, i) },
		"like the form's":     func(i int) string { return fmt.Sprintf(`"D%d":"甲"`, i+20) },
		"side by side":        func(i int) string { return fmt.Sprintf(`"%s":"x"`, xlsx.Ref(i/10000+1, i%10000+1)) },
	} {
		t.Run(name, func(t *testing.T) {
			found, err := read.Forms(recordOf(t, many(issued.MaxRecordCells, cell)))
			if err != nil || len(found) != 1 {
				t.Fatal(found, err)
			}
			if n := len(found[0].Table.Notices); n == 0 || n > issued.MostNotices+3 {
				t.Errorf("%d notices", n)
			}
		})
	}
}

// FuzzRecord compares a form with any record.
func FuzzRecord(f *testing.F) {
	f.Add(`{"layout":"l","version":1,"sheet":"Sheet1","issued":{"项目名称":"甲项目","年度":2021},"locked":{"D13":"甲","E13":"≥1","G13":90,"A15":"总分"},"formulas":{"G15":"SUM(G13:G14)"},"inputs":["F13","D14"]}`)
	f.Add(`{"locked":{"D12":"甲","E12":"≥1","G12":90,"A14":"总分"},"formulas":{"G14":"SUM(G12:G13)"}}`)
	f.Add(`{"locked":{"D14":"甲","E14":"≥1","D13":"乙","A99":"\ud83d\ude00\ud83d"},"inputs":["XFD1048576"]}`)
	f.Add("{\"locked\":{\"A1\":\"\xff\"}}")
	f.Fuzz(func(t *testing.T, text string) {
		found, err := read.FormsWith(recordOf(t, text), issued.Options{Key: []byte("k")})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range found[0].Table.Notices {
			if n.Kind == "" || !utf8.ValidString(n.Issued) {
				t.Errorf("%+v", n)
			}
			if _, _, ok := xlsx.ParseRef(n.Cell); n.Cell != "" && !ok {
				t.Errorf("%+v has no cell", n)
			}
		}
	})
}
