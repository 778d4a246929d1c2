package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJSONSyntax(t *testing.T) {
	const backslash = `反斜杠 \ 有特殊含义，要写成两个 \\`
	for _, test := range []struct{ src, want string }{
		{"", "1:1: 文件是空的"},
		{" \n ", "1:1: 文件是空的"},
		{"null", "1:1: 文件是空的"},
		{"{\n  \"年\": 1, \"a\": 2, \"年\": 3,\n  \"a\": {\"b\": 1, \"b\": null}}",
			"2:19: “年”重复了，第 2 行已经写过\n3:3: “a”重复了，第 2 行已经写过\n3:17: “b”重复了，第 3 行已经写过"},
		{"{} \n x y", "2:2: 文件到这里应已结束，后面多了 x y"},
		{"{}}", "1:3: 文件到这里应已结束，后面多了 }"},
		{"{\"a\": [1", "1:9: 文件没有写完，缺少结尾的括号或引号"},
		{"{\"a\": \"b\n", "1:7: 文件没有写完，缺少结尾的括号或引号"},
		{"{\"a\": \"b\n\"}", "1:7: 这里的引号 \" 在同一行里没有结尾的引号"},
		{"{\"a\"：1}", "1:5: 这里用了中文符号 ： ，请改成英文符号 :"},
		{"{\"年\": 1，\"b\": 2}", "1:8: 这里用了中文符号 ， ，请改成英文符号 ,"},
		{"{“a”: 1}", `1:2: 这里用了中文符号 “ ，请改成英文符号 "`},
		{"｛｝", "1:1: 这里用了中文符号 ｛ ，请改成英文符号 {"},
		{"{\"a\": 1,}", "1:9: 这里应为名称，要加英文双引号；最后一项后面不能有逗号"},
		{"{a: 1}", "1:2: 这里应为名称，要加英文双引号"},
		{"{\"a\" 1}", "1:6: 名称后面缺少冒号 :"},
		{"{\"a\": 1 \"b\": 2}", "1:9: 这里缺少逗号或结尾的 }"},
		{"[1 2]", "1:4: 这里缺少逗号或结尾的 ]"},
		{"[1,]", "1:4: 这里应为一个值，文字要加英文双引号；最后一项后面不能有逗号"},
		{"[未来]", "1:2: 这里应为一个值，文字要加英文双引号；最后一项后面不能有逗号"},
		{`["C:\项目"]`, "1:2: " + backslash},
		{`["\u12"]`, "1:2: " + backslash},
		{"[.5]", "1:2: 这里应为一个值，文字要加英文双引号；最后一项后面不能有逗号"},
		{"[5.]", "1:2: 数字写得不完整，小数点前后都要有数字，例如 0.5"},
		{"[True]", "1:2: 这里应为一个值，文字要加英文双引号；最后一项后面不能有逗号"},
		{"[tru]", "1:2: 这里应为 true、false 或 null；文字要加英文双引号"},
		{"[1e999, 1, 9223372036854775808, -9223372036854775809]", "1:2: 数字太大\n1:12: 数字太大\n1:33: 数字太大"},
		{strings.Repeat("[", 1000), "1:102: 表和列表一层套一层，超过了 100 层"},
		{strings.Repeat(`{"a":`, 1000), "1:506: 表和列表一层套一层，超过了 100 层"},
	} {
		var into any
		if got := messages("a.json", test.src, &into); got != test.want {
			t.Errorf("%.60q:\ngot:\n%s\nwant:\n%s", test.src, got, test.want)
		}
	}
}

// FuzzJSON checks that no input makes Unmarshal panic, and that it accepts and
// decodes what the json package does, but for what it refuses on purpose.
func FuzzJSON(f *testing.F) {
	for _, src := range []string{
		goodJSON, "", "null", "[1, 2.5, -0, 1e400, 12345678901234567890]", `{"a": {"b": [{}, [], ""]}, "a": 1}`,
		`{"年度"：2021，}`, "[[[[", `"\ud800"`, "\xef\xbb\xbf{}", "{} {}", "[1 2]", `{"a" 1}`, "\x80", "[\"\n\"]",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		_ = Unmarshal("a.json", []byte(src), &project{})
		var got any
		err := Unmarshal("a.json", []byte(src), &got)
		want, wantErr := decodeJSON(trimBOM([]byte(src)))
		if err != nil {
			if wantErr == nil && !refusedOnPurpose(err) {
				t.Fatalf("not accepted: %v", err)
			}
			return
		}
		if wantErr != nil {
			t.Fatalf("accepted: %v", wantErr)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		checkJSONPlaces(t, src)
	})
}

func refusedOnPurpose(err error) bool {
	var errs Errors
	errors.As(err, &errs)
	for _, e := range errs {
		for _, purpose := range []string{"重复了", "数字太大", "超过了", "不是 UTF-8", "是空的"} {
			if strings.Contains(e.Message, purpose) {
				return true
			}
		}
	}
	return false
}

// decodeJSON decodes with the json package and makes plain values of the result.
func decodeJSON(src []byte) (any, error) {
	if !json.Valid(src) {
		return nil, errors.New("invalid")
	}
	dec := json.NewDecoder(bytes.NewReader(src))
	dec.UseNumber()
	var value any
	err := dec.Decode(&value)
	return plainJSON(value), err
}

func plainJSON(value any) any {
	switch value := value.(type) {
	case map[string]any:
		m := map[string]any{}
		for key, child := range value {
			if child != nil {
				m[key] = plainJSON(child)
			}
		}
		return m
	case []any:
		list := []any{}
		for _, child := range value {
			if child != nil {
				list = append(list, plainJSON(child))
			}
		}
		return list
	case json.Number:
		if i, err := value.Int64(); err == nil {
			return i
		}
		f, _ := value.Float64()
		return f
	}
	return value
}

// checkJSONPlaces checks that the text at every position is what was decoded.
func checkJSONPlaces(t *testing.T, src string) {
	t.Helper()
	r := &report{}
	r.decode([]byte(src))
	var check func(n *node)
	check = func(n *node) {
		text := textAt(r.text, n.pos)
		if !strings.HasPrefix(text, map[nodeKind]string{tableKind: "{", listKind: "["}[n.kind]+n.raw) {
			t.Errorf("value at %v: %.20q, want %q", n.pos, text, n.raw)
		}
		if n.key != (Position{}) && !strings.HasPrefix(textAt(r.text, n.key), `"`) {
			t.Errorf("key %q at %v: %.20q", n.name, n.key, textAt(r.text, n.key))
		}
		for _, child := range n.children {
			check(child)
		}
	}
	check(parseJSON(r))
}
