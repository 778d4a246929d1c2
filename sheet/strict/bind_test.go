package strict

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

type level string

// everything has a field of each kind.
type everything struct {
	String  string                    `toml:"string"`
	Named   level                     `toml:"named"`
	Bool    bool                      `toml:"bool"`
	Int     int                       `toml:"int"`
	Int8    int8                      `toml:"int8"`
	Uint8   uint8                     `toml:"uint8"`
	Uint64  uint64                    `toml:"uint64"`
	Float   float64                   `toml:"float"`
	Pointer *bool                     `toml:"pointer"`
	Any     any                       `toml:"any"`
	Scalar  *amount                   `toml:"scalar"`
	Floats  []float64                 `toml:"floats"`
	Lists   [][]int                   `toml:"lists"`
	Scalars []amount                  `toml:"scalars"`
	At      At[[]At[string]]          `toml:"at"`
	AtTable At[goal]                  `toml:"attable"`
	Map     map[level]int             `toml:"map"`
	Tables  map[string]fund           `toml:"tables"`
	AtMap   map[string]At[*indicator] `toml:"atmap"`
}

func TestBind(t *testing.T) {
	yes := true
	for _, test := range []struct {
		src  string
		want everything
	}{
		{"string = 'a'\nnamed = 'b'\nbool = true", everything{String: "a", Named: "b", Bool: true}},
		{"int = -5\nint8 = -128\nuint8 = 255\nuint64 = 9223372036854775807",
			everything{Int: -5, Int8: -128, Uint8: 255, Uint64: math.MaxInt64}},
		{"float = 0x10\nfloats = [1, 2.5, 9007199254740992]", everything{Float: 16, Floats: []float64{1, 2.5, 1 << 53}}},
		{"pointer = true", everything{Pointer: &yes}},
		{"any = [1, {a = 'b'}]", everything{Any: []any{int64(1), map[string]any{"a": "b"}}}},
		{"[[any]]\na = 1", everything{Any: []any{map[string]any{"a": int64(1)}}}},
		{"scalar = 2021-12-31T00:00:00Z", everything{Scalar: &amount{Date: time.Date(2021, 12, 31, 0, 0, 0, 0, time.UTC)}}},
		{"scalars = ['1', 2, 2.5, true]", everything{Scalars: []amount{{Text: "1"}, {Text: "2"}, {Text: "2.5"}, {Text: "true"}}}},
		{"floats = []\nlists = [[1], []]", everything{Floats: []float64{}, Lists: [][]int{{1}, {}}}},
		{"at = ['甲', 'b']", everything{At: At[[]At[string]]{[]At[string]{{"甲", Position{1, 7}}, {"b", Position{1, 12}}}, Position{1, 6}}}},
		{"[attable]\n\"预期目标\" = 'a'", everything{AtTable: At[goal]{goal{Expected: "a"}, Position{1, 1}}}},
		{"attable.\"预期目标\" = 'a'", everything{AtTable: At[goal]{goal{Expected: "a"}, Position{1, 1}}}},
		{"map = {a = 1}", everything{Map: map[level]int{"a": 1}}},
		{"[tables.a]\n\"资金来源\" = 'x'\n[tables.b]\n\"资金来源\" = 'y'", everything{Tables: map[string]fund{
			"a": {Place: Position{1, 1}, Source: "x"}, "b": {Place: Position{3, 1}, Source: "y"}}}},
		{"atmap.a = {\"分值\" = 1}", everything{AtMap: map[string]At[*indicator]{"a": {&indicator{Weight: 1}, Position{1, 11}}}}},
	} {
		var got everything
		if err := Unmarshal("a.toml", []byte(test.src), &got); err != nil {
			t.Errorf("%s: %v", test.src, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.src, diff)
		}
	}
}

