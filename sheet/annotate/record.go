package annotate

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"fmt"
	"maps"
	"slices"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// recordSheet is the very hidden sheet of an annotated copy on which stands what
// is below our marks.
const recordSheet = "_ziping_marks"

// record is what it takes to take our marks away again. It is a plain list of
// cells and texts, and the fills are kept as they are written, not by their
// index: every program that saves a workbook numbers its styles anew.
type record struct {
	opinion   string // the name of the sheet 审核意见; empty where there are no marks
	fills     map[cellKey]cellFill
	boxes     map[cellKey]string // anchors of the department's comments
	corrected []noteOn
	replies   []reply
	sent      sent

	said      map[string]bool // digests of what we wrote
	confirmed bool            // the record is ours
	foreign   bool            // the sheet that it calls 审核意见 is not
	byHead    bool            // an earlier build wrote the copy: its comments are known by their heads
}

// cellKey is a cell of the workbook.
type cellKey struct{ sheet, ref string }

// has reports whether a sheet has, or may have, marks.
func (r *record) has(name string) bool {
	return r.opinion != "" && (r.opinion != name || r.foreign)
}

func (r *record) addFill(k cellKey, f cellFill) {
	if r.fills == nil {
		r.fills = map[cellKey]cellFill{}
	}
	r.fills[k] = f
}

func (r *record) addBox(k cellKey, anchor string) {
	if r.boxes == nil {
		r.boxes = map[cellKey]string{}
	}
	r.boxes[k] = anchor
}

func (r *record) addSaid(digest string) {
	if r.said == nil {
		r.said = map[string]bool{}
	}
	r.said[digest] = true
}

// Kinds of lines on the record sheet.
const (
	kindOpinion   = "opinion"
	kindFill      = "fill"
	kindBox       = "box"
	kindCorrected = "corrected"
	kindSent      = "sent"
)

// sheet returns the record as a worksheet.
func (r *record) sheet(b *book, key []byte) []byte {
	lines := [][]string{{kindOpinion, r.opinion}}
	for _, k := range sortedKeys(r.fills) {
		lines = append(lines, []string{kindFill, k.sheet, k.ref, r.fills[k].apply, string(r.fills[k].fill)})
	}
	for _, k := range sortedKeys(r.boxes) {
		lines = append(lines, []string{kindBox, k.sheet, k.ref, r.boxes[k]})
	}
	for _, n := range r.corrected {
		lines = append(lines, n.line())
	}
	lines = append(lines, r.sent.line())
	for _, text := range slices.Sorted(maps.Keys(r.said)) {
		lines = append(lines, []string{kindSaid, text})
	}
	lines = append(lines, []string{kindSeal, sealOf(key, lines)})
	var w bytes.Buffer
	w.Grow(sheetSize + 512*len(lines))
	fmt.Fprintf(&w, opc.XMLHead+`<worksheet xmlns="%s"><sheetFormatPr defaultRowHeight="15"/><sheetData>`, b.Main)
	for i, line := range lines {
		fmt.Fprintf(&w, `<row r="%d">`, i+1)
		for j, text := range line {
			if text != "" {
				w.WriteString(edit.TextCell(xlsx.Ref(i+1, j+1), 0, text))
			}
		}
		w.WriteString(`</row>`)
	}
	w.WriteString(`</sheetData></worksheet>`)
	return w.Bytes()
}

func sortedKeys[V any](m map[cellKey]V) []cellKey {
	return slices.SortedFunc(maps.Keys(m), func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(a.sheet, b.sheet), byPlace(a.ref, b.ref))
	})
}

// readRecord reads the record of a workbook, an empty one where it has none.
func (b *book) readRecord(key []byte) (*record, error) {
	if b.SheetPart(recordSheet) == "" && b.SheetPart(opinionSheet) == "" {
		return new(record), nil
	}
	wb, err := xlsx.OpenPackage(b.Package, b.limits)
	if err != nil {
		return nil, err
	}
	return recordIn(wb, key)
}

// recordIn reads the record of a workbook. What nothing confirms is not taken at its word.
func recordIn(wb *xlsx.Workbook, key []byte) (*record, error) {
	grid := func(name string) (*xlsx.Grid, error) {
		i := slices.IndexFunc(wb.Sheets(), func(s xlsx.Sheet) bool { return s.Name == name })
		if i < 0 {
			return nil, nil
		}
		return wb.Grid(i)
	}
	r := new(record)
	written, err := grid(recordSheet)
	if err != nil {
		return nil, err
	}
	if written != nil {
		r.read(written, key)
	}
	opinion, err := grid(cmp.Or(r.opinion, opinionSheet))
	if err != nil {
		return nil, err
	}
	ours := opinion != nil && isOpinion(opinion)
	r.foreign = opinion != nil && !ours
	if !r.confirmed {
		if !ours {
			return new(record), nil // nothing says that it was ever annotated
		}
		r.byHead = true
		r.doubt()
	}
	if r.opinion != "" {
		r.sent.round = max(r.sent.round, 1)
	}
	if ours && r.opinion != "" {
		r.readReplies(opinion)
	}
	return r, nil
}

// read reads the lines of a record.
func (r *record) read(g *xlsx.Grid, key []byte) {
	var lines [][]string
	for row := 1; ; row++ {
		text := func(col int) string { c, _ := g.At(row, col); return c.Text }
		k := cellKey{text(2), text(3)}
		switch text(1) {
		case kindOpinion:
			r.opinion = text(2)
		case kindFill:
			r.addFill(k, cellFill{opc.Fragment(text(5)), text(4)})
		case kindBox:
			r.addBox(k, text(4))
		case kindCorrected:
			r.corrected = append(r.corrected, correctedFrom(text))
		case kindSent:
			r.sent = sentFrom(text)
		case kindSaid:
			r.addSaid(text(2))
		case kindSeal:
			r.confirmed = r.opinion != "" && hmac.Equal([]byte(text(2)), []byte(sealOf(key, lines)))
			return
		default:
			return
		}
		line := make([]string, lineLength)
		for i := range line {
			line[i] = text(i + 1)
		}
		lines = append(lines, line)
	}
}

// lineLength is how many texts a line of a record has at most.
const lineLength = 10

// readReplies reads what the department wrote on the sheet 审核意见.
func (r *record) readReplies(g *xlsx.Grid) {
	for _, c := range g.Cells() {
		if c.Col != replyColumn || c.Row <= headRow {
			continue
		}
		text := func(col int) string { at, _ := g.At(c.Row, col); return at.Text }
		reply := reply{on: noteKey{text(keyColumn), text(keyColumn + 1)}, text: c.Text}
		for i := range reply.row {
			reply.row[i] = text(severityColumn + i)
		}
		if !r.wrote(reply.rowText()) {
			reply.doubt()
		}
		r.replies = append(r.replies, reply)
	}
}
