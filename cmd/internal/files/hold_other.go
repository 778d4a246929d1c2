//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package files

import "os"

// hold has nothing to do: Windows does not remove a file that is open.
func hold(*os.File) {}

// isHeld is not known here.
func isHeld(string) bool { return false }
