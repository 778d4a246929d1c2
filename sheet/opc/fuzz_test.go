package opc

import "testing"

// What was changed in a document can be read again, and holds what was written.
func FuzzDocument(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><x:w xmlns:x="`+SpreadsheetURI+`"><x:a k='1'/><!-- --><x:b><![CDATA[<]]></x:b></x:w>`), false)
	f.Add([]byte(`<w`+books+`><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Fallback><a/></mc:Fallback></mc:AlternateContent></w>`), false)
	f.Add([]byte(`<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:rect><br><p></v:rect></xml>`), true)
	f.Add([]byte("\xFF\xFE<\x00a\x00/\x00>\x00"), false)
	f.Fuzz(func(t *testing.T, src []byte, loose bool) {
		vocabulary := Spreadsheet
		if loose {
			vocabulary = NoSpace
		}
		limits := DefaultLimits()
		d, err := parse(src, vocabulary, loose, limits)
		if err != nil {
			return
		}
		n := 0
		for c := range d.Root.Children() {
			n++
			_ = c.Text()
			_ = c.Fragment()
			for cc := range c.Children() {
				_ = cc.Attr("k")
			}
		}
		d.SetAttr(d.Root, "k", "<v>")
		d.Append(d.Root, "<ours/>")
		out, err := d.Bytes()
		if err != nil || loose { // what is wrong there may go on wrongly
			return
		}
		again, err := parse(out, vocabulary, loose, limits)
		if err != nil {
			t.Fatalf("%q has become %q: %v", src, out, err)
		}
		if again.Root.Attr("k") != "<v>" {
			t.Errorf("%q has become %q: k is %q", src, out, again.Root.Attr("k"))
		}
		for range again.Root.Children() {
			n--
		}
		if again.Root.Space == Spreadsheet && n != -1 {
			t.Errorf("%q has become %q: %d children are missing", src, out, n+1)
		}
	})
}
