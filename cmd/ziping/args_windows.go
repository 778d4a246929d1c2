package main

import (
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
)

// commandLine returns the program and its arguments.
func commandLine() []string {
	line := windows.UTF16PtrToString(syscall.GetCommandLine())
	if strings.Contains(line, `\"`) {
		return split(line)
	}
	return os.Args
}
