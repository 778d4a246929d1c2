package template

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// cellKind tells what a cell of a drawn form is.
type cellKind int

const (
	label   cellKind = iota // a text of the layout
	printed                 // a value that the project file gives: locked
	input                   // a value that the department fills in
	derived                 // a formula
)

// box is one cell of a drawn form.
type box struct {
	*Cell
	line  int // index of its line
	until int // index of the last line that it covers
	area  xlsx.Range
	kind  cellKind
	field string     // full name; empty for labels
	path  sheet.Path // of its value, for errors
	value any        // what stands there: string, float64 or nil
	given any        // what the project file says of a derived cell
	expr  string     // formula, in cells
}

// line is one row of a drawn form. It takes several rows of the sheet where its
// text is too long for one.
type line struct {
	*Row
	part   any // whose unqualified fields stand here
	path   sheet.Path
	height float64 // points, altogether
	top    int     // first row of the sheet
	rows   int     // rows of the sheet
}

// plan is a form laid out for one project: where every cell stands and what is
// in it. It knows nothing of workbooks.
type plan struct {
	layout *Layout
	table  *sheet.Table
	lines  []*line
	boxes  []*box
	byCell map[*Cell][]*box
	last   int // last row of the sheet
}

// newPlan lays out a form.
func newPlan(l *Layout, t *sheet.Table) (*plan, error) {
	p := &plan{layout: l, table: t.As(l.form), byCell: map[*Cell][]*box{}}
	p.addLines()
	p.addBoxes()
	p.mergeLevels()
	p.setHeights()
	p.place()
	if err := p.derive(); err != nil {
		return nil, err
	}
	p.settle()
	return p, p.checkPlaced()
}

// indicators returns the rows of 绩效指标: those of the project, or blank ones.
func (p *plan) indicators() []sheet.Indicator {
	if len(p.table.Indicators) > 0 {
		return p.table.Indicators
	}
	var list []sheet.Indicator
	for _, b := range p.layout.Blank {
		for range b.Rows {
			x := p.table.NewIndicator()
			x.Level1, x.Level2 = sheet.T(b.Level1), sheet.T(b.Level2)
			list = append(list, x)
		}
	}
	return list
}

// rows returns the rows of a list of the form's own: those of the project, or blank
// ones.
func (p *plan) rows(r *Row) []sheet.Row {
	list := p.table.List(r.Each)
	if len(list.Rows) > 0 {
		return list.Rows
	}
	blank := *list
	for range max(r.Blank, 1) {
		blank.Add()
	}
	return blank.Rows
}

// item returns the row of a list of the form's own whose first field says what the
// layout prints there, with its index.
func (p *plan) item(r *Row) (*sheet.Row, int) {
	list := p.table.List(r.List)
	for i := range list.Rows {
		if first, ok := list.Rows[i].Own[0].Value.(*sheet.Text); ok && sheet.Fold(first.Value) == sheet.Fold(r.Item) {
			return &list.Rows[i], i
		}
	}
	blank := *list
	row := blank.Add()
	if first, ok := row.Own[0].Value.(*sheet.Text); ok {
		first.Value = r.Item
	}
	return row, len(list.Rows)
}

func (p *plan) addLines() {
	indicators := p.indicators()
	for i := range p.layout.Row {
		r := &p.layout.Row[i]
		switch {
		case r.Each == sheet.LabelIndicators:
			for j := range indicators {
				p.lines = append(p.lines, &line{Row: r, part: &indicators[j], path: sheet.RowPath(r.Each, j)})
			}
		case r.Each != "":
			rows := p.rows(r)
			for j := range rows {
				p.lines = append(p.lines, &line{Row: r, part: &rows[j], path: sheet.RowPath(r.Each, j)})
			}
		case r.List != "":
			row, j := p.item(r)
			p.lines = append(p.lines, &line{Row: r, part: row, path: sheet.RowPath(r.List, j)})
		case r.Fund != "":
			p.lines = append(p.lines, &line{Row: r, part: p.table.Fund(r.Fund), path: sheet.FundPath(r.Fund)})
		default:
			p.lines = append(p.lines, &line{Row: r, part: p.table})
		}
	}
}

// value returns the value that belongs into a field of a line, and its path.
func (p *plan) value(ln *line, field string) (sheet.Path, sheet.Value) {
	if v := sheet.Lookup(ln.part, field); v != nil {
		return ln.path.Of(field), v
	}
	path := sheet.ParsePath(field)
	return path, p.table.At(path)
}

