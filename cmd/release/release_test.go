package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/tc-hib/winres"
)

// top goes to where the program is run.
func top(t *testing.T) {
	t.Helper()
	t.Chdir(filepath.Join("..", ".."))
}

// An archive has what its users need, and is the same however often it is made.
func TestArchive(t *testing.T) {
	top(t)
	for _, tt := range targets {
		b := &build{version: "v1.2.0", time: time.Unix(1700000000, 0).UTC()}
		first, err := b.archive(tt, []byte("the program"))
		if err != nil {
			t.Fatal(err)
		}
		second, err := b.archive(tt, []byte("the program"))
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: a second archive differs, %v", tt, err)
		}
		z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, fmt.Sprint(f.Name, " ", f.Mode()))
			if !f.Modified.Equal(b.time) {
				t.Errorf("%s: %s is of %s", tt, f.Name, f.Modified)
			}
		}
		want := tt.program() + " -rwxr-xr-x 说明.txt -rw-r--r-- LICENSE.txt -rw-r--r--" + map[string]string{
			"darwin": " 打开自评.command -rwxr-xr-x", "linux": " 打开自评.sh -rwxr-xr-x",
		}[tt.os]
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s has %s, want %s", tt, got, want)
		}
	}
}

// The page that comes with a program is one page, for Notepad too.
func TestText(t *testing.T) {
	b := text("说明.txt")
	if !bytes.HasPrefix(b, []byte("\ufeff")) || bytes.Count(b, []byte("\n")) != bytes.Count(b, []byte("\r\n")) || !utf8.Valid(b) {
		t.Error("Notepad does not show it")
	}
	lines := strings.Split(string(b), "\r\n")
	if len(lines) > 60 {
		t.Errorf("it has %d lines", len(lines))
	}
	for _, line := range lines {
		wide := 0
		for _, r := range line {
			wide += min(2, utf8.RuneLen(r))
		}
		if wide > 84 {
			t.Errorf("too wide for a page: %s", line)
		}
	}
	if bytes.Contains(script("打开自评.sh"), []byte("\r")) {
		t.Error("a shell does not read the script")
	}
}

func TestNumbers(t *testing.T) {
	for version, want := range map[string][4]uint16{
		"v1.2.3": {1, 2, 3}, "1.10": {1, 10}, "v1.2.3-rc1": {1, 2, 3}, "6662fa4": {}, "6662fa4-dirty": {}, "": {}, "v1.99999.0": {},
	} {
		if got := numbers(version); got != want {
			t.Errorf("%q has the numbers %v, want %v", version, got, want)
		}
	}
}

// Two builds, in two places, are the same bit for bit; the program of Windows has its icon, its version and its manifest.
func TestReproducible(t *testing.T) {
	if os.Getenv("ZIPING_THOROUGH") == "" {
		t.Skip("two builds take minutes: ZIPING_THOROUGH=1 makes them")
	}
	top(t)
	const only = "windows-amd64"
	first := filepath.Join(t.TempDir(), "first")
	if err := run(first, "v1.2.0", only); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	output(t, "git", "clone", "--quiet", ".", elsewhere) // of a worktree Go stamps no commit
	if changes := output(t, "git", "status", "--porcelain"); changes != "" {
		t.Skipf("there is something that is not committed, and so in no other place:\n%s", changes)
	}
	t.Chdir(elsewhere)
	second := filepath.Join(t.TempDir(), "second")
	if err := run(second, "v1.2.0", only); err != nil {
		t.Fatal(err)
	}
	name := "ziping-v1.2.0-" + only + ".zip"
	for _, file := range []string{name, "SHA256SUMS"} {
		a, err := os.ReadFile(filepath.Join(first, file))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(second, file))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s of a second build differs, %v", file, err)
		}
	}
	z, err := zip.OpenReader(filepath.Join(second, name))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	r, err := z.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	program, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	resources, err := winres.LoadFromEXE(bytes.NewReader(program))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []winres.ID{winres.RT_GROUP_ICON, winres.RT_VERSION, winres.RT_MANIFEST} {
		if resources.Get(id, winres.ID(1), 0) == nil && resources.Get(id, winres.ID(1), 0x0409) == nil && resources.Get(id, winres.ID(1), chinese) == nil {
			t.Errorf("there is no resource of the type %d", id)
		}
	}
	if !bytes.Contains(program, []byte("v1.2.0")) || bytes.Contains(program, []byte(elsewhere)) {
		t.Error("the program does not know its version, or knows where it was built")
	}
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}
