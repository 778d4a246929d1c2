package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"ziping/cmd/internal/campaign"
	"ziping/cmd/internal/files"
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

// ask asks the program for something.
func (s *serving) ask(t *testing.T, method, path, kind string, body io.Reader) (status int, text string) {
	t.Helper()
	r, err := http.NewRequest(method, "http://"+s.host+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	answer, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(b)
}

// done asks for something that must be done.
func (s *serving) done(t *testing.T, method, path, body string) string {
	t.Helper()
	status, text := s.ask(t, method, path, "", strings.NewReader(body))
	if status != http.StatusOK {
		t.Fatalf("%s: %d %s", path, status, text)
	}
	return text
}

// part names the part of a request that brings a file: its place in the drop, its
// size, when it was written, its name.
func part(place int, data []byte, name string) string {
	return fmt.Sprintf("%d:%d:%d:%s", place, len(data), 1_733_011_200_000, url.PathEscape(name))
}

// send sends files of a drop, by what their parts are named.
func (s *serving) send(t *testing.T, drop int, contents map[string][]byte) (status int, text string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, data := range contents {
		p, err := w.CreateFormFile(name, "f")
		if err == nil {
			_, err = p.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return s.ask(t, "POST", fmt.Sprintf("/api/drops/%d/files", drop), w.FormDataContentType(), &b)
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

// Thousands of workbooks that are dropped at once take no more memory than a run
// over them, and the page is answered meanwhile.
func TestServeMany(t *testing.T) {
	if !thorough() {
		t.Skip("5,000 workbooks take a while: ZIPING_THOROUGH=1 drops them")
	}
	const n, departments = 5000, 10 // that send the same
	dir := t.TempDir()
	if _, err := campaign.Write(dir, campaign.Options{Projects: n / departments, Seed: 1, Faulty: 0.25}); err != nil {
		t.Fatal(err)
	}
	workbooks := files.Find([]string{dir}, files.Workbooks...).Below(dir).Names()[:n/departments]
	s := startServing(t, t.TempDir())
	memory := make(chan int64, 1)
	go func() { memory <- peakMemory(s.Process.Pid) }()
	var drop int
	if _, err := fmt.Sscanf(s.done(t, "POST", fmt.Sprintf("/api/drops/returns?files=%d", n), ""), `{"id":%d}`, &drop); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < n; i += 100 {
		some := map[string][]byte{}
		for j := i; j < i+100; j++ {
			name := workbooks[j%len(workbooks)]
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			some[part(j, data, fmt.Sprintf("%d/%s", j/len(workbooks), filepath.ToSlash(name)))] = data
		}
		if status, text := s.send(t, drop, some); status != http.StatusOK {
			t.Fatal(text)
		}
	}
	s.done(t, "POST", fmt.Sprintf("/api/drops/%d/end", drop), "")
	var took []time.Duration
	for lines := 0; lines <= n; {
		begun := time.Now()
		s.done(t, "GET", "/api/returns", "")
		took = append(took, time.Since(begun))
		lines = strings.Count(s.done(t, "GET", "/api/report", ""), "\n")
		time.Sleep(100 * time.Millisecond)
	}
	if err := s.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	peak := <-memory
	if err := s.Wait(); err != nil {
		t.Error(err)
	}
	slices.Sort(took)
	of := func(part float64) time.Duration { return took[int(part*float64(len(took)-1))].Round(time.Millisecond) }
	t.Logf("%d workbooks; asked %d times meanwhile, half of the answers took up to %v, 95 %% up to %v, the slowest %v; peak memory %d MiB", n, len(took), of(0.5), of(0.95), of(1), peak>>10)
	if peak > 250<<10 {
		t.Errorf("peak memory %d MiB", peak>>10)
	}
}