func TestBindMessages(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"string = 1", "1:10: “string”应为文字，要加英文双引号；这里是数字 1"},
		{"string = {}", "1:10: “string”应为文字；这里是表"},
		{"bool = '是'", "1:8: “bool”应为 true（是）或 false（否），不带引号；这里是文字 '是'"},
		{"bool = 1", "1:8: “bool”应为 true（是）或 false（否）；这里是数字 1"},
		{"int = '1'", "1:7: “int”应为整数，不带引号；这里是文字 '1'"},
		{"int = 1.0", "1:7: “int”应为整数；这里是小数 1.0"},
		{"int8 = 128", "1:8: “int8”应在 -128 到 127 之间；这里是 128"},
		{"int8 = -129", "1:8: “int8”应在 -128 到 127 之间；这里是 -129"},
		{"uint8 = 256", "1:9: “uint8”应在 0 到 255 之间；这里是 256"},
		{"uint64 = -1", "1:10: “uint64”应在 0 到 18446744073709551615 之间；这里是 -1"},
		{"float = '18'", "1:9: “float”应为数字，不带引号；这里是文字 '18'"},
		{"float = true", "1:9: “float”应为数字；这里是值 true"},
		{"float = 9007199254740993", "1:9: “float”的数字太大：9007199254740993"},
		{"float = -9007199254740993", "1:9: “float”的数字太大：-9007199254740993"},
		{"float = +nan", "1:9: “float”不能是 +nan，应为普通的数字"},
		{"scalar = inf", "1:10: “scalar”不能是 inf，应为普通的数字"},
		{"any = {a = [nan]}", "1:13: “a”的第 1 项不能是 nan，应为普通的数字"},
		{"scalar = 'x'", `1:10: "x" 里没有数字`},
		{"scalar = []", "1:10: “scalar”应为单个的值；这里是列表"},
		{"lists = [[1], 2]", "1:15: “lists”的第 2 项应为列表，写成 [ … ]；这里是数字 2"},
		{"attable = []", "1:11: “attable”应为表，写成 [attable]，一层方括号；这里是列表"},
		{"[attable]", "1:1: “attable”缺少“预期目标”"},
		{"[floats]", "1:1: “floats”应为列表，写成 [[floats]]，两层方括号；这里是表"},
		{"floats = 2021-01-01", "1:10: “floats”应为列表，写成 [ … ]；这里是日期 2021-01-01"},
		{"map = 1", "1:7: “map”应为表，写成 [map]，一层方括号；这里是数字 1"},
		{"[map.a]", "1:1: “a”应为整数；这里是表"},
		{"tables = {a = {}}", "1:15: “a”缺少“资金来源”"},
		{"tables = {a = {\"资金来原\" = 1}}", "1:16: 没有“资金来原”这一项，是否应为“资金来源”？"},
		{"tables = {a = 1}", "1:15: “a”应为表，写成 [a]，一层方括号；这里是数字 1"},
		{"at = ['a', 2, '''\n''', 3]", "1:12: “at”的第 2 项应为文字，要加英文双引号；这里是数字 2\n2:6: “at”的第 4 项应为文字，要加英文双引号；这里是数字 3"},
		{"int = \"\"\"\n\"\"\"", "1:7: “int”应为整数，不带引号；这里是文字 \"\"\"…"},
		{"strin = 1\nat = 1", "1:1: 没有“strin”这一项，是否应为“string”？\n2:6: “at”应为列表，写成 [ … ]；这里是数字 1"},
	} {
		if got := messages("a.toml", test.src, &everything{}); got != test.want {
			t.Errorf("%s:\ngot:\n%s\nwant:\n%s", test.src, got, test.want)
		}
	}
}

func TestBindJSONMessages(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"[]", "1:1: 文件应为表，写成 { … }；这里是列表"},
		{`"a"`, `1:1: 文件应为表，写成 { … }；这里是文字 "a"`},
		{`{"attable": 1, "floats": {}}`, "1:13: “attable”应为表，写成 { … }；这里是数字 1\n1:26: “floats”应为列表，写成 [ … ]；这里是表"},
		{`{"attable": {"预期目标": null}}`, "1:13: “attable”缺少“预期目标”"},
		{`{"float": null, "foo": null}`, "1:17: 没有“foo”这一项，可以写的有：string、named、bool、int、int8、uint8、uint64、float、pointer、any、scalar、floats、lists、scalars、at、attable、map、tables、atmap"},
		{`{"map": {"a": null, "b": 2.5}}`, "1:26: “b”应为整数；这里是小数 2.5"},
		{`{"int": 1e2, "float": 9007199254740993}`, "1:9: “int”应为整数；这里是小数 1e2\n1:23: “float”的数字太大：9007199254740993"},
	} {
		if got := messages("a.json", test.src, &everything{}); got != test.want {
			t.Errorf("%s:\ngot:\n%s\nwant:\n%s", test.src, got, test.want)
		}
	}
}

// TestBindKeepsTheRest checks that a mistake does not take the other values
// along.
func TestBindKeepsTheRest(t *testing.T) {
	var got everything
	err := Unmarshal("a.toml", []byte("string = 1\nint = 2\nfloats = [1, 'a', 3]"), &got)
	if err == nil || got.Int != 2 || !cmp.Equal(got.Floats, []float64{1, 0, 3}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// cell is a Scalar that wants to know where it stands.
type cell struct {
	value any
	at    Position
}

func (c *cell) SetScalar(value any) error { c.value = value; return nil }
func (c *cell) SetPosition(at Position)   { c.at = at }

func TestSetPosition(t *testing.T) {
	var got struct {
		Cells []cell `toml:"cells"`
	}
	if err := Unmarshal("a.toml", []byte("cells = ['年', 1]"), &got); err != nil {
		t.Fatal(err)
	}
	want := []cell{{"年", Position{1, 10}}, {int64(1), Position{1, 15}}}
	if diff := cmp.Diff(want, got.Cells, cmp.AllowUnexported(cell{})); diff != "" {
		t.Error(diff)
	}
}
