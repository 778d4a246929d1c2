// Package handbook writes the rules as a book for people: what an office prints and
// attaches to its notice. It says nothing that the rule file does not.
package handbook

import (
	"embed"
	"fmt"
	htmltemplate "html/template"
	"io"
	"strings"
	"sync"
	"text/template"
	"unicode/utf8"

	"ziping/rules"
)

//go:embed *.tmpl
var files embed.FS

// formats are the names of the formats: they are the endings of files, too.
var formats = []string{"html", "md"}

var (
	htmlBook = sync.OnceValue(func() *htmltemplate.Template {
		return htmltemplate.Must(htmltemplate.New("html.tmpl").ParseFS(files, "html.tmpl"))
	})
	textBook = sync.OnceValue(func() *template.Template {
		return template.Must(template.New("md.tmpl").Funcs(template.FuncMap{"cell": markdownCell, "line": markdownLine}).ParseFS(files, "md.tmpl"))
	})
)

// Write writes the book of a set of rules in a format.
func Write(w io.Writer, format string, set *rules.Set) error {
	b := bookOf(set)
	switch format {
	case "html":
		return htmlBook().Execute(w, b)
	case "md":
		return textBook().Execute(w, b)
	}
	return fmt.Errorf("没有“%s”这种格式，应为 %s", format, strings.Join(formats, "、"))
}

// book is what both formats are made of.
type book struct {
	Rules    int
	Counts   []count // by severity
	Chapters []chapter
	Params   []param
}

type count struct {
	Label string
	Count int
}

// chapter is the rules of one scope.
type chapter struct {
	Number int
	Title  string
	Rules  []rule
}

type rule struct {
	*rules.Rule
	Number   string // 2.13
	Severity string
	Params   []param
	Variants []string
	Examples []example
}

type example struct {
	Title string
	rules.Example
}

type param struct {
	Name, Description string
	Values            []string
}

// Short is what a rule says of the param: a long list stands once, at the end.
func (p param) Short() string {
	const longest = 100 // characters
	text := strings.Join(p.Values, "；")
	if utf8.RuneCountInString(text) > longest {
		return "见书末"
	}
	return text
}

// titles are the chapters, in their order.
var titles = []struct {
	scope rules.Scope
	title string
}{
	{rules.ScopeSheet, "整张表"},
	{rules.ScopeFund, "项目资金的每一行"},
	{rules.ScopeIndicator, "每个绩效指标"},
	{rules.ScopeBatch, "多张表之间"},
	{rules.ScopeValue, "填写的内容"},
	{rules.ScopeNotice, "工作簿，以及与下发时的比较"},
}

func bookOf(set *rules.Set) book {
	b := book{}
	bySeverity := map[rules.Severity]int{}
	for _, t := range titles {
		c := chapter{Number: len(b.Chapters) + 1, Title: t.title}
		for _, r := range set.Rules() {
			if r.Scope != t.scope {
				continue
			}
			b.Rules++
			bySeverity[r.Severity]++
			c.Rules = append(c.Rules, ruleOf(set, r, fmt.Sprintf("%d.%d", c.Number, len(c.Rules)+1)))
		}
		if len(c.Rules) > 0 {
			b.Chapters = append(b.Chapters, c)
		}
	}
	for _, s := range rules.Severities {
		b.Counts = append(b.Counts, count{s.Label(), bySeverity[s]})
	}
	seen := map[string]bool{}
	for _, c := range b.Chapters {
		for _, r := range c.Rules {
			for _, p := range r.Params {
				if !seen[p.Name] {
					seen[p.Name] = true
					b.Params = append(b.Params, p)
				}
			}
		}
	}
	return b
}

func ruleOf(set *rules.Set, r *rules.Rule, number string) rule {
	out := rule{Rule: r, Number: number, Severity: r.Severity.Label(), Variants: set.Variants(r.ID)}
	for _, name := range set.Uses(r.ID) {
		p := set.Params()[name]
		out.Params = append(out.Params, param{name, p.Description, p.Values()})
	}
	if fails, passes, ok := set.ExampleFor(r.ID); ok {
		out.Examples = []example{{"有问题", fails}, {"没有问题", passes}}
	}
	return out
}

// markdownCell is a text as it may stand in a cell of a table.
func markdownCell(text string) string {
	if text == "" {
		return " "
	}
	return strings.NewReplacer("|", `\|`, "\n", "<br>", "\r", "").Replace(markdownLine(text))
}

// markdownLine is a text in which nothing means anything to Markdown.
func markdownLine(text string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "[", `\[`, "#", `\#`, "\n", " ").Replace(text)
}
