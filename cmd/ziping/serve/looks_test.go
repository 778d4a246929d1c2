package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ziping/sheet/sheettest"
)

// busyClerk is one who has done some of everything.
func busyClerk(t *testing.T) *clerk {
	t.Helper()
	c := newClerk(t, Options{})
	c.drop("#step-issue .drop", example(t, "list", "项目清单.xlsx"))
	c.wait(`document.querySelectorAll('#projects > li').length === 7`)
	c.click("#make-templates")
	c.wait(`document.querySelectorAll('#output-list .taken').length === 1`)
	c.step("review")
	c.drop("#returns-drop", example(t, "returned"))
	c.wait(`document.querySelectorAll('#entries > li').length === 2`)
	c.idle()
	c.step("summary")
	c.click("[data-make=summary]")
	c.wait(`document.querySelectorAll('#output-list .taken').length === 2 && document.querySelectorAll('#summary-charts svg').length === 4`)
	c.step("rules")
	c.wait(`document.querySelectorAll('#book > li').length > 50`)
	c.do(chromedp.Evaluate[chromedp.Void](`for (const box of document.querySelectorAll('#projects details, #book details')) {
		if (box === box.parentNode.parentNode.querySelector('details')) box.open = true;
	}`))
	c.step("review")
	c.click("#entries li:nth-child(1) .row")
	return c
}

var steps = []string{"issue", "review", "summary", "rules"}

// The page fits an office screen and a phone, light and dark, in both languages.
func TestLooks(t *testing.T) {
	c := busyClerk(t)
	for _, language := range []string{"zh", "en"} {
		if language == "en" {
			c.click("#language")
		}
		for _, width := range []int64{1366, 390} {
			c.do(chromedp.EmulateViewport(width, map[int64]int64{1366: 768, 390: 844}[width]))
			for _, dark := range []bool{false, true} {
				c.dark(dark)
				for _, step := range steps {
					c.step(step)
					c.do(chromedp.Evaluate[chromedp.Void](`window.scrollTo(0, 0); new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`, chromedp.EvalAwaitPromise))
					if needs := get[int64](c, `document.documentElement.scrollWidth`); needs > width {
						t.Errorf("%s, %d pixels wide: the page needs %d", step, width, needs)
					}
					name := fmt.Sprintf("%s-%d-%v-%s", step, width, map[bool]string{false: "light", true: "dark"}[dark], language)
					c.shot(name)
					c.do(chromedp.Evaluate[chromedp.Void](`window.scrollTo(0, window.innerHeight * 0.8)`))
					c.shot(name + "-below")
				}
			}
		}
	}
	for _, step := range steps { // which English says nothing of in Chinese but for data
		if text := c.text("#step-" + step + " h2"); strings.ContainsFunc(text, func(r rune) bool { return r >= 0x4e00 }) {
			t.Errorf("the English title of %s is %s", step, text)
		}
	}
	c.quiet()
}

// The keyboard alone does what the mouse does: all that can be done is reached, in
// the order in which it is seen, and where the focus is can be seen.
func TestKeyboard(t *testing.T) {
	c := busyClerk(t)
	for _, step := range steps {
		c.step(step)
		c.do(chromedp.Evaluate[chromedp.Void](`window.scrollTo(0, 0)`))
		want := get[[]string](c, `Array.from(document.querySelectorAll('a[href], button, select, input, textarea, summary, [tabindex="0"]'), (x) => x)
			.filter((x) => !x.disabled && x.checkVisibility() && x.tabIndex >= 0)
			.map((x) => { window.numbered = (window.numbered || 0) + 1; x.dataset.number = x.dataset.number || String(window.numbered); return x.dataset.number; })`)
		c.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('.skip').focus()`))
		seen := map[string]bool{want[0]: true}
		last := 0
		for range len(want) - 1 {
			c.do(chromedp.KeyEvent("\t"))
			at := get[struct {
				Number string
				Marked bool
				Top    float64
			}](c, `(() => {
				const x = document.activeElement;
				const style = getComputedStyle(x);
				return {Number: x.dataset.number || '', Marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1, Top: x.getBoundingClientRect().top};
			})()`)
			seen[at.Number] = true
			i := index(want, at.Number)
			if i < last {
				t.Errorf("%s: the focus goes back from the %d. place to the %d.", step, last, i)
			}
			last = i
			if !at.Marked {
				t.Errorf("%s: the focus is not seen on %s", step, get[string](c, `document.activeElement.outerHTML.slice(0, 120)`))
			}
		}
		for i, number := range want {
			if !seen[number] {
				t.Errorf("%s: the keyboard does not reach the %d. place, %s", step, i, get[string](c, fmt.Sprintf(`document.querySelector('[data-number="%s"]').outerHTML.slice(0, 120)`, number)))
			}
		}
	}
	c.quiet()
}

func index(list []string, x string) int {
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}

// A screen reader finds its way: axe-core finds nothing that is serious.
func TestRoles(t *testing.T) {
	if !sheettest.Wanted() {
		t.Skip("axe-core comes from npm: ZIPING_OFFICE=1 tests with it")
	}
	node := sheettest.Node(t, "axe-core")
	file := strings.TrimSpace(sheettest.Output(t, node, "-p", "require.resolve('axe-core/axe.min.js')"))
	axe, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	c := busyClerk(t)
	c.do(chromedp.Evaluate[chromedp.Void](string(axe)))
	for _, dark := range []bool{false, true} {
		c.dark(dark)
		for _, width := range []int64{1366, 390} {
			c.do(chromedp.EmulateViewport(width, 800))
			for _, step := range steps {
				c.step(step)
				for _, problem := range get[[]string](c, `axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations
					.filter((v) => v.impact === 'serious' || v.impact === 'critical')
					.map((v) => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | ')))`) {
					t.Errorf("%s, %d pixels wide, dark %v: %s", step, width, dark, problem)
				}
			}
		}
	}
}

// What is printed is the report, or the summary, without what is there to be
// clicked; and light, however dark the page is.
func TestPrint(t *testing.T) {
	pdftotext := sheettest.Program(t, "pdftotext")
	c := busyClerk(t)
	c.dark(true)
	for _, tt := range []struct {
		step, want, first string
		pages             int
	}{{"review", "科创中心建设工作经费", "最常见的问题", 3}, {"summary", "骨干教师培训", "未报送", 1}} {
		c.step(tt.step)
		pdf, err := chromedp.Run(c.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "print.pdf")
		write(t, file, pdf)
		if dir := os.Getenv("ZIPING_SHOTS"); dir != "" {
			write(t, filepath.Join(dir, "print-"+tt.step+".pdf"), pdf)
		}
		text := sheettest.Output(t, pdftotext, "-layout", file, "-")
		pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
		if !strings.Contains(text, tt.want) || !strings.Contains(pages[0], tt.first) || len(pages) < tt.pages {
			t.Errorf("%s is printed on %d pages as\n%s", tt.step, len(pages), text)
		}
		for _, not := range []string{"拖到这里", "选择文件", "退出", "下载", "English", "清除"} {
			if strings.Contains(text, not) {
				t.Errorf("%s: printed is %s", tt.step, not)
			}
		}
	}
	c.quiet()
}
