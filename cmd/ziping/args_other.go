//go:build !windows

package main

import "os"

// commandLine returns the program and its arguments.
func commandLine() []string { return os.Args }
