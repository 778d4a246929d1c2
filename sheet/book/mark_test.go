package book

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/sheettest"
)

func marked(t testing.TB, ours bool) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellStr("Sheet1", "A1", "发放清单"); err != nil {
		t.Fatal(err)
	}
	if ours {
		if err := mark(f); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func isMarked(b []byte) bool { return Marked(bytes.NewReader(b), int64(len(b))) }

func TestMarked(t *testing.T) {
	list := marked(t, true)
	for _, c := range []struct {
		name string
		data []byte
		want bool
	}{
		{"a list", list, true},
		{"another workbook", marked(t, false), false},
		{"half a list", list[:len(list)/2], false},
		{"no workbook", []byte("发放清单 " + markSheet), false},
		{"nothing", nil, false},
	} {
		if got := isMarked(c.data); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// A list stays one when other programs save it.
func TestMarkedSaved(t *testing.T) {
	file := filepath.Join(t.TempDir(), "清单.xlsx")
	save := func(b []byte) {
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	check := func(program, file string) {
		if b, err := os.ReadFile(file); err != nil || !isMarked(b) {
			t.Errorf("saved by %s it is no list (%v)", program, err)
		}
	}
	t.Run("openpyxl", func(t *testing.T) {
		save(marked(t, true))
		sheettest.Output(t, sheettest.Python(t, "openpyxl"), "-c",
			"import sys, openpyxl; w = openpyxl.load_workbook(sys.argv[1]); w.active['A2'] = '张三'; w.save(sys.argv[1])", file)
		check("openpyxl", file)
	})
	t.Run("LibreOffice", func(t *testing.T) {
		save(marked(t, true))
		check("LibreOffice", filepath.Join(sheettest.New(t).Convert(t, sheettest.XLSX, file), "清单.xlsx"))
	})
}

func BenchmarkMarked(b *testing.B) {
	file := filepath.Join("..", "..", "examples", "returned", "未来公园展厅运营经费.xlsx")
	for b.Loop() {
		f, err := os.Open(file)
		if err != nil {
			b.Fatal(err)
		}
		info, err := f.Stat()
		if err != nil {
			b.Fatal(err)
		}
		if Marked(f, info.Size()) {
			b.Fatal("a form is no list")
		}
		f.Close()
	}
}
