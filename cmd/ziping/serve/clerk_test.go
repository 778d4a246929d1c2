package serve

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"ziping/cmd/internal/campaign"
	"ziping/cmd/internal/export"
	"ziping/cmd/internal/files"
	"ziping/cmd/internal/issue"
	"ziping/cmd/internal/review"
	"ziping/rules"
	"ziping/rules/live"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/fill"
	"ziping/sheet/read"
	"ziping/template"
)

// example returns a file of the examples.
func example(t *testing.T, name ...string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(append([]string{"..", "..", "..", "examples"}, name...)...))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// due is when copies are to come again.
const due = "2031-03-01"

// A clerk's campaign, from the list to the summary. Each file that is downloaded is
// what the commands make, byte for byte.
func TestClerk(t *testing.T) {
	projects := 40
	if os.Getenv("ZIPING_THOROUGH") != "" {
		projects = 300
	}
	c := newClerk(t, Options{})
	list := example(t, "list", "项目清单.xlsx")
	c.drop("#step-issue .drop", list)
	c.wait(`document.querySelectorAll('#projects > li').length === 7`)
	if got := c.text("#understood-counts"); !strings.HasPrefix(got, "7 个项目，3 个主管部门") {
		t.Errorf("understood is %s", got)
	}
	c.click("#make-key")
	key := c.download("密钥.txt")
	c.click("#make-templates")
	blank := unpacked(t, c.download("上海市 财政项目支出绩效自评表.zip"))
	same(t, "the templates", issued(t, list, key), blank)

	dir := t.TempDir()
	t.Chdir(dir)
	if _, err := campaign.Write(filepath.Join("返回", "各部门"), campaign.Options{Projects: projects, Seed: 3, Faulty: 0.5}); err != nil {
		t.Fatal(err)
	}
	for name, data := range blank {
		if path.Base(name) != "发放清单.xlsx" {
			write(t, filepath.Join("返回", filepath.FromSlash(name)), filled(t, data))
		}
	}
	write(t, filepath.Join("返回", "坏了.xlsx"), []byte("x"))
	backdate(t, "返回")
	c.step("review")
	c.drop("#returns-drop", filepath.Join(dir, "返回"))
	first := commandLine{t, "返回", key}
	total := len(first.found().Files)
	c.wait(fmt.Sprintf(`document.querySelector('#counts b') && document.querySelector('#counts b').textContent === '%d'`, total))
	c.idle()
	c.click("[data-make=report]")
	same(t, "the report", first.report(), c.download("审核报告.html"))
	c.click("[data-make=data]")
	same(t, "the data", first.data(), c.download("自评数据.csv"))

	c.do(chromedp.Evaluate[chromedp.Void](`{
		const control = document.getElementById('severity');
		control.value = 'unreadable';
		control.dispatchEvent(new Event('change', {bubbles: true}));
	}`))
	if got := c.texts("#entries .name b"); !slices.Equal(got, []string{filepath.Join("返回", "坏了.xlsx")}) {
		t.Errorf("unreadable are %q", got)
	}
	c.do(chromedp.Click(chromedp.CSS("#reset")))

	c.do(chromedp.Reload())
	c.wait(fmt.Sprintf(`document.querySelector('#counts b') && document.querySelector('#counts b').textContent === '%d'`, total))
	c.typeIn("#due", due)
	c.click("[data-make=copies]")
	same(t, "the copies", first.copies(false), unpacked(t, c.download("批注副本.zip")))
	c.click("[data-make=corrected]")
	corrected := unpacked(t, c.download("批注副本（已更正）.zip"))
	same(t, "the corrected copies", first.copies(true), corrected)

	// Some are put right and come again; with them one that could not be read.
	n := 0
	for _, name := range slices.Sorted(maps.Keys(corrected)) {
		if n < 10 && strings.HasSuffix(name, "批注.xlsx") {
			n++
			write(t, filepath.Join("再报", name), corrected[name])
		}
	}
	c.drop("#returns-drop", filepath.Join(dir, "再报"))
	c.wait(`document.querySelectorAll('#rounds li').length === 2`)
	c.idle()
	if got := c.texts("#rounds li")[0]; !strings.Contains(got, "其中 10 个已被替换") {
		t.Errorf("of the first round: %s", got)
	}
	var gone []string
	for _, f := range get[[]returnedFile](c, `fetch('/api/returns').then((r) => r.json())`) {
		if f.Gone != "" {
			gone = append(gone, f.Name)
		}
	}
	second := commandLine{t, ".", key}
	for _, name := range gone {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	c.click("[data-make=report]")
	same(t, "the second report", second.report(), c.download("审核报告.html"))

	c.step("summary")
	c.click("[data-make=summary]")
	same(t, "the summary", second.summary(list), c.download("汇总.xlsx"))
	c.wait(`!document.getElementById('summed').hidden && document.querySelectorAll('#summary-charts svg').length === 4`)
	if got := c.text("#missing"); !strings.Contains(got, "坏了.xlsx") {
		t.Errorf("missing are %s", got)
	}
	c.wait(`Array.from(document.querySelectorAll('#output-list li')).every((li) => li.classList.contains('taken'))`)
	c.quiet()
}

// commandLine makes what the commands make of a directory of returns.
type commandLine struct {
	t   *testing.T
	dir string
	key []byte
}

func (l commandLine) found() files.Found { return files.Find([]string{l.dir}, files.Workbooks...) }

func (l commandLine) opener() review.Opener {
	l.t.Helper()
	key, err := files.ParseKey("密钥.txt", l.key)
	if err != nil {
		l.t.Fatal(err)
	}
	return review.Opener{Key: key}
}

func (l commandLine) review() (*review.Review, *rules.Set) {
	l.t.Helper()
	set, err := rules.Default()
	if err != nil {
		l.t.Fatal(err)
	}
	return l.reviewWith(review.Options{Rules: set}), set
}

func (l commandLine) reviewWith(o review.Options) *review.Review {
	l.t.Helper()
	o.Opener, o.Forms = l.opener(), true
	k := review.New(o)
	l.t.Cleanup(k.Close)
	if err := k.Run(l.t.Context(), l.found()); err != nil {
		l.t.Fatal(err)
	}
	return k
}

func (l commandLine) report() []byte {
	l.t.Helper()
	k, set := l.review()
	var b bytes.Buffer
	w, err := report.New("html", &b, report.Options{Rules: set.Rules(), Version: "1.2.3"})
	if err != nil {
		l.t.Fatal(err)
	}
	if _, err := k.Report(l.t.Context(), w); err != nil {
		l.t.Fatal(err)
	}
	return b.Bytes()
}

func (l commandLine) data() []byte {
	l.t.Helper()
	var b bytes.Buffer
	w, err := export.New("csv", &b)
	if err != nil {
		l.t.Fatal(err)
	}
	o := l.opener()
	for _, file := range l.found().Files {
		for _, f := range o.Read(l.t.Context(), file).Found {
			if err := w.Write(file.Name, f); err != nil {
				l.t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		l.t.Fatal(err)
	}
	return b.Bytes()
}

func (l commandLine) copies(correct bool) map[string][]byte {
	l.t.Helper()
	k, _ := l.review()
	dir := l.t.TempDir()
	if err := k.Annotate(l.t.Context(), review.Copies{
		Dir: dir, Correct: correct, Date: time.Now().Format(time.DateOnly), Due: due, Inputs: new(files.Inputs), Wrote: func(string) {},
	}); err != nil {
		l.t.Fatal(err)
	}
	return contents(l.t, dir)
}

func (l commandLine) summary(list string) []byte {
	l.t.Helper()
	set, err := rules.Default()
	if err != nil {
		l.t.Fatal(err)
	}
	projects, err := review.LoadProjects(files.Find([]string{list}, ".xlsx"), set)
	if err != nil {
		l.t.Fatal(err)
	}
	k := l.reviewWith(review.Options{Rules: set, Projects: projects})
	var b bytes.Buffer
	if _, err := k.Collect(l.t.Context(), review.Summing{Dir: "."}, &b); err != nil {
		l.t.Fatal(err)
	}
	return b.Bytes()
}

// drawer returns the layout that the page offers first, and what draws it.
func drawer(t *testing.T) (*template.Layout, *template.Drawer) {
	t.Helper()
	layout, err := template.Load("shanghai")
	if err != nil {
		t.Fatal(err)
	}
	d, err := template.NewDrawer(layout, "")
	if err != nil {
		t.Fatal(err)
	}
	return layout, d
}

// issued makes what the command makes of a list.
func issued(t *testing.T, list string, key []byte) map[string][]byte {
	t.Helper()
	layout, d := drawer(t)
	var err error
	d.Key, err = files.ParseKey("密钥.txt", key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	b := issue.Batch{Drawer: d, Live: live.New(set), Layout: layout, Dir: dir, Inputs: new(files.Inputs), Problem: func(err error) { t.Error(err) }, Notice: func(string) {}, Wrote: func(string) {}}
	if err := b.Run(t.Context(), []string{list}); err != nil {
		t.Fatal(err)
	}
	return contents(t, dir)
}

// filled fills a template in as a department does.
func filled(t *testing.T, blank []byte) []byte {
	t.Helper()
	found, err := read.Forms(blank)
	if err != nil {
		t.Fatal(err)
	}
	form := found[0].Table
	data := &sheet.Table{Goal: sheet.Goal{Actual: sheet.T("按计划完成了全年任务")}}
	for _, f := range form.Funds {
		if f.Source.Value != sheet.WholeFund && f.Budget.Known {
			data.Funds = append(data.Funds, sheet.Fund{Source: sheet.T(f.Source.Value), Executed: sheet.N(f.Budget.Value)})
		}
	}
	for _, x := range form.Indicators {
		data.Indicators = append(data.Indicators, sheet.Indicator{Level3: sheet.T(x.Level3.Value), Actual: sheet.T(strings.TrimLeft(x.Target.Value, "≥≤=")), Score: sheet.N(x.Weight.Value)})
	}
	b, err := fill.Fill(blank, data)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// backdate gives the files of a directory times against the order of their names, in
// which they are sent. Some differ by less than a browser says.
func backdate(t *testing.T, dir string) {
	t.Helper()
	at := time.Date(2031, 2, 1, 12, 0, 0, 0, time.UTC)
	for name := range walk(t, dir) {
		at = at.Add(-300 * time.Microsecond)
		if err := os.Chtimes(filepath.Join(dir, filepath.FromSlash(name)), at, at); err != nil {
			t.Fatal(err)
		}
	}
}

// same fails the test where a download is not what a command makes.
func same[T []byte | map[string][]byte](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s differ from those of the command line: %.2000s", what, diff)
	}
}

// unpacked returns the files of an archive.
func unpacked(t *testing.T, archive []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name], err = io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// contents returns the files below a directory.
func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for name := range walk(t, dir) {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = data
	}
	return all
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
