package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ziping/cmd/internal/files"
	"ziping/sheet/read"
)

// smallDisk returns a directory on a disk of its own of so many bytes.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no small disk to fill: mounting one takes root (%v)", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// outputs are commands that write to a directory, with what they read.
func outputs(in, out string) map[string][]string {
	project := "../../examples/projects/未来公园展厅运营经费.toml"
	return map[string][]string{
		"template": append([]string{"template", "-o", out}, repeat(project, 60)...),
		"annotate": {"annotate", "-o", out, in},
		"check":    {"check", "--format", "json", "-o", filepath.Join(out, "report.json"), in},
	}
}

func repeat(s string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = s
	}
	return list
}

// Where the disk is full, what was written is whole, nothing else is left, and
// the program says so; the originals stay as they are.
func TestFullDisk(t *testing.T) {
	original, in := manyWorkbooks(t, 60)
	bin := program(t)
	for name, args := range outputs(in, "OUT") {
		t.Run(name, func(t *testing.T) {
			size := "256k"
			if name == "check" {
				size = "16k"
			}
			out := smallDisk(t, size)
			fails(t, bin, args, out, "磁盘已满，没有写出")
			var left []string
			for _, f := range files.Find([]string{out}, ".xlsx", ".json").Files {
				if !files.IsOurs(f.Name) { // the list of what was sent back, and the notices
					left = append(left, f.Name)
				}
			}
			if name == "check" && len(left) > 0 || name != "check" && (len(left) == 0 || len(left) == 60) {
				t.Errorf("%d files are there", len(left))
			}
			for _, file := range left {
				b, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := read.Forms(b); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
		})
	}
	unchanged(t, in, original)
}

// Where the disk is full, the page is told what could not be taken or made; what had
// come counts, and all goes on when there is room again.
func TestServeFullDisk(t *testing.T) {
	dir := smallDisk(t, "400k")
	s := startServing(t, dir)
	good, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	begin := func(n int) (drop int) {
		t.Helper()
		if _, err := fmt.Sscanf(s.done(t, "POST", fmt.Sprintf("/api/drops/returns?files=%d", n), ""), `{"id":%d}`, &drop); err != nil {
			t.Fatal(err)
		}
		return drop
	}
	const n = 60
	drop, taken := begin(n), 0
	for i := range n {
		status, text := s.send(t, drop, map[string][]byte{part(i, good, fmt.Sprintf("%d.xlsx", i)): good})
		if status == http.StatusOK {
			taken++
		} else if !strings.Contains(text, fmt.Sprintf("%d.xlsx：磁盘已满，没有写出", i)) {
			t.Fatalf("the answer is %d %s", status, text)
		}
	}
	if taken == 0 || taken == n {
		t.Fatalf("%d of %d files fit: nothing is tested", taken, n)
	}
	s.done(t, "POST", fmt.Sprintf("/api/drops/%d/end", drop), "")
	problem := func(want string) {
		t.Helper()
		for {
			switch x := s.state(t); {
			case x.Job != nil:
			case !strings.Contains(strings.Join(x.Returns.Problems, "\n"), want):
				t.Fatalf("the problems are %q, want %s", x.Returns.Problems, want)
			default:
				return
			}
		}
	}
	problem("磁盘已满") // no room for the report
	if list := s.done(t, "GET", "/api/returns", ""); strings.Count(list, `"name"`) != taken {
		t.Errorf("of %d files that were taken there are %s", taken, list)
	}
	s.done(t, "DELETE", "/api/returns", "")
	drop = begin(3)
	for i := range 3 {
		if status, text := s.send(t, drop, map[string][]byte{part(i, good, fmt.Sprintf("%d.xlsx", i)): good}); status != http.StatusOK {
			t.Fatalf("with room again: %s", text)
		}
	}
	s.done(t, "POST", fmt.Sprintf("/api/drops/%d/end", drop), "")
	problem("")
	if x := s.state(t); x.Returns.Found != 3 {
		t.Errorf("with room again there are %+v", x.Returns)
	}
	fill := filepath.Join(dir, "fill")
	if err := os.WriteFile(fill, make([]byte, 1<<20), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	s.done(t, "POST", "/api/make/copies", "{}")
	problem("磁盘已满")
	if x := s.state(t); x.Returns.Found != 3 || len(x.Outputs) > 0 {
		t.Errorf("after copies that had no room there are %+v", x)
	}
	if err := os.Remove(fill); err != nil {
		t.Fatal(err)
	}
	s.done(t, "POST", "/api/make/copies", "{}")
	problem("")
	if x := s.state(t); len(x.Outputs) != 1 {
		t.Errorf("with room again nothing is made: %+v", x)
	}
	if err := s.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil {
		t.Error(err)
	}
	if got := left(t, dir); got != "[]" {
		t.Errorf("left are %s", got)
	}
}

// served is what the page is told, as far as it is looked at here.
type served struct {
	Job     *struct{} `json:"job"`
	Outputs []struct {
		Name string `json:"name"`
	} `json:"outputs"`
	Returns struct {
		Problems []string `json:"problems"`
		Found    int      `json:"found"`
	} `json:"returns"`
}

// state returns what the page is told now.
func (s *serving) state(t *testing.T) (x served) {
	t.Helper()
	r, err := s.client.Get("http://" + s.host + "/api/events")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	line, err := bufio.NewReader(r.Body).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(bytes.TrimPrefix(line, []byte("data: ")), &x)
	}
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// In a directory where nothing may be written, the program says so.
func TestReadOnlyDirectory(t *testing.T) {
	original, in := manyWorkbooks(t, 3)
	bin := program(t)
	for name, args := range outputs(in, "OUT") {
		t.Run(name, func(t *testing.T) {
			out := smallDisk(t, "64k")
			if err := syscall.Mount("", out, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
				t.Fatal(err)
			}
			fails(t, bin, args, out, "这里是只读的，没有写出")
		})
	}
	unchanged(t, in, original)
}

// fails checks that a command that writes to out can't, and says why.
func fails(t *testing.T, bin string, args []string, out, why string) {
	t.Helper()
	for i := range args {
		args[i] = strings.Replace(args[i], "OUT", out, 1)
	}
	cmd := exec.Command(bin, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	_ = cmd.Run()
	if code := cmd.ProcessState.ExitCode(); code != exitFailed || !strings.Contains(stderr.String(), why) {
		t.Errorf("exit code %d, stderr %.300s", code, &stderr)
	}
}
