package list

import (
	"bytes"
	"os"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/template"
	"ziping/template/formtest"
)

func project() *sheet.Table { return formtest.Project() }

func drawer(t testing.TB, layout, password string) *template.Drawer {
	t.Helper()
	l, err := template.Load(layout)
	if err != nil {
		t.Fatal(err)
	}
	d, err := template.NewDrawer(l, password)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func open(t testing.TB, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
