package book

import (
	"io"
	"testing"
)

// No row is higher than Excel takes, however much is to stand in it.
func TestRowHeight(t *testing.T) {
	for height, want := range map[float64]string{
		0: `<row r="3"></row>`, 24.5: `<row r="3" ht="24.5" customHeight="1"></row>`, 44014.8: `<row r="3" ht="409" customHeight="1"></row>`,
	} {
		var r rows
		r.begin(3, height)
		if err := r.end(); err != nil || string(r.Tail) != want {
			t.Errorf("%v: %s, %v", height, r.Tail, err)
		}
	}
}

// What a sheet has no room for is said, and no workbook written without it.
func TestTooManyRows(t *testing.T) {
	b := New(Properties{}, "清单")
	defer b.Close()
	p := b.NewList(List{Sheet: "清单", Columns: []Column{{Name: "序号", Width: 6}}})
	p.row = MaxRows - 1
	if p.Add(1); b.Err() != nil {
		t.Fatal(b.Err())
	}
	p.Add(2)
	p.Close()
	want := "工作表“清单”要写的超过 Excel 一张工作表的 1048576 行，请分成几批做"
	if err := b.Write(io.Discard); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