func (p *plan) addBoxes() {
	n := 0
	for _, ln := range p.lines {
		n += len(ln.Cells)
	}
	all := make([]box, n)
	p.boxes = make([]*box, 0, n)
	for i, ln := range p.lines {
		for j := range ln.Cells {
			spec := &ln.Cells[j]
			b := &all[len(p.boxes)]
			*b = box{Cell: spec, line: i, until: p.coveredUntil(i, spec.Rows)}
			p.fill(b, ln)
			p.boxes = append(p.boxes, b)
			p.byCell[spec] = append(p.byCell[spec], b)
		}
	}
}

// coveredUntil returns the last line that a cell of line i covers, of which the
// layout says over how many of its rows it goes.
func (p *plan) coveredUntil(i, rows int) int {
	if rows <= 1 {
		return i
	}
	for ; i+1 < len(p.lines); i++ {
		if p.lines[i+1].Row != p.lines[i].Row {
			if rows--; rows == 0 {
				break
			}
		}
	}
	return i
}

// fill decides what a box is and what stands in it.
func (p *plan) fill(b *box, ln *line) {
	if b.Field == "" {
		b.value = p.expand(b.Text)
		return
	}
	path, v := p.value(ln, b.Field)
	b.field, b.path, b.value = b.name, path, v.Any()
	if x, ok := ln.part.(*sheet.Indicator); ok && b.value != nil {
		switch target, actual := x.Bare(); v {
		case &x.Target:
			b.value = target
		case &x.Actual:
			b.value = actual
		}
	}
	switch {
	case b.Formula != "":
		b.kind, b.given, b.value = derived, b.value, nil
	case b.value == nil && b.Default != nil:
		b.kind, b.value = printed, *b.Default
	case b.value == nil:
		b.kind = input
	default:
		b.kind = printed
	}
}

// expand puts the table's values into a text of the layout.
func (p *plan) expand(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(m string) string {
		name := m[1 : len(m)-1]
		if _, v := p.value(&line{part: p.table}, name); v.Any() != nil {
			return sheet.Show(v)
		}
		return p.layout.Default[name]
	})
}

// mergeLevels merges a level over the lines below that have the same name (and
// the same level above it), and prints its weight.
func (p *plan) mergeLevels() {
	var specs []*Cell
	for _, r := range p.layout.Row {
		for j := range r.Cells {
			if r.Cells[j].Merge {
				specs = append(specs, &r.Cells[j])
			}
		}
	}
	starts := map[int]bool{} // lines on which a level to the left begins
	for _, spec := range specs {
		var open *box
		for _, b := range p.byCell[spec] {
			if open != nil && b.value != nil && b.value == open.value && !starts[b.line] {
				open.until = b.line
				p.remove(b)
				continue
			}
			open = b
			starts[b.line] = true
		}
		if spec.Weight {
			for _, b := range p.byCell[spec] {
				p.printWeight(b)
			}
		}
	}
}

func (p *plan) remove(b *box) {
	is := func(x *box) bool { return x == b }
	p.boxes = slices.DeleteFunc(p.boxes, is)
	p.byCell[b.Cell] = slices.DeleteFunc(slices.Clone(p.byCell[b.Cell]), is)
}

// printWeight adds to the name of a level the 分值 of its rows: 产出指标(50分).
func (p *plan) printWeight(b *box) {
	name, ok := b.value.(string)
	if !ok {
		return
	}
	sum, known := 0.0, true
	for _, ln := range p.lines[b.line : b.until+1] {
		w := ln.part.(*sheet.Indicator).Weight
		sum, known = sum+w.Value, known && w.Known
	}
	if !known {
		weight, ok := p.layout.Weights[name]
		if !ok {
			return
		}
		sum = weight
	}
	b.value = fmt.Sprintf("%s\n(%s分)", name, quantity.FormatNumber(sum))
}

// place gives every line its rows and every box its cells.
func (p *plan) place() {
	top := 1
	for _, ln := range p.lines {
		ln.top = top
		top += ln.rows
	}
	p.last = top - 1
	for _, b := range p.boxes {
		until := p.lines[b.until]
		b.area = xlsx.Range{
			FirstRow: p.lines[b.line].top, FirstCol: b.first,
			LastRow: until.top + until.rows - 1, LastCol: b.last,
		}
	}
}

