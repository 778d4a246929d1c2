package xlsx

import "testing"

// Another result of a formula is shown in the format of its cell.
func TestSetResult(t *testing.T) {
	g := mustRead(t, pack(t, smallest(worksheet(`<row r="1"><c r="A1" s="0"><f>B1</f><v>1</v></c><c r="B1" s="1"><f>C1</f></c></row>`), formats("0.00%", "0.00"))))
	for _, tt := range []struct {
		cell  int
		kind  CellKind
		value float64
		text  string
		want  string
	}{
		{0, Number, 0.98114, "", "98.11%"},
		{1, Number, 2.5, "", "2.5"},
		{1, Bool, 1, "", "TRUE"},
		{1, String, 0, "优", "优"},
		{1, Error, 0, "#N/A", "#N/A"},
		{1, String, 0, "", ""},
	} {
		g.SetResult(tt.cell, tt.kind, tt.value, tt.text)
		c := g.Cells()[tt.cell]
		if c.Text != tt.want || c.Kind != tt.kind || c.Value != tt.value || !c.HasFormula || c.Percent != (tt.cell == 0) {
			t.Errorf("%v %v %q is %+v, want %q", tt.kind, tt.value, tt.text, c, tt.want)
		}
	}
}

// Hidden rows, and the cells of formulas that fill several.
func TestHiddenAndArrays(t *testing.T) {
	g := mustRead(t, pack(t, smallest(worksheet(`<row r="2" hidden="1"/><row r="3" hidden="0"><c r="A3"><f t="array" ref="A3:A4">B3:B4</f><v>1</v></c></row>`+
		`<row r="4" hidden="true"><c r="A4"><v>2</v></c><c r="C4"><f t="dataTable" ref="D5" r1="A1"/><v>3</v></c></row>`))))
	for row, want := range map[int]bool{0: false, 1: false, 2: true, 3: false, 4: true, maxRow: false, maxRow + 1: false} {
		if g.Hidden(row) != want {
			t.Errorf("row %d: hidden %t", row, !want)
		}
	}
	for ref, want := range map[string]bool{"A3": true, "A4": true, "A5": false, "B3": false, "C4": true, "D5": true} {
		row, col, _ := ParseRef(ref)
		if g.InArray(row, col) != want {
			t.Errorf("%s: in an array %t", ref, !want)
		}
	}
}
