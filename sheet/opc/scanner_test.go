package opc

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

// events scans a document and writes down what it is made of.
func events(r io.Reader, limits Limits) (string, error) {
	s := newScanner()
	s.reset(r, NoSpace, limits)
	var b strings.Builder
	for {
		t, err := s.next()
		if err != nil || t == endOfPart {
			return b.String(), err
		}
		switch t {
		case startTag:
			fmt.Fprintf(&b, "<%s", s.Name)
			for _, a := range s.Attrs {
				fmt.Fprintf(&b, " %s=%q", a.Name, a.Value)
			}
			b.WriteString(">")
		case endTag:
			b.WriteString("</>")
		case charData:
			text := s.raw
			if !s.cdata {
				if text, err = s.appendText(nil, text); err != nil {
					return b.String(), err
				}
			}
			if err := s.checkText(text); err != nil {
				return b.String(), err
			}
			b.Write(text)
		}
	}
}

func utf16With(bom rune, s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune("\uFEFF" + s)) {
		if bom == 0xFEFF {
			b.WriteByte(byte(u >> 8))
			b.WriteByte(byte(u))
		} else {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
	}
	return b.String()
}

func TestScanner(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`<a/>`, `<a></>`},
		{`<a></a>`, `<a></>`},
		{`<a ></a >`, `<a></>`},
		{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<a/>\n", `<a></>`},
		{`<?xml version='1.0'?><a/>`, `<a></>`},
		{`<?xml version="1.0" encoding="us-ascii" standalone="yes" ?><a/>`, `<a></>`},
		{`<?xml-stylesheet href="<a>"?><a><?pi > ?>x</a><!-- end -->`, `<a>x</>`},
		{"\xEF\xBB\xBF<a>甲</a>", `<a>甲</>`},
		{utf16With(0xFFFE, `<?xml version="1.0" encoding="UTF-16"?><a>甲😀</a>`), `<a>甲😀</>`},
		{utf16With(0xFEFF, `<a>甲</a>`), `<a>甲</>`},
		{`<x:a xmlns:x="u"><x:b/></x:a>`, `<a xmlns:x="u"><b></></>`},
		{`<a b="1" c = '2'` + "\n\t" + `d="3"/>`, `<a b="1" c="2" d="3"></>`},
		{`<a b="x > y" c="it's" d='"'/>`, `<a b="x > y" c="it's" d="\""></>`},
		{"<a b=\"x\ty\nz\">x\ty\n</a>", "<a b=\"x y z\">x\ty\n</>"},
		{`<a b="&lt;&amp;&quot;&apos;&gt;&#10;&#x4E2D;">&lt;&amp;&quot;&apos;&gt;&#65;&#x1F600;</a>`, `<a b="<&\"'>\n中"><&"'>A😀</>`},
		{`<a>x<![CDATA[<b>&amp;]]]]>y<![CDATA[]]></a>`, `<a>x<b>&amp;]]y</>`},
		{`<a>x<!-- <b> & -- ->-->y<!----></a>`, `<a>xy</>`},
		{`<a> x<b>y</b>z </a>`, `<a> x<b>y</>z </>`},
		{`<表 列="值"/>`, `<表 列="值"></>`},
	} {
		for name, r := range map[string]io.Reader{
			"at once":      strings.NewReader(tt.in),
			"byte by byte": iotest.OneByteReader(strings.NewReader(tt.in)),
			"with EOF":     iotest.DataErrReader(strings.NewReader(tt.in)),
		} {
			if got, err := events(r, DefaultLimits()); err != nil || got != tt.want {
				t.Errorf("%q %s:\n got %q, %v\nwant %q", tt.in, name, got, err, tt.want)
			}
		}
	}
}