// derive resolves the formulas. A derived cell becomes a printed one where the
// project file gives it and nothing that it follows from.
func (p *plan) derive() error {
	for _, b := range p.boxes {
		if b.kind != derived {
			continue
		}
		expr, err := p.resolve(b.Formula, b.line)
		if err != nil {
			return err
		}
		b.expr = expr
		if b.given != nil && !p.known(expr) {
			b.kind, b.value, b.expr = printed, b.given, ""
		}
	}
	return nil
}

// resolve puts cells in place of the {references} of an expression, as seen
// from a line.
func (p *plan) resolve(expr string, from int) (string, error) {
	if !strings.Contains(expr, "{") {
		return expr, nil
	}
	var failed error
	s := placeholder.ReplaceAllStringFunc(expr, func(m string) string {
		_, spec := p.layout.resolve(m[1:len(m)-1], p.lines[from].Row)
		boxes := p.byCell[spec]
		if len(boxes) == 0 {
			failed = fmt.Errorf("版式 %s：公式 %s 中的 %s 没有对应的单元格", p.layout.Name, expr, m)
			return m
		}
		for _, b := range boxes {
			if b.line == from {
				return b.ref()
			}
		}
		if first, last := boxes[0], boxes[len(boxes)-1]; first != last {
			return first.ref() + ":" + last.ref()
		}
		return boxes[0].ref()
	})
	return s, failed
}

func (b *box) ref() string { return xlsx.Ref(b.area.FirstRow, b.area.FirstCol) }

var references = regexp.MustCompile(`([A-Z]+)([0-9]+)(?::([A-Z]+)([0-9]+))?`)

// known reports whether any cell that an expression refers to has a value.
func (p *plan) known(expr string) bool {
	return slices.ContainsFunc(p.references(expr), func(b *box) bool { return b.Default == nil && (b.value != nil || b.given != nil) })
}

// references returns the boxes that an expression refers to.
func (p *plan) references(expr string) []*box {
	var list []*box
	for _, m := range references.FindAllString(expr, -1) {
		area, ok := xlsx.ParseRange(m)
		if !ok {
			continue
		}
		for _, b := range p.boxes {
			if area.Contains(b.area.FirstRow, b.area.FirstCol) {
				list = append(list, b)
			}
		}
	}
	return list
}

// checkPlaced refuses a project that says what the layout has no cell for:
// dropping it without a word would lose it.
func (p *plan) checkPlaced() error {
	for _, f := range p.table.Funds {
		if !slices.ContainsFunc(p.layout.Row, func(r Row) bool { return r.Fund == f.Source.Value }) {
			return fmt.Errorf("项目资金：版式 %s 没有资金来源“%s”%s", p.layout.Name, f.Source.Value, strict.Meant(f.Source.Value, p.sources()))
		}
	}
	for _, part := range p.table.Parts() {
		for f := range sheet.Fields(part.Part) {
			if f.Value.Any() != nil && !p.prints(part, f.Label) {
				return fmt.Errorf("版式 %s 没有填写“%s”的单元格，请删去这一项，或换用别的版式", p.layout.Name, part.Path.Of(f.Label))
			}
		}
	}
	return nil
}

func (p *plan) sources() []string {
	var list []string
	for _, r := range p.layout.Row {
		if r.Fund != "" {
			list = append(list, r.Fund)
		}
	}
	return list
}

// prints reports whether a field of a part of the table has a cell.
func (p *plan) prints(part sheet.Part, label string) bool {
	if _, fund := part.Part.(*sheet.Fund); fund && label == sheet.LabelSource {
		return true // the row says it
	}
	if row, own := part.Part.(*sheet.Row); own {
		return p.printsRow(part.Path.Part, row, label)
	}
	if _, indicator := part.Part.(*sheet.Indicator); indicator {
		_, c := p.layout.cellOf(sheet.ColumnOf(sheet.LabelIndicators, label))
		return c != nil
	}
	for _, b := range p.boxes {
		if b.path == part.Path.Of(label) || strings.Contains(b.Text, "{"+label+"}") {
			return true
		}
	}
	return false
}

// printsRow reports whether a field of a row of a list of the form's own has a cell.
func (p *plan) printsRow(list string, row *sheet.Row, label string) bool {
	if _, c := p.layout.cellOf(list + "." + label); c != nil && slices.ContainsFunc(p.layout.Row, func(r Row) bool { return r.Each == list }) {
		return true
	}
	return slices.ContainsFunc(p.lines, func(ln *line) bool {
		return ln.part == any(row) && (label == row.Own[0].Label || slices.ContainsFunc(ln.Cells, func(c Cell) bool { return c.Field == label }))
	})
}
