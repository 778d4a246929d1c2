package strict

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/sheettest"
)

// project is a form as the other packages declare theirs.
type project struct {
	Position
	Year       int            `toml:"年度,required"`
	Name       At[string]     `toml:"项目名称,required"`
	Unit       string         `toml:"金额单位"`
	Done       bool           `toml:"已审核"`
	Funds      []fund         `toml:"项目资金"`
	Goal       goal           `toml:"年度总体目标"`
	Indicators []*indicator   `toml:"绩效指标"`
	Params     map[string]any `toml:"params"`
	Tags       []string       `toml:"标签"`
	Cache      string         `toml:"-"`
	compiled   string         //lint:ignore U1000 what is not exported is left alone
}

type fund struct {
	Place    Position     `toml:"-"`
	Source   string       `toml:"资金来源,required"`
	Initial  *float64     `toml:"年初预算数"`
	Budget   At[*float64] `toml:"全年预算数"`
	Executed *float64     `toml:"全年执行数"`
	Score    float64      `toml:"得分"`
}

type goal struct {
	Expected string `toml:"预期目标,required"`
	Actual   string `toml:"实际完成情况"`
}

type indicator struct {
	Level3 string `toml:"三级指标"`
	Target amount `toml:"年度指标值"`
	Weight int8   `toml:"分值"`
}

// amount is a Scalar: a number, or a text with a number in front.
type amount struct {
	Text string
	Date time.Time
}

func (a *amount) SetScalar(value any) error {
	switch value := value.(type) {
	case string:
		if !strings.ContainsAny(value, "0123456789") {
			return fmt.Errorf("%q 里没有数字", value)
		}
		a.Text = value
	case time.Time:
		a.Date = value
	default:
		a.Text = fmt.Sprint(value)
	}
	return nil
}

const goodTOML = `# 注释
"年度" = 2021
"项目名称" = '未来公园'
"已审核" = true
"标签" = ["a", """b
c"""] # 两项

[["项目资金"]]
"资金来源" = "年度资金总额"
"年初预算数" = 1121.92
"全年预算数" = 1_121
[["项目资金"]]
"资金来源" = "财政拨款"
["年度总体目标"]
"预期目标" = "好"
[["绩效指标"]]
"年度指标值" = "≥95%"
"分值" = 20
[["绩效指标"]]
"年度指标值" = 400
[params]
a.b = [1, 2.5, true, "c"]
n = 9007199254740993
`

const goodJSON = `{
  "年度": 2021, "项目名称": "未来公园",
  "已审核": true, "金额单位": null, "标签": ["a", null, "b\nc"],
  "项目资金": [
    {"资金来源": "年度资金总额", "年初预算数": 1121.92, "全年预算数": 1121},
    {"资金来源": "财政拨款"}
  ],
  "年度总体目标": {"预期目标": "好"},
  "绩效指标": [{"年度指标值": "≥95%", "分值": 20}, {"年度指标值": 400}],
  "params": {"a": {"b": [1, 2.5, true, "c", null]}, "n": 9007199254740993}
}
`

