package files

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"ziping/sheet/xlsx"
)

// A folder is private, goes when it is closed, and stays while it is used; what a
// kill has left goes when the next is made.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	t.Setenv("TMP", dir) // of Windows
	used, err := NewFolder()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(used.Path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v, %v", info, err)
	}
	killed, err := NewFolder()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(killed.Path, "甲.xlsx"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := killed.lock.Close(); err != nil { // as a kill does
		t.Fatal(err)
	}
	beginning := filepath.Join(dir, folderPrefix+"1")
	elsewhere := t.TempDir()
	theirs := filepath.Join(dir, folderPrefix+"link")
	if err := os.Mkdir(beginning, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(elsewhere, theirs); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(elsewhere, folderLock), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	next, err := NewFolder()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		used.Path: true, killed.Path: false, next.Path: true, beginning: true, theirs: true, filepath.Join(elsewhere, folderLock): true,
	} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, f := range []*Folder{used, next} {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(f.Path); err == nil {
			t.Errorf("%s is left", f.Path)
		}
	}
}

// What was found in a directory has names as seen from it, also where something is
// wrong.
func TestBelow(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"教育局/甲.xlsx", "教育局/说明.docx", "坏.zip"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found := Find([]string{dir}, Workbooks...).Below(dir)
	if got := found.Names(); len(got) != 1 || got[0] != filepath.Join("教育局", "甲.xlsx") {
		t.Errorf("found are %q", got)
	}
	if data, err := found.Files[0].Read(xlsx.Limits{}); err != nil || string(data) != "x" {
		t.Errorf("it is %q, %v", data, err)
	}
	if got := found.Notice(); got != "另有 1 个文件没有看："+filepath.Join("教育局", "说明.docx") {
		t.Errorf("the notice is %s", got)
	}
	if len(found.Errors) != 1 || found.Errors[0].Err.Error() != "坏.zip：不是 zip 压缩包，或已损坏、没有传完" {
		t.Errorf("the errors are %v", found.Errors)
	}
	if err := os.Remove(filepath.Join(dir, "教育局", "甲.xlsx")); err != nil {
		t.Fatal(err)
	}
	if _, err := found.Files[0].Read(xlsx.Limits{}); err == nil || Explain(err).Error() != filepath.Join("教育局", "甲.xlsx")+"：没有这个文件或文件夹" {
		t.Errorf("one that is gone is %v", err)
	}
}
