package sendback

import (
	_ "embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ziping/sheet/book"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// Letter is the text of the notice that goes to a department with what is sent back
// to it. Words in {} stand for what differs from one notice to another.
type Letter struct {
	Title  string   `toml:"title,required"`
	To     string   `toml:"to"`
	Before []string `toml:"before"` // paragraphs above the table of the forms
	After  []string `toml:"after"`  // below it
	Sign   []string `toml:"sign"`
}

//go:embed letter.toml
var letterTOML []byte

// LetterSource returns the file of the usual letter, to be changed by an office.
func LetterSource() []byte { return slices.Clone(letterTOML) }

// DefaultLetter returns the usual letter.
func DefaultLetter() *Letter {
	l, err := ParseLetter("letter.toml", letterTOML)
	if err != nil {
		panic(err) // a defect of the build
	}
	return l
}

// ParseLetter reads a letter. Every mistake in it is reported, in a strict.Errors.
func ParseLetter(name string, src []byte) (*Letter, error) {
	l := new(Letter)
	if err := strict.Unmarshal(name, src, l); err != nil {
		return nil, err
	}
	for _, text := range slices.Concat([]string{l.Title, l.To}, l.Before, l.After, l.Sign) {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(placeholders, m[1]) {
				msg := fmt.Sprintf("%s：没有“{%s}”这一项", name, m[1])
				if near := strict.Suggest(m[1], placeholders); near != "" {
					msg += fmt.Sprintf("，是否应为“{%s}”？", near)
				}
				return nil, fmt.Errorf("%s（可用的有 {%s}）", msg, strings.Join(placeholders, "}、{"))
			}
		}
	}
	return l, nil
}

var (
	placeholder  = regexp.MustCompile(`\{([^{}]*)\}`)
	placeholders = []string{"主管部门", "年度", "日期", "限期", "项目数", "错误数", "疑点数", "轮次"}
)

// words returns what stands for the words in {}.
func words(department string, entries []Entry) map[string]string {
	errors, warnings, round, years := 0, 0, 0, map[int]bool{}
	for _, e := range entries {
		errors, warnings, round = errors+max(0, e.Errors), warnings+max(0, e.Warnings), max(round, e.Round)
		years[e.Year] = true
	}
	year := ""
	if y := entries[0].Year; len(years) == 1 && y != 0 {
		year = fmt.Sprintf(" %d 年度", y)
	}
	return map[string]string{
		"主管部门": department, "年度": year, "日期": date(entries[0].Date), "限期": date(entries[0].Due),
		"项目数": strconv.Itoa(len(entries)), "错误数": strconv.Itoa(errors), "疑点数": strconv.Itoa(warnings), "轮次": strconv.Itoa(round),
	}
}

// date returns a day as letters write it.
func date(s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return t.Format("2006年1月2日")
}

// say fills in a text; a text that speaks of a due date where there is none is left
// out.
func say(text string, words map[string]string) (said string, ok bool) {
	if strings.Contains(text, "{限期}") && words["限期"] == "" {
		return "", false
	}
	return placeholder.ReplaceAllStringFunc(text, func(m string) string { return words[m[1:len(m)-1]] }), true
}

// The table of a letter.
var letterColumns = []book.Column{
	{Name: "序号", Width: 5.5, Look: book.CenterLook}, {Name: "项目名称", Width: 34, Look: book.TextLook}, {Name: "实施单位", Width: 20, Look: book.TextLook},
	{Name: "错误", Width: 6, Look: countLook}, {Name: "疑点", Width: 6, Look: countLook}, {Name: "退回次数", Width: 9.5, Look: countLook}, {Name: "批注副本", Width: 24, Look: book.LinkLook},
}

// The looks of a letter.
var (
	headLook = book.Look{Align: "center", Size: 16, Bold: true, Bare: true, Wrapped: true}
	textLook = book.Look{Align: "left", Size: 12, Bare: true, Wrapped: true}
	signLook = book.Look{Align: "right", Size: 12, Bare: true, Wrapped: true}
)

// indent begins a paragraph.
const indent = "　　"

// Draw draws the notice for a department: one page where that can be. There must be
// entries, whose files are named below the directory of the notice.
func (l *Letter) Draw(department string, entries []Entry) ([]byte, error) {
	const sheet = "通知"
	w := words(department, entries)
	title, _ := say(l.Title, w)
	b := book.New(book.Properties{Title: title, Creator: "ziping"}, sheet)
	defer b.Close()
	b.Mark()
	p := &letter{Sheet: b.Sheet(sheet)}
	p.Portrait()
	for i, c := range letterColumns {
		p.Width(i+1, c.Width)
	}
	p.wide(headLook, title)
	p.paragraphs(textLook, "", []string{l.To}, w)
	p.paragraphs(textLook, indent, l.Before, w)
	p.table(entries)
	p.paragraphs(textLook, indent, l.After, w)
	p.paragraphs(signLook, "", l.Sign, w)
	p.OnePage(p.row, len(letterColumns))
	p.Close()
	return b.Bytes()
}

// letter is a notice on its way.
type letter struct {
	*book.Sheet
	row int
}

// wide writes a text over all columns.
func (p *letter) wide(look book.Look, text string) {
	p.row++
	var widths []float64
	for _, c := range letterColumns {
		widths = append(widths, c.Width)
	}
	p.Wide(p.row, len(letterColumns), xlsx.TextHeight(text, look.Size, widths...)+8, book.Shown{Look: look, Value: text})
}

func (p *letter) paragraphs(look book.Look, before string, texts []string, words map[string]string) {
	for _, text := range texts {
		if said, ok := say(text, words); ok && said != "" {
			p.wide(look, before+said)
		}
	}
}

// table lists the forms.
func (p *letter) table(entries []Entry) {
	head := make([]*book.Shown, len(letterColumns))
	for i, c := range letterColumns {
		head[i] = &book.Shown{Look: book.HeadLook, Value: c.Name}
	}
	p.row++
	p.Row(p.row, 1, 24, head...)
	for i, e := range entries {
		name := path.Base(e.File)
		values := []any{i + 1, e.Name, e.Implementer, number(e.Errors), number(e.Warnings), e.Round, book.Link{Target: name, Text: name}}
		cells := make([]*book.Shown, len(values))
		height := 20.0
		for j, v := range values {
			cells[j] = &book.Shown{Look: letterColumns[j].Look, Value: v}
			if text, ok := v.(string); ok {
				height = max(height, xlsx.TextHeight(text, letterSize, letterColumns[j].Width))
			}
		}
		height = max(height, xlsx.TextHeight(name, letterSize, letterColumns[len(letterColumns)-1].Width))
		p.row++
		p.Row(p.row, 1, height, cells...)
	}
}

// letterSize is the size of the table's text, in points.
const letterSize = 10

// number is a count, nothing where it is not known.
func number(n int) any {
	if n < 0 {
		return nil
	}
	return n
}
