package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ziping/sheet"
)

// A copy appears whole or not at all, also where the program is killed while it
// writes; the originals stay as they are.
func TestAnnotateKilled(t *testing.T) {
	const n = 120
	original, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	in := t.TempDir()
	for i := range n {
		if err := os.WriteFile(filepath.Join(in, fmt.Sprintf("%03d.xlsx", i)), original, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	bin := filepath.Join(t.TempDir(), "ziping.exe")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
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
