// Release builds ziping for the machines of the clerks, each program in an archive
// with a page that says how to begin. The same commit and the same Go give the same
// bytes.
//
//	go run ./cmd/release -o out/release [-version v1.2.0]
package main

import (
	"bytes"
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// target is a kind of machine.
type target struct{ os, arch string }

func (t target) String() string { return t.os + "-" + t.arch }

// program is what the program is called there.
func (t target) program() string {
	if t.os == "windows" {
		return "ziping.exe"
	}
	return "ziping"
}

var targets = []target{
	{"windows", "amd64"}, {"windows", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"},
	{"linux", "amd64"}, {"linux", "arm64"}, {"linux", "loong64"},
}

func main() {
	out := flag.String("o", filepath.Join("out", "release"), "`DIR` to write to")
	version := flag.String("version", "", "`VERSION` to be shown; by default that of the commit")
	only := flag.String("only", "", "build only the targets whose `NAME` begins so")
	flag.Parse()
	if err := run(*out, *version, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run builds the targets and writes their archives, and SHA256SUMS.
func run(out, version, only string) error {
	b, err := newBuild(version)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	var sums strings.Builder
	for _, t := range targets {
		if !strings.HasPrefix(t.String(), only) {
			continue
		}
		program, err := b.program(t)
		if err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		archive, err := b.archive(t, program)
		if err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		name := fmt.Sprintf("ziping-%s-%s.zip", b.version, t)
		if err := os.WriteFile(filepath.Join(out, name), archive, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(archive), name)
		fmt.Printf("%s  %.1f MB\n", name, float64(len(archive))/1e6)
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// build is what all targets have in common.
type build struct {
	version string
	time    time.Time // of the commit
}

func newBuild(version string) (*build, error) {
	seconds, err := git("log", "-1", "--format=%ct")
	if err != nil {
		return nil, err
	}
	at, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return nil, err
	}
	if version == "" {
		version, err = git("describe", "--tags", "--always", "--dirty")
		if err != nil {
			return nil, err
		}
	}
	return &build{version, time.Unix(at, 0).UTC()}, nil
}

func git(args ...string) (string, error) {
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return strings.TrimSpace(string(out)), nil
}

// program builds the program of a target.
func (b *build) program(t target) ([]byte, error) {
	dir, err := os.MkdirTemp("", "ziping-release-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, t.program())
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=true", "-ldflags", "-s -w -buildid= -X main.release="+b.version, "-o", file, "ziping/cmd/ziping")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.os, "GOARCH="+t.arch, "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0", "GOEXPERIMENT=")
	var problems bytes.Buffer
	cmd.Stderr = &problems
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, &problems)
	}
	data, err := os.ReadFile(file)
	if err != nil || t.os != "windows" {
		return data, err
	}
	return b.describe(data)
}
