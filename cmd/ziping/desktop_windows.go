package main

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var consoleProcessList = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")

// isDesktop reports whether nobody else uses the console of this process: then a
// double click has made it, and it vanishes with the program.
func isDesktop() bool {
	var processes [2]uint32
	n, _, _ := consoleProcessList.Call(uintptr(unsafe.Pointer(&processes[0])), uintptr(len(processes)))
	return n == 1
}
