package report

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/read"
	"ziping/sheet/visible"
)

// departments are those of a campaign.
var departments = []string{
	"市教育局", "市卫生健康委员会", "市农业农村局", "市交通运输局", "市文化和旅游局", "市水务局", "市科学技术局",
	"市生态环境局", "市民政局", "市城市管理行政执法局", "市退役军人事务局", "市人力资源和社会保障局", "市市场监督管理局",
}

// campaign returns n workbooks, filled in well or badly, checked by the default
// rules. The same n makes the same workbooks.
func campaign(tb testing.TB, n int) []File {
	tb.Helper()
	set, err := rules.Default()
	if err != nil {
		tb.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	published := publishedForm(tb)
	files := make([]File, n)
	for i := range files {
		department := departments[random.IntN(len(departments))*random.IntN(len(departments))/len(departments)]
		form := completed(published, random, fmt.Sprintf("项目支出%d号", i+1), department)
		files[i] = File{Name: fmt.Sprintf("returned/%s/%d.xlsx", department, i+1), Tables: []Table{{
			Project: form.Project.Value, Sheet: "自评表", Total: &form.Total.Score.Value, Grade: sheet.Grade(form.Total.Score.Value),
			Form: form, Findings: set.Check(form),
		}}}
	}
	return files
}

// publishedForm reads one of the published tables.
func publishedForm(tb testing.TB) *sheet.Table {
	tb.Helper()
	data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		tb.Fatal(err)
	}
	found, err := read.Forms(data)
	if err != nil {
		tb.Fatal(err)
	}
	return found[0].Table
}

// completed returns the form of a project as a department might fill it in.
func completed(published *sheet.Table, random *rand.Rand, project, department string) *sheet.Table {
	form := *published
	form.Funds, form.Indicators = slices.Clone(form.Funds), slices.Clone(form.Indicators)
	form.Project.Value, form.Project.Typed = project, project
	form.Department.Value, form.Department.Typed = department, department
	number := func(n *sheet.Number, v float64) { n.Value, n.Typed = v, quantity.FormatNumber(v) }
	total := 0.0
	for i := range form.Indicators {
		x := &form.Indicators[i]
		x.Actual.Value = x.Target.Value
		if random.IntN(4) > 0 {
			x.Actual.Value = strings.Trim(x.Target.Value, "=≥")
		}
		if random.IntN(9) == 0 {
			x.Deviation.Value = ""
		}
		x.Actual.Typed, x.Deviation.Typed = x.Actual.Value, x.Deviation.Value
		number(&x.Score, x.Weight.Value)
		if random.IntN(5) == 0 {
			number(&x.Score, quantity.Round(x.Weight.Value*random.Float64(), 1))
		}
		total += x.Score.Value
	}
	rate := quantity.Round(1-random.Float64()*random.Float64()/2, 4)
	for i := range form.Funds {
		number(&form.Funds[i].Executed, quantity.Round(form.Funds[i].Budget.Value*rate, 2))
	}
	all := &form.Funds[0]
	all.Rate.Value, all.Rate.Typed = rate, quantity.FormatNumber(rate*100)+"%"
	number(&all.Score, quantity.Round(rate*10, 2))
	number(&form.Total.Score, quantity.Round(total+all.Score.Value, 2))
	return &form
}

// parsedPage is a page as a browser takes it apart.
type parsedPage struct {
	elements map[string]int // how many by name
	scripts  []string       // what is run
	terms    []htmlTerms
	files    []htmlFile
	texts    map[string]string // by element
	metas    []string
}

func parsePage(t *testing.T, page string) parsedPage {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	p := parsedPage{elements: map[string]int{}, texts: map[string]string{}}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		p.elements[n.Data]++
		var text string
		if n.FirstChild != nil {
			text = n.FirstChild.Data
		}
		p.texts[n.Data] = text
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
		}
		switch {
		case n.Data == "meta":
			p.metas = append(p.metas, attributes["content"])
		case n.Data == "script" && attributes["class"] == "terms":
			p.terms = append(p.terms, decode[htmlTerms](t, text))
		case n.Data == "script" && attributes["class"] == "file":
			p.files = append(p.files, decode[htmlFile](t, text))
		case n.Data == "script":
			p.scripts = append(p.scripts, text)
		}
	}
	return p
}

