package template

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"ziping/sheet"
	"ziping/sheet/strict"
)

// check refuses a layout that could not be drawn, with the line of each mistake.
func (l *Layout) check(file string) error {
	c := checker{Layout: l, file: file}
	c.whole()
	for i := range l.Row {
		r := &l.Row[i]
		c.repeats(r)
		for j := range r.Cells {
			r.Cells[j].name = r.field(&r.Cells[j])
		}
	}
	if len(c.errs) > 0 {
		return c.errs // what follows from it would not help
	}
	spans := map[int]int{} // column → rows of this file still covered from above
	for i := range l.Row {
		c.row(&l.Row[i], spans)
	}
	if down := slices.Max(append(mapValues(spans), 0)); down > 0 {
		c.fail(l.Row[len(l.Row)-1].Position, "有单元格的 rows 超出了最后一行 %d 行", down)
	}
	c.rest()
	if len(c.errs) > 0 {
		return c.errs
	}
	return nil
}

func mapValues(m map[int]int) []int {
	var v []int
	for _, x := range m {
		v = append(v, x)
	}
	return v
}

type checker struct {
	*Layout
	file string
	errs strict.Errors
}

func (c *checker) fail(at strict.Position, format string, args ...any) {
	c.errs = append(c.errs, &strict.Error{File: c.file, Position: at, Message: fmt.Sprintf(format, args...)})
}

// Limits of Excel.
const (
	maxSheetName = 31
	maxWidth     = 255
	maxHeight    = 409
	maxPrompt    = 255
	maxError     = 225
)

