//go:build unix

package main

import (
	"os"
	"runtime"

	"golang.org/x/term"
)

// isDesktop reports whether the program was started from a desktop: there is one,
// no terminal, and nobody reads what the program writes.
func isDesktop() bool {
	if runtime.GOOS != "darwin" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	for _, f := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		if info, err := f.Stat(); term.IsTerminal(int(f.Fd())) || err == nil && info.Mode()&os.ModeNamedPipe != 0 {
			return false
		}
	}
	return true
}