func TestScannerRefuses(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{``, "内容不完整"},
		{"\xEF\xBB\xBF", "内容不完整"},
		{"\xFF\xFE", "内容不完整"},
		{`   `, "内容不完整"},
		{`<?xml version="1.0"?>`, "内容不完整"},
		{`<a>`, "内容不完整"},
		{`<a`, "内容不完整"},
		{`<`, "内容不完整"},
		{`<a b="`, "内容不完整"},
		{`<a>x`, "内容不完整"},
		{`<a></a`, "内容不完整"},
		{`<a><!-- `, "内容不完整"},
		{`<a><![CDATA[x]]`, "内容不完整"},
		{`<a><![CDATA`, "第 4 字节处不是 XML 标记"},
		{`<?xml `, "内容不完整"},
		{`<a></b>`, "第 4 字节处应为结束标记 </a>，实为 </b>"},
		{`<x:a></y:a>`, "应为结束标记 </x:a>，实为 </y:a>"},
		{`<a></a></a>`, "多出结束标记 </a>"},
		{`<a/><b/>`, "有多个根元素"},
		{`<a/>x`, "第 5 字节处不是 XML 内容"},
		{`x<a/>`, "第 1 字节处不是 XML 内容"},
		{`<a/><![CDATA[x]]>`, "不是 XML 内容"},
		{`<a/>&amp;`, "不是 XML 内容"},
		{`<!DOCTYPE a><a/>`, "DOCTYPE"},
		{`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, "DOCTYPE"},
		{`<a><!ENTITY x "y"></a>`, "不是 XML 标记"},
		{`< a/>`, "不是 XML 标记"},
		{`<1/>`, "不是 XML 标记"},
		{`<>`, "不是 XML 标记"},
		{`</>`, "多出结束标记"},
		{`<a b/>`, "属性没有写成"},
		{`<a b=/>`, "属性值没有写在引号里"},
		{`<a b=1/>`, "属性值没有写在引号里"},
		{`<a b="1"c="2"/>`, "属性之间缺少空格"},
		{`<a b="1" b="2"/>`, "属性 b 重复"},
		{`<a "b"/>`, "属性没有写成"},
		{`<a b="<"/>`, "多余的 <"},
		{`<a <b/>`, "多余的 <"},
		{`<a/ >`, "属性之间缺少空格"},
		{`<a>&nbsp;</a>`, "&nbsp; 无法识别"},
		{`<a>&x</a>`, "&amp;"},
		{`<a>&;</a>`, "无法识别"},
		{`<a>&#;</a>`, "无法识别"},
		{`<a>&#x;</a>`, "无法识别"},
		{`<a>&#0;</a>`, "无法识别"},
		{`<a>&#1;</a>`, "无法识别"},
		{`<a>&#xD800;</a>`, "无法识别"},
		{`<a>&#x110000;</a>`, "无法识别"},
		{`<a>&#99999999999999999999;</a>`, "无法识别"},
		{`<a>&#xG;</a>`, "无法识别"},
		{`<a>&#1F;</a>`, "无法识别"},
		{`<a b="&x;"/>`, "无法识别"},
		{"<a>\x01</a>", "控制字符 0x01"},
		{"<a>\x00</a>", "控制字符 0x00"},
		{"<a\x00b/>", "属性之间缺少空格"},
		{"<a>\xFF</a>", "不是 UTF-8 编码"},
		{"<a>\xE4\xB8</a>", "不是 UTF-8 编码"},
		{"<a></" + strings.Repeat("长", 30) + "\xFF>", "</长长长长长长长长长长长长长?…>"},
		{`<?xml version="1.0" encoding="GBK"?><a/>`, "文字编码 GBK 不受支持"},
		{`<?xml encoding=GBK?><a/>`, "属性值没有写在引号里"},
		{"\x00", "不是 XML 内容"},
	} {
		for name, r := range map[string]io.Reader{
			"at once":      strings.NewReader(tt.in),
			"byte by byte": iotest.OneByteReader(strings.NewReader(tt.in)),
		} {
			if got, err := events(r, DefaultLimits()); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%q %s: got %q, %v; want error %q", tt.in, name, got, err, tt.want)
			}
		}
	}
}

// Tokens may lie across the end of the buffer, and be larger than it.
func TestScannerBuffer(t *testing.T) {
	long := strings.Repeat("长", scannerBuffer)
	for _, pad := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12} {
		space := strings.Repeat(" ", scannerBuffer-pad)
		for _, in := range []string{
			`<a>` + space + `<b c="d"/>&amp;<![CDATA[x]]><!-- y --></a>`,
			space + `<a b="` + long + `">` + long + `</a><!--` + long + `-->`,
		} {
			got, err := events(strings.NewReader(in), DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			want := `<a>` + space + `<b c="d"></>&x</>`
			if in[0] == ' ' {
				want = `<a b="` + long + `">` + long + `</>`
			}
			if got != want {
				t.Errorf("pad %d: got %d bytes, want %d", pad, len(got), len(want))
			}
		}
	}
}

