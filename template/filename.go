package template

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FileNames makes file names of project names: safe on Windows as elsewhere, and
// unique within one run whatever a file system thinks of upper and lower case.
type FileNames struct{ taken map[string]bool }

// NewFileNames returns a FileNames for one directory.
func NewFileNames() *FileNames { return &FileNames{taken: map[string]bool{}} }

// maxName is the longest file name without its ending, in bytes: file systems
// take 255, and what is added later needs some too.
const maxName = 180

// For returns the file name, without an ending, for the next project of a name.
func (n *FileNames) For(project string) string {
	base := safeName(project)
	name := base
	for i := 2; n.taken[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s(%d)", base, i)
	}
	n.taken[strings.ToLower(name)] = true
	return name
}

func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || unicode.IsControl(r) || r == utf8.RuneError {
			return '_'
		}
		return r
	}, s)
	for len(s) > maxName {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	s = strings.TrimLeft(strings.TrimRight(s, ". "), ". ~")
	if s == "" || reserved(s) {
		s = "_" + s
	}
	return s
}

// reserved reports whether Windows takes the name for a device.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch stem {
	case "CON", "PRN", "AUX", "NUL":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9'
}
