package template

import "testing"

// The cursor stands on the first cell to be filled in, and no number is that of a
// format of cells and of conditions.
func TestCursor(t *testing.T) {
	for layout, want := range map[string]string{"shanghai": "F7", "ministry": "B5"} {
		f := draw(t, drawer(t, layout, ""), project())
		panes, err := f.GetPanes(f.GetSheetName(0))
		if err != nil || len(panes.Selection) != 1 {
			t.Fatalf("%s: %+v (%v)", layout, panes, err)
		}
		ref := panes.Selection[0].ActiveCell
		id, err := f.GetCellStyle(f.GetSheetName(0), ref)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if style.Protection == nil || style.Protection.Locked || ref != want {
			t.Errorf("%s: the cursor stands on %s (%+v), want %s", layout, ref, style.Protection, want)
		}
		formats := map[int]bool{}
		for _, n := range f.Styles.NumFmts.NumFmt {
			formats[n.NumFmtID] = true
		}
		for _, d := range f.Styles.Dxfs.Dxfs {
			if d.NumFmt != nil && formats[d.NumFmt.NumFmtID] {
				t.Errorf("%s: the format %d is there twice", layout, d.NumFmt.NumFmtID)
			}
		}
	}
}
