package opc

import (
	"strings"
	"testing"
	"unicode/utf16"
)

const books = ` xmlns="` + SpreadsheetURI + `"`

func mustParse(t *testing.T, src string, vocabulary Space) *Document {
	t.Helper()
	d, err := Parse([]byte(src), vocabulary)
	if err != nil {
		t.Fatalf("%s: %v", src, err)
	}
	return d
}

func mustBytes(t *testing.T, d *Document) string {
	t.Helper()
	b, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestParse(t *testing.T) {
	for _, tt := range []struct{ src, name, prefix, children string }{
		{`<?xml version="1.0"?><!-- <b> --><a><b/></a>`, "a", "", "b "},
		{`<x:a k="1>0" l='">'><x:b>></x:b> <c></c></x:a>` + "\n", "a", "x:", "b c "},
		{`<a/>`, "a", "", ""},
		{`<a k="/"></a><!-- </b> -->`, "a", "", ""},
		{"\xEF\xBB\xBF<a><![CDATA[<b/>]]><d/></a>", "a", "", "d "},
	} {
		d := mustParse(t, tt.src, NoSpace)
		children := ""
		for c := range d.Root.Children() {
			children += c.Name() + " "
		}
		if d.Root.Name() != tt.name || d.Root.Prefix() != tt.prefix || children != tt.children {
			t.Errorf("%s: %s, prefix %q, children %q", tt.src, d.Root.Name(), d.Root.Prefix(), children)
		}
		if got := mustBytes(t, d); got != tt.src {
			t.Errorf("%s has become %s", tt.src, got)
		}
	}
	for _, src := range []string{"", "<", "<a", "<a>", "</a>", `<a k=">`, "<a></", "<!-- ", "text", "</a><a>", "<><b/></>", "<a></b>", "<a/><b/>", `<a><b k=1/></a>`} {
		if d, err := Parse([]byte(src), NoSpace); err == nil {
			t.Errorf("%q has the root %s", src, d.Root.Name())
		}
	}
}

// Elements belong to a namespace, whatever their prefix; those of others are
// passed over, and of alternatives the one is seen that Excel chooses.
func TestElements(t *testing.T) {
	d := mustParse(t, `<x:a xmlns:x="`+StrictSpreadsheetURI+`" xmlns:z="urn:z" xmlns:r="`+StrictOfficeURI+`" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">`+
		`<z:b id="no"/><b id="no"/><x:b z:id="no" id="1" r:id="&lt;2&gt;">&#x4E00;<x:c/>二<![CDATA[&]]></x:b>`+
		`<mc:AlternateContent><mc:Choice Requires="z"><x:b id="no"/></mc:Choice><mc:Choice Requires="x r"><x:b id="3"/><z:b/><b xmlns="`+SpreadsheetURI+`" id="4"/></mc:Choice><mc:Fallback><x:b id="no"/></mc:Fallback></mc:AlternateContent>`+
		`<x:b id="5" xmlns:x="urn:other"/></x:a>`, Spreadsheet)
	ids := ""
	for c := range d.Root.Children() {
		ids += c.Attr("id")
	}
	b := d.Root.Child("b")
	if ids != "134" || b.AttrIn(Office, "id") != "<2>" || b.Text() != "一二&" || d.Root.URI() != StrictSpreadsheetURI || b.Int("id", 7) != 1 || b.Int("none", 7) != 7 {
		t.Errorf("%s, %s, %s, %s", ids, b.AttrIn(Office, "id"), b.Text(), d.Root.URI())
	}
	if none := b.Child("none"); none.Exists() || none.Attr("a") != "" || none.Text() != "" || none.Child("b").Exists() {
		t.Error("something of nothing")
	}
}

func TestSetAttr(t *testing.T) {
	for _, tt := range []struct{ src, value, want string }{
		{`<c r="A1" s="3"></c>`, "4", `<c r="A1" s="4"></c>`},
		{`<c r="A1"/>`, "4", `<c r="A1" s="4"/>`},
		{`<c r="A1" />`, "4", `<c r="A1" s="4" />`},
		{`<c s='3' r="A1"/>`, "", `<c r="A1"/>`},
		{`<c` + "\n" + `s = "3"` + "\t" + `r="A1"/>`, "", `<c` + "\t" + `r="A1"/>`},
		{`<c r="s=3"/>`, "", `<c r="s=3"/>`},
		{`<c/>`, `"&`, `<c s="&#34;&amp;"/>`},
		{`<c x:s="3"/>`, "4", `<c x:s="3" s="4"/>`},
	} {
		d := mustParse(t, tt.src, NoSpace)
		d.SetAttr(d.Root, "s", tt.value)
		if got := mustBytes(t, d); got != tt.want {
			t.Errorf("%s with %q is %s, want %s", tt.src, tt.value, got, tt.want)
		}
	}
}

// What is written has the prefix that the part has for the vocabulary.
func TestEdit(t *testing.T) {
	order := []string{"a", "b", "c", "d"}
	for _, tt := range []struct {
		src  string
		edit func(d *Document)
		want string
	}{
		{`<w` + books + `><a/><c/></w>`, func(d *Document) { d.Put(d.Root, order, "b", `<b/>`) }, `<w` + books + `><a/><b/><c/></w>`},
		{`<w` + books + `><a/><b k="1"/></w>`, func(d *Document) { d.Put(d.Root, order, "b", `<b/>`) }, `<w` + books + `><a/><b/></w>`},
		{`<w` + books + `/>`, func(d *Document) { d.Put(d.Root, order, "d", `<d/>`) }, `<w` + books + `><d/></w>`},
		{`<x:w xmlns:x="` + SpreadsheetURI + `" ><x:a/></x:w>`, func(d *Document) {
			d.Before(d.Root.Child("a"), `<b><c>&lt;</c><y:d xmlns:y="u"/><z xmlns="u"><z/></z><e k="&lt;f>"/></b>`)
		}, `<x:w xmlns:x="` + SpreadsheetURI + `" ><x:b><x:c>&lt;</x:c><y:d xmlns:y="u"/><z xmlns="u"><z/></z><x:e k="&lt;f>"/></x:b><x:a/></x:w>`},
		{`<w` + books + `/>`, func(d *Document) { d.Append(d.Root, `<a/>`); d.Append(d.Root, `<b/>`) }, `<w` + books + `><a/><b/></w>`},
		{`<x:w xmlns:x="` + SpreadsheetURI + `"><x:a /></x:w>`, func(d *Document) { d.Append(d.Root.Child("a"), `<b/>`) },
			`<x:w xmlns:x="` + SpreadsheetURI + `"><x:a ><x:b/></x:a></x:w>`},
		{`<w` + books + `><a/><b/></w>`, func(d *Document) {
			d.Remove(d.Root.Child("a"))
			d.After(d.Root.Child("b"), "1")
			d.After(d.Root.Child("b"), "2")
			d.Append(d.Root, "3")
		}, `<w` + books + `><b/>123</w>`},
		{`<w` + books + ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:Fallback><d/></mc:Fallback></mc:AlternateContent></w>`,
			func(d *Document) { d.Put(d.Root, order, "b", `<b/>`) },
			`<w` + books + ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><b/><mc:AlternateContent><mc:Fallback><d/></mc:Fallback></mc:AlternateContent></w>`},
	} {
		d := mustParse(t, tt.src, Spreadsheet)
		tt.edit(d)
		if got := mustBytes(t, d); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.src, got, tt.want)
		}
	}
	d := mustParse(t, `<w`+books+`><a/></w>`, Spreadsheet)
	d.Replace(d.Root.Child("a"), "1")
	d.SetAttr(d.Root.Child("a"), "k", "2")
	if out, err := d.Bytes(); err == nil {
		t.Errorf("one place was changed twice: %s", out)
	}
}

