package sheet

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/quantity"
)

func TestUnmarshalErrors(t *testing.T) {
	for _, tt := range []struct{ name, file, src, want string }{
		{"unknown key", "a.toml", `"项目名" = "甲"`, "a.toml:1:1: 没有“项目名”这一项，是否应为“项目名称”？"},
		{"unknown key of an indicator", "a.toml", "[[\"绩效指标\"]]\n\"三级指标\" = \"甲\"\n\"完成值\" = \"1\"", "a.toml:3:1: 没有“完成值”这一项，是否应为“实际完成值”？"},
		{"number as text", "a.toml", "[[\"绩效指标\"]]\n\"分值\" = \"20\"", `a.toml:2:8: 应为数字，不带引号；这里是文字 "20"`},
		{"text as number", "a.toml", `"项目名称" = 5`, `a.toml:1:10: 应为文字，请加英文双引号："5"`},
		{"second definition", "a.toml", "\"年度\" = 2021\n\"年度\" = 2022", "a.toml:2:1: “年度”重复了，第 1 行已经写过"},
		{"second definition in JSON", "a.json", "{\"年度\": 2021,\n\"年度\": 2022}", "a.json:2:1: “年度”重复了，第 1 行已经写过"},
		{"negative weight", "a.toml", "[[\"绩效指标\"]]\n\"分值\" = -20", "a.toml:2:8: “绩效指标[1].分值”不能是负数：-20"},
		{"year", "a.toml", `"年度" = 21`, "a.toml:1:8: “年度”应为四位数字的年份，如 2021；这里是 21"},
		{"money unit", "a.toml", `"金额单位" = "万"`, "a.toml:1:10: “金额单位”应为万元、元、千元、亿元之一；这里是“万”"},
		{"source twice", "a.toml", "[[\"项目资金\"]]\n\"资金来源\" = \"其他资金\"\n[[\"项目资金\"]]\n\"资金来源\" = \"其它资金\"", "a.toml:4:10: 资金来源“其他资金”写了两次"},
		{"control character", "a.toml", `"项目名称" = "甲\u0001"`, "a.toml:1:10: 第 2 个字是控制字符 U+0001，工作簿中不能存放，请删去"},
		{"too long", "a.toml", `"项目名称" = "` + strings.Repeat("长", 32768) + `"`, "a.toml:1:10: 文字共 32768 字，超过单元格上限 32767 字，请删减"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Unmarshal(tt.file, []byte(tt.src))
			if err == nil {
				t.Fatal("no error")
			}
			if err.Error() != tt.want {
				t.Errorf("error %q\nwant  %q", err, tt.want)
			}
		})
	}
}

// Both formats say the same, and what is written is read back.
func TestEncodings(t *testing.T) {
	files, err := filepath.Glob("../examples/[dp]*/*.toml")
	if err != nil || len(files) < 5 {
		t.Fatalf("%d example files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			table, err := Unmarshal(file, src)
			if err != nil {
				t.Fatal(err)
			}
			asTOML, err := table.MarshalTOML()
			if err != nil {
				t.Fatal(err)
			}
			asJSON, err := json.Marshal(table)
			if err != nil {
				t.Fatal(err)
			}
			for name, b := range map[string][]byte{"a.toml": asTOML, "a.json": asJSON} {
				again, err := Unmarshal(name, b)
				if err != nil {
					t.Fatalf("%s: %v\n%s", name, err, b)
				}
				second, err := again.MarshalTOML()
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(asTOML), string(second)); diff != "" {
					t.Errorf("%s (-first +second):\n%s", name, diff)
				}
			}
		})
	}
}

func TestLiterals(t *testing.T) {
	for text, want := range map[string]string{
		`引号"和\`:      `"引号\"和\\"`,
		"换行\n制表\t":   `"换行\n制表\t"`,
		"<b>&\x7f":   `"<b>&\u007f"`,
		"\u2028 𠮷 😀": `"\u2028 𠮷 😀"`,
	} {
		if got := quote(text); got != want {
			t.Errorf("quote(%q) = %s, want %s", text, got, want)
		}
	}
	for v, want := range map[float64]string{0.1 + 0.2: "0.3", 1e15: "1000000000000000", 1121.92: "1121.92", 1.0 / 3: "0.333333333333333", 1e-7: "0.0000001"} {
		if got := quantity.FormatNumber(v); got != want {
			t.Errorf("FormatNumber(%v) = %s, want %s", v, got, want)
		}
	}
}
