package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.xlsx")
	if err := Write(name, []byte("one"), false); err != nil {
		t.Fatal(err)
	}
	if err := Write(name, []byte("two"), false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v, want that it exists", err)
	}
	if b, _ := os.ReadFile(name); string(b) != "one" {
		t.Errorf("%q stands there, want what was there", b)
	}
	if err := Write(name, []byte("two"), true); err != nil {
		t.Fatal(err)
	}
	if b, _ := os.ReadFile(name); string(b) != "two" {
		t.Errorf("%q stands there, want what was forced", b)
	}
	if err := Write(filepath.Join(dir, "none", "a"), nil, false); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v, want that there is no such directory", err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, nil, false); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v, want that the link exists", err)
	}
	if err := Write(filepath.Join(dir, strings.Repeat("长", 100)), nil, false); err == nil {
		t.Error("no error for a name that is too long")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("%v (%v): only a.xlsx and link should stand there", left, err)
	}
}

func TestExplain(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "甲", Err: fs.ErrNotExist}, "甲：没有这个文件或文件夹"},
		{&fs.PathError{Op: "open", Path: "甲", Err: fs.ErrPermission}, "甲：没有读写权限"},
		{&os.LinkError{Op: "link", Old: "x", New: "甲", Err: fs.ErrExist}, "甲：文件已存在，没有改动；要覆盖请加 --force"},
		{errors.New("别的"), "别的"},
	} {
		if got := Explain(tt.err).Error(); got != tt.want {
			t.Errorf("Explain(%v) = %q, want %q", tt.err, got, tt.want)
		}
	}
	if Explain(nil) != nil {
		t.Error("no error became one")
	}
}
