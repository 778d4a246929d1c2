package convert

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/xlsx"
)

// The limits of a table in a text or a web page. A thousand forms below each
// other stay within them.
const (
	maxText    = 16 << 20 // bytes
	maxRows    = 100_000
	maxColumns = 1_000
	maxCells   = 1_000_000 // empty ones too
)

var (
	errText    = errors.New("文本超过 16 MB，不像是自评表")
	errRows    = fmt.Errorf("表格超过 %d 行，不像是自评表", maxRows)
	errCells   = fmt.Errorf("表格超过 %d 个单元格，不像是自评表", maxCells)
	errColumns = fmt.Errorf("表格超过 %d 列，不像是自评表", maxColumns)
)

// grid is a table of texts on its way into a workbook.
type grid struct {
	f      *excelize.File
	w      *excelize.StreamWriter
	rows   int
	cells  int
	merged []xlsx.Range
}

func newGrid() (*grid, error) {
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	return &grid{f: f, w: w}, err
}

// add adds a row.
func (g *grid) add(texts []string) error {
	if g.rows++; g.rows > maxRows {
		return errRows
	}
	if len(texts) > maxColumns {
		return errColumns
	}
	g.cells += len(texts)
	if g.cells > maxCells {
		return errCells
	}
	row := make([]any, len(texts))
	for i, s := range texts {
		row[i] = value(s)
	}
	return g.w.SetRow(xlsx.Ref(g.rows, 1), row)
}

// plain is a number that reads back as it is written.
var plain = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?$`)

// value is what a cell holds: a number, or the text as it is, so that neither
// =400 场 becomes a formula nor 1-2 a date.
func value(s string) any {
	if s == "" {
		return nil
	}
	if plain.MatchString(s) {
		if v, err := strconv.ParseFloat(s, 64); err == nil && !math.IsInf(v, 0) {
			return v
		}
	}
	return s
}

// bytes returns the workbook.
func (g *grid) bytes() ([]byte, error) {
	defer g.f.Close()
	for _, m := range g.merged {
		if err := g.w.MergeCell(xlsx.Ref(m.FirstRow, m.FirstCol), xlsx.Ref(m.LastRow, m.LastCol)); err != nil {
			return nil, err
		}
	}
	if err := g.w.Flush(); err != nil {
		return nil, err
	}
	b, err := g.f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