func TestUnmarshal(t *testing.T) {
	for _, test := range []struct {
		file, src                  string
		root, f0, f1, name, budget Position
	}{
		{
			file: "a.toml", src: goodTOML, root: Position{1, 1},
			f0: Position{8, 1}, f1: Position{12, 1}, name: Position{3, 10}, budget: Position{11, 11},
		},
		{
			file: "a.JSON", src: goodJSON, root: Position{1, 1},
			f0: Position{5, 5}, f1: Position{6, 5}, name: Position{2, 23}, budget: Position{5, 51},
		},
	} {
		t.Run(test.file, func(t *testing.T) {
			got := project{Unit: "万元", Tags: []string{"x", "y", "z"}, Cache: "kept"}
			if err := Unmarshal(test.file, []byte(test.src), &got); err != nil {
				t.Fatal(err)
			}
			initial, budget := 1121.92, 1121.0
			want := project{
				Position: test.root,
				Year:     2021,
				Name:     At[string]{"未来公园", test.name},
				Unit:     "万元", // absent: as it was
				Done:     true,
				Funds: []fund{
					{Place: test.f0, Source: "年度资金总额", Initial: &initial, Budget: At[*float64]{&budget, test.budget}},
					{Place: test.f1, Source: "财政拨款"},
				},
				Goal:       goal{Expected: "好"},
				Indicators: []*indicator{{Target: amount{Text: "≥95%"}, Weight: 20}, {Target: amount{Text: "400"}}},
				Params: map[string]any{
					"a": map[string]any{"b": []any{int64(1), 2.5, true, "c"}},
					"n": int64(9007199254740993),
				},
				Tags:  []string{"a", "b\nc"},
				Cache: "kept",
			}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(project{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestMarkAndLineEnds reads what Windows Notepad writes.
func TestMarkAndLineEnds(t *testing.T) {
	var got project
	src := "\xef\xbb\xbf\"年度\" = 2021\r\n\"项目名称\" = \"a\"\r\n\"foo\" = 1\r\n"
	err := Unmarshal("a.toml", []byte(src), &got)
	want := "a.toml:3:1: 没有“foo”这一项，可以写的有：年度、项目名称、金额单位、已审核、项目资金、年度总体目标、绩效指标、params、标签\n" +
		"3 | \"foo\" = 1\n  | ^"
	var first *Error
	if !errors.As(err, &first) || first.Picture() != want {
		t.Errorf("got %v", first.Picture())
	}
	if got.Name != (At[string]{"a", Position{2, 10}}) {
		t.Errorf("name: %v", got.Name)
	}
}

func TestEncoding(t *testing.T) {
	const message = ": 文件不是 UTF-8 编码（可能是 GBK），请用记事本打开，另存为 UTF-8 编码"
	for _, test := range []struct{ name, src, want string }{
		{"a.toml", "\"a\" = 1\n\"\xc4\xea\xb6\xc8\" = 2021", "a.toml:2:2" + message}, // GBK
		{"a.json", "{\"\xc4\xea\": 1}", "a.json:1:3" + message},
		{"a.toml", "\xff\xfea\x00=\x001\x00", "a.toml:1:1" + message}, // UTF-16
		{"a.toml", "a\x00=\x001\x00", "a.toml:1:2" + message},
	} {
		err := Unmarshal(test.name, []byte(test.src), &project{})
		if err == nil || err.Error() != test.want {
			t.Errorf("%q: got %v, want %s", test.src, err, test.want)
		}
		var e *Error
		if errors.As(err, &e) && strings.ContainsRune(e.Picture(), utf8.RuneError) {
			t.Errorf("%q: the picture shows bytes: %q", test.src, e.Picture())
		}
	}
}

// TestGolden compares the pictures of files with many mistakes.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.[tj]*")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var errs Errors
			errors.As(Unmarshal(filepath.Base(file), src, &project{}), &errs)
			var got strings.Builder
			for _, e := range errs {
				fmt.Fprintln(&got, e.Picture())
			}
			sheettest.Golden(t, file+".golden", got.String())
		})
	}
}

func TestUnmarshalPanics(t *testing.T) {
	for name, into := range map[string]any{
		"no pointer": project{},
		"nil":        (*project)(nil),
		"untagged":   &struct{ A int }{},
		"unexported": &struct {
			a int `toml:"a"`
		}{},
		"option": &struct {
			A int `toml:"a,omitempty"`
		}{},
		"no name": &struct {
			A int `toml:",required"`
		}{},
		"same name": &struct {
			A, B int `toml:"a"`
		}{},
		"nothing in it": &struct{ a int }{},
		"type": &struct {
			A chan int `toml:"a"`
		}{},
		"map key": &struct {
			A map[int]int `toml:"b"`
		}{},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			_ = Unmarshal("a.toml", []byte("a = 1\nb.c = 1"), into)
		})
	}
}

// Inputs that tempt a parser to look at things again are read: one that did would not end
// within the time that a test has.
func TestLongInputs(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	for name, input := range map[string]func(n int) string{
		"long line.toml":  func(n int) string { return "a = [" + strings.Repeat("1, ", n) + "]" },
		"quotes.toml":     func(n int) string { return "a = [" + strings.Repeat("“汉”， ", n) + "]" },
		"long names.toml": func(n int) string { return "[" + strings.Repeat("a", 10*n) + "]\n" + keys("%d = 1\n", n) },
		"bare.toml":       func(n int) string { return keys("汉%d = 1\n", n) },
		"long line.json":  func(n int) string { return "{" + keys(`"k%d": 1,`, n) + `"a": 1}` },
		"same.json":       func(n int) string { return "{" + strings.Repeat(`"a": 1, `, n) + `"a": 1}` },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const n = 100_000
			var into any
			if err := Unmarshal(name, []byte(input(n)), &into); err == nil && into == nil {
				t.Error("nothing read, and nothing said")
			}
		})
	}
}

func keys(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

func BenchmarkUnmarshal(b *testing.B) {
	fund := "\n[[\"项目资金\"]]\n\"资金来源\" = \"年度资金总额\"\n\"年初预算数\" = 1121.92\n\"全年预算数\" = 1121.92\n\"得分\" = 9.99\n"
	indicator := "\n[[\"绩效指标\"]]\n\"三级指标\" = \"计划接待参观团组总数\"\n\"年度指标值\" = \"=400 场\"\n\"分值\" = 20\n"
	toml := "\"年度\" = 2021\n\"项目名称\" = \"未来公园\"\n" + strings.Repeat(fund, 4) + strings.Repeat(indicator, 20)
	json := `{"年度": 2021, "项目名称": "未来公园", "项目资金": [` +
		strings.Repeat(`{"资金来源": "年度资金总额", "年初预算数": 1121.92, "全年预算数": 1121.92, "得分": 9.99},`, 24) +
		`{"资金来源": "其他"}]}`
	for _, test := range []struct{ file, src string }{{"a.toml", toml}, {"a.json", json}} {
		b.Run(test.file, func(b *testing.B) {
			b.SetBytes(int64(len(test.src)))
			b.ReportAllocs()
			for b.Loop() {
				if err := Unmarshal(test.file, []byte(test.src), &project{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What nobody can have written is refused before it takes memory.
func TestTooLarge(t *testing.T) {
	for _, name := range []string{"a.toml", "a.json"} {
		err := Unmarshal(name, bytes.Repeat([]byte("\n"), largest+1), new(struct{}))
		if want := name + ":1:1: 文件超过 4 MB，不像是由人填写的"; err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