func decode[T any](t *testing.T, text string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

// The page holds all that was reported, and nothing but its own elements.
func TestHTML(t *testing.T) {
	cases := append(slices.Clone(reports), struct {
		name  string
		files []File
	}{"campaign", campaign(t, 20)})
	for _, r := range cases {
		t.Run(r.name, func(t *testing.T) {
			text := render(t, "html", Options{Rules: testRules}, r.files)
			p := parsePage(t, text)
			if want := []string{htmlPage().Script.Text}; !slices.Equal(p.scripts, want) {
				t.Errorf("%d scripts are run", len(p.scripts))
			}
			if p.elements["script"] != len(r.files)+2 || p.texts["style"] != htmlPage().Style.Text {
				t.Errorf("the elements are %v", p.elements)
			}
			var want []htmlFile
			for _, f := range r.files {
				want = append(want, htmlOf(f))
			}
			if diff := cmp.Diff(want, p.files); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if text != render(t, "html", Options{Rules: testRules}, r.files) {
				t.Error("a second page differs")
			}
		})
	}
}

// The policy lets this page's style and script, and nothing else.
func TestHTMLPolicy(t *testing.T) {
	p := parsePage(t, render(t, "html", Options{}, nil))
	want := "default-src 'none'; style-src '" + htmlPage().Style.Hash + "'; script-src '" + htmlPage().Script.Hash + "'; base-uri 'none'; form-action 'none'"
	if !slices.Contains(p.metas, want) {
		t.Errorf("the policy is not %s but among %q", want, p.metas)
	}
	for _, text := range []string{htmlPage().Style.Text, htmlPage().Script.Text} {
		for _, not := range []string{"</", "<!--", "://", "url(", "@import", "\r", "innerHTML", "eval("} {
			if strings.Contains(strings.ReplaceAll(text, "http://www.w3.org/2000/svg", ""), not) {
				t.Errorf("an asset has %q in it", not)
			}
		}
	}
}

// Without JavaScript there are the counts at least.
func TestHTMLWithoutScript(t *testing.T) {
	text := render(t, "html", Options{}, reports[2].files)
	_, rest, _ := strings.Cut(text, "<noscript>")
	for _, want := range []string{"共 4 个工作簿、6 张表：错误 4、疑点 2、提示 1；无问题 3 张；读不出 0 个", "错误须改正后重新报送"} {
		if !strings.Contains(rest, want) {
			t.Errorf("no %q in %s", want, rest)
		}
	}
}

// Every value of a form is in the page, with its cell, as it is typed there.
func TestHTMLForm(t *testing.T) {
	form := publishedForm(t)
	page := htmlOf(File{Tables: []Table{{Form: form}}}).Tables[0]
	cells := map[string]htmlCell{}
	for _, p := range page.Parts {
		for label, cell := range p.Cells {
			cells[p.Path+label] = cell
		}
	}
	for path, want := range map[string]htmlCell{
		"年度":   {"2021", "A2"},
		"金额单位": {"万元", "A5"},
		"项目资金[年度资金总额].执行率":    {"99.88%", "H6"},
		"项目资金[当年财政拨款].资金来源":   {"其中：当年财政拨款", "B7"},
		"绩效指标[1].年度指标值":       {"=400 场", "E13"},
		"绩效指标[3].一级指标":        {"产出指标", "B13"},
		"绩效指标[4].偏差原因分析及改进措施": {"", "I16"},
		"总分.得分":               {"96.99", "H18"},
		"年度总体目标.实际完成情况":       {form.Goal.Actual.Value, "F11"},
		"绩效指标[5].偏差原因分析及改进措施": {"虽已得到参观团组认可，但还需进一步提高", "I17"},
	} {
		if cells[path] != want {
			t.Errorf("%s is %q, want %q", path, cells[path], want)
		}
	}
	for path, v := range form.All() {
		if at := v.At(); at.Ref != "" && cells[path.String()][1] != at.Ref {
			t.Errorf("%s is not in the page", path)
		}
	}
	if page.Rate == nil || *page.Rate != 0.9988 {
		t.Errorf("the rate is %v", page.Rate)
	}
}

// A form of a data file has no cells, but values.
func TestHTMLDataFile(t *testing.T) {
	form := &sheet.Table{Year: sheet.N(2021), Project: sheet.T("展厅"), MoneyUnit: sheet.T("元")}
	got := htmlOf(File{Tables: []Table{{Form: form}}}).Tables[0].Parts[0]
	want := htmlPart{"", map[string]htmlCell{"年度": {"2021", ""}, "项目名称": {"展厅", ""}, "金额单位": {"元", ""}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// hostile are texts that mean something to a browser.
var hostile = []string{
	"<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "<!--<script>", "]]>", "javascript:alert(1)",
	"\"'`&lt;&#60;", "\u2028\u2029", "\u202e费经目项\u202c", "a\x00b\x1b[31m", "\xff\xfe", "{{.Script}}${alert(1)}", "__proto__", "constructor",
}

// hostileFile says a text wherever a text of others can stand.
func hostileFile(s string) File {
	form := &sheet.Table{
		Project: sheet.T(s), Department: sheet.T(s), Implementer: sheet.T(s), Code: sheet.T(s), MoneyUnit: sheet.T(s),
		Funds:      []sheet.Fund{{Source: sheet.T(s), Weight: sheet.N(10)}},
		Goal:       sheet.Goal{Expected: sheet.T(s), Actual: sheet.T(s)},
		Indicators: []sheet.Indicator{{Level1: sheet.T(s), Level2: sheet.T(s), Level3: sheet.T(s), Target: sheet.T(s), Deviation: sheet.T(s)}},
	}
	for _, v := range form.All() {
		v.At().Typed = sheet.Show(v)
		v.At().Ref = s
	}
	return File{Name: s, Err: fmt.Errorf("%s", s), Tables: []Table{{
		Project: s, Sheet: s, Grade: s, Form: form,
		Findings: []rules.Finding{
			{Rule: s, Severity: rules.Error, Cell: s, Field: sheet.ParsePath(s), Message: s, Value: "填 " + s, Suggest: "应 " + s, Basis: s},
			{Rule: "execution-rate", Severity: rules.Warning, Field: sheet.ParsePath("绩效指标[1].年度指标值"), Message: s},
		},
	}}}
}

// Whatever a text is, it stays that text.
func FuzzHTML(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		render := func(s string) parsedPage {
			opts := Options{Rules: []*rules.Rule{{ID: s, Title: s}}}
			return parsePage(t, render(t, "html", opts, []File{hostileFile(s)}))
		}
		plain, got := render("字"), render(s)
		if diff := cmp.Diff(plain.elements, got.elements); diff != "" {
			t.Errorf("%q makes other elements (-want +got):\n%s", s, diff)
		}
		if !slices.Equal(got.scripts, plain.scripts) || !slices.Equal(got.metas, plain.metas) {
			t.Errorf("%q makes another script or policy", s)
		}
		if got := got.terms[0].Rules[0].Title; got != visible.Line(s) {
			t.Errorf("the rule %q is %q", s, got)
		}
		file := got.files[0]
		table := file.Tables[0]
		for _, text := range []string{file.File, table.Project, table.Sheet, table.Grade, table.Findings[0].Rule, table.Findings[0].Basis} {
			if text != visible.Line(s) {
				t.Errorf("%q is %q", s, text)
			}
		}
		for _, text := range []string{file.Error, table.Findings[0].Message, table.Findings[1].Message} {
			if text != visible.Lines(s) {
				t.Errorf("%q is %q", s, text)
			}
		}
	})
}

func TestVisibleLines(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		"一\r\n二\n":          "一\n二\n",
		"\u202e倒\n\t\u2028": "<U+202E>倒\n␉↵",
	} {
		if got := visible.Lines(in); got != want {
			t.Errorf("visible.Lines(%q) = %q, want %q", in, got, want)
		}
	}
}

// BenchmarkHTML writes the page of 2,000 workbooks.
func BenchmarkHTML(b *testing.B) {
	files := campaign(b, 2000)
	b.ReportAllocs()
	for b.Loop() {
		w := newHTML(io.Discard, Options{})
		for _, f := range files {
			if err := w.Write(f); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