func TestScannerLimits(t *testing.T) {
	limits := DefaultLimits()
	limits.Depth, limits.StringLen = 3, 10_000
	for _, tt := range []struct{ in, want string }{
		{`<a><a><a></a></a></a>`, ""},
		{`<a><a><a><a/></a></a></a>`, "元素嵌套超过 3 层"},
		{`<a>` + strings.Repeat("x", 400_000) + `</a>`, "一个标记或一段文字超过 160000 字节"},
		{`<a><![CDATA[` + strings.Repeat("x", 400_000) + `]]></a>`, "一个标记或一段文字超过"},
		{`<a` + strings.Repeat(" ", 400_000) + `/>`, "一个标记或一段文字超过"},
		{`<a b="` + strings.Repeat("x", 400_000) + `"/>`, "一个标记或一段文字超过"},
		{`<` + strings.Repeat("x", 400_000) + `/>`, "一个标记或一段文字超过"},
		{`<a></` + strings.Repeat("x", 400_000) + `>`, "一个标记或一段文字超过"},
		{`<a><!--` + strings.Repeat("x", 400_000) + `--></a>`, ""},
		{`<a>` + strings.Repeat("<!--x-->", 100_000) + `</a>`, ""},
	} {
		_, err := events(strings.NewReader(tt.in), limits)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%.20s: got %v, want %q", tt.in, err, tt.want)
		}
	}
	var many strings.Builder
	for i := range maxAttrs + 1 {
		fmt.Fprintf(&many, ` a%d=""`, i)
	}
	if _, err := events(strings.NewReader(`<a`+many.String()+`/>`), limits); err == nil || !strings.Contains(err.Error(), "属性超过 256 个") {
		t.Error(err)
	}
}

func TestScannerReaderErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, in := range []string{"", "<", "<a>", "<a/>", "<a>" + strings.Repeat("x", 2*scannerBuffer), "\xFF\xFE<\x00"} {
		r := io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken))
		if _, err := events(r, DefaultLimits()); !errors.Is(err, broken) {
			t.Errorf("%.10q: %v", in, err)
		}
	}
	if _, err := events(neverReader{}, DefaultLimits()); !errors.Is(err, io.ErrNoProgress) {
		t.Error(err)
	}
}

type neverReader struct{}

func (neverReader) Read([]byte) (int, error) { return 0, nil }

func TestText(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{`<t>a<b>no</b>&amp;<![CDATA[<c>]]></t>`, `a&<c>`},
		{`<t/>`, ``},
		{`<t><b><b>x</b></b></t>`, ``},
	} {
		s := newScanner()
		s.reset(strings.NewReader(tt.in), NoSpace, DefaultLimits())
		if _, err := s.next(); err != nil {
			t.Fatal(err)
		}
		got, err := s.Text([]byte("→"))
		if err != nil || string(got) != "→"+tt.want {
			t.Errorf("%s: %q, %v", tt.in, got, err)
		}
	}
}

// What a part says does not depend on how it arrives: a tag of which all is there is read
// at one go, another piece by piece.
func FuzzScanner(f *testing.F) {
	for _, in := range []string{
		`<a b="1" c="2"/>`, `<a b="1"c="2"/>`, `<a  b="1" />`, `<a b = "1"/>`, `<a b="<"/>`, `<a b=">"/>`, `<a b="/"></a>`, `<a b="'"/>`, `<a b="1" b="2"/>`, `<a b="x&amp;y"/>`, "<a b=\"x\ny\"/>",
		`<a xmlns="u"><b/></a>`, `<x:a xmlns:x="u"><x:b/></x:a>`, `<a x:b="1"/>`, `<1a/>`, `<a 1b="2"/>`, `<a b/>`, `<a/ >`, `<a></a >`, `<a></b>`, `<a><a></a></a>`, `<a/><b/>`, `</a>`,
	} {
		f.Add(in)
	}
	f.Fuzz(func(t *testing.T, in string) {
		whole, err := events(strings.NewReader(in), DefaultLimits())
		pieces, errPieces := events(iotest.OneByteReader(strings.NewReader(in)), DefaultLimits())
		if whole != pieces || fmt.Sprint(err) != fmt.Sprint(errPieces) {
			t.Errorf("%q is %q, %v; byte by byte it is %q, %v", in, whole, err, pieces, errPieces)
		}
	})
}
