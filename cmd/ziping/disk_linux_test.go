package main

import (
	"bytes"
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
