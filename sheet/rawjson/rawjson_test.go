package rawjson

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cutString reads strings as encoding/json does.
func FuzzCutString(f *testing.F) {
	f.Add("绩效\n\"\\/\t\U0001F600", "\\u4e2d\\ud83d\\ude00\\ud83dx\\b\\f\\ude00")
	f.Fuzz(func(t *testing.T, s, escaped string) {
		quoted, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{string(quoted), `"` + escaped + `"`} {
			var want string
			if json.Unmarshal([]byte(text), &want) != nil {
				continue
			}
			if got, rest := new(Texts).cutString([]byte(text + ",x")); got != want || string(rest) != ",x" {
				t.Errorf("%s: %q and %q, want %q", text, got, rest, want)
			}
		}
	})
}

// What encoding/json takes for JSON is valid, and nothing else.
func FuzzValid(f *testing.F) {
	for _, text := range []string{
		`{"a" : [1, -2.5e3,"x\"",[ ],{ }], "\u7532":null ,"b":{"c":true}}`, "\"\xff\"", "\"\n\"", `"\x"`, `"\u12g4"`, `12`, `01`, `-`, `1.`, `1e`, `.5`, `-0`, `1E-9`, "\v1",
		`{}x`, `[1,]`, `{"a"}`, `{a:1}`, `{"a":1,}`, `tru`, `nulll`, `"`, `"\`, ``, ` `, `[`, `{"a":`, strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001),
		strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if got, want := Valid(text), json.Valid(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	})
}

// What is valid JSON is taken apart as encoding/json does.
func FuzzTakeApart(f *testing.F) {
	for _, text := range []string{`{"a" : [1, -2.5e3,"x\"]",[ ],{ }], "\u7532":null ,"b":{"c":true}}`, "{\"\xd4\":{}}", `[[["]"]],"\\",{"a":"}"}]`, "\"\xff\"", `12`, `{}`, "[\n]"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var want any
		if json.Unmarshal([]byte(text), &want) != nil {
			return
		}
		got := apart(t, []byte(trimmed(text)))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-encoding/json +taken apart):\n%s", text, diff)
		}
	})
}

func trimmed(text string) string {
	for text != "" && (text[0] == ' ' || text[0] == '\t' || text[0] == '\r' || text[0] == '\n') {
		text = text[1:]
	}
	return text[:valueLength([]byte(text))]
}

func apart(t *testing.T, b []byte) any {
	t.Helper()
	var v any
	var err error
	switch b[0] {
	case '{':
		object := map[string]any{}
		err, v = Members(b, func(key string, value []byte) error { object[key] = apart(t, value); return nil }), object
	case '[':
		list := []any{}
		err, v = Elements(b, func(value []byte) error { list = append(list, apart(t, value)); return nil }), list
	case '"':
		v, err = Text(b)
	case 't', 'f':
		v = b[0] == 't'
	case 'n':
	default:
		v, err = Number(b)
	}
	if err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	return v
}
