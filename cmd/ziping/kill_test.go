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

	"ziping/sheet"
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
		if printed++; printed == 5 {
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

// A copy appears whole or not at all, also where the program is killed while it
// writes; the originals stay as they are.
func TestAnnotateKilled(t *testing.T) {
	const n = 120
	original, in := manyWorkbooks(t, n)
	bin := program(t)
	for after := range 4 {
		out := t.TempDir()
		cmd := exec.Command(bin, "annotate", "-o", out, in)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		copies := func() []string { list, _ := filepath.Glob(filepath.Join(out, "*.xlsx")); return list }
		for start := time.Now(); len(copies()) <= 5*after && time.Since(start) < time.Minute; {
			time.Sleep(time.Millisecond)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if cmd.Wait() == nil {
			t.Fatal("not killed")
		}
		list := copies()
		if len(list) == 0 || len(list) == n {
			t.Errorf("%d copies of %d: not killed in the middle", len(list), n)
		}
		for _, file := range list {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := sheet.Read(b); err != nil {
				t.Errorf("%s: %v", filepath.Base(file), err)
			}
		}
	}
	for i := range n {
		if b, err := os.ReadFile(filepath.Join(in, fmt.Sprintf("%03d.xlsx", i))); err != nil || !bytes.Equal(b, original) {
			t.Fatalf("original %d has changed (%v)", i, err)
		}
	}
}
