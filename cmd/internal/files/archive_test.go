package files

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// entry is a file in an archive.
type entry struct {
	zip.FileHeader
	text string
}

func archiveOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.CreateHeader(&e.FileHeader)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func stored(name, text string) entry { return entry{zip.FileHeader{Name: name}, text} }

// The names of files are those that people gave them, wherever it was packed, and
// lead nowhere else.
func TestArchive(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.ZIP")
	gbk := entry{zip.FileHeader{Name: "\xbc\xd7\xbe\xd6\\\xb1\xed.xlsx", NonUTF8: true}, "1"} // 甲局\表
	create(t, file, string(archiveOf(t, gbk,
		stored("乙局/", ""), stored("乙局/表.XLSX", "2"), stored("../../etc/表.xls", "3"), stored("/abs.et", "4"),
		stored("__MACOSX/._表.xlsx", ""), stored("~$表.xlsx", ""), stored(".x/表.xlsx", ""), stored("说明.txt", ""), stored("里.zip", ""))))
	found := Find([]string{file}, Workbooks...)
	var names, texts []string
	for _, f := range found.Files {
		names = append(names, strings.TrimPrefix(f.Name, file))
		b, err := f.Read(xlsx.Limits{})
		if err != nil {
			t.Error(err)
		}
		texts = append(texts, string(b))
		if got := Container(f.Name); got != file {
			t.Errorf("%s is in %s", f.Name, got)
		}
	}
	if diff := cmp.Diff([]string{"/甲局/表.xlsx", "/乙局/表.XLSX", "/etc/表.xls", "/abs.et"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"1", "2", "3", "4"}, texts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{file + "/说明.txt", file + "/里.zip"}, found.Skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	if len(found.Errors) > 0 {
		t.Error(found.Errors)
	}
}

// What can't be opened, or ought not to be, is said with the name of the file.
func TestArchiveRefused(t *testing.T) {
	deflated := func(text string) entry {
		return entry{zip.FileHeader{Name: "x.xlsx", Method: zip.Deflate}, text}
	}
	replaced := func(b []byte, old, new string) string { return strings.ReplaceAll(string(b), old, new) }
	many := make([]entry, mostEntries+1)
	for i := range many {
		many[i] = stored("x.xlsx", "")
	}
	plain := archiveOf(t, stored("x.xlsx", "some text"))
	// After the signature of an entry, and in the directory after a version too,
	// come the version, the flags and the method.
	local, central := "PK\x03\x04\x14\x00", "PK\x01\x02\x14\x00\x14\x00"
	flags := func(b []byte, add byte) string {
		return replaced([]byte(replaced(b, local+"\x08", local+string(rune(8|add)))), central+"\x08", central+string(rune(8|add)))
	}
	for name, tt := range map[string]struct{ text, want string }{
		"empty":     {"", errNoArchive.Error()},
		"cut":       {string(plain[:len(plain)/2]), errNoArchive.Error()},
		"many":      {string(archiveOf(t, many...)), errDirectory.Error()},
		"changed":   {replaced(plain, "some text", "same text"), errDamaged.Error()},
		"bomb":      {string(archiveOf(t, deflated(strings.Repeat("0", 2*ratioFrom)))), errBomb.Error()},
		"encrypted": {flags(plain, 1), errEncrypted.Error()},
		"method":    {replaced([]byte(replaced(plain, local+"\x08\x00\x00", local+"\x08\x00\x09")), central+"\x08\x00\x00", central+"\x08\x00\x09"), errMethod.Error()},
	} {
		file := create(t, filepath.Join(t.TempDir(), "a.zip"), tt.text)
		found := Find([]string{file}, Workbooks...)
		var errs []string
		for _, e := range found.Errors {
			errs = append(errs, e.Err.Error())
		}
		for _, f := range found.Files {
			if _, err := f.Read(xlsx.Limits{}); err != nil {
				errs = append(errs, Explain(err).Error())
			}
		}
		if len(errs) != 1 || !strings.HasPrefix(errs[0], file) || !strings.HasSuffix(errs[0], "："+tt.want) {
			t.Errorf("%s: %q, want %s", name, errs, tt.want)
		}
	}
}

// Whatever an archive holds, it is read or refused.
func FuzzArchive(f *testing.F) {
	f.Add(archiveOf(f, stored("甲/x.xlsx", "text"), entry{zip.FileHeader{Name: "y.xlsx", Method: zip.Deflate}, strings.Repeat("0", 1000)}))
	f.Fuzz(func(t *testing.T, b []byte) {
		file := filepath.Join(t.TempDir(), "a.zip")
		if err := os.WriteFile(file, b, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, x := range Find([]string{file}, Workbooks...).Files {
			if strings.Contains(strings.TrimPrefix(x.Name, file), "/../") {
				t.Errorf("%q leads out", x.Name)
			}
			_, _ = x.Read(xlsx.Limits{Limits: opc.Limits{Size: 1 << 20}}) // an error is as good
		}
	})
}
