package template

import (
	"slices"
	"strings"
	"testing"

	"ziping/sheet"
)

func TestLoad(t *testing.T) {
	if names := Names(); !slices.IsSorted(names) || !slices.Contains(names, "shanghai") || slices.Contains(names, "base") {
		t.Errorf("layouts %s", names)
	}
	for _, name := range Names() {
		if _, err := Load(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Load("shanghia"); err == nil || !strings.Contains(err.Error(), "是否应为“shanghai”？") {
		t.Errorf("error %v, want the nearest name", err)
	}
}

// A layout takes from the one that it extends what it does not say itself.
func TestInherit(t *testing.T) {
	l, err := Parse("mine.toml", []byte(`
name = "mine"
version = 1
extends = "shanghai"
sheet = "表"
[style.title]
size = 30
[input."年度"]
type = "whole"
prompt = "年度"
error = "年度"
`))
	if err != nil {
		t.Fatal(err)
	}
	title := l.style("title")
	if *title.Size != 30 || *title.Font != "黑体" || *title.Border != (Border{}) {
		t.Errorf("title: %g pt %s, border %v; want 30 pt, and the rest as in Shanghai", *title.Size, *title.Font, *title.Border)
	}
	if in := l.Input["年度"]; in.Max != "" || l.Input["项目名称"].Max != "200" {
		t.Errorf("年度 %+v: what a layout says of an input is all that holds", in)
	}
	if l.Sheet != "表" || len(l.Columns) != 9 || len(l.Row) != 14 {
		t.Errorf("sheet %s, %d columns, %d rows", l.Sheet, len(l.Columns), len(l.Row))
	}
}

// What does not fit what is taken is a mistake of the line that takes it.
func TestInheritMistake(t *testing.T) {
	_, err := Parse("mine.toml", []byte("name = \"mine\"\nversion = 1\nextends = \"shanghai\"\ncolumns = [8, 9]\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "mine.toml:3:11: at 应为列名，如 B 或 B:D，不超过第 2 列；这里是“A:I”") {
		t.Errorf("error %v", err)
	}
}

// Whatever a layout file says, reading it ends, and what is accepted can be
// drawn.
func FuzzParse(f *testing.F) {
	for _, name := range Names() {
		src, err := Source(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Add("name='x'\nversion=1\nextends='base'\nsheet='a'\ncolumns=[8]\n[[row]]\nheight=9\ncells=[{at='A',field='年度',style='year'}]\nhighlight=[]")
	f.Fuzz(func(t *testing.T, src string) {
		l, err := Parse("fuzz.toml", []byte(src))
		if err != nil {
			return
		}
		d, err := NewDrawer(l, "")
		if err != nil {
			return
		}
		if b, err := d.Draw(new(sheet.Table)); err == nil && len(b) == 0 {
			t.Error("drawn, and nothing came of it")
		}
	})
}

// The head of a layout's file says the version that the whole file does.
func TestVersions(t *testing.T) {
	for _, name := range Names() {
		l, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if v := Versions()[name]; v != l.Version || v == 0 {
			t.Errorf("%s is of version %d by its head, %d by the whole file", name, v, l.Version)
		}
	}
}
