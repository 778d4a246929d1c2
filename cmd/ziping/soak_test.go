package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet/sheettest"
)

// kinds are workbooks as they come back, good and bad.
func kinds(t *testing.T) map[string][]byte {
	t.Helper()
	m := map[string][]byte{}
	for _, pattern := range []string{"../../examples/returned/*.xlsx", "../../sheet/read/testdata/foreign/*.xlsx", "../../sheet/xlsx/testdata/*.xlsx"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			m["good "+filepath.Base(file)] = b
		}
	}
	good, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	m["empty"] = nil
	m["half"] = good[:len(good)/2]
	m["text"] = []byte("项目名称,得分\n甲,1\n")
	m["page"] = []byte("<html><table><tr><td>项目名称</td></tr></table>")
	m["pdf"] = []byte("%PDF-1.4\n")
	m["old"] = append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 4096)...)
	m["noise"] = bytes.Repeat([]byte("PK\x03\x04\x00\xff"), 500)
	m["archive"] = sheettest.Archive(t, map[string]string{"a.txt": "x"})
	m["bomb"] = sheettest.Archive(t, map[string]string{"xl/workbook.xml": strings.Repeat(" ", 80<<20)})
	m["entities"] = sheettest.Archive(t, map[string]string{"_rels/.rels": `<!DOCTYPE x [<!ENTITY a "&a;&a;">]><x>&a;</x>`})
	m["deep"] = sheettest.Archive(t, map[string]string{"_rels/.rels": strings.Repeat("<a>", 100_000)})
	m["pathname"] = sheettest.Archive(t, map[string]string{"../../../etc/passwd": "root"})
	return m
}

// A long run over good and bad workbooks: every bad one is reported, every good
// one is checked as it is alone, and memory does not grow with their number.
func TestSoak(t *testing.T) {
	n := 400
	if thorough() {
		n = 20_000
	}
	bin, dir := program(t), t.TempDir()
	all := kinds(t)
	names := slices.Sorted(maps.Keys(all))
	alone := t.TempDir()
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(alone, name+".xlsx"), all[name], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var few, many int64 // peak memory in KiB
	want := map[string]report.File{}
	few = soak(t, bin, alone, func(f report.File) { want[strings.TrimSuffix(filepath.Base(f.Name), ".xlsx")] = f })
	for i := range n {
		kind := names[i%len(names)]
		file := filepath.Join(dir, fmt.Sprintf("%05d %s.xlsx", i, kind))
		if err := os.Link(filepath.Join(alone, kind+".xlsx"), file); err != nil {
			t.Fatal(err)
		}
		if i == n/2 {
			few = soak(t, bin, dir, func(report.File) {})
		}
	}
	seen, bad := 0, 0
	many = soak(t, bin, dir, func(f report.File) {
		seen++
		_, kind, _ := strings.Cut(strings.TrimSuffix(filepath.Base(f.Name), ".xlsx"), " ")
		w := want[kind]
		if (f.Err != nil) != (w.Err != nil) {
			t.Errorf("%s: %v, alone %v", f.Name, f.Err, w.Err)
		}
		if f.Err != nil {
			bad++
			if !strings.HasPrefix(f.Err.Error(), f.Name+"：") {
				t.Errorf("%s: the error does not name it: %v", f.Name, f.Err)
			}
		}
		if len(f.Tables) != len(w.Tables) {
			t.Fatalf("%s: %d tables, alone %d", f.Name, len(f.Tables), len(w.Tables))
		}
		for i := range w.Tables {
			if diff := cmp.Diff(w.Tables[i].Findings, f.Tables[i].Findings); diff != "" {
				t.Errorf("%s (-alone +here):\n%s", f.Name, diff)
			}
		}
	})
	if seen != n || bad < n/len(names) {
		t.Errorf("%d of %d files reported, %d bad", seen, n, bad)
	}
	t.Logf("%d files, %d of them bad; peak memory %d MiB, at half the files %d MiB", seen, bad, many>>10, few>>10)
	// A few hundred files do not yet fill what is collected late.
	if thorough() && many > few*115/100 || many > 2*usual>>10 {
		t.Errorf("memory grew from %d to %d KiB", few, many)
	}
}

// soak checks a directory by the program and returns its peak memory in KiB.
func soak(t *testing.T, bin, dir string, each func(report.File)) (peak int64) {
	t.Helper()
	args := []string{"check", "--format", "jsonl", dir}
	for _, r := range defaultRules(t).Rules() {
		if r.Scope == rules.ScopeBatch {
			args = append(args, "--exclude-rule", r.ID)
		}
	}
	cmd := exec.Command(bin, args...)
	if runtime.GOOS != "windows" { // a file left open for each workbook would be noticed
		cmd = exec.Command("sh", append([]string{"-c", `ulimit -n 40; exec "$0" "$@"`, bin}, args...)...)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	memory := make(chan int64, 1)
	go func() { memory <- peakMemory(cmd.Process.Pid) }()
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if _, end := report.ParseEnd(line); end {
			break
		}
		f, err := report.ParseLine(line)
		if err != nil {
			t.Fatal(err)
		}
		each(f)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Fatalf("%v", err)
	}
	return <-memory
}

func defaultRules(t *testing.T) *rules.Set {
	t.Helper()
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// thorough reports whether the tests may take minutes, as in .ci/run.
func thorough() bool { return os.Getenv("ZIPING_THOROUGH") != "" }
