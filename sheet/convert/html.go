package convert

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"ziping/sheet/xlsx"
)

// fromHTML makes a workbook of the tables of a web page, one below the other.
// It runs no script and loads nothing.
func fromHTML(data []byte) ([]byte, error) {
	if len(data) > maxText {
		return nil, errText
	}
	g, err := newGrid()
	if err != nil {
		return nil, err
	}
	r, err := charset.NewReader(bytes.NewReader(data), "text/html")
	if err != nil {
		return nil, err
	}
	p := webPage{grid: g}
	z := html.NewTokenizer(r)
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if err := p.token(kind, z.Token()); err != nil {
			return nil, err
		}
	}
	if !errors.Is(z.Err(), io.EOF) {
		return nil, z.Err()
	}
	if err := p.endRow(); err != nil {
		return nil, err
	}
	return g.bytes()
}

// webPage is a web page that is being read.
type webPage struct {
	*grid
	inRow bool
	texts []string // of the row
	taken []int    // up to which row each column is taken by cells above

	inCell           bool
	text             strings.Builder
	colspan, rowspan int
}

// token reads on. The ends of cells and rows may be left out.
func (p *webPage) token(kind html.TokenType, t html.Token) error {
	switch {
	case kind == html.TextToken:
		p.write(t.Data)
		return nil
	case kind != html.StartTagToken && kind != html.EndTagToken && kind != html.SelfClosingTagToken:
		return nil
	}
	switch t.Data {
	case "br", "p", "div":
		if p.inCell {
			p.text.WriteByte('\n')
		}
	case "td", "th":
		if err := p.endCell(); err != nil || kind == html.EndTagToken {
			return err
		}
		p.inRow, p.inCell = true, true
		p.colspan, p.rowspan = span(t, "colspan"), span(t, "rowspan")
	case "tr", "table":
		if err := p.endRow(); err != nil {
			return err
		}
		p.inRow = t.Data == "tr" && kind == html.StartTagToken
	}
	return nil
}

// write adds to the text of a cell. White space in the source is one space.
func (p *webPage) write(s string) {
	if !p.inCell {
		return
	}
	for _, c := range s {
		if !strings.ContainsRune(" \t\r\n\f", c) {
			p.text.WriteRune(c)
		} else if t := p.text.String(); t != "" && !strings.HasSuffix(t, " ") && !strings.HasSuffix(t, "\n") {
			p.text.WriteByte(' ')
		}
	}
}

// endCell puts a cell into its place, which is the first that cells above leave
// free.
func (p *webPage) endCell() error {
	if !p.inCell {
		return nil
	}
	row, col := p.rows+1, len(p.texts)
	for col < len(p.taken) && p.taken[col] >= row {
		col++
	}
	end := col + 1
	for end < col+p.colspan && (end >= len(p.taken) || p.taken[end] < row) {
		end++
	}
	if end > maxColumns {
		return errColumns
	}
	for len(p.taken) < end {
		p.taken = append(p.taken, 0)
	}
	for len(p.texts) < end {
		p.texts = append(p.texts, "")
	}
	for i := col; i < end; i++ {
		p.taken[i] = row + p.rowspan - 1
	}
	if end > col+1 || p.rowspan > 1 {
		p.merged = append(p.merged, xlsx.Range{FirstRow: row, FirstCol: col + 1, LastRow: row + p.rowspan - 1, LastCol: end})
	}
	p.texts[col] = strings.Trim(p.text.String(), " \n")
	p.text.Reset()
	p.inCell = false
	return nil
}

func (p *webPage) endRow() error {
	if err := p.endCell(); err != nil || !p.inRow {
		return err
	}
	p.inRow = false
	err := p.add(p.texts)
	p.texts = p.texts[:0]
	return err
}

// span returns over how many columns or rows a cell reaches.
func span(t html.Token, name string) int {
	for _, a := range t.Attr {
		if a.Key == name {
			if n, err := strconv.Atoi(strings.TrimSpace(a.Val)); err == nil {
				return min(max(n, 1), maxColumns)
			}
		}
	}
	return 1
}
