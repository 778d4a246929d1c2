package files

import (
	"path/filepath"
	"testing"

	"ziping/sheet/spill"
)

// What is wrong with a temporary file is said of its folder: nobody knows the file.
func TestExplainTemporary(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "不在")
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, missing)
	}
	text := spill.Text{Tail: make([]byte, spill.Most)}
	defer text.Close()
	err := text.Spill()
	if err == nil {
		t.Fatal("it is written where there is no folder")
	}
	if got, want := Explain(err).Error(), "无法建立临时文件（文件夹 "+missing+"）：没有这个文件或文件夹"; got != want {
		t.Errorf("the error is %s, want %s", got, want)
	}
}
