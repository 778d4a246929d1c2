package xlsx

import (
	"bytes"
	"fmt"
	"math"
	"math/rand"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// randomCell sets a cell to something of any kind, or only styles it.
func randomCell(t *testing.T, rnd *rand.Rand, f *excelize.File, ref string, style int) {
	t.Helper()
	texts := []string{"项目", " 前后 ", "a\nb", "<&>\"'", "_x000D_", "_x005F_", "x_y", "", "=1", "😀", "12", "1,000", strings.Repeat("长", 300)}
	var err error
	switch rnd.Intn(8) {
	case 0:
		err = f.SetCellStyle("Sheet1", ref, ref, style)
	case 1:
		err = f.SetCellValue("Sheet1", ref, rnd.Intn(100_000)-50_000)
	case 2:
		err = f.SetCellValue("Sheet1", ref, math.Round(rnd.NormFloat64()*1e6)/100)
	case 3:
		err = f.SetCellValue("Sheet1", ref, rnd.NormFloat64()*math.Pow(10, float64(rnd.Intn(30)-15)))
	case 4:
		err = f.SetCellBool("Sheet1", ref, rnd.Intn(2) == 0)
	case 5:
		runs := []excelize.RichTextRun{{Text: texts[rnd.Intn(len(texts))]}, {Text: "粗", Font: &excelize.Font{Bold: true}}}
		err = f.SetCellRichText("Sheet1", ref, runs)
	default:
		err = f.SetCellStr("Sheet1", ref, texts[rnd.Intn(len(texts))])
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What excelize reads of the sheets that it writes, this package reads too.
func TestAgainstExcelize(t *testing.T) {
	for seed := range int64(60) {
		rnd := rand.New(rand.NewSource(seed))
		f := excelize.NewFile()
		style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
		if err != nil {
			t.Fatal(err)
		}
		for range rnd.Intn(200) {
			randomCell(t, rnd, f, Ref(1+rnd.Intn(40), 1+rnd.Intn(30)), style)
		}
		data := excelizeBytes(t, f)
		f.Close()
		compare(t, fmt.Sprintf("seed %d", seed), data)
	}
}

// The same with inline strings, which excelize's stream writer makes.
func TestAgainstExcelizeStream(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for row := 1; row <= 50; row += 3 {
		err := w.SetRow(Ref(row, 2), []any{"文字 ", row, nil, 0.1 * float64(row), true, "a\nb", []excelize.RichTextRun{{Text: "富"}, {Text: "文本"}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	compare(t, "stream", excelizeBytes(t, f))
}

// compare reads the workbook both ways.
func compare(t *testing.T, name string, data []byte) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	g := mustRead(t, data)
	seen := 0
	for i, row := range rows {
		for j, want := range row {
			c, ok := g.At(i+1, j+1)
			if ok {
				seen++
			}
			want = strings.ReplaceAll(want, "\r", "\n") // excelize keeps what was a line break of old
			if got := raw(c); !same(got, want) {
				t.Errorf("%s: %s is %q, excelize reads %q", name, Ref(i+1, j+1), got, want)
			}
		}
	}
	if seen != len(g.Cells()) {
		t.Errorf("%s: %d cells, excelize reads %d", name, len(g.Cells()), seen)
	}
}

// raw is a cell as excelize returns it without number formats.
func raw(c Cell) string {
	switch c.Kind {
	case Number, Bool:
		return strconv.FormatFloat(c.Value, 'g', -1, 64)
	}
	return c.Text
}

// same compares numbers by their value.
func same(a, b string) bool {
	v, err1 := strconv.ParseFloat(a, 64)
	w, err2 := strconv.ParseFloat(b, 64)
	return a == b || err1 == nil && err2 == nil && math.Abs(v-w) <= 1e-14*math.Abs(v)
}
