package files

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// encodings are how editors and shells, of Windows above all, write a text.
func encodings(t *testing.T, text string) map[string]string {
	t.Helper()
	encode := func(e encoding.Encoding) string {
		s, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	return map[string]string{
		"UTF-8":      text,
		"with a BOM": "\ufeff" + text,
		"GBK":        encode(simplifiedchinese.GBK),
		"UTF-16":     encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
		"UTF-16BE":   encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM)),
	}
}

func writeText(t *testing.T, text string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestNames(t *testing.T) {
	lists := encodings(t, "收回/甲 1.xlsx\r\n\r\n收回/乙.xlsx\r\n")
	unmarked, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String("收回/甲 1.xlsx\n收回/乙.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	lists["UTF-16 without a mark"] = unmarked
	lists["one line in GBK"] = "收回/甲 1.xlsx\n\xca\xd5\xbb\xd8/\xd2\xd2.xlsx\n"
	lists["NULs"] = "收回/甲 1.xlsx\x00收回/乙.xlsx\x00"
	for name, text := range lists {
		got, err := Names(nil, writeText(t, text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"收回/甲 1.xlsx", "收回/乙.xlsx"}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestPassword(t *testing.T) {
	for name, text := range encodings(t, "密码 abc\r\n第二行") {
		if got, err := Password(writeText(t, text)); err != nil || got != "密码 abc" {
			t.Errorf("%s: got %q, %v", name, got, err)
		}
	}
}
