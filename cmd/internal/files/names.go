package files

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"ziping/sheet/convert"
)

// Names reads names of files from a file, from stdin where it is called -: one a
// line; where there is a NUL, as find -print0 writes it, NULs separate them.
// Windows writes lines in UTF-16 (PowerShell) or GBK (dir /b).
func Names(stdin io.Reader, file string) ([]string, error) {
	b, err := []byte(nil), error(nil)
	if file == "-" {
		b, err = io.ReadAll(stdin)
	} else {
		b, err = Read(file)
	}
	if err != nil {
		return nil, Explain(err)
	}
	if isDocument(b) {
		return nil, fmt.Errorf("%s：不是文本文件；名单应为每行一个文件名的文本（.txt）", file)
	}
	var names []string
	switch {
	case isUTF16(b):
		names = strings.Split(strings.ReplaceAll(convert.Decode(b), "\r\n", "\n"), "\n")
	case bytes.Contains(b, []byte{0}):
		names = strings.Split(string(b), "\x00")
	default:
		for line := range bytes.Lines(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))) {
			names = append(names, fileName(bytes.TrimRight(line, "\r\n")))
		}
	}
	return slices.DeleteFunc(names, func(s string) bool { return s == "" }), nil
}

// isUTF16 reports whether a list of names is in UTF-16: it begins with a mark, or
// holds an ASCII character and a NUL where a name can't end.
func isUTF16(b []byte) bool {
	return bytes.HasPrefix(b, []byte("\xFF\xFE")) || bytes.HasPrefix(b, []byte("\xFE\xFF")) ||
		bytes.Contains(b, []byte("\n\x00")) || bytes.Contains(b, []byte(".\x00x\x00l\x00s\x00"))
}

// fileName returns a name of a list: as it stands there if that is a name here,
// else decoded.
func fileName(line []byte) string {
	if _, err := os.Lstat(string(line)); err == nil {
		return string(line)
	}
	return convert.Decode(line)
}
