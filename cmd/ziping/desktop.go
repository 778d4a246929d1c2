package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ziping/cmd/internal/files"
)

// fromDesktop returns the command line of a program that may have been started
// without one: by a double click, or by workbooks that were dropped on it. desktop
// says that there is no shell to give an answer to.
func fromDesktop(args []string, desktop bool) []string {
	given := args[1:]
	if len(given) == 0 && desktop || len(given) > 0 && !slices.ContainsFunc(given, func(name string) bool { return !isDropped(name, desktop) }) {
		return slices.Insert(slices.Clone(args), 1, "serve")
	}
	return args
}

// isDropped reports whether an argument is a workbook, or an archive of them; from
// a desktop, also a directory.
func isDropped(name string, desktop bool) bool {
	info, err := os.Stat(name)
	if err != nil || strings.HasPrefix(name, "-") {
		return false
	}
	return info.Mode().IsRegular() && slices.Contains(files.Workbooks, strings.ToLower(filepath.Ext(name))) || info.IsDir() && desktop
}

// hold keeps a window that is about to vanish until what went wrong is read.
func hold(code int, in io.Reader, out io.Writer) {
	if code != exitOK {
		fmt.Fprintln(out, "按回车键关闭这个窗口。")
		_, _ = bufio.NewReader(in).ReadString('\n') // whatever comes, it is read
	}
}
