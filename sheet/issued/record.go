package issued

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/rawjson"
	"ziping/sheet/xlsx"
)

// RecordSheet is the very hidden sheet of a workbook on which stands what was
// issued.
const RecordSheet = "_ziping"

// Mark is the description among the properties of every workbook that has a
// record. It stays when the record sheet is taken out.
const Mark = "由 ziping 发出"

// Record is what was issued: the layout, the project, and what each cell is.
type Record struct {
	Layout   string            `json:"layout"`
	Version  int               `json:"version"` // of the layout
	Sheet    string            `json:"sheet"`
	Form     string            `json:"form,omitempty"`    // its name
	Files    []sheet.FormFile  `json:"files,omitempty"`   // of a form that is not built in
	Blank    bool              `json:"blank,omitempty"`   // issued without a project: it serves any
	Checked  bool              `json:"checked,omitempty"` // with the sheet 填报检查
	Issued   *sheet.Table      `json:"issued"`
	Locked   map[string]any    `json:"locked"`   // texts and numbers by cell
	Formulas map[string]string `json:"formulas"` // by cell
	Inputs   []string          `json:"inputs"`   // cells
}

const (
	// recordChunk is how much of a record stands in one cell, in bytes: less than
	// a cell holds, whatever the text.
	recordChunk = 30000
	// maxRecord is the longest record that is read, in bytes, and maxRecordCells
	// the most cells of one: far more than a form of 1,000 indicators has.
	maxRecord      = 16 << 20
	maxRecordCells = 20_000
)

// RecordCell is a cell of the RecordSheet.
type RecordCell struct {
	Row, Col int
	Text     string
}

// Ref names the cell.
func (c RecordCell) Ref() string { return xlsx.Ref(c.Row, c.Col) }

// Cells returns the record as it stands on the RecordSheet, row by row: down column A,
// and with a key its seal in B1.
func (r *Record) Cells(key []byte) ([]RecordCell, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	// ASCII alone can be cut anywhere, and no program normalizes it.
	text := ascii(b)
	var seal string
	if len(key) > 0 {
		seal = Seal(key, text)
	}
	var cells []RecordCell
	for row := 1; text != ""; row++ {
		n := min(len(text), recordChunk)
		cells = append(cells, RecordCell{row, 1, text[:n]})
		if row == 1 && seal != "" {
			cells = append(cells, RecordCell{1, 2, seal})
		}
		text = text[n:]
	}
	return cells, nil
}

// written is a record as it stands in a workbook.
type Written struct {
	text, seal string

	issue *issue // what it says, once it was asked for; nil where it is damaged
	read  bool
}

// readRecord reads the record sheet of a workbook. One that can't be read is
// empty: the form itself still can.
func ReadRecord(wb *xlsx.Workbook, sheet int) *Written {
	w := new(Written)
	grid, err := wb.Grid(sheet)
	if err != nil {
		return w
	}
	var chunks []string
	size := 0
	for _, c := range grid.Cells() {
		switch {
		case c.Col == 1 && size <= maxRecord:
			chunks = append(chunks, c.Text)
			size += len(c.Text)
		case c.Row == 1 && c.Col == 2:
			w.seal = c.Text
		}
	}
	w.text = strings.Join(chunks, "")
	return w
}

// Of returns the record of a workbook: what was issued. It is nil where there is
// none that can be read. Nobody has looked at its seal.
func Of(data []byte, limits xlsx.Limits) *Record {
	wb, err := xlsx.OpenLimits(data, limits)
	if err != nil {
		return nil
	}
	for i, s := range wb.Sheets() {
		if s.Name != RecordSheet {
			continue
		}
		r := new(Record)
		text := ReadRecord(wb, i).text
		if len(text) > maxRecord || json.Unmarshal([]byte(text), r) != nil || r.Issued == nil {
			return nil
		}
		return r
	}
	return nil
}

// issue is what the comparison takes of a record.
type issue struct {
	layout, sheet string
	form          string
	files         []sheet.FormFile
	blank         bool
	checked       bool
	version       float64
	project       string             // "" where it was issued without
	year          float64            // 0 where it was issued without
	totals        map[string]float64 // of the whole money, by label, those that were given
	cells         []issuedCell
	rows          []issuedRow
	width         int // columns
	texts         rawjson.Texts
}

// issuedRow is a row of the form as it was issued.
type issuedRow struct {
	row    int
	locked int          // how many of its cells hold a text or a number
	cells  []issuedCell // by column
}

