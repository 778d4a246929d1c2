package annotate

import (
	"fmt"
	"strings"
	"testing"

	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

// bloat returns a workbook with styled rows in which nothing stands, as many as are
// not held, and below them what is given; and the rows.
func bloat(t *testing.T, data []byte, below string) (bloated []byte, rows string) {
	t.Helper()
	const part = "xl/worksheets/sheet1.xml"
	parts := sheettest.Parts(t, data)
	var b strings.Builder
	for row := 2000; row < 120_000; row++ {
		fmt.Fprintf(&b, `<row r="%d" s="1" customFormat="1" ht="14.25"><c r="A%[1]d" s="1"/><c r="B%[1]d" s="1"/></row>`, row)
	}
	b.WriteString(below)
	parts[part] = strings.Replace(parts[part], "</sheetData>", b.String()+"</sheetData>", 1)
	return sheettest.Archive(t, parts), b.String()
}

// A bloated sheet gets the same marks as any other, and keeps its rows.
func TestBloated(t *testing.T) {
	data, tables := benchmarked(t)
	large, rows := bloat(t, data, "")
	without := func(data []byte) map[string]string {
		parts := sheettest.Parts(t, data)
		for name, text := range parts {
			parts[name] = strings.Replace(text, rows, "", 1)
		}
		return parts
	}
	want, got := annotated(t, data, tables), annotated(t, large, tables)
	for round := range 2 {
		a, b := sheettest.Parts(t, want), without(got)
		for name, text := range a {
			if b[name] != text {
				t.Errorf("round %d: %s differs", round, name)
			}
		}
		if n := strings.Count(sheettest.Parts(t, got)["xl/worksheets/sheet1.xml"], rows); n != 1 {
			t.Errorf("round %d: the rows are there %d times", round, n)
		}
		want, got = annotated(t, want, nil), annotated(t, got, nil)
	}
}

// A mark that stands below the rows in which nothing stands is taken off too.
func TestBloatedMark(t *testing.T) {
	data, tables := benchmarked(t)
	once := annotated(t, data, tables)
	b, err := openBook(once, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	marked := b.isMarked(&record{opinion: opinionSheet})
	style := 0
	for i := range strings.Count(sheettest.Parts(t, once)["xl/styles.xml"], "<xf ") {
		if marked(i) {
			style = i
		}
	}
	if style == 0 {
		t.Fatal("no style is a mark")
	}
	cell := fmt.Sprintf(`<c r="C500000" s="%d"/>`, style)
	large, _ := bloat(t, once, `<row r="500000">`+cell+`</row>`)
	if sheet := sheettest.Parts(t, annotated(t, large, nil))["xl/worksheets/sheet1.xml"]; !strings.Contains(sheet, `<c r="C500000"`) || strings.Contains(sheet, cell) {
		t.Error("the mark is still there")
	}
}
