package serve

import (
	"bytes"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"ziping/rules/report"
)

var (
	saidText = regexp.MustCompile(`say\('([^']*)'`)
	english  = regexp.MustCompile(`(?m)^  '([^']*)': ["']`)
	values   = regexp.MustCompile(`\{\w+\}`)
)

// said returns the Chinese that the page says: in its scripts and in its markup.
func said(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, from := range []fs.FS{pageFiles, report.PageFiles()} {
		names, err := fs.Glob(from, "page/*.js")
		if err != nil || len(names) == 0 {
			names, err = fs.Glob(from, "*.js")
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			b, err := fs.ReadFile(from, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range saidText.FindAllStringSubmatch(string(b), -1) {
				all[m[1]] = true
			}
		}
	}
	z := html.NewTokenizer(bytes.NewReader(pageText()))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		token := z.Token()
		if kind == html.TextToken && !strings.HasPrefix(token.Data, "<") { // as a noscript is
			all[strings.TrimSpace(token.Data)] = true
		}
		for _, a := range token.Attr {
			if a.Key == "aria-label" || a.Key == "placeholder" || a.Key == "title" {
				all[a.Val] = true
			}
		}
	}
	maps.DeleteFunc(all, func(text string, _ bool) bool {
		return !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) || strings.ContainsRune("：，；（）", r) })
	})
	// What the program says and the page repeats.
	for _, text := range strings.Fields("错误 疑点 提示 优 良 中 差 未知 审核 读 读清单 生成 批注 汇总 导出 写报告 工作簿 自评表 无问题 读不出 总分 这两项 数字 文字 是非值 文字清单 数字清单 数字表 范围 适用 条件 指向 应为 项目 部门 通过 退回 未报送 情况 年度 主管部门 实施单位 项目名称 项目编码 说明 文件 前一轮 重复报送 名单外 其他年度 （未填主管部门） （没有项目名称）") {
		all[text] = true
	}
	return all
}

// Whatever the page says it says in English too, with the same values in it.
func TestEnglish(t *testing.T) {
	b, err := pageFiles.ReadFile("page/english.js")
	if err != nil {
		t.Fatal(err)
	}
	all := said(t)
	known := map[string]bool{}
	for line := range strings.Lines(string(b)) {
		m := english.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if known[m[1]] {
			t.Errorf("twice in the dictionary: %s", m[1])
		}
		known[m[1]] = true
		if !all[m[1]] {
			t.Errorf("the page does not say %s", m[1])
		}
		_, translation, _ := strings.Cut(line, "': ")
		a, b := values.FindAllString(m[1], -1), values.FindAllString(translation, -1)
		if slices.Sort(a); !slices.Equal(a, slices.Sorted(slices.Values(b))) {
			t.Errorf("values differ: %s", line)
		}
		if strings.ContainsFunc(translation, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("not English: %s", line)
		}
	}
	for _, text := range slices.Sorted(maps.Keys(all)) {
		if !known[text] {
			t.Errorf("not in the dictionary:\n  '%s': '',", text)
		}
	}
}