// issuedCell is a cell that the record knows. The department fills it in where it
// is neither locked nor a formula.
type issuedCell struct {
	row, col int
	kind     issuedKind
	text     string // or the formula
	number   float64
}

type issuedKind uint8

const (
	issuedInput issuedKind = iota
	issuedText
	issuedNumber
	issuedFormula
)

// locked reports whether a text or a number was issued in the cell.
func (c *issuedCell) locked() bool { return c.kind == issuedText || c.kind == issuedNumber }

// show returns what was issued in the cell as a person would read it.
func (c *issuedCell) show() string {
	if c.kind == issuedNumber {
		return quantity.FormatNumber(c.number)
	}
	return c.text
}

// decode makes sense of a record. It believes nothing: anybody may have written
// it. ok is false where the record is damaged.
func (w *Written) decode() (r *issue, ok bool) {
	if !w.read {
		w.read = true
		if r, ok := w.parse(); ok {
			w.issue = r
		}
	}
	return w.issue, w.issue != nil
}

func (w *Written) parse() (r *issue, ok bool) {
	if len(w.text) > maxRecord {
		return nil, false
	}
	m := parsing.Get().(*memory)
	defer m.release()
	m.text = append(m.text, w.text...)
	if !utf8.Valid(m.text) || !rawjson.Valid(m.text) {
		return nil, false
	}
	r = &issue{cells: m.cells}
	r.texts.Expect(len(m.text) / 2) // for an escaped letter is twice as long
	err := r.read(bytes.TrimSpace(m.text))
	m.cells = r.cells
	if err != nil {
		return nil, false
	}
	r.cells = m.inOrder()
	return r, r.addRows()
}

// memory is what records are taken apart in, one after another.
type memory struct {
	text   []byte
	cells  []issuedCell
	places []uint64
}

var parsing = sync.Pool{New: func() any { return new(memory) }}

// release lets another record use the memory. Nothing of this one stays.
func (m *memory) release() {
	const most = 4096 // cells that are kept, and as many bytes for each as the text of one has
	if cap(m.cells) > most || cap(m.text) > 64*most {
		return
	}
	clear(m.cells)
	m.text, m.cells, m.places = m.text[:0], m.cells[:0], m.places[:0]
	parsing.Put(m)
}

// add adds a cell.
func (r *issue) add(ref string, c issuedCell) error {
	var ok bool
	c.row, c.col, ok = xlsx.ParseRef(ref)
	if !ok || len(r.cells) == maxRecordCells {
		return errRecord
	}
	r.cells = append(r.cells, c)
	return nil
}

// inOrder returns the cells sorted by row and column.
func (m *memory) inOrder() []issuedCell {
	const bits = 16 // a cell's place among them has no more, nor has a column
	for i := range m.cells {
		m.places = append(m.places, uint64(m.cells[i].row)<<(2*bits)|uint64(m.cells[i].col)<<bits|uint64(i))
	}
	slices.Sort(m.places) // in half the time that cells take, which are large
	sorted := make([]issuedCell, len(m.cells))
	for i, p := range m.places {
		sorted[i] = m.cells[p&(1<<bits-1)]
	}
	return sorted
}

// addRows brings the sorted cells into rows.
func (r *issue) addRows() (ok bool) {
	cells := r.cells
	rows := 0
	for i := range cells {
		if i == 0 || cells[i].row != cells[i-1].row {
			rows++
		}
	}
	r.rows = make([]issuedRow, 0, rows)
	for i := range cells {
		c := &cells[i]
		if i == 0 || c.row != cells[i-1].row {
			r.rows = append(r.rows, issuedRow{row: c.row, cells: cells[i:i]})
		} else if c.col == cells[i-1].col {
			return false // two things in one cell
		}
		last := &r.rows[len(r.rows)-1]
		last.cells = last.cells[:len(last.cells)+1]
		r.width = max(r.width, c.col)
		if c.locked() {
			last.locked++
		}
	}
	return len(cells) > 0
}

// ascii writes the letters of a JSON text beyond ASCII, and what workbooks escape
// or trim themselves, as \u escapes.
func ascii(text []byte) string {
	b := make([]byte, 0, 2*len(text))
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		switch {
		case ' ' < r && r < 0x80 && r != '_':
			b = append(b, byte(r))
		case r < 0x10000:
			b = appendEscaped(b, r)
		default:
			high, low := utf16.EncodeRune(r)
			b = appendEscaped(appendEscaped(b, high), low)
		}
	}
	return string(b)
}

func appendEscaped(b []byte, unit rune) []byte {
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[unit>>12&15], digits[unit>>8&15], digits[unit>>4&15], digits[unit&15])
}
