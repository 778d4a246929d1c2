//go:build unix

package libreoffice_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ziping/sheet/libreoffice"
	"ziping/sheet/sheettest"
)

// fake makes a script the program.
func fake(t *testing.T, script string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "soffice")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv(libreoffice.Variable, file)
}

func TestMissing(t *testing.T) {
	t.Setenv(libreoffice.Variable, filepath.Join(t.TempDir(), "nothing"))
	if err := (libreoffice.Office{}).Convert(t.Context(), libreoffice.XLSX, t.TempDir()); !errors.Is(err, libreoffice.ErrMissing) {
		t.Error(err)
	}
}

func TestFails(t *testing.T) {
	sheettest.NoRemains(t)
	fake(t, "echo long words; seq 1000; echo the reason >&2; exit 3")
	err := (libreoffice.Office{}).Convert(t.Context(), libreoffice.XLSX, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "LibreOffice 转换失败：exit status 3：") || !strings.HasSuffix(err.Error(), "the reason") || strings.Contains(err.Error(), "long words") {
		t.Error(err)
	}
}

// alive reports whether a process runs. One that ended may wait for a while for
// its parent to take note.
func alive(t *testing.T, file string) bool {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		state, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err == nil && strings.Contains(string(state), ") Z ") || syscall.Kill(pid, 0) != nil {
			return false
		}
		time.Sleep(20 * time.Millisecond)
	}
	return true
}

// A process that hangs is ended with its children, and so are the children of
// one that leaves them behind.
func TestHangs(t *testing.T) {
	for _, tt := range []struct {
		name, end string
		limit     time.Duration
		cancel    bool
		want      error
	}{
		{"slow", "wait", 500 * time.Millisecond, false, libreoffice.ErrSlow},
		{"deaf", "trap '' TERM INT HUP; wait", 500 * time.Millisecond, false, libreoffice.ErrSlow},
		{"cancelled", "wait", time.Hour, true, context.Canceled},
		{"left behind", "exit 0", time.Hour, false, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sheettest.NoRemains(t)
			dir := t.TempDir()
			child := filepath.Join(dir, "child")
			fake(t, "mktemp >/dev/null; sleep 1000 &\necho $! > "+child+".part; mv "+child+".part "+child+"\n"+tt.end)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tt.cancel {
				go func() {
					for ctx.Err() == nil {
						if _, err := os.Stat(child); err == nil {
							cancel()
						}
						time.Sleep(time.Millisecond)
					}
				}()
			}
			if err := (libreoffice.Office{Limit: tt.limit}).Convert(ctx, libreoffice.XLSX, dir); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if alive(t, child) {
				t.Error("a child is still alive")
			}
		})
	}
}

// One process at a time: the script fails where another runs.
func TestOne(t *testing.T) {
	sheettest.NoRemains(t)
	lock := filepath.Join(t.TempDir(), "lock")
	fake(t, "mkdir "+lock+" || exit 9; sleep 0.05; rmdir "+lock)
	errs := make(chan error)
	for range 8 {
		go func() { errs <- libreoffice.Office{}.Convert(t.Context(), libreoffice.XLSX, t.TempDir()) }()
	}
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// The profile is new and its own, and knows of no macros and no network.
func TestProfile(t *testing.T) {
	sheettest.NoRemains(t)
	out := filepath.Join(t.TempDir(), "seen")
	fake(t, `cat "${1#-env:UserInstallation=file://}/user/registrymodifications.xcu" > `+out+`; shift; echo "$@" >> `+out)
	if err := (libreoffice.Office{}).Convert(t.Context(), "to", "dir", "file"); err != nil {
		t.Fatal(err)
	}
	seen, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`MacroSecurityLevel" oor:op="fuse"><value>3<`, `DisableMacrosExecution" oor:op="fuse"><value>true<`, "--headless", "--convert-to to --outdir dir file"} {
		if !strings.Contains(string(seen), want) {
			t.Errorf("%s is missing in %s", want, seen)
		}
	}
}

// flat is a spreadsheet that tries to get hold of SECRET and of what stands at
// URL.
const flat = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet>
<table:table table:name="S"><table:shapes>
<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="URL/image.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>
<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="file://SECRET.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>
</table:shapes><table:table-row><table:table-cell office:value-type="string"><text:p>here</text:p></table:table-cell>
<table:table-cell table:formula="of:=COM.MICROSOFT.WEBSERVICE(&quot;URL/webservice&quot;)"/>
<table:table-cell table:formula="of:='URL/external.ods'#$S.A1"/>
<table:table-cell table:formula="of:='file://SECRET.csv'#$secret.A1"/>
<table:table-cell table:formula="of:=DDE(&quot;soffice&quot;;&quot;SECRET.csv&quot;;&quot;A1&quot;)"/></table:table-row></table:table>
<table:table table:name="L"><table:table-source xlink:type="simple" xlink:href="URL/linked.csv" table:filter-name="Text - txt - csv (StarCalc)" table:filter-options="44,34,76,1" table:refresh-delay="PT1S"/><table:table-row><table:table-cell/></table:table-row></table:table>
<table:table table:name="M"><table:table-source xlink:type="simple" xlink:href="file://SECRET.csv" table:filter-name="Text - txt - csv (StarCalc)" table:filter-options="44,34,76,1"/><table:table-row><table:table-cell/></table:table-row></table:table>
</office:spreadsheet></office:body></office:document>`

// pixel is the smallest PNG.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\b\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"

// Nothing is fetched from the network nor from other files.
func TestLinks(t *testing.T) {
	sheettest.New(t)
	sheettest.NoRemains(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t.Errorf("asked for %s", r.URL)
	}))
	defer server.Close()
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret")
	for name, content := range map[string]string{
		"secret.csv": "SECRET,2\n", "secret.png": pixel,
		"a.fods": strings.NewReplacer("URL", server.URL, "SECRET", secret).Replace(flat),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := (libreoffice.Office{}).Convert(t.Context(), libreoffice.XLSX, dir, filepath.Join(dir, "a.fods")); err != nil {
		t.Fatal(err)
	}
	texts, media := contents(t, filepath.Join(dir, "a.xlsx"))
	if !strings.Contains(texts, "here") || strings.Contains(texts, "SECRET") || media > 0 {
		t.Errorf("%d pictures; the secret is told: %t", media, strings.Contains(texts, "SECRET"))
	}
}

// contents returns the text of a workbook's parts, and how many pictures it
// has.
func contents(t *testing.T, file string) (string, int) {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var texts strings.Builder
	media := 0
	for _, f := range archive.File {
		if strings.Contains(f.Name, "media/") {
			media++
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&texts, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return texts.String(), media
}
