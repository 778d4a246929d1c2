package list

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/strict"
	"ziping/sheet/xlsx"
)

// source is one sheet of a workbook or one text file: rows of cells.
type source struct {
	file  string
	sheet string // "" of a text file
	rows  []row
	grid  *xlsx.Grid // nil of a text file

	titles map[string]bool // the texts above its head
}

// row is a row in which something stands.
type row struct {
	number int // of the row in its sheet, or of the line that it begins on
	cells  []cell
}

// cell is a cell with its place in a text file, if it is of one.
type cell struct {
	xlsx.Cell
	pos strict.Position
}

// at returns the cell of a column, an empty one where nothing stands.
func (r *row) at(col int) cell {
	i, ok := slices.BinarySearchFunc(r.cells, col, func(c cell, col int) int { return c.Col - col })
	if !ok {
		return cell{}
	}
	return r.cells[i]
}

func (c *cell) empty() bool {
	return c.Kind == xlsx.Empty && !c.HasFormula || c.Kind == xlsx.String && quantity.Blank(c.Text)
}

// place returns where a cell stands, and what a person sees there.
func (c *cell) place() sheet.Cell {
	at := sheet.Cell{Typed: c.Text, Pos: c.pos}
	if c.pos.Line == 0 {
		at.Ref = xlsx.Ref(c.Row, c.Col)
	}
	return at
}

// merged returns the merged area of a cell, and whether it is of several cells.
func (p *source) merged(row, col int) (xlsx.Range, bool) {
	if p.grid == nil {
		return xlsx.Range{}, false
	}
	return p.grid.Merge(row, col)
}

// above returns the cell of a column in a row, and where the cell is merged with
// some above it, the one at the top.
func (p *source) above(r *row, col int) (c cell, own bool) {
	if area, ok := p.merged(r.number, col); ok && area.FirstRow < r.number && area.FirstCol == col {
		top, _ := p.grid.At(area.FirstRow, col)
		return cell{Cell: top}, false
	}
	return r.at(col), true
}

// problem is something wrong at a cell of the page.
func (p *source) problem(at sheet.Cell, format string, args ...any) error {
	return &problem{File: p.file, Sheet: p.sheet, Cell: at, Message: fmt.Sprintf(format, args...)}
}

// problem is something wrong in a project list.
type problem struct {
	File, Sheet string     // Sheet is "" of a text file
	Cell        sheet.Cell // with neither Ref nor Pos where it is about all of the sheet
	Message     string
}

// Error names the place as the other commands do: 清单.xlsx：项目!C5：…, and
// 清单.csv:5:3: … of a text file.
func (p *problem) Error() string {
	return place(p.File, p.Sheet, p.Cell) + lineBreaks().ReplaceAllString(p.Message, "")
}

// lineBreaks are those of a heading that a message repeats.
var lineBreaks = pattern(func() string { return `\s*[\r\n]\s*` })

// place is what stands before a message about a cell.
func place(file, sheet string, at sheet.Cell) string {
	switch {
	case at.Pos.Line > 0:
		return fmt.Sprintf("%s:%d:%d: ", file, at.Pos.Line, at.Pos.Column)
	case at.Ref != "":
		return fmt.Sprintf("%s：%s!%s：", file, sheet, at.Ref)
	case sheet != "":
		return fmt.Sprintf("%s：%s：", file, sheet)
	}
	return file + "："
}

// maxCells bounds a list: a real one has some thousands of rows.
const maxCells = 2_000_000

var errNoList = errors.New("应为 .toml、.json、.csv 或 .xlsx 文件")

// pages returns the sheets of a list that people see.
func pages(f File) ([]source, error) {
	ext := strings.ToLower(filepath.Ext(f.Name))
	text := slices.Contains([]string{".csv", ".tsv", ".txt"}, ext)
	if text && !bytes.HasPrefix(f.Data, []byte("PK\x03\x04")) {
		return textPage(f)
	}
	if !text && !slices.Contains([]string{".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".ods", ".xlsb"}, ext) {
		return nil, &problem{File: f.Name, Message: errNoList.Error()}
	}
	limits := xlsx.DefaultLimits()
	limits.Cells = maxCells
	wb, err := xlsx.OpenLimits(f.Data, limits)
	if err != nil {
		return nil, &problem{File: f.Name, Message: err.Error()}
	}
	var list []source
	for i, s := range wb.Sheets() {
		if s.State != xlsx.Visible {
			continue
		}
		g, err := wb.Grid(i)
		if err != nil {
			return nil, &problem{File: f.Name, Message: err.Error()}
		}
		p := source{file: f.Name, sheet: s.Name, grid: g}
		for _, c := range g.Cells() {
			p.add(cell{Cell: c})
		}
		list = append(list, p)
	}
	return list, nil
}

// maxColumns is how many columns of a list are looked at.
const maxColumns = 1000

// add appends a cell; cells come in the order of rows, then columns.
func (p *source) add(c cell) {
	if c.Col > maxColumns {
		return
	}
	if n := len(p.rows); n == 0 || p.rows[n-1].number != c.Row {
		p.rows = append(p.rows, row{number: c.Row})
	}
	last := &p.rows[len(p.rows)-1]
	last.cells = append(last.cells, c)
}
