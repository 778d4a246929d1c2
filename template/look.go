package template

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// repeats checks what tells how often a row is drawn.
func (c *checker) repeats(r *Row) {
	lists := []string{}
	for _, l := range c.form.Lists {
		lists = append(lists, l.Name)
	}
	switch {
	case r.Each != "" && r.Fund != "" || r.Each != "" && r.List != "" || r.Fund != "" && r.List != "":
		c.fail(r.Position, "each、fund、list 只能写一个")
	case r.Each != "" && r.Each != sheet.LabelIndicators && !slices.Contains(lists, r.Each):
		c.fail(r.Position, "each 应为%s，这里是“%s”", strings.Join(append([]string{sheet.LabelIndicators}, lists...), "、"), r.Each)
	case r.List != "" && !slices.Contains(lists, r.List):
		c.fail(r.Position, "表样 %s 没有“%s”这个清单%s", c.form.Name, r.List, strict.Meant(r.List, lists))
	case (r.List == "") != (r.Item == ""):
		c.fail(r.Position, "list 与 item 须一起写：清单的名称，和这一行的名称")
	case r.Blank < 0 || r.Blank > maxBlank:
		c.fail(r.Position, "blank 应在 0 与 %d 之间，这里是 %d", maxBlank, r.Blank)
	}
}

// maxBlank is how many blank rows of a list are drawn at most.
const maxBlank = 100

// own returns the field of the form's own that a name stands for, nil where there is
// none.
func (c *checker) own(name string) *sheet.OwnField {
	path := sheet.ParsePath(name)
	for _, o := range c.form.In(path.Part) {
		if o.Name == path.Label {
			return o
		}
	}
	return nil
}

// usualInput is what may be typed into a field of the form's own of which the layout
// says nothing.
func usualInput(o *sheet.OwnField) Input {
	switch o.Type {
	case sheet.TypeNumber:
		return Input{Type: "decimal", Min: "-1000000000000", Prompt: fmt.Sprintf("请填写%s，只填数字。没有的留空。", o.Name), Error: o.Name + "应为数字，不要填写单位。"}
	case sheet.TypeRate:
		return Input{Type: "decimal", Min: "0", Prompt: fmt.Sprintf("请填写%s，如 98.11%%。没有的留空。", o.Name), Error: o.Name + "应为百分数，如 98.11%。"}
	}
	return Input{Type: "text", Max: "2000", Prompt: fmt.Sprintf("请填写%s。换行按 Alt+Enter。", o.Name), Error: o.Name + "不超过 2000 字。"}
}

// Limits of Excel.
const (
	maxFont     = 409
	maxSections = 4 // of a number format
)

var (
	color      = regexp.MustCompile(`^[0-9A-Fa-f]{6}$`)
	horizontal = []string{"general", "left", "center", "right", "fill", "justify", "centerContinuous", "distributed"}
	vertical   = []string{"top", "center", "bottom", "justify", "distributed"}
)

// look checks what a style says.
func (c *checker) look(name string, s Style) {
	fail := func(format string, args ...any) {
		c.fail(s.Position, "[style.%s] "+format, append([]any{name}, args...)...)
	}
	for _, x := range []struct {
		key  string
		text *string
	}{{"color", s.Color}, {"fill", s.Fill}} {
		if t := value(x.text); t != "" && !color.MatchString(t) {
			fail("的 %s 应为六位十六进制的颜色，如浅黄 \"FFFBE6\"；这里是“%s”", x.key, t)
		}
	}
	if s.Size != nil && (*s.Size < 1 || *s.Size > maxFont) {
		fail("的 size 应在 1 与 %d 磅之间，这里是 %v", maxFont, *s.Size)
	}
	if h := value(s.Horizontal); h != "" && !slices.Contains(horizontal, h) {
		fail("的 horizontal 应为 %s 之一，这里是“%s”", strings.Join(horizontal, "、"), h)
	}
	if v := value(s.Vertical); v != "" && !slices.Contains(vertical, v) {
		fail("的 vertical 应为 %s 之一，这里是“%s”", strings.Join(vertical, "、"), v)
	}
	if s.Format != nil {
		if problem := formatProblem(*s.Format); problem != "" {
			fail("的 format（数字格式）%s：%s", problem, *s.Format)
		}
	}
}

// formatProblem tells why a number format is none, "" where it is one.
func formatProblem(format string) string {
	quoted, bracket, sections := false, false, 1
	for rest := []rune(format); len(rest) > 0; rest = rest[1:] {
		switch r := rest[0]; {
		case r == '"' && !bracket:
			quoted = !quoted
		case quoted:
			continue
		case r == '\\' || r == '_' || r == '*':
			if len(rest) == 1 {
				return "末尾的 " + string(r) + " 后面应有一个字"
			}
			rest = rest[1:]
		case r == '[' && bracket || r == ']' && !bracket:
			return "的方括号不成对"
		case r == '[' || r == ']':
			bracket = !bracket
		case r == ';':
			sections++
		}
	}
	switch {
	case strings.TrimSpace(format) == "":
		return "是空的，一般的数字写 General"
	case quoted:
		return "的英文双引号不成对"
	case bracket:
		return "的方括号不成对"
	case sections > maxSections:
		return fmt.Sprintf("用分号隔成了 %d 段，最多 %d 段", sections, maxSections)
	}
	return ""
}

// strangeWord returns a word of an expression that is no number, function or truth
// value, "" where there is none. References stand in braces.
func strangeWord(formula string) string {
	for _, t := range xlsx.FormulaTokens(placeholder.ReplaceAllString(formula, "A1"), "") {
		switch t.Kind {
		case xlsx.TokenSheet, xlsx.TokenWrong:
			return t.Text
		case xlsx.TokenName:
			if t.Text != "TRUE" && t.Text != "FALSE" {
				return t.Text
			}
		}
	}
	return ""
}
