//go:build !unix && !windows

package main

// isDesktop is not known here.
func isDesktop() bool { return false }
