package xlsx

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/opc"
)

// styledForm makes a workbook like a returned form: 22 rows of 9 columns, all
// cells styled, half of them with text or a number, some merged.
func styledForm(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	border := []excelize.Border{{Type: "left", Style: 1}, {Type: "top", Style: 1}, {Type: "right", Style: 1}, {Type: "bottom", Style: 1}}
	percent := "0.00%"
	label, err := f.NewStyle(&excelize.Style{Border: border, Font: &excelize.Font{Bold: true}})
	must(err)
	value, err := f.NewStyle(&excelize.Style{Border: border, NumFmt: 2})
	must(err)
	rate, err := f.NewStyle(&excelize.Style{Border: border, CustomNumFmt: &percent})
	must(err)
	for row := 1; row <= 22; row++ {
		for col := 1; col <= 9; col++ {
			ref := Ref(row, col)
			style := value
			switch {
			case col <= 3:
				style = label
				must(f.SetCellValue("Sheet1", ref, fmt.Sprintf("绩效指标%d-%d", row, col)))
			case col == 5:
				must(f.SetCellValue("Sheet1", ref, 1121.92+float64(row)))
			case col == 6:
				must(f.SetCellValue("Sheet1", ref, "=400 场"))
			case col == 7:
				style = rate
				must(f.SetCellValue("Sheet1", ref, 0.9811))
			case col == 8:
				must(f.SetCellFormula("Sheet1", ref, fmt.Sprintf("E%d*0.1", row)))
			}
			must(f.SetCellStyle("Sheet1", ref, ref, style))
		}
		must(f.MergeCell("Sheet1", Ref(row, 3), Ref(row, 4)))
	}
	return excelizeBytes(t, f)
}

// bloated makes a sheet as WPS does of a form whose whole columns were
// formatted: a text, and then so many styled rows of so many styled cells.
func bloated(t testing.TB, rows, cells int) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)
	for row := 2; row <= rows; row++ {
		fmt.Fprintf(&b, `<row r="%d" spans="1:9" s="5" customFormat="1" ht="14.25"`, row)
		if cells == 0 {
			b.WriteString("/>")
			continue
		}
		b.WriteString(">")
		for col := 1; col <= cells; col++ {
			fmt.Fprintf(&b, `<c r="%s" s="5"/>`, Ref(row, col))
		}
		b.WriteString("</row>")
	}
	return pack(t, smallest(worksheet(b.String())))
}

func BenchmarkForm(b *testing.B) {
	data := styledForm(b)
	b.ReportAllocs()
	for b.Loop() {
		w, err := Open(data)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := w.Grid(0); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFormExcelize(b *testing.B) {
	data := styledForm(b)
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.GetRows("Sheet1"); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}

// BenchmarkInflate is what of BenchmarkForm is decompression.
func BenchmarkInflate(b *testing.B) {
	data := styledForm(b)
	b.ReportAllocs()
	for b.Loop() {
		p, err := opc.Open(bytes.NewReader(data), int64(len(data)), opc.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range []string{"_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"} {
			if _, err := p.Content(name); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkBloat(b *testing.B) {
	for _, cells := range []int{0, 9} {
		data := bloated(b, maxRow, cells)
		b.Run(fmt.Sprintf("cells=%d", cells), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := readFirst(data, Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkMerges(b *testing.B) {
	areas := make([]Range, 0, 100_000)
	for row := 1; row <= 100_000; row++ {
		areas = append(areas, Range{row, 2, row, 3})
	}
	m := newMergeIndex(areas)
	for b.Loop() {
		if _, ok := m.at(77_777, 3); !ok {
			b.Fatal("not found")
		}
	}
}
