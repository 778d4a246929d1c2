package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ziping/sheet/sheettest"
)

// manyReturned copies the published tables into a directory, so often, and changes
// into it.
func manyReturned(t *testing.T, copies int) {
	t.Helper()
	examples, err := filepath.Abs(filepath.Join("..", "..", "examples", "returned"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(examples, "*.xlsx"))
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	t.Chdir(t.TempDir())
	for i := range copies {
		b, err := os.ReadFile(files[i%len(files)])
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("returned/%c局/项目 %d.xlsx", '甲'+rune(i%3), i)
		if i == 7 {
			b = b[:100] // one that can't be read
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// ziping runs a command, which must end with a code, and returns its output.
func ziping(t *testing.T, code int, args ...string) []byte {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := runLine(append([]string{"ziping"}, args...), &stdout, &stderr); got != code {
		t.Fatalf("ziping %s: exit %d, want %d\n%s", strings.Join(args, " "), got, code, stderr.String())
	}
	return stdout.Bytes()
}

func mustRead(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// However the workbooks are split into parts, and in whatever order these come,
// the summary is that of one run.
func TestParts(t *testing.T) {
	manyReturned(t, 40)
	ziping(t, exitFailed, "collect", "-o", "whole.xlsx", "returned")
	whole := mustRead(t, "whole.xlsx")
	lines := bytes.SplitAfter(bytes.TrimSuffix(ziping(t, exitFailed, "check", "--format", "jsonl", "returned"), []byte("\n")), []byte("\n"))
	lines = lines[:len(lines)-1] // the one that ends them
	if len(lines) != 40 {
		t.Fatalf("%d lines", len(lines))
	}
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 0))
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		parts, counts := make([][]byte, 8), make([]int, 8)
		for _, line := range lines {
			i := r.IntN(len(parts))
			counts[i]++
			parts[i] = append(parts[i], append(bytes.TrimSuffix(line, []byte("\n")), '\n')...)
		}
		args := []string{"collect", "--force", "-o", "parts.xlsx", "--from-jsonl"}
		for i, part := range parts {
			name := fmt.Sprintf("part,%d.jsonl", i)
			part = fmt.Appendf(part, "{\"summary\":{\"files\":%d}}\n", counts[i])
			if err := os.WriteFile(name, part, 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, name)
		}
		ziping(t, exitFailed, args...)
		if !bytes.Equal(mustRead(t, "parts.xlsx"), whole) {
			t.Errorf("seed %d: eight parts give another summary", seed)
		}
	}
}

// Memory does not grow with the lines of parts.
func TestPartsMemory(t *testing.T) {
	few := 100
	if thorough() {
		few = 10_000
	}
	const name = "未来公园展厅运营经费"
	file, err := filepath.Abs("../../examples/returned/" + name + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	bin := program(t)
	t.Chdir(t.TempDir())
	line, _, _ := bytes.Cut(ziping(t, exitFindings, "check", "--format", "jsonl", file), []byte("\n"))
	peak := func(n int) int64 {
		var part bytes.Buffer
		for i := range n {
			part.Write(bytes.ReplaceAll(line, []byte(name), fmt.Appendf(nil, "%s%d期", name, i)))
			part.WriteByte('\n')
		}
		fmt.Fprintf(&part, "{\"summary\":{\"files\":%d}}\n", n)
		if err := os.WriteFile("part.jsonl", part.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(bin, "collect", "--force", "-o", "汇总.xlsx", "--from-jsonl", "part.jsonl")
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		memory := make(chan int64, 1)
		go func() { memory <- peakMemory(cmd.Process.Pid) }()
		_ = cmd.Wait() // 1: there are findings
		if want := fmt.Sprintf("共 %d 个项目", n); !strings.HasPrefix(out.String(), want) {
			t.Fatalf("%s, want %s", out.String(), want)
		}
		return <-memory
	}
	a, b := peak(few), peak(5*few)
	t.Logf("%d lines: %d MiB, five times as many: %d MiB", few, a>>10, b>>10)
	// A few hundred lines do not yet fill what is collected late.
	if thorough() && b > a*115/100 {
		t.Errorf("memory grew from %d to %d KiB", a, b)
	}
}

// The same by GNU parallel, as README.md shows it: eight processes that know
// nothing of each other.
func TestPartsByParallel(t *testing.T) {
	parallel := sheettest.Program(t, "parallel")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	manyReturned(t, 40)
	ziping(t, exitFailed, "collect", "-o", "whole.xlsx", "returned")
	bin := t.TempDir()
	// The test is ziping itself under this name: see TestMain.
	if err := os.Symlink(self, filepath.Join(bin, "ziping")); err != nil {
		t.Fatal(err)
	}
	script := `find returned -name '*.xlsx' -print0 |
		"` + parallel + `" --will-cite -0 -j 8 -N 5 'ziping check --format jsonl -o part{#}.jsonl {}'`
	cmd := exec.Command("sh", "-c", script)
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
	_ = cmd.Run() // it counts the parts with findings as failures
	parts, err := filepath.Glob("part*.jsonl")
	if err != nil || len(parts) != 8 {
		t.Fatalf("parallel made %d parts, want 8 (%v)", len(parts), err)
	}
	ziping(t, exitFailed, append([]string{"collect", "-o", "parts.xlsx", "--from-jsonl"}, parts...)...)
	if !bytes.Equal(mustRead(t, "parts.xlsx"), mustRead(t, "whole.xlsx")) {
		t.Error("eight parts give another summary")
	}
}

// Names that are no UTF-8, as archives from Windows leave them, tell files apart
// all the same.
func TestNamesInGBK(t *testing.T) {
	data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	dir, out := t.TempDir(), t.TempDir()
	for _, name := range []string{"\xbc\xd7.xlsx", "\xd2\xd2.xlsx"} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Skip("this system has no such names: not tested")
		}
	}
	ziping := func(args ...string) string {
		var told bytes.Buffer
		if code := runLine(append([]string{"ziping"}, args...), &told, &told); code > exitFindings {
			t.Errorf("%q ends with %d: %s", args, code, &told)
		}
		return told.String()
	}
	one, parts, line := filepath.Join(out, "1.xlsx"), filepath.Join(out, "2.xlsx"), filepath.Join(out, "p.jsonl")
	if got := ziping("collect", "-o", one, dir); !strings.Contains(got, "重复报送 1") {
		t.Error(got)
	}
	ziping("check", "--format", "jsonl", "-o", line, dir)
	ziping("collect", "--from-jsonl", "-o", parts, line)
	a, err := os.ReadFile(one)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(parts); err != nil || !bytes.Equal(a, b) {
		t.Errorf("another summary from a part (%v)", err)
	}
	ziping("annotate", "-o", filepath.Join(out, "copies"), dir)
}
