package xlsx

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"sync"

	"ziping/sheet/opc"
)

func (w *Workbook) readGrid(part string) (*Grid, error) {
	r := gridReaders.Get().(*gridReader)
	defer r.recycle()
	r.workbook, r.limits, r.others, r.grid, r.ordered = w, w.limits, w.used.others(part), new(Grid), true
	if err := w.pkg.Read(part, opc.Spreadsheet, opc.Root("worksheet"), r.child); err != nil {
		return nil, err
	}
	r.grid.merges = newMergeIndex(r.merges)
	r.smallRows.order()
	r.smallCols.order()
	for _, x := range r.smallRows {
		if x.size == 0 {
			r.grid.hidden = append(r.grid.hidden, x)
		}
	}
	if err := r.complete(w); err != nil {
		return nil, err
	}
	w.used.add(part, usage{int64(len(r.cells)), r.areas, r.size})
	r.order()
	r.grid.count()
	return r.grid, nil
}

// formCells is about how many cells of a form are filled.
const formCells = 128

// gridReaders are reused, with the memory that they work in.
var gridReaders = sync.Pool{New: func() any {
	return &gridReader{workspace: workspace{cells: make([]Cell, 0, formCells), looks: map[int32]look{}}}
}}

// workspace is memory that serves one sheet after another.
type workspace struct {
	cells        []Cell
	todo         []pending // for each cell
	formulas     []formulaCell
	merges       []Range
	conditionals []conditional
	areasOf      []Range // a conditional format
	looks        map[int32]look

	value, formula []byte // buffers
}

// mostKept is how many cells a sheet has at most whose memory serves others.
const mostKept = 4096

// recycle lets another sheet use the reader. Nothing of this one stays.
func (r *gridReader) recycle() {
	w := r.workspace
	if w.cells == nil || cap(w.cells) > mostKept || cap(w.formula)+cap(w.value) > 1<<16 {
		return
	}
	clear(w.cells)
	clear(w.todo)
	clear(w.looks)
	clear(w.conditionals)
	*r = gridReader{workspace: workspace{w.cells[:0], w.todo[:0], w.formulas[:0], w.merges[:0], w.conditionals[:0], w.areasOf[:0], w.looks, w.value[:0], w.formula[:0]}}
	gridReaders.Put(r)
}

// gridReader reads the XML of one sheet.
type gridReader struct {
	*opc.Scanner
	workspace
	workbook *Workbook
	limits   Limits
	others   usage // by other sheets
	areas    int64 // merged ones, also those of a single cell
	grid     *Grid
	texts    texts

	row, col int   // the position of the last cell, or of what had none
	size     int64 // of all texts and formulas
	ordered  bool  // so far the cells are

	strings   []string  // that sheets share; nil while none was needed
	formats   []*format // conditional ones, of the cells that may show them
	styles    *styles
	smallRows spans // those that are hidden among them
	smallCols spans
	open      []Range // that may be changed also where the sheet is protected
}

// child reads a child of the sheet's root element.
func (r *gridReader) child(s *opc.Scanner) error {
	r.Scanner = s
	switch string(s.Name) {
	case "cols":
		return s.Each("col", r.readColumns)
	case "conditionalFormatting":
		return r.readConditions()
	case "sheetData":
		return s.Each("row", r.readRow)
	case "protectedRanges":
		return s.Each("protectedRange", r.readOpen)
	case "mergeCells":
		return s.Each("mergeCell", r.readMerge)
	case "sheetProtection":
		v, err := s.Attr("sheet")
		r.grid.protected = opc.IsTrue(v)
		return err
	}
	return nil
}

// readRow reads a <row>. One without a number follows the one before.
func (r *gridReader) readRow() error {
	r.row, r.col = r.row+1, 0
	hidden := false
	var height []byte
	for _, a := range r.Attrs {
		switch string(a.Name) {
		case "r":
			n, ok := parseIndex(a.Value)
			if !ok || n < 1 || n > maxRow {
				return r.Errorf("的行号 %s 无效", opc.Shorten(a.Value))
			}
			r.row = n
		case "hidden":
			hidden = opc.IsTrue(string(a.Value))
		case "ht":
			height = a.Value
		}
	}
	if r.row > maxRow {
		return r.Errorf("的行超过 %d 行", maxRow)
	}
	if size, ok := unreadable(hidden, height, readableHeight); ok {
		r.smallRows.add(span{r.row, r.row, size})
	}
	if r.Empty() {
		return nil
	}
	return r.Each("c", r.readCell)
}

// readCell reads a <c>. One without a reference follows the one before.
func (r *gridReader) readCell() error {
	raw := rawCell{row: r.row, col: r.col + 1, kind: rawNumber}
	for _, a := range r.Attrs {
		switch string(a.Name) {
		case "r":
			var ok bool
			raw.row, raw.col, ok = parseRef(a.Value)
			if !ok {
				return r.Errorf("的单元格位置 %s 无效", opc.Shorten(a.Value))
			}
		case "s":
			n, _ := parseIndex(a.Value)
			raw.style = int32(n)
		case "t":
			raw.kind = rawKind(a.Value)
		}
	}
	r.row, r.col = raw.row, raw.col
	if r.col > maxCol {
		return r.Errorf("的列超过 %d 列", maxCol)
	}
	if r.Empty() {
		return nil
	}
	if err := r.readContent(&raw); err != nil {
		return err
	}
	if raw.empty() {
		return nil
	}
	return r.add(&raw)
}

