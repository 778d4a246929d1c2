package opc

import "testing"

// An attribute is the same whether its tag is the simplest or not.
func TestPlainAttr(t *testing.T) {
	for tag, plain := range map[string]bool{
		`<c r="A1" s="5"/>`:                           true,
		`<c  s="5"   r="A1" ></c>`:                    true,
		"<c\n\tr=\"A1\"\r\ns=\"5\"\n/>":               true,
		`<x:c xmlns:x="urn:x" x:r="B2" r="A1" s=""/>`: true,
		`<c/>`:                             true,
		`<c ></c>`:                         true,
		`<c s="r=&quot;Z9&quot;" r="A1"/>`: true,
		`<c s='5' r="A1"/>`:                false,
		`<c r='A1'/>`:                      false,
		`<c r = "A1"/>`:                    false,
		`<c r="&#65;1"/>`:                  false,
		`<c r="甲"/>`:                       false,
		"<c r=\"A\n1\"/>":                  false,
	} {
		d, err := Parse([]byte(tag), NoSpace)
		if err != nil {
			t.Fatalf("%s: %v", tag, err)
		}
		want := ""
		d.Root.attrs(func(s *Scanner) (err error) {
			want, err = s.Attr("r")
			return err
		})
		got, ok := d.Root.plainAttr("r")
		if ok != plain || ok && got != want {
			t.Errorf("%q: %q, %t, want %q, %t", tag, got, ok, want, plain)
		}
		if got := d.Root.Attr("r"); got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
}
