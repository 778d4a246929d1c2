package annotate

import "testing"

func TestRoot(t *testing.T) {
	for _, tt := range []struct{ src, name, prefix, inside string }{
		{`<?xml version="1.0"?><!-- <b> --><a><b/></a>`, "a", "", "<b/>"},
		{`<x:a k="1>0" l='">'><x:b>></x:b></x:a>` + "\n", "a", "x:", "<x:b>></x:b>"},
		{`<a/>`, "a", "", ""},
		{`<a k="/"></a>`, "a", "", ""},
	} {
		e, prefix, ok := root([]byte(tt.src))
		if !ok || e.name != tt.name || prefix != tt.prefix || tt.src[e.open:e.close] != tt.inside {
			t.Errorf("%s: %+v, prefix %q, %t", tt.src, e, prefix, ok)
		}
	}
	for _, src := range []string{"", "<", "<a", "<a>", "</a>", `<a k=">`, "<a></", "<!-- ", "text", "</a><a>"} {
		if e, _, ok := root([]byte(src)); ok {
			t.Errorf("%q has the root %+v", src, e)
		}
	}
}

func TestSetAttr(t *testing.T) {
	for _, tt := range []struct{ start, value, want string }{
		{`<c r="A1" s="3">`, "4", `<c r="A1" s="4">`},
		{`<c r="A1"/>`, "4", `<c r="A1" s="4"/>`},
		{`<c s='3' r="A1">`, "", `<c r="A1">`},
		{`<c r="s=3">`, "", `<c r="s=3">`},
		{`<c>`, `"&`, `<c s="&#34;&amp;">`},
	} {
		if got := setAttr(tt.start, "s", tt.value); got != tt.want {
			t.Errorf("%s with %q is %s, want %s", tt.start, tt.value, got, tt.want)
		}
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"绩效，（≥95%）": "绩效，（≥95%）", "a<b>&\"'": "a&lt;b&gt;&amp;&#34;&#39;", "1\n2\t": "1&#xA;2&#x9;",
		"\x01": "\uFFFD", "\uFFFE": "\uFFFD", "\uFFFF": "\uFFFD", "\uFFFD": "\uFFFD", "\xff": "\uFFFD", "": "",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q is escaped as %q, want %q", text, got, want)
		}
	}
}
