package template

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadBack(t *testing.T) {
	for _, name := range Names() {
		l, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.ReadBack(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// lint returns what is wrong with a layout, "" where nothing is.
func lint(file, src string) string {
	l, err := Parse(file, []byte(src))
	if err == nil {
		err = l.ReadBack()
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// shanghai returns the Shanghai layout with some of its texts changed.
func shanghai(t *testing.T, changes ...string) string {
	t.Helper()
	src, err := Source("shanghai")
	if err != nil {
		t.Fatal(err)
	}
	s := string(src)
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(s, changes[i]) {
			t.Fatalf("the layout has no %q", changes[i])
		}
		s = strings.Replace(s, changes[i], changes[i+1], 1)
	}
	return s
}

// Each mistake that could be issued, and then not be read, has one message.
func TestLint(t *testing.T) {
	for name, tt := range map[string]struct{ src, want string }{
		"a word that nobody knows":      {shanghai(t, `text = "年度指标值"`, `text = "年度目标数"`), "“绩效指标.年度指标值”读不回来，这里印的是“年度目标数”（E 列）"},
		"a label without a cell":        {shanghai(t, `field = "实际完成值", `, ""), "印了“绩效指标.实际完成值”，却没有写它的单元格"},
		"a label of the head":           {shanghai(t, `text = "主管部门"`, `text = "管理的部门"`), "“主管部门”读不回来，这里印的是“管理的部门”（A 列）"},
		"a source by another name":      {shanghai(t, `text = "上年结转资金"`, `text = "去年剩下的"`), "读不回来"},
		"no extends":                    {shanghai(t, "extends = \"base\"\n", ""), "没有写 extends"},
		"a colour in words":             {shanghai(t) + "\n[style.label]\nfill = \"浅黄\"\n", "应为六位十六进制的颜色，如浅黄 \"FFFBE6\"；这里是“浅黄”"},
		"a quote in a number format":    {shanghai(t) + "\n[style.money]\nformat = '0.00\"元'\n", "的英文双引号不成对"},
		"a bracket in a number format":  {shanghai(t) + "\n[style.money]\nformat = '[红色0.00'\n", "的方括号不成对"},
		"sections of a number format":   {shanghai(t) + "\n[style.money]\nformat = '0;0;0;0;0'\n", "最多 4 段"},
		"a number in words":             {shanghai(t) + "\n[input.\"绩效指标.分值\"]\ntype = \"decimal\"\nmin = \"零\"\nprompt = \"x\"\nerror = \"y\"\n", "无法识别其中的“零”"},
		"a border":                      {shanghai(t) + "\n[style.label]\nborder = \"下\"\n", "\"bottom\"（只有下划线）；这里是“下”"},
		"an alignment":                  {shanghai(t) + "\n[style.label]\nhorizontal = \"居中\"\n", "horizontal 应为 general、left"},
		"a form that is none":           {"form = \"projekt\"\n" + shanghai(t), "没有名为“projekt”的表样，是否应为“project”？"},
		"a field of another form":       {shanghai(t, `field = "实施单位"`, `field = "评价结论"`), "没有“评价结论”这一项"},
		"a list of another form":        {shanghai(t, `each = "绩效指标"`, `each = "年度主要任务"`), "each 应为绩效指标，这里是“年度主要任务”"},
		"nothing that is a form":        {"name = \"x\"\nversion = 1\nextends = \"base\"\nhighlight = []\nsheet = \"a\"\ncolumns = [9, 9]\n[[row]]\nheight = 9\ncells = [{ at = \"A\", text = \"名字\", style = \"label\" }, { at = \"B\", field = \"项目名称\", style = \"text\" }]\n", "无法识别的文字：“名字”"},
		"a change without a row":        {"name = \"x\"\nversion = 1\nextends = \"shanghai\"\n[[edit]]\nremove = \"项目名你\"\n", "中没有“项目名你”这一行：应写其中一格的文字、项目或资金来源，是否应为“项目名称”？"},
		"a change of two rows":          {"name = \"x\"\nversion = 1\nextends = \"shanghai\"\n[[edit]]\nremove = \"项目名称\"\nafter = \"总分\"\n", "应写明 after、before、replace、remove 中的一个"},
		"a change and all rows":         {shanghai(t) + "\n[[edit]]\nremove = \"项目名称\"\n", "只写其中一种"},
		"a change without another":      {"name = \"x\"\nversion = 1\n[[edit]]\nremove = \"项目名称\"\n", "请写明 extends"},
		"a project without its name":    {"name = \"x\"\nversion = 1\nextends = \"shanghai\"\n[[edit]]\nremove = \"项目名称\"\n", ""}, // known by its title
		"the year in the title":         {shanghai(t, `text = "财政项目支出绩效自评表"`, `text = "财政项目支出绩效自评表（{年度}年度）"`), ""},
		"one row more inside of a span": {"name = \"x\"\nversion = 1\nextends = \"shanghai\"\n[[edit]]\nafter = \"上年结转资金\"\nfund = \"专户资金\"\nheight = 24\ncells = [{ at = \"B:C\", text = \"专户资金\", style = \"label\" }, { at = \"D\", field = \"年初预算数\", style = \"money\" }, { at = \"E\", field = \"全年预算数\", style = \"money\" }, { at = \"F\", field = \"全年执行数\", style = \"money\" }]\n", ""},
	} {
		if got := lint("mine.toml", tt.src); !strings.Contains(got, tt.want) || tt.want == "" && got != "" || strings.Count(got, "\n") > 3 {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// A layout may extend a file beside it, whose form stands beside that file.
func TestExtendsFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("base/form.toml", "name = \"city\"\nextends = \"project\"\n[label]\n\"主管部门\" = [\"归口部门\"]\n")
	write("base/layout.toml", "form = \"form.toml\"\n"+shanghai(t, `text = "主管部门"`, `text = "归口部门"`, `name = "shanghai"`, `name = "city"`))
	mine := "name = \"mine\"\nversion = 2\nextends = \"base/layout.toml\"\n" +
		"[page]\norientation = \"landscape\"\n[page.margins]\ntop = 1\n" +
		"[[edit]]\nreplace = \"总分.分值\"\nheight = 30\ncells = [{ at = \"A:G\", text = \"总分\", style = \"label\" }, { at = \"H\", field = \"总分.得分\", style = \"number\" }]\n" +
		"[input.\"总分.得分\"]\ntype = \"decimal\"\nmin = \"0\"\nprompt = \"总分\"\nerror = \"总分\"\n"
	write("mine.toml", mine)
	l, err := Parse(filepath.Join(dir, "mine.toml"), []byte(mine))
	if err != nil {
		t.Fatal(err)
	}
	if l.form.Name != "city" || *l.Page.Orientation != "landscape" || *l.Page.Paper != "A4" || *l.Page.Margins.Top != 1 || *l.Page.Margins.Left != 0.4 {
		t.Errorf("form %s, page %s %s, margins %v %v", l.form.Name, *l.Page.Paper, *l.Page.Orientation, *l.Page.Margins.Top, *l.Page.Margins.Left)
	}
	if n := len(l.Row); n != 14 || len(l.Row[n-1].Cells) != 2 {
		t.Errorf("%d rows, the last of %d cells", n, len(l.Row[n-1].Cells))
	}
	if err := l.ReadBack(); err != nil {
		t.Error(err)
	}
	write("a.toml", "name = \"a\"\nversion = 1\nextends = \"b.toml\"\n")
	write("b.toml", "name = \"b\"\nversion = 1\nextends = \"a.toml\"\n")
	for from, want := range map[string]string{"a.toml": "循环引用", "none.toml": "读不出"} {
		if got := lint(filepath.Join(dir, "x.toml"), "name = \"x\"\nversion = 1\nextends = \""+from+"\"\n"); !strings.Contains(got, want) {
			t.Errorf("extends %s: %q, want %q", from, got, want)
		}
	}
}
