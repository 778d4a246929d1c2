package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// serving is a running program, and who has opened its page.
type serving struct {
	*exec.Cmd
	client *http.Client
	host   string
	rest   io.Reader // of what it prints
}

// startServing starts the program, its temporary files in a directory, and opens
// its page.
func startServing(t *testing.T, dir string, args ...string) *serving {
	t.Helper()
	s := &serving{Cmd: exec.Command(program(t), append([]string{"serve", "--no-browser"}, args...)...)}
	s.Env = append(os.Environ(), "TMPDIR="+dir, "TMP="+dir)
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Process.Kill() }) // if it still runs
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, link, _ := strings.Cut(strings.TrimSpace(line), "：")
	s.host, _, _ = strings.Cut(strings.TrimPrefix(link, "http://"), "/")
	s.rest = lines
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.client = &http.Client{Jar: jar}
	r, err := s.client.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if page, err := io.ReadAll(r.Body); err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(page), "审核") {
		t.Fatalf("the link %s gives %s, %v", link, r.Status, err)
	}
	return s
}

// left lists what is in a directory.
func left(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(entries)
}

// Ctrl-C leaves nothing behind, and what a kill leaves goes with the next start; a
// program that runs beside it loses nothing.
func TestServeLeavesNothing(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Go can't send an interrupt on Windows")
	}
	dir := t.TempDir()
	killed := startServing(t, dir)
	beside := startServing(t, dir, "../../examples/returned")
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait() // of course it did not end well
	if n := strings.Count(left(t, dir), "ziping-serve-"); n != 2 {
		t.Fatalf("two runs have left %s", left(t, dir))
	}
	next := startServing(t, dir)
	if n := strings.Count(left(t, dir), "ziping-serve-"); n != 2 {
		t.Errorf("after the next start there is %s", left(t, dir))
	}
	r, err := beside.client.Get("http://" + beside.host + "/api/returns")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if text, err := io.ReadAll(r.Body); err != nil || !strings.Contains(string(text), "未来公园展厅运营经费.xlsx") {
		t.Errorf("the other program has %s, %v", text, err)
	}
	for _, s := range []*serving{beside, next} {
		if err := s.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(s.rest)
		if err != nil || string(text) != "程序已结束。\n" {
			t.Errorf("it says %s, %v", text, err)
		}
		if err := s.Wait(); err != nil {
			t.Error(err)
		}
	}
	if got := left(t, dir); got != "[]" {
		t.Errorf("left are %s", got)
	}
}