// readContent reads what stands in a <c>.
func (r *gridReader) readContent(raw *rawCell) error {
	return r.Children(func() (err error) {
		switch string(r.Name) {
		case "v":
			r.value, err = r.Text(r.value[:0])
			raw.value, raw.hasValue = r.value, true
		case "f":
			err = r.readFormula(raw)
			raw.formula, raw.hasF = r.texts.plain(bytes.TrimPrefix(r.formula, []byte("="))), true
		case "is":
			raw.inline, raw.runs, err = r.texts.rich(r.Scanner)
			raw.hasInline = true
		}
		return err
	})
}

// add appends a cell to the grid.
func (r *gridReader) add(raw *rawCell) error {
	if r.others.cells+int64(len(r.cells)) >= r.limits.Cells {
		return opc.TooMany("cells", "非空单元格", r.limits.Cells, "个")
	}
	cell, todo := raw.cell(&r.texts)
	if n := len(r.cells); n > 0 && byPosition(r.cells[n-1], cell) >= 0 {
		r.ordered = false
	}
	if raw.hasF {
		raw.f.index, raw.f.style = len(r.cells), raw.style
		r.formulas = append(r.formulas, raw.f)
	}
	r.cells = append(r.cells, cell)
	r.todo = append(r.todo, todo)
	return r.grow(len(cell.Text) + len(cell.Formula))
}

// grow counts the texts of the sheet.
func (r *gridReader) grow(n int) error {
	r.size += int64(n)
	if r.others.text+r.size > r.limits.TextSize {
		return opc.TooBig("text-size", "工作表的文字合计", r.limits.TextSize)
	}
	return nil
}

// readMerge reads a <mergeCell>.
func (r *gridReader) readMerge() error {
	ref, err := r.AttrBytes("ref")
	if err != nil {
		return err
	}
	area, ok := ParseArea(string(ref))
	if !ok {
		return r.Errorf("的合并区域 %s 无效", opc.Shorten(ref))
	}
	if r.others.merges+r.areas >= r.limits.Merges {
		return opc.TooMany("merges", "合并区域", r.limits.Merges, "个")
	}
	r.areas++
	if area.FirstRow < area.LastRow || area.FirstCol < area.LastCol {
		r.merges = append(r.merges, area)
	}
	return nil
}

// complete looks up shared strings and styles.
func (r *gridReader) complete(w *Workbook) error {
	if len(r.cells) == 0 {
		return nil
	}
	var err error
	r.styles, err = w.styles()
	if err != nil {
		return err
	}
	for i := range r.cells {
		c, todo := &r.cells[i], r.todo[i]
		if todo.shared {
			todo.runs, err = r.share(c)
			if err != nil {
				return err
			}
		}
		look, err := r.look(todo.style)
		if err != nil {
			return err
		}
		grown := 0
		switch {
		case todo.date:
			c.setDate(look.format, w.date1904)
		case c.Kind == Number:
			c.setNumber(look.format, w.date1904, &r.texts)
			grown = len(c.Text)
			if c.Rounding != nil {
				grown += len(c.Rounding.Shown) + len(c.Rounding.Stored)
			}
		}
		c.Percent, c.Unlocked = look.percent(), look.unlocked || r.isOpen(c.Row, c.Col)
		if err := r.mask(c, look, todo.runs); err != nil {
			return err
		}
		if err := r.grow(grown + len(c.Shown)); err != nil {
			return err
		}
	}
	r.grid.date1904 = w.date1904
	return r.completeFormulas()
}

// share gives a cell its shared string, and returns the runs of that.
func (r *gridReader) share(c *Cell) (runs []run, err error) {
	if r.strings == nil {
		r.strings, err = r.workbook.strings()
		if err != nil {
			return nil, err
		}
	}
	i := int(c.Value)
	if i < 0 || i >= len(r.strings) {
		return nil, fmt.Errorf("单元格 %s 引用了不存在的共享字符串，文件已损坏", Ref(c.Row, c.Col))
	}
	c.Text, c.Value = r.strings[i], 0
	return r.workbook.runs[i], nil
}

// order sorts the cells if they are not sorted. Of several cells in one place
// the last stays. Those that turned out to be empty go.
func (r *gridReader) order() {
	cells := r.cells
	if !r.ordered {
		slices.SortStableFunc(cells, byPosition)
		slices.SortStableFunc(r.grid.shows, func(a, b shows) int { return cmp.Or(a.row-b.row, a.col-b.col) })
	}
	kept := cells[:0]
	for i, c := range cells {
		if i+1 < len(cells) && byPosition(c, cells[i+1]) == 0 {
			continue
		}
		if c.Text == "" && !c.HasFormula {
			continue
		}
		kept = append(kept, c)
	}
	if cap(cells) > mostKept {
		clear(cells[len(kept):])
		r.grid.cells, r.cells = kept, nil
		return
	}
	r.grid.cells = slices.Clone(kept)
}

func byPosition(a, b Cell) int { return cmp.Or(a.Row-b.Row, a.Col-b.Col) }
