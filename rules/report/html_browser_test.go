package report

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/returns"
	"ziping/sheet/sheettest"
	"ziping/sheet/visible"
)

// browser is a Chromium that notes whatever a page should not do.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu         sync.Mutex
	url        string
	complaints []string
}

func newBrowser(t *testing.T) *browser {
	b := &browser{t: t, ctx: sheettest.Chromium(t)}
	if err := chromedp.Listen(b.ctx, b.note); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// note is told all that happens: errors and what the policy forbids among it.
func (b *browser) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	complain := func(format string, args ...any) { b.complaints = append(b.complaints, fmt.Sprintf(format, args...)) }
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Request.URL != b.url {
			complain("request of %s", e.Request.URL)
		}
	case *runtime.EventConsoleAPICalled:
		complain("console.%s", e.Type)
	case *runtime.EventExceptionThrown:
		complain("exception: %s", e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		complain("log: %s", e.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		complain("dialog: %s", e.Message)
	}
}

// quiet fails the test if there was anything to note.
func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.complaints) > 0 {
		b.t.Errorf("the browser notes %q", b.complaints)
	}
}

// open opens a page from a file, as a clerk does.
func (b *browser) open(text string) {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "报告.html")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.mu.Lock()
	b.url = (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	b.mu.Unlock()
	b.do(chromedp.Navigate(b.url))
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// get returns what an expression of JavaScript is.
func get[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// choose sets a control of the filter, as a person's choice does.
func (b *browser) choose(id, value string) {
	b.t.Helper()
	if got := get[string](b, fmt.Sprintf(`(() => {
		const control = document.getElementById(%q);
		control.value = %q;
		control.dispatchEvent(new Event(control.tagName === 'SELECT' ? 'change' : 'input', {bubbles: true}));
		return control.value;
	})()`, id, value)); got != value {
		b.t.Fatalf("%s has no choice %s", id, value)
	}
}

// listed returns the names in the list, page by page.
func (b *browser) listed() []string {
	b.t.Helper()
	return get[[]string](b, `(() => {
		const names = [];
		for (;;) {
			for (const name of document.querySelectorAll('#entries .name b')) names.push(name.textContent);
			const next = document.querySelector('.pages button:last-child');
			if (!next || next.disabled) return names;
			next.click();
		}
	})()`)
}

// counted returns the counts by label.
func (b *browser) counted() map[string]int {
	b.t.Helper()
	return get[map[string]int](b, `(() => {
		const counts = {};
		for (const item of document.querySelectorAll('#counts li')) {
			counts[item.getAttribute('data-count')] = Number(item.querySelector('b').textContent);
		}
		return counts;
	})()`)
}

// wanted returns the counts and the names of what a filter should leave.
func wanted(files []File, keep func(Table) bool, unreadable bool) (counts map[string]int, names []string) {
	var s summary
	for _, f := range files {
		left := File{Name: f.Name}
		if f.Err != nil && unreadable {
			left.Err = f.Err
			names = append(names, f.Name)
		}
		for _, t := range f.Tables {
			if keep(t) {
				left.Tables = append(left.Tables, t)
				names = append(names, t.Project)
			}
		}
		if left.Err != nil || len(left.Tables) > 0 {
			s.add(left)
		}
	}
	counts = map[string]int{
		"工作簿": s.Files, "自评表": s.Tables - s.Superseded, "错误": s.Errors, "疑点": s.Warnings, "提示": s.Infos,
		"无问题": s.Clean, "读不出": s.Unreadable,
	}
	if s.Superseded > 0 {
		counts["前一轮"] = s.Superseded
	}
	return counts, names
}

func TestBrowser(t *testing.T) {
	b := newBrowser(t)
	files := campaign(t, 120)
	files = slices.Insert(files, 70,
		File{Name: "returned/坏了.xlsx", Err: errors.New("不是 Excel 工作簿")},
		File{Name: "returned/半截.xlsx", Err: errors.New("表一读不出"), Tables: []Table{
			{Project: "读出的", Sheet: "表二", Findings: []rules.Finding{rateFinding}},
			{Project: "没有问题", Sheet: "表三", Total: points(100), Grade: "优"},
		}},
		File{Name: "returned/退回前.xlsx", Tables: []Table{
			{Project: "退回前的", Findings: []rules.Finding{rateFinding}, Standing: returns.Earlier.String(), Reason: "已有退回 1 次后重新报送的"},
			{Project: "退回前没有问题的", Standing: returns.Earlier.String(), Reason: "已有退回 1 次后重新报送的"},
		}})
	b.open(render(t, "html", Options{Rules: testRules}, files))
	all := func(Table) bool { return true }
	finds := func(severity rules.Severity, rule string) func(Table) bool {
		return func(t Table) bool {
			return !t.Superseded() && slices.ContainsFunc(t.Findings, func(f rules.Finding) bool {
				return (severity == "" || f.Severity == severity) && (rule == "" || f.Rule == rule)
			})
		}
	}
	of := func(department string) func(Table) bool {
		return func(t Table) bool { return t.Form != nil && t.Form.Department.Value == department }
	}
	graded := func(grade string) func(Table) bool { return func(t Table) bool { return t.Grade == grade } }
	both := func(a, b func(Table) bool) func(Table) bool { return func(t Table) bool { return a(t) && b(t) } }
	tests := []struct {
		name       string
		set        map[string]string
		keep       func(Table) bool
		unreadable bool
	}{
		{"nothing", nil, all, true},
		{"department", map[string]string{"department": "=市教育局"}, of("市教育局"), false},
		{"no department", map[string]string{"department": "=（未填主管部门）"}, func(t Table) bool { return t.Form == nil }, false},
		{"errors", map[string]string{"severity": "error"}, finds(rules.Error, ""), false},
		{"warnings", map[string]string{"severity": "warning"}, finds(rules.Warning, ""), false},
		{"infos", map[string]string{"severity": "info"}, finds(rules.Info, ""), false},
		{"clean", map[string]string{"severity": "clean"}, func(t Table) bool { return !t.Superseded() && len(t.Findings) == 0 }, false},
		{"unreadable", map[string]string{"severity": "unreadable"}, func(Table) bool { return false }, true},
		{"rule", map[string]string{"rule": "=actual-repeats-operator"}, finds("", "actual-repeats-operator"), false},
		{"rule and severity", map[string]string{"rule": "=execution-rate", "severity": "error"}, finds(rules.Error, "execution-rate"), false},
		{"grade", map[string]string{"grade": "=中"}, graded("中"), false},
		{"no grade", map[string]string{"grade": "=未知"}, graded(""), false},
		{"department and rule", map[string]string{"department": "=市教育局", "rule": "=score-met"}, both(of("市教育局"), finds("", "score-met")), false},
		{"text", map[string]string{"text": "１０号  市教育局"}, func(t Table) bool {
			return of("市教育局")(t) && strings.Contains(t.Project, "10号")
		}, false},
		{"text of a finding", map[string]string{"text": "EXECUTION-RATE"}, func(t Table) bool {
			return slices.ContainsFunc(t.Findings, func(f rules.Finding) bool { return f.Rule == "execution-rate" })
		}, false},
		{"no such text", map[string]string{"text": "没有这样的文字"}, func(Table) bool { return false }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer func(outer *testing.T) { b.t = outer }(b.t)
			b.t = t
			b.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('reset').disabled = false; document.getElementById('reset').click()`))
			b.do(chromedp.Evaluate[chromedp.Void](`new Promise((done) => setTimeout(done))`, chromedp.EvalAwaitPromise))
			for id, value := range tt.set {
				b.choose(id, value)
			}
			counts, names := wanted(files, tt.keep, tt.unreadable)
			if diff := cmp.Diff(counts, b.counted()); diff != "" {
				t.Errorf("counts (-want +got):\n%s", diff)
			}
			if got := b.listed(); !slices.Equal(got, names) {
				t.Errorf("%d are listed, want %d:\n%q\n%q", len(got), len(names), got, names)
			}
			if len(names) == 0 && len(tt.set) > 0 && tt.name != "no such text" {
				t.Error("the filter leaves nothing: nothing is tested")
			}
		})
	}
	b.quiet()
}

// A finding shows its cell, and a cell its finding.
func TestBrowserForm(t *testing.T) {
	b := newBrowser(t)
	form := publishedForm(t)
	twice := measureFinding
	twice.Rule, twice.Severity = "deviation-cause", rules.Error
	elsewhere := rateFinding // only its cell is known
	elsewhere.Field = sheet.FundPath("").Of("执行率")
	b.open(render(t, "html", Options{Rules: testRules}, []File{{Name: "展厅.xlsx", Tables: []Table{
		{Project: "展厅", Sheet: "表一", Form: form, Findings: []rules.Finding{proportionFinding, measureFinding, twice, pointOffFinding, twiceFinding, elsewhere}},
		{Project: "没有内容", Sheet: "表二", Findings: []rules.Finding{rateFinding}},
	}}}))
	b.do(chromedp.Click(chromedp.CSS("#entries li:nth-child(1) .row")))

	grid := get[[][]string](b, `Array.from(document.querySelectorAll('.form tr'), (tr) => Array.from(tr.children, (cell) =>
		(cell.querySelector('.value') || cell).textContent + (cell.rowSpan > 1 ? '↓' + cell.rowSpan : '') + (cell.colSpan > 1 ? '→' + cell.colSpan : '')))`)
	want := [][]string{
		{"项目名称", "未来公园展厅运营经费→8"},
		{"主管部门", "上海推进科技创新中心建设办公室→3", "实施单位", "上海推进科技创新中心建设办公室→4"},
		{"项目资金\n(万元)↓5", "→2", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"},
		{"年度资金总额→2", "1121.92", "1121.92", "1120.52", "10", "99.88%", "9.99"},
		{"其中：当年财政拨款→2", "1121.92", "1121.92", "1120.52", "—", "", "—"},
		{"上年结转资金→2", "", "", "", "", "", ""},
		{"其他资金→2", "", "", "", "", "", ""},
		{"年度\n总体\n目标↓2", "预期目标→4", "实际完成情况→4"},
		{form.Goal.Expected.Value + "→4", form.Goal.Actual.Value + "→4"},
		{"绩效\n指标↓6", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析\n及改进措施"},
		{"产出指标↓3", "数量指标", "计划接待参观团组总数", "=400 场", "182 场", "20", "18", "参观团组因疫情防控等原因，未能达到计划总数"},
		{"质量指标", "计划接待参观团组类型", "党政、企业、社会团体等", "党政、企业、社会团体等", "20", "20", ""},
		{"时效指标", "服务响应度", "=100%", "100%", "10", "10", ""},
		{"效益指标", "社会效益指标", "计划参展商总数", "≥50 家", "95 家", "30", "30", ""},
		{"满意度指标", "服务对象满意度指标", "服务对象满意度指标", "≥95%", "95%", "10", "9", "虽已得到参观团组认可，但还需进一步提高"},
		{"总分→6", "100", "96.99", ""},
	}
	if diff := cmp.Diff(want, grid); diff != "" {
		t.Errorf("the form (-want +got):\n%s", diff)
	}

	marked := get[map[string]string](b, `(() => {
		const marked = {};
		for (const cell of document.querySelectorAll('[data-severity]')) {
			marked[cell.title] = cell.getAttribute('data-severity') + Array.from(cell.querySelectorAll('.badge'), (x) => ' ' + x.textContent).join('');
		}
		return marked;
	})()`)
	if diff := cmp.Diff(map[string]string{
		"H13": "error 错误 1", "I13": "error 疑点 2 错误 3", "H17": "info 提示 4", "B3": "warning 疑点 5", "H6": "error 错误 6",
	}, marked); diff != "" {
		t.Errorf("marked cells (-want +got):\n%s", diff)
	}

	chosen := `Array.from(document.querySelectorAll('.chosen'), (x) => x.title || x.querySelector('.mark').textContent).join('，')`
	b.do(chromedp.Click(chromedp.CSS(".findings li:nth-child(4) .to")))
	if got := get[string](b, chosen); got != "H17，提示 4" {
		t.Errorf("a click on a finding chooses %s", got)
	}
	b.do(chromedp.Click(chromedp.CSS(`td[title=I13] .badge.warning`)))
	if got := get[string](b, chosen); got != "I13，疑点 2" {
		t.Errorf("a click on a mark chooses %s", got)
	}
	b.do(chromedp.Focus(chromedp.CSS(".findings li:nth-child(1) .to")))
	if got := get[string](b, `Array.from(document.querySelectorAll('.form .lit'), (x) => x.title).join('，')`); !strings.Contains(got, "H13") {
		t.Errorf("the focus lights %s", got)
	}

	b.do(chromedp.Click(chromedp.CSS("#entries > li:nth-child(2) .row")))
	const second = "#entries > li:nth-child(2) "
	if got := get[string](b, `document.querySelector('`+second+`.findings').textContent`); !strings.Contains(got, rateFinding.Message) ||
		!strings.Contains(got, "H6") || get[bool](b, `document.querySelector('`+second+`.form') !== null`) {
		t.Errorf("a table without its form shows %s", got)
	}
	for _, word := range []string{"undefined", "null", "false", "NaN", "[object"} {
		if get[bool](b, fmt.Sprintf(`document.body.innerText.includes(%q)`, word)) {
			t.Errorf("the page says %q", word)
		}
	}
	b.do(chromedp.Click(chromedp.CSS("#entries > li:nth-child(2) .row")))
	if get[bool](b, `document.querySelector('`+second+`.findings') !== null`) {
		t.Error("a second click does not close")
	}
	b.quiet()
}

// A form without its cells, as one of a data file or of jsonl is, is drawn and
// marked all the same.
func TestBrowserFormWithoutCells(t *testing.T) {
	line, err := Line(File{Name: "展厅.xlsx", Tables: []Table{{Project: "展厅", Form: publishedForm(t), Findings: []rules.Finding{proportionFinding}}}})
	if err != nil {
		t.Fatal(err)
	}
	file, err := ParseLine(line)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range file.Tables[0].Form.All() {
		*v.At() = sheet.Cell{}
	}
	b := newBrowser(t)
	empty := File{Name: "空.xlsx", Tables: []Table{{Form: new(sheet.Table), Findings: []rules.Finding{
		{Rule: "required-indicators", Severity: rules.Error, Field: sheet.ParsePath("绩效指标"), Message: "没有绩效指标"},
		{Rule: "required-rate", Severity: rules.Error, Field: sheet.ParsePath("项目资金[年度资金总额].执行率"), Message: "没有填写"},
		{Rule: "own", Severity: rules.Info, Field: sheet.ParsePath("总分"), Message: "没有总分"},
	}}}}
	b.open(render(t, "html", Options{Rules: testRules}, []File{file, empty}))
	b.do(chromedp.Click(chromedp.CSS("li:nth-child(2) > h3 .row")))
	marked := `Array.from(document.querySelectorAll('[data-severity]'), (x) => x.title + '：' + x.textContent).join('，')`
	if got := get[string](b, marked); got != "：错误 2，：绩效\n指标错误 1，：总分提示 3" {
		t.Errorf("marked are %q", got)
	}
	b.do(chromedp.Click(chromedp.CSS("li:nth-child(2) > h3 .row")), chromedp.Click(chromedp.CSS("li:nth-child(1) > h3 .row")))
	if got := get[string](b, marked); got != "H13：18错误 1" {
		t.Errorf("marked is %q", got)
	}
	b.quiet()
}

// A chart filters, and a point of it opens its table.
func TestBrowserCharts(t *testing.T) {
	b := newBrowser(t)
	files := campaign(t, 120)
	b.open(render(t, "html", Options{Rules: testRules}, files))
	for i, want := range []map[string]bool{gradeTitles(files), ruleTitles(files), scoreTitles(files)} {
		got := get[[]string](b, fmt.Sprintf(`Array.from(document.querySelectorAll('figure:nth-child(%d) title'), (x) => x.textContent)`, i+1))
		for _, title := range got {
			if !want[title] && !strings.HasPrefix(title, "其余 ") && !strings.HasSuffix(title, "：0 张") {
				t.Errorf("chart %d says %q, which is not in %v", i+1, title, want)
			}
		}
		if len(got) < min(len(want), 10) {
			t.Errorf("chart %d shows %q of %v", i+1, got, want)
		}
	}
	for _, width := range []int64{360, 800, 820, 1440} { // a chart is as wide as its column
		b.do(chromedp.EmulateViewport(width, 900), chromedp.Evaluate[chromedp.Void](
			`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`, chromedp.EvalAwaitPromise))
		scales := get[[]float64](b, `Array.from(document.querySelectorAll('#charts svg'), (x) => x.getBoundingClientRect().width / x.viewBox.baseVal.width)`)
		if len(scales) != 4 || slices.Max(scales) > 1.05 || slices.Min(scales) < 0.95 {
			t.Errorf("%d pixels wide, the charts are scaled by %v", width, scales)
		}
		if wide := get[int64](b, `document.documentElement.scrollWidth`); wide > width {
			t.Errorf("%d pixels wide, the page needs %d", width, wide)
		}
	}
	if n := get[int](b, `document.querySelectorAll('.point').length`); n != len(files) {
		t.Errorf("%d points", n)
	}
	bar := chromedp.CSS(`[data-value="=市农业农村局"] rect`)
	inDepartment := func(t Table) bool { return t.Form.Department.Value == "市农业农村局" }
	_, want := wanted(files, inDepartment, false)
	b.do(chromedp.Click(bar))
	if got := b.listed(); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("a click on a department leaves %q, want %q", got, want)
	}
	b.do(chromedp.KeyEvent("\r")) // what was clicked has the focus
	if n := b.counted()["自评表"]; n != len(files) {
		t.Errorf("Enter on it leaves %d", n)
	}
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('.point[data-entry="77"]').dispatchEvent(new MouseEvent('click', {bubbles: true}))`))
	if got := get[string](b, `document.querySelector('.open:not([hidden]) .form .value').textContent`); got != files[77].Tables[0].Project {
		t.Errorf("a point opens %s", got)
	}
	b.quiet()
}

// gradeTitles returns what the bars of the departments should say.
func gradeTitles(files []File) map[string]bool {
	counts := map[string]map[string]int{}
	for _, f := range files {
		t := f.Tables[0]
		department := t.Form.Department.Value
		if counts[department] == nil {
			counts[department] = map[string]int{}
		}
		counts[department][t.Grade]++
	}
	titles := map[string]bool{}
	for department, n := range counts {
		var words []string
		for _, grade := range []string{"优", "良", "中", "差"} {
			if n[grade] > 0 {
				words = append(words, fmt.Sprint(grade, " ", n[grade]))
			}
		}
		titles[department+"："+strings.Join(words, "，")] = true
	}
	return titles
}

// ruleTitles returns what the bars of the findings should say.
func ruleTitles(files []File) map[string]bool {
	counts := map[string]int{}
	for _, f := range files {
		for _, x := range f.Tables[0].Findings {
			title := x.Rule
			if i := slices.IndexFunc(testRules, func(r *rules.Rule) bool { return r.ID == x.Rule }); i >= 0 {
				title = testRules[i].Title
			}
			counts[x.Severity.Label()+" "+title]++
		}
	}
	titles := map[string]bool{}
	for title, n := range counts {
		titles[fmt.Sprintf("%s：%d 处", title, n)] = true
	}
	return titles
}

// scoreTitles returns what the bars of the scores should say.
func scoreTitles(files []File) map[string]bool {
	counts := map[string]int{}
	for _, f := range files {
		switch v := *f.Tables[0].Total; {
		case v < 60:
			counts["不到 60 分"]++
		case v == 100:
			counts["95 至 100 分"]++
		default:
			from := int(v) / 5 * 5
			counts[fmt.Sprintf("%d 至 %d 分", from, from+5)]++
		}
	}
	titles := map[string]bool{}
	for title, n := range counts {
		titles[fmt.Sprintf("%s：%d 张", title, n)] = true
	}
	return titles
}

func TestBrowserWithoutScript(t *testing.T) {
	b := newBrowser(t)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.open(render(t, "html", Options{Rules: testRules}, reports[2].files))
	text := get[string](b, `document.body.innerText`)
	for _, want := range []string{"共 4 个工作簿、6 张表：错误 4、疑点 2、提示 1", "请启用 JavaScript"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}

// Whatever a workbook says is text.
func TestBrowserHostile(t *testing.T) {
	b := newBrowser(t)
	var files []File
	var opts Options
	for _, s := range hostile {
		files = append(files, hostileFile(s))
		opts.Rules = append(opts.Rules, &rules.Rule{ID: s, Title: s})
	}
	b.open(render(t, "html", opts, files))
	b.do(chromedp.Evaluate[chromedp.Void](`
		for (const row of Array.from(document.querySelectorAll('.row'))) row.click();
		window.dispatchEvent(new Event('beforeprint'))`))
	for i, s := range hostile {
		table := fmt.Sprintf("#entries > li:nth-child(%d) ", 2*i+2)
		for _, selector := range []string{".name b", ".department", ".field", ".form td .value"} {
			if got := get[string](b, fmt.Sprintf(`document.querySelector(%q).textContent`, table+selector)); got != visible.Line(s) {
				t.Errorf("%s of %q is %q", selector, s, got)
			}
		}
		if got := get[string](b, fmt.Sprintf(`document.querySelector(%q).textContent`, table+".message")); got != visible.Lines(s) {
			t.Errorf("the message %q is %q", s, got)
		}
	}
	if n := get[int](b, `document.querySelectorAll('script').length`); n != len(files)+2 {
		t.Errorf("there are %d scripts", n)
	}
	if n := get[int](b, `document.querySelectorAll('img, a, iframe, object, embed, link, [src], [href], [onerror], [style]').length`); n != 0 {
		t.Errorf("%d elements can fetch or run", n)
	}
	b.quiet()
}

func TestBrowserEmpty(t *testing.T) {
	b := newBrowser(t)
	b.open(render(t, "html", Options{Rules: testRules}, nil))
	if got := get[string](b, `document.getElementById('shown').textContent`); got != "没有审核任何工作簿。" {
		t.Errorf("an empty run says %q", got)
	}
	b.quiet()
}

// What the filter leaves is printed, each form on a page.
func TestBrowserPrint(t *testing.T) {
	pdftotext := sheettest.Program(t, "pdftotext")
	b := newBrowser(t)
	files := append(campaign(t, 40), File{Name: "坏了.xlsx", Err: errors.New("不是 Excel 工作簿")})
	b.open(render(t, "html", Options{Rules: testRules}, files))
	b.choose("text", "项目支出2")
	print := func() []string {
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "print.pdf")
		if err := os.WriteFile(file, pdf, 0o644); err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSuffix(sheettest.Output(t, pdftotext, "-layout", file, "-"), "\f"), "\f")
	}
	var begun []string
	pages := print()
	for i, text := range pages {
		if strings.Contains(text, "筛选出") != (i == 0) || strings.Contains(text, "清除筛选") {
			t.Errorf("page %d is\n%s", i+1, text)
		}
		for line := range strings.Lines(text) {
			if strings.HasPrefix(strings.TrimSpace(line), "项目名称") {
				begun = append(begun, strings.Fields(line)[1])
			}
		}
		if strings.Count(text, "实际完成情况") > 1 {
			t.Errorf("two forms on page %d", i+1)
		}
	}
	want := strings.Fields("项目支出2号 项目支出20号 项目支出21号 项目支出22号 项目支出23号 项目支出24号 项目支出25号 项目支出26号 项目支出27号 项目支出28号 项目支出29号")
	if !slices.Equal(begun, want) {
		t.Errorf("printed are %q, want %q", begun, want)
	}
	if n := get[int](b, `document.querySelectorAll('#print *').length`); n != 0 {
		t.Errorf("%d elements are left of what was printed", n)
	}
	b.choose("text", "坏了")
	if pages := print(); len(pages) != 1 || !strings.Contains(pages[0], "不是 Excel 工作簿") {
		t.Errorf("an unreadable workbook is printed as %q", pages)
	}
	b.quiet()
}

// TestBrowserLarge says how long 2,000 tables take.
func TestBrowserLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("2,000 tables take a while")
	}
	b := newBrowser(t)
	text := render(t, "html", Options{Rules: testRules}, campaign(t, 2000))
	start := time.Now()
	b.open(text)
	t.Logf("%d MB open in %v", len(text)>>20, time.Since(start).Round(time.Millisecond))
	for _, set := range [][2]string{{"text", "市教育局"}, {"text", ""}, {"department", "=市教育局"}, {"rule", "=score-met"}} {
		took := get[float64](b, fmt.Sprintf(`(() => {
			const control = document.getElementById(%q);
			control.value = %q;
			const start = performance.now();
			control.dispatchEvent(new Event(control.tagName === 'SELECT' ? 'change' : 'input', {bubbles: true}));
			document.body.getBoundingClientRect(); // lay out
			return performance.now() - start;
		})()`, set[0], set[1]))
		t.Logf("%s %s: %.0f ms, %d are left", set[0], set[1], took, b.counted()["自评表"])
	}
	b.quiet()
}