func (c *checker) whole() {
	if len(c.Row) == 0 {
		c.fail(c.Position, "版式没有任何一行：请用 [[row]] 写出")
	}
	if n := len([]rune(c.Sheet)); n == 0 || n > maxSheetName || strings.ContainsAny(c.Sheet, `[]:*?/\`) {
		c.fail(c.Position, "sheet（工作表名称）应为 1 至 %d 个字，且不含 [ ] : * ? / \\", maxSheetName)
	}
	for _, w := range c.Columns {
		if w <= 0 || w > maxWidth {
			c.fail(c.Position, "columns 中的列宽 %v 应在 0 与 %d 之间", w, maxWidth)
		}
	}
	paper, orientation := value(c.Page.Paper), value(c.Page.Orientation)
	if _, ok := paperSizes[paper]; !ok {
		c.fail(c.Page.Position, "paper 应为 %s 之一，这里是“%s”", strings.Join(keys(paperSizes), "、"), paper)
	}
	if orientation != "portrait" && orientation != "landscape" {
		c.fail(c.Page.Position, "orientation 应为 portrait（纵向）或 landscape（横向），这里是“%s”", orientation)
	}
	for name := range c.Default {
		if !c.fieldExists(name) {
			c.fail(c.Position, "default 中没有“%s”这一项%s", name, strict.Meant(name, c.fieldNames()))
		}
	}
	if _, ok := c.Style[baseStyle]; !ok {
		c.fail(c.Position, "缺少 [style.%s]", baseStyle)
	}
	for _, name := range keys(c.Style) {
		c.look(name, c.Style[name])
	}
}

func (c *checker) row(r *Row, spans map[int]int) {
	if r.Height <= 0 || r.Height > maxHeight {
		c.fail(r.Position, "height（行高）应在 0 与 %d 磅之间，这里是 %v", maxHeight, r.Height)
	}
	taken := map[int]bool{}
	for col, left := range spans {
		if left > 0 {
			taken[col] = true
			spans[col]--
		}
	}
	for i := range r.Cells {
		cell := &r.Cells[i]
		var ok bool
		cell.first, cell.last, ok = columnRange(cell.At)
		if !ok || cell.last > len(c.Columns) {
			c.fail(cell.Position, "at 应为列名，如 B 或 B:D，不超过第 %d 列；这里是“%s”", len(c.Columns), cell.At)
			continue
		}
		for col := cell.first; col <= cell.last; col++ {
			if taken[col] {
				c.fail(cell.Position, "单元格 %s 与同一行或上方的单元格重叠", cell.At)
				break
			}
			taken[col] = true
		}
		for col := cell.first; col <= cell.last && cell.Rows > 1; col++ {
			spans[col] = cell.Rows - 1
		}
		c.cell(r, cell)
	}
}

func (c *checker) cell(r *Row, cell *Cell) {
	c.style(cell.Position, cell.Style)
	if cell.Rows < 0 {
		c.fail(cell.Position, "rows 不能是负数")
	}
	if cell.Text != "" && cell.Field != "" {
		c.fail(cell.Position, "text 与 field 只能写一个")
	}
	for _, name := range placeholders(cell.Text) {
		if !c.fieldExists(name) {
			c.fail(cell.Position, "text 中的 {%s} 不是表中的项目%s", name, strict.Meant(name, c.fieldNames()))
		}
	}
	if cell.Field == "" {
		if cell.Formula != "" || cell.Default != nil || cell.Merge {
			c.fail(cell.Position, "formula、default、merge 只用于有 field 的单元格")
		}
		return
	}
	name := r.field(cell)
	if !c.fieldExists(name) {
		c.fail(cell.Position, "没有“%s”这一项%s", name, strict.Meant(name, c.fieldNames()))
		return
	}
	if _, ok := c.Input[name]; !ok && cell.Formula == "" {
		if o := c.own(name); o != nil {
			c.Input[name] = usualInput(o)
		} else {
			c.fail(cell.Position, "缺少 [input.%q]：“%s”是可填写的单元格，须说明可以填什么", name, name)
		}
	}
	c.formula(cell.Position, "formula", cell.Formula, r)
	c.formula(cell.Position, "hide", cell.Hide, r)
}

func (c *checker) rest() {
	for i := range c.Highlight {
		h := &c.Highlight[i]
		c.style(h.Position, h.Style)
		r, _ := c.cellOf(h.Field)
		if r == nil {
			c.fail(h.Position, "highlight：版式中没有“%s”的单元格%s", h.Field, strict.Meant(h.Field, c.fieldNames()))
			continue
		}
		c.formula(h.Position, "when", h.When, r)
	}
	for _, name := range keys(c.Input) {
		in := c.Input[name]
		if !c.fieldExists(name) {
			c.fail(in.Position, "没有“%s”这一项%s", name, strict.Meant(name, c.fieldNames()))
			continue
		}
		if !slices.Contains([]string{"text", "decimal", "whole"}, in.Type) {
			c.fail(in.Position, "type 应为 text（文字）、decimal（数）或 whole（整数），这里是“%s”", in.Type)
		}
		if len([]rune(in.Prompt)) > maxPrompt || len([]rune(in.Error)) > maxError {
			c.fail(in.Position, "prompt 不超过 %d 字，error 不超过 %d 字", maxPrompt, maxError)
		}
		if r, _ := c.cellOf(name); r != nil {
			c.formula(in.Position, "min", in.Min, r)
			c.formula(in.Position, "max", in.Max, r)
		}
	}
	for _, b := range c.Blank {
		if b.Rows < 1 || b.Rows > 100 {
			c.fail(c.Position, "[[blank]] 的 rows 应在 1 与 100 之间，这里是 %d", b.Rows)
		}
	}
}

// value returns what a pointer points to.
func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (c *checker) style(at strict.Position, name string) {
	if _, ok := c.Style[name]; !ok {
		c.fail(at, "没有名为“%s”的样式%s", name, strict.Meant(name, keys(c.Style)))
	}
}

// formula checks that every {reference} of an expression leads to a cell.
func (c *checker) formula(at strict.Position, key, formula string, r *Row) {
	for _, name := range placeholders(formula) {
		if row, cell := c.resolve(name, r); row == nil || cell == nil {
			c.fail(at, "%s 中的 {%s} 不是表中的单元格", key, name)
		}
	}
	if strings.Count(formula, "(") != strings.Count(formula, ")") {
		c.fail(at, "%s 的括号不成对：%s", key, formula)
	} else if word := strangeWord(formula); word != "" {
		c.fail(at, "%s 应为数，或由数、函数和 {项目} 组成的公式；无法识别其中的“%s”：%s", key, word, formula)
	}
}

// cellOf returns the row and the cell in which a field, named in full, stands.
func (l *Layout) cellOf(field string) (*Row, *Cell) {
	for i := range l.Row {
		r := &l.Row[i]
		for j := range r.Cells {
			if cell := &r.Cells[j]; cell.Field != "" && cell.name == field {
				return r, cell
			}
		}
	}
	return nil, nil
}

// resolve returns the cell that {name} means in a row: a field of that row, of
// another block or of a 资金来源, in this order.
func (l *Layout) resolve(name string, from *Row) (*Row, *Cell) {
	for j := range from.Cells {
		if cell := &from.Cells[j]; cell.Field == name {
			return from, cell
		}
	}
	path := sheet.ParsePath(name)
	for i := range l.Row {
		r := &l.Row[i]
		if r.Fund != "" && r.Fund == path.Part {
			for j := range r.Cells {
				if cell := &r.Cells[j]; cell.Field == path.Label {
					return r, cell
				}
			}
		}
	}
	return l.cellOf(name)
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

func placeholders(s string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	return names
}

func keys[V any](m map[string]V) []string {
	list := make([]string, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}
