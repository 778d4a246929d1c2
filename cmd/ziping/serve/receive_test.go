package serve

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

// walk goes through the files below a directory, by their names from there.
func walk(t *testing.T, dir string) iter.Seq[string] {
	t.Helper()
	return func(yield func(string) bool) {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			name, err := filepath.Rel(dir, path)
			if err == nil && !yield(filepath.ToSlash(name)) {
				err = fs.SkipAll
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestLocalName(t *testing.T) {
	for name, want := range map[string]string{
		"教育局/甲.xlsx":           "教育局/甲.xlsx",
		"甲 (1).xlsx":           "甲 (1).xlsx",
		"../甲.xlsx":            "甲.xlsx",
		"/etc/passwd":          "etc/passwd",
		"a/../../b.xlsx":       "a/b.xlsx",
		`..\..\甲.xlsx`:         ".._.._甲.xlsx",
		`C:\甲.xlsx`:            "C__甲.xlsx",
		"甲\x00\n.xlsx":         "甲__.xlsx",
		"甲. /乙.xlsx ":          "甲/乙.xlsx",
		"":                     "_",
		"/.../":                "_",
		"\xff.xlsx":            "_.xlsx",
		"<script>alert(1)</x>": "_script_alert(1)_/x_",
	} {
		if got := localName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func FuzzLocalName(f *testing.F) {
	f.Add("教育局/../甲.xlsx")
	f.Fuzz(func(t *testing.T, name string) {
		if got := localName(name); !filepath.IsLocal(filepath.FromSlash(got)) || localName(got) != got {
			t.Errorf("%q is %q", name, got)
		}
	})
}

// Names from outside are names: nothing is written beside what a drop may write, and
// nothing is lost, whatever it is called.
func TestNamesAreNoPaths(t *testing.T) {
	s := newServer(t, Options{})
	u := newUser(t, s).enter()
	before := slices.Collect(walk(t, filepath.Dir(s.TempDir())))
	names := []string{
		"../../../外.xlsx", "/外.xlsx", `..\外.xlsx`, `C:\外.xlsx`, "a/../../外.xlsx", "甲.xlsx", "甲.xlsx/乙.xlsx", "CON.xlsx", "nul",
		"in-use", "a\x00b.xlsx", "<img src=x onerror=alert(1)>.xlsx", strings.Repeat("长", 70) + ".xlsx", "甲.XLSX", "./甲.xlsx",
	}
	var drop int
	if _, err := fmt.Sscanf(u.done("POST", "/api/drops/returns?files=100", ""), `{"id":%d}`, &drop); err != nil {
		t.Fatal(err)
	}
	taken := 0
	for i, name := range names {
		r, text := u.send(drop, i, 1, name, "x")
		switch {
		case r.StatusCode == 200:
			taken++
		case name != "甲.xlsx/乙.xlsx": // a file stands where its directory should be
			t.Errorf("%q: %s %s", name, r.Status, text)
		}
	}
	inside := slices.Collect(walk(t, u.session().path(fmt.Sprintf("drop-%d", drop))))
	after := slices.Collect(walk(t, filepath.Dir(s.TempDir())))
	if len(inside) != taken || len(after) != len(before)+taken {
		t.Errorf("of %d files there are %q; before %q, after %q", taken, inside, before, after)
	}
}

// What is not sent whole is not taken, and what is too large is told as the command
// line does; both disturb nothing else.
func TestBrokenUploads(t *testing.T) {
	s := newServer(t, Options{})
	u := newUser(t, s).enter()
	good, err := os.ReadFile(example(t, "returned", "未来公园展厅运营经费.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	var drop int
	if _, err := fmt.Sscanf(u.done("POST", "/api/drops/returns?files=3", ""), `{"id":%d}`, &drop); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the answer was lost
		u.send(drop, 0, int64(len(good)), "good.xlsx", string(good))
	}
	u.send(drop, 1, xlsx.DefaultLimits().Size+1, "large.xlsx", "")
	cut(t, u, drop, good)
	if r, _ := u.send(drop, 3, 1, "more.xlsx", "x"); r.StatusCode == 200 {
		t.Error("more files are taken than were said")
	}
	u.done("POST", fmt.Sprintf("/api/drops/%d/end", drop), "")
	u.idle()
	text := u.done("GET", "/api/report", "")
	if !strings.Contains(text, "未来公园展厅运营经费") || !strings.Contains(text, `{"file":"large.xlsx","error":"文件超过 256 MiB`) || strings.Contains(text, "cut.xlsx") {
		t.Errorf("the report is %s", filesOf(text))
	}
	if x := u.session().state(); x.Returns.Found != 2 || x.Returns.Files != 1 {
		t.Errorf("the returns are %+v", x.Returns)
	}
	if r, _ := u.send(drop, 2, 1, "late.xlsx", "x"); r.StatusCode == 200 {
		t.Error("a drop that has ended takes a file")
	}
}

// cut sends half of a file, and breaks off.
func cut(t *testing.T, u *user, drop int, content []byte) {
	t.Helper()
	c, err := net.Dial("tcp", u.server.host)
	if err != nil {
		t.Fatal(err)
	}
	var cookies []string
	for _, x := range u.client.Jar.Cookies(&url.URL{Scheme: "http", Host: u.server.host}) {
		cookies = append(cookies, x.Name+"="+x.Value)
	}
	fmt.Fprintf(c, "POST /api/drops/%d/files HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n",
		drop, u.server.host, strings.Join(cookies, "; "), len(content))
	fmt.Fprintf(c, "--x\r\nContent-Disposition: form-data; name=\"2:%d:0:cut.xlsx\"; filename=\"f\"\r\n\r\n", len(content))
	if _, err := c.Write(content[:len(content)/2]); err != nil {
		t.Fatal(err)
	}
	d := u.session().drop
	for len(slices.Collect(walk(t, d.dir))) < 2 { // until it has begun
		time.Sleep(time.Millisecond)
	}
	c.Close()
	for len(slices.Collect(walk(t, d.dir))) > 1 { // until it is given up
		time.Sleep(time.Millisecond)
	}
}

// A page that is closed in the middle of a drop leaves nothing of it, and the next
// one hears of it.
func TestDropWithoutEnd(t *testing.T) {
	s := newServer(t, Options{})
	u := newUser(t, s).enter()
	var drop int
	if _, err := fmt.Sscanf(u.done("POST", "/api/drops/returns?files=7", ""), `{"id":%d}`, &drop); err != nil {
		t.Fatal(err)
	}
	u.send(drop, 0, 1, "a.xlsx", "x")
	if !u.session().unsaved() {
		t.Error("nothing would be lost in the middle of a drop")
	}
	u.drop(ofReturns, map[string]string{"b.xlsx": "x"})
	if x := u.session().state(); x.Broken != "上一次拖入的文件没有传完（1 / 7 个），没有计入，请再拖一次" || x.Returns.Files != 1 {
		t.Errorf("the state is %+v", x)
	}
}

// A file that can't be written is told in a clerk's words, and leaves nothing.
func TestDiskFull(t *testing.T) {
	d, err := newDrop(t.TempDir(), 1, ofReturns, 1, xlsx.DefaultLimits().Size)
	if err != nil {
		t.Fatal(err)
	}
	defer d.discard()
	full := io.MultiReader(strings.NewReader("x"), failing{&fs.PathError{Op: "write", Path: "/tmp/x", Err: syscall.ENOSPC}})
	if err := d.take(sent{name: "教育局/甲.xlsx"}, full); err == nil || err.Error() != "教育局/甲.xlsx：磁盘已满，没有写出" {
		t.Errorf("the error is %v", err)
	}
	if left := slices.Collect(walk(t, d.dir)); len(left) > 0 {
		t.Errorf("left are %q", left)
	}
}

// A file keeps its time: that, not when it was sent, says which of two of a project
// counts. What can't be a time loses no file.
func TestTimeIsKept(t *testing.T) {
	d, err := newDrop(t.TempDir(), 1, ofReturns, 1, xlsx.DefaultLimits().Size)
	if err != nil {
		t.Fatal(err)
	}
	defer d.discard()
	for _, milliseconds := range []int64{1_733_011_200_123, 0, 1, -1, math.MinInt64, math.MaxInt64} {
		name := fmt.Sprintf("%d.xlsx", milliseconds)
		f, err := parseSent(fmt.Sprintf("0:1:%d:%s", milliseconds, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := d.take(f, strings.NewReader("x")); err != nil {
			t.Error(err)
		}
		info, err := os.Stat(filepath.Join(d.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		possible := milliseconds > math.MinInt64 && milliseconds < math.MaxInt64
		if got := info.ModTime().UnixMilli(); possible && got != milliseconds {
			t.Errorf("%s was written at %d", name, got)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Archives are opened, and bombs are not.
func TestArchive(t *testing.T) {
	good, err := os.ReadFile(example(t, "returned", "未来公园展厅运营经费.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]io.Reader{
		"教育局/甲.xlsx": bytes.NewReader(good), "../../乙.xlsx": strings.NewReader("x"), "炸.xlsx": io.LimitReader(zeros{}, 64<<20), "说明.docx": strings.NewReader("x"),
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	u := newUser(t, newServer(t, Options{})).enter()
	u.drop(ofReturns, map[string]string{"返回.zip": b.String()})
	text := u.done("GET", "/api/report", "")
	for _, want := range []string{`"file":"返回.zip/教育局/甲.xlsx"`, `"project":"未来公园展厅运营经费"`, `{"file":"返回.zip/炸.xlsx","error":"压缩得不合常理`, `"file":"返回.zip/乙.xlsx"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, filesOf(text))
		}
	}
	if x := u.session().state(); len(x.Returns.Notices) != 1 || x.Returns.Notices[0] != "另有 1 个文件没有看：返回.zip/说明.docx" {
		t.Errorf("the notices are %q", x.Returns.Notices)
	}
}

// filesOf is what a report says of files, without its terms.
func filesOf(report string) string {
	_, rest, _ := strings.Cut(report, "\n")
	return rest
}

// bomb is a workbook of some kilobytes that would be many megabytes.
func bomb(t *testing.T) []byte {
	t.Helper()
	return sheettest.Archive(t, map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     strings.Repeat(" ", 80<<20),
	})
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}
