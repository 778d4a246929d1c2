package opc

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"ziping/sheet/sheettest"
)

// longSheet is a sheet with rows in which nothing stands, far more than are held.
func longSheet(rows int, last string) string {
	var b strings.Builder
	b.WriteString(XMLHead + `<worksheet xmlns="` + SpreadsheetURI + `"><sheetData> <row r="1"><c r="A1"><v>1</v></c></row><row r="2"/>`)
	for row := 3; row <= rows; row++ {
		fmt.Fprintf(&b, `<row r="%d" s="5" customFormat="1" ht="14.25"><c r="A%d" s="5"/></row>`, row, row)
	}
	b.WriteString(last + " </sheetData ><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>")
	return b.String()
}

// What is not held is saved as it was, and what is changed is what is changed in a
// part that is held whole.
func TestGap(t *testing.T) {
	const part = "xl/worksheets/sheet1.xml"
	const rows = 130_000
	for name, tt := range map[string]struct {
		sheet string
		held  bool
	}{
		"rows without an end":   {longSheet(rows, ""), false},
		"a value in the last":   {longSheet(rows, `<row r="1000000"><c r="A1000000"><v>1</v></c></row>`), true},
		"a byte order mark":     {"\xEF\xBB\xBF" + longSheet(rows, ""), false},
		"another vocabulary":    {longSheet(rows, `<x:row xmlns:x="urn:x"/>`), true},
		"a sheet that is short": {longSheet(10, ""), true},
	} {
		t.Run(name, func(t *testing.T) {
			data := sheettest.Archive(t, map[string]string{"a.xml": "<a/>", part: tt.sheet})
			open := func() *Package {
				p, err := Open(bytes.NewReader(data), int64(len(data)), Limits{})
				if err != nil {
					t.Fatal(err)
				}
				return p
			}
			edit := func(p *Package, d *Document, err error) string {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
				list := d.Root.Child("sheetData")
				for row := range list.Children() {
					if row.Attr("r") == "1" {
						d.Before(row, `<row r="0"/>`)
						d.SetAttr(row, "ht", "30")
					}
				}
				if d.gap != nil {
					d.Append(list, `<row r="2"/>`)
				}
				d.After(list, `<autoFilter/>`)
				d.Remove(d.Root.Child("mergeCells"))
				if err := p.Save(part, d); err != nil {
					t.Fatal(err)
				}
				saved, err := p.Bytes()
				if err != nil {
					t.Fatal(err)
				}
				return sheettest.Parts(t, saved)[part]
			}
			p := open()
			d, err := p.DocumentUntil(part, Spreadsheet, "sheetData", func(s *Scanner) (kept bool, err error) {
				err = s.Children(func() error {
					kept = kept || !s.Empty()
					return nil
				})
				return kept, err
			})
			if err == nil && (d.gap == nil) != tt.held {
				t.Fatalf("it is held whole: %t, want %t", d.gap == nil, tt.held)
			}
			got := edit(p, d, err)
			whole := open()
			w, err := whole.Document(part, Spreadsheet)
			want := edit(whole, w, err)
			if !tt.held {
				want = strings.Replace(want, "</c></row>", `</c></row><row r="2"/>`, 1)
			}
			if got != want {
				t.Errorf("%d bytes, want %d; they differ from %q on", len(got), len(want), after(got, want))
			}
			again, err := p.Content(part) // as it is now
			if err != nil || string(again) != got {
				t.Errorf("read again: %d bytes, want %d (%v)", len(again), len(got), err)
			}
			if again, err = p.Copy().Content(part); err != nil || string(again) != got {
				t.Errorf("read in a copy: %d bytes, want %d (%v)", len(again), len(got), err)
			}
		})
	}
}

// after returns the beginning of a from where it differs from b.
func after(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return a[i:min(len(a), i+80)]
}

// A part that ends in its gap is not saved.
func TestGapCut(t *testing.T) {
	s := &stretch{strings.NewReader("0123456789"), 4, 20}
	if b, err := io.ReadAll(s); err != io.ErrUnexpectedEOF || string(b) != "456789" {
		t.Errorf("%q, %v", b, err)
	}
}
