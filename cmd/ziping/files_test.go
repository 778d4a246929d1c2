package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// A list of names is read as each system writes it.
func TestFilesFrom(t *testing.T) {
	const lines = "收回/甲 1.xlsx\r\n\r\n收回/乙.xlsx\r\n"
	encoded := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for name, text := range map[string]string{
		"UTF-8":      lines,
		"with a BOM": byteOrderMark + lines,
		"GBK":        encoded(simplifiedchinese.GBK.NewEncoder().String(lines)),
		"UTF-16":     encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(lines)),
		"UTF-16BE":   encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(lines)),
		"NULs":       "收回/甲 1.xlsx\x00收回/乙.xlsx\x00",
	} {
		file := filepath.Join(t.TempDir(), "list")
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		got, err := filesFrom(nil, file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"收回/甲 1.xlsx", "收回/乙.xlsx"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
