package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"ziping/cmd/internal/files"
	"ziping/sheet/read"
)

// manyWorkbooks returns a workbook and a directory with n copies of it.
func manyWorkbooks(t *testing.T, n int) (original []byte, dir string) {
	t.Helper()
	original, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for i := range n {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.xlsx", i)), original, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return original, dir
}

// program returns the program, which TestMain has put on the path.
func program(t *testing.T) string {
	t.Helper()
	bin, err := exec.LookPath("ziping")
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

// Ctrl-C stops a run between two workbooks, and the program says how far it came.
func TestInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Go can't send an interrupt on Windows")
	}
	const n = 300
	_, in := manyWorkbooks(t, n)
	out := t.TempDir()
	cmd := exec.Command(program(t), "annotate", "-o", out, in)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stdout)
	printed := 0
	for lines.Scan() {
		printed++
		if printed == 5 {
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Errorf("%v", err)
	}
	if want := fmt.Sprintf("ziping: 已中断：批注了 %d / %d 个", printed, n); !strings.HasPrefix(stderr.String(), want) || printed == n {
		t.Errorf("stderr is %s, want %s…", &stderr, want)
	}
	if copies, _ := filepath.Glob(filepath.Join(out, "*")); len(copies) != printed {
		t.Errorf("%d files, of which %d were named", len(copies), printed)
	}
}

// A workbook appears whole or not at all, also where the program is killed while
// it writes; the originals stay as they are.
func TestKilled(t *testing.T) {
	const n = 120
	original, in := manyWorkbooks(t, n)
	list := filepath.Join(t.TempDir(), "清单.csv")
	var text strings.Builder
	text.WriteString("年度,主管部门,项目名称\n")
	for i := range n {
		fmt.Fprintf(&text, "2021,部门%d,项目%d\n", i%3, i)
	}
	if err := os.WriteFile(list, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"annotate", in}, {"template", list}} {
		for after := range 4 {
			kill(t, 5*after, n, args...)
		}
	}
	unchanged(t, in, original)
}

// kill runs a command, kills it when it has written more than so many of n
// workbooks, and looks at what it leaves.
func kill(t *testing.T, after, n int, args ...string) {
	t.Helper()
	out := t.TempDir()
	cmd := exec.Command(program(t), append(args, "-o", out)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	written := func() []string {
		found := files.Find([]string{out}, ".xlsx")
		if len(found.Errors) > 0 {
			t.Fatal(found.Errors)
		}
		return found.Names()
	}
	for start := time.Now(); len(written()) <= after && time.Since(start) < time.Minute; {
		time.Sleep(time.Millisecond)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if cmd.Wait() == nil {
		t.Fatal("not killed")
	}
	files := written()
	if len(files) == 0 || len(files) >= n {
		t.Errorf("%s: %d workbooks of %d: not killed in the middle", args[0], len(files), n)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := read.Forms(b); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// unchanged checks that every file of a directory is the original.
func unchanged(t *testing.T, dir string, original []byte) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		if b, err := os.ReadFile(file); err != nil || !bytes.Equal(b, original) {
			t.Fatalf("original %s has changed (%v)", file, err)
		}
	}
}
