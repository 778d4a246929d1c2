package template

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// FileNames makes file names of project names: safe on Windows as elsewhere, and
// unique within one run whatever a file system thinks of upper and lower case and
// of composed letters.
type FileNames struct{ taken map[string]int } // how often a name was asked for

// NewFileNames returns a FileNames for one directory.
func NewFileNames() *FileNames { return &FileNames{taken: map[string]int{}} }

// maxName is the longest file name without its ending, in bytes: file systems
// take 255, and what is added later needs some too. Excel opens no path of more
// than 218 characters; of Han characters these are 60.
const maxName = 180

// For returns the file name, without an ending, for the next project of a name.
func (n *FileNames) For(project string) string {
	base := safeName(project)
	name := base
	for n.taken[nameKey(name)] > 0 {
		n.taken[nameKey(base)]++
		name = fmt.Sprintf("%s(%d)", base, n.taken[nameKey(base)])
	}
	n.taken[nameKey(name)]++
	return name
}

// nameKey is the same for names that some file system takes for one.
func nameKey(name string) string { return strings.ToLower(norm.NFC.String(name)) }

func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, s)
	for len(s) > maxName {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	s = strings.TrimLeftFunc(strings.TrimRightFunc(s, dotOrSpace), func(r rune) bool { return r == '~' || dotOrSpace(r) })
	if s == "" || reserved(s) {
		s = "_" + s
	}
	return s
}

func dotOrSpace(r rune) bool { return r == '.' || unicode.IsSpace(r) }

// reserved reports whether Windows takes the name for a device.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(norm.NFKC.String(name)), ".") // COM¹ is one too
	stem = strings.TrimRight(stem, " ")
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}
