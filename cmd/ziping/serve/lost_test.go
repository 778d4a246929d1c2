package serve

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ziping/rules"
)

// typeIn writes a value into a control, as a person does.
func (c *clerk) typeIn(selector, value string) {
	c.t.Helper()
	c.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`{
		const control = document.querySelector(%q);
		control.value = %q;
		control.dispatchEvent(new Event('input', {bubbles: true}));
	}`, selector, value)))
}

// The rules can be changed on the page: a value is checked as it is typed, what is
// saved is a rule file, and the forms are judged by it. Closing the page asks until
// it is saved.
func TestRulesOnThePage(t *testing.T) {
	c := newClerk(t, Options{Files: []string{example(t, "returned", "未来公园展厅运营经费.xlsx")}})
	c.wait(`!document.getElementById('step-review').hidden && document.querySelectorAll('#entries > li').length === 1`)
	if got := c.text("#entries .name small"); !strings.HasPrefix(got, "未来公园展厅运营经费.xlsx") {
		t.Errorf("what the program was started with is called %s", got)
	}
	excess := "[data-param='超额幅度'] "
	c.step("rules")
	c.wait(`document.querySelectorAll('#book > li').length > 50`)
	c.typeIn(excess+"input", "一倍")
	c.wait(`document.querySelector("` + excess + `.problem").textContent === '应为数字'`)
	c.typeIn("[data-param='一级分值'] textarea", "产出指标 = 50")
	c.wait(`document.querySelector("[data-param='一级分值'] .problem").textContent.includes('没有“')`)
	c.typeIn(excess+"input", "1.5")
	c.wait(`document.getElementById('rules-name').textContent.includes('改动还没有保存')`)
	if got := c.text(excess + ".problem"); got != "" {
		t.Errorf("a good value is refused: %s", got)
	}
	c.wait(`document.querySelector("` + excess + `.was").textContent === '内置：0.3'`)

	c.asks = true
	c.click(excess + "input") // browsers ask only who has done something
	c.do(chromedp.Reload())
	c.wait(`document.body.classList.contains('ready') && document.getElementById('rules-name').textContent.includes('改动还没有保存')`)
	if got := c.questions(); !slices.Equal(got, []string{"beforeunload"}) {
		t.Errorf("closing asks %q", got)
	}
	c.wait(`document.querySelector("` + excess + `input") && document.querySelector("` + excess + `input").value === '1.5'`)
	c.click("#save-rules")
	saved := c.download("规则.toml")
	want, err := rules.WithParam("规则.toml", nil, "超额幅度", 1.5)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(saved, want) {
		t.Errorf("saved is\n%s\nwant\n%s", saved, want)
	}
	c.wait(`document.querySelector('#output-list .taken')`)
	c.do(chromedp.Reload())
	c.wait(`document.body.classList.contains('ready')`)
	if got := c.questions(); len(got) > 0 {
		t.Errorf("closing asks %q when all is saved", got)
	}

	c.step("review")
	c.wait(`document.querySelectorAll('#entries > li').length === 1`)
	found := `Array.from(document.querySelectorAll('#rule option'), (x) => x.value).includes('=far-over-target')`
	if !get[bool](c, found) {
		t.Error("nothing was far over target before")
	}
	c.click("#review-again")
	c.wait(`document.getElementById('stale').hidden && document.querySelectorAll('#entries > li').length === 1 && !(` + found + `)`)

	// A file of one's own is loaded; one that is wrong, or names others, is not.
	c.step("rules")
	load := func(text string) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "本局.toml")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		c.do(chromedp.SetUploadFiles(chromedp.CSS(`#step-rules input[type=file]`), []string{file}))
	}
	load("extends = \"../../secret.toml\"\n")
	c.wait(`document.getElementById('rules-problems').textContent.includes('只能写内置的名称')`)
	load("extends = \"default\"\n[params.\"超额比例\"\n")
	c.wait(`document.getElementById('rules-problems').textContent.includes('本局.toml:2')`)
	load(string(want))
	c.wait(`document.getElementById('rules-name').textContent === '用的是 本局.toml' && document.getElementById('rules-problems').textContent === ''`)
	c.quiet()
}

// Whatever a list or a workbook says is text.
func TestHostile(t *testing.T) {
	const name = `<script>alert(1)</script><img src=x onerror=alert(2)>`
	c := newClerk(t, Options{})
	scripts := get[int](c, `document.scripts.length`)
	list := filepath.Join(t.TempDir(), "<b>清单.csv")
	text := fmt.Sprintf("年度,项目名称,主管部门,实施单位,全年预算数\n2024,\"%s\",\"%s\",甲,100\n", name, name)
	if err := os.WriteFile(list, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	c.drop("#step-issue .drop", list)
	c.wait(`document.querySelectorAll('#projects > li').length === 1`)
	if got := c.text("#projects summary b"); got != name {
		t.Errorf("the project is shown as %s", got)
	}
	c.click("#projects summary")
	c.wait(`document.querySelector('#projects .form')`)
	c.click("#make-templates")
	dir := filepath.Join(t.TempDir(), `<i>返回`)
	for file, data := range unpacked(t, c.download("上海市 财政项目支出绩效自评表.zip")) {
		if strings.Contains(file, "/") {
			write(t, filepath.Join(dir, "<img src=x>.xlsx"), data)
		}
	}
	write(t, filepath.Join(dir, "<img src=y>.xlsx"), []byte("x"))
	c.step("review")
	c.drop("#returns-drop", dir)
	c.wait(`document.querySelectorAll('#entries > li').length === 2`)
	if got := c.texts("#entries .name b"); !slices.Contains(got, name) {
		t.Errorf("the forms are shown as %q", got)
	}
	c.click("#entries > li:nth-child(1) .row")
	c.click("#entries > li:nth-child(2) .row")
	c.click("#returned summary")
	c.wait(`document.querySelectorAll('#returned-list li').length === 2`)
	c.step("summary")
	c.click("[data-make=summary]")
	c.wait(`!document.getElementById('summed').hidden`)
	if n := get[int](c, `document.scripts.length`); n != scripts {
		t.Errorf("there are %d scripts, there were %d", n, scripts)
	}
	if n := get[int](c, `document.querySelectorAll('img, iframe, object, embed, b b, i, [onerror], [style]').length`); n > 0 {
		t.Errorf("%d elements came out of a name", n)
	}
	c.quiet()
}

// A page that is closed ends the program, which says so; one whose program has ended
// says so too.
func TestEnd(t *testing.T) {
	var said []string
	c := newClerk(t, Options{Say: func(text string) { said = append(said, text) }})
	c.click("#quit")
	c.wait(`document.querySelector('.farewell')`)
	err := <-c.ended
	if err != nil || len(said) != 2 || said[1] != "页面已经关闭，程序结束。" {
		t.Errorf("it ends with %v and says %q", err, said)
	}
	c.ended <- nil
	c.quiet()
}

func TestLost(t *testing.T) {
	c := newClerk(t, Options{})
	c.server.watch.end()
	c.ended <- <-c.ended
	c.wait(`!document.getElementById('lost').hidden`)
	if got := c.text("#lost"); !strings.HasPrefix(got, "程序已经结束") {
		t.Errorf("the page says %s", got)
	}
}
