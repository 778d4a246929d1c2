package serve

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// own returns a file of the form of an office's own.
func own(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(example(t, "own", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Files of the office's own are taken under their names, name one another, and open
// nothing else.
func TestSettings(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.toml")
	write(t, secret, []byte("name = \"secret\"\n"))
	u := newUser(t, newServer(t, Options{})).enter()
	ask := func(method, path, content string) string {
		t.Helper()
		_, answer := u.ask(method, path, content, nil)
		return answer
	}
	put := func(kind, name string, content []byte) string {
		t.Helper()
		return ask("PUT", "/api/settings/"+kind+"?name="+name, string(content))
	}
	refused := func(answer, why string) {
		t.Helper()
		if !strings.Contains(answer, `"problems"`) || !strings.Contains(answer, why) || strings.Contains(answer, "session-") {
			t.Errorf("the answer is %s, want it refused with %s, without a path", answer, why)
		}
	}
	taken := func(answer string) {
		t.Helper()
		if strings.TrimSpace(answer) != "{}" {
			t.Errorf("not taken: %s", answer)
		}
	}
	refused(put("layout", "layout.toml", own(t, "layout.toml")), "form.toml 读不出")
	refused(put("rules", "rules.toml", own(t, "rules.toml")), "form.toml 读不出")
	taken(put("form", "form.toml", own(t, "form.toml")))
	taken(put("layout", "layout.toml", own(t, "layout.toml")))
	taken(put("rules", "rules.toml", own(t, "rules.toml")))
	for _, path := range []string{secret, "../secret.toml", "own/../../secret.toml", `..\secret.toml`} {
		quoted := strings.ReplaceAll(path, `\`, `\\`)
		refused(put("form", "x.toml", []byte("name = \"x\"\nextends = \""+quoted+"\"\n")), "不能写路径")
		refused(put("layout", "x.toml", []byte("name = \"x\"\nversion = 1\nextends = \"base\"\nform = \""+quoted+"\"\n")), "不能写路径")
		refused(put("layout", "x.toml", []byte("name = \"x\"\nversion = 1\nextends = \""+quoted+"\"\n")), "不能写路径")
		refused(put("rules", "x.toml", []byte("extends = \""+quoted+"\"\n")), "不能写路径")
		refused(ask("PUT", "/api/rules/source?name=x", "extends = \"default\"\nform = \""+quoted+"\"\n"), "不能写路径")
	}
	refused(put("form", "bad.toml", []byte("name = \"bad\"\nextends = \"project\"\n[[field]]\nname = \"甲\"\nin = \"乙\"\n")), "bad.toml:5")
	refused(put("form", "../../outside.toml", []byte("name = \n")), "outside.toml")

	// A form that is put right is known to what names it.
	taken(put("form", "form.toml", append(own(t, "form.toml"), "\n[[field]]\nname = \"另一栏\"\nin = \"表尾\"\n"...)))
	if got := u.session().issue.layout.Drawn().In("表尾"); got[len(got)-1].Name != "另一栏" {
		t.Error("the layout draws the form as it was before")
	}
	taken(ask("DELETE", "/api/settings/form", ""))
	if u.session().forms() != nil {
		t.Error("the form is still there")
	}

	taken(put("limits", "limits", []byte("cells=2000000\nsize=123456\n")))
	if got := u.session().returns; got.limits.Cells != 2_000_000 || got.size() != 123456 || u.session().state().Limit != 123456 {
		t.Errorf("the limits are %+v", got.limits)
	}
	refused(put("limits", "limits", []byte("cells=many\n")), "cells=2000000")
	refused(put("limits", "limits", []byte("cell=1\n")), "没有“cell”这个上限")
	taken(put("limits", "limits", nil))
	if got := u.session().returns.size(); got == 123456 {
		t.Error("the limit stays")
	}
}

// A clerk issues and checks an office's own form on the page, and sees it drawn so.
func TestOwnForm(t *testing.T) {
	c := newClerk(t, Options{})
	choose := func(selector string, names ...string) {
		t.Helper()
		var paths []string
		for _, name := range names {
			paths = append(paths, example(t, "own", name))
		}
		c.do(chromedp.SetUploadFiles(chromedp.CSS(selector), paths))
	}
	choose("#issue-form input[aria-label='版式文件']", "layout.toml")
	c.wait(`document.getElementById('issue-problems').innerText.includes('form.toml')`)
	choose("#issue-form input[aria-label='表样文件']", "form.toml")
	c.wait(`document.querySelector('#issue-form .form-names').textContent.includes('form.toml')`)
	choose("#issue-form input[aria-label='版式文件']", "layout.toml")
	c.wait(`document.getElementById('layout').value === 'sichuan'`)
	if got := c.texts("#issue-problems li"); len(got) != 0 {
		t.Errorf("problems are %q", got)
	}
	c.click("#make-blank")
	blank := unpacked(t, c.download("四川省 部门预算项目支出绩效自评表.zip"))
	dir := t.TempDir()
	for name, data := range blank {
		write(t, filepath.Join(dir, name), data)
	}
	c.step("review")
	c.drop("#returns-drop", dir)
	c.wait(`document.querySelectorAll('#entries > li').length === 1`)
	c.idle()
	c.click("#entries > li:nth-child(1) .row")
	c.wait(`document.querySelector('#entries .form')`)
	for _, want := range []string{"部门预算项目支出绩效自评表", "指标性质", "度量单位", "实施内容概述", "评价结论"} {
		if got := c.text("#entries .sheet"); !strings.Contains(got, want) {
			t.Errorf("the form is drawn without %s:\n%s", want, got)
		}
	}
	c.quiet()
}