func TestFragment(t *testing.T) {
	d := mustParse(t, `<x:w xmlns:x="`+SpreadsheetURI+`"><x:a k="v"><x:b/><y:c xmlns:y="u"/><x:d xmlns:x="u"/></x:a></x:w>`, Spreadsheet)
	f := d.Root.Child("a").Fragment()
	if want := Fragment(`<a k="v"><b/><y:c xmlns:y="u"/><x:d xmlns:x="u"/></a>`); f != want {
		t.Errorf("%s, want %s", f, want)
	}
	if f.Attr("k") != "v" || f.Attr("l") != "" || Fragment("<").Attr("k") != "" {
		t.Error(f.Attr("k"))
	}
	if got := Fragment(`<a k="v"/>`).With("k", "").With("l", "1"); got != `<a l="1"/>` {
		t.Error(got)
	}
	if got := renamed("<a", "", "x:"); got != "<a" {
		t.Error(got)
	}
}

// A part in UTF-16 stays one.
func TestUTF16(t *testing.T) {
	encode := func(s string, big bool) []byte {
		var b []byte
		for _, u := range utf16.Encode([]rune("\uFEFF" + s)) {
			if big {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		return b
	}
	for _, big := range []bool{false, true} {
		d, err := Parse(encode(`<w`+books+`><a k="甲😀"/></w>`, big), Spreadsheet)
		if err != nil {
			t.Fatal(err)
		}
		if d.Root.Child("a").Attr("k") != "甲😀" {
			t.Error(d.Root.Child("a").Attr("k"))
		}
		d.SetAttr(d.Root.Child("a"), "k", "乙")
		if got, want := mustBytes(t, d), string(encode(`<w`+books+`><a k="乙"/></w>`, big)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A drawing of old is read as HTML is: end tags may be missing, or one too many.
func TestLoose(t *testing.T) {
	const src = `<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="1"><v:textbox><div>a<br>b<p>c < d</div></i><font size=1></v:textbox><v:fill/></v:shape><v:rect id="2"/></xml>`
	d, err := parse([]byte(src), NoSpace, true, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for c := range d.Root.Children() {
		got += c.Name() + c.Attr("id") + "("
		for cc := range c.Children() {
			got += cc.Name() + " "
		}
		got += ")"
	}
	if want := "shape1(textbox fill )rect2()"; got != want || mustBytes(t, d) != src {
		t.Errorf("%s, want %s", got, want)
	}
	for _, src := range []string{"<xml><v:a", "<xml><v:a>", "<xml></b></xml>", "<xml><", "<a><b><c></a>"} {
		if _, err := parse([]byte(src), NoSpace, true, DefaultLimits()); err != nil {
			t.Errorf("%s: %v", src, err)
		}
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"绩效，（≥95%）": "绩效，（≥95%）", "a<b>&\"'": "a&lt;b&gt;&amp;&#34;&#39;", "1\n2\t": "1&#xA;2&#x9;",
		"\x01": "\uFFFD", "\uFFFE": "\uFFFD", "\uFFFF": "\uFFFD", "\uFFFD": "\uFFFD", "\xff": "\uFFFD", "": "",
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q is escaped as %q, want %q", text, got, want)
		}
	}
}

func TestNamespacesRefused(t *testing.T) {
	const mc = ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:z="u" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"`
	for src, want := range map[string]string{
		`<a` + mc + ` mc:Ignorable="z"/>`:                             "",
		`<a` + mc + ` mc:MustUnderstand="x14"/>`:                      "",
		`<a` + mc + ` mc:MustUnderstand="x14 z"/>`:                    "要求能识别 x14 z",
		`<a` + mc + `><b mc:ProcessContent="z:c"/></a>`:               "mc:ProcessContent 不受支持",
		`<a` + mc + `><b z:ProcessContent="z:c"/></a>`:                "",
		`<a` + mc + ` z:id="1" xmlns:y="u" y:id="2"/>`:                "",
		`<a>` + strings.Repeat(`<b xmlns="u"/>`, 500) + `</a>`:        "",
		strings.Repeat(`<b xmlns:a="1" xmlns:b="1" xmlns:c="1">`, 99): "命名空间超过 256 个",
	} {
		_, err := events(strings.NewReader(src), DefaultLimits())
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%.90s: %v, want %q", src, err, want)
		}
	}
}
