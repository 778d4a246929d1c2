package rules

import (
	"reflect"
	"strings"
	"testing"
)

func TestWithParam(t *testing.T) {
	own := `# 本局的规则
extends = "default"

[params."超额幅度"] # 一倍
value = 1.0 # 从前 0.5
"一级指标" = { "效益指标" = 2.0 }

[params."套话"]
description = "不算说明的"
value = [
  "无", # 常见
  "略",
]

[[override]]
id = "weight-output"
severity = "warning"
`
	tests := []struct {
		name, src, param string
		value            any
		want             string // a part of the file; "" where it is an error
		says             string
	}{
		{"a file without a word", "", "得分误差", 0.5, "extends = \"default\"\n\n[params.\"得分误差\"]\nvalue = 0.5\n", ""},
		{"a value in its table", own, "超额幅度", 0.25, "[params.\"超额幅度\"] # 一倍\nvalue = 0.25\n\"一级指标\" = { \"效益指标\" = 2.0 }\n", ""},
		{"a list of several lines", own, "套话", []any{"无", "同\"上\""}, "description = \"不算说明的\"\nvalue = [\"无\", \"同\\\"上\\\"\"]\n\n[[override]]", ""},
		{"a param that has no table yet", own, "一级分值", map[string]any{"产出指标": 60.0, "效益指标": 30.0, "满意度指标": 10.0}, "severity = \"warning\"\n\n[params.\"一级分值\"]\nvalue = { \"产出指标\" = 60, \"效益指标\" = 30, \"满意度指标\" = 10 }\n", ""},
		{"another type", own, "超额幅度", "一倍", "", "应为数字"},
		{"a mixed list", own, "套话", []any{"无", 1.0}, "", "全是文字"},
		{"written another way", "extends = \"default\"\nparams.\"得分误差\" = { value = 1 }\n", "得分误差", 0.5, "", "得分误差"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := WithParam("规则.toml", []byte(tt.src), tt.param, tt.value)
			if tt.want == "" {
				if err == nil || !strings.Contains(err.Error(), tt.says) {
					t.Errorf("got %v and\n%s", err, got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(got), tt.want) {
				t.Errorf("got\n%s\nwithout\n%s", got, tt.want)
			}
			for _, line := range strings.Split(tt.src, "\n") {
				if strings.HasPrefix(line, "#") && !strings.Contains(string(got), line) {
					t.Errorf("the comment %s is gone", line)
				}
			}
		})
	}
}

// Whatever value the default rules have, written into a file it is the same.
func TestWithParamRoundTrip(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	var src []byte
	kinds := map[reflect.Type]int{}
	for name, p := range set.Params() {
		if kinds[reflect.TypeOf(p.Value)]++; kinds[reflect.TypeOf(p.Value)] > 3 {
			continue // each is compiled with all rules
		}
		src, err = WithParam("规则.toml", src, name, plain(p.Value))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	again, err := Parse("规则.toml", src)
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range set.Params() {
		if got := again.Params()[name].Value; !reflect.DeepEqual(got, p.Value) {
			t.Errorf("%s is %v, want %v", name, got, p.Value)
		}
	}
}

// plain is a value as JSON brings it.
func plain(v any) any {
	switch v := v.(type) {
	case []string:
		list := make([]any, len(v))
		for i, x := range v {
			list[i] = x
		}
		return list
	case []float64:
		list := make([]any, len(v))
		for i, x := range v {
			list[i] = x
		}
		return list
	case map[string]float64:
		m := map[string]any{}
		for name, x := range v {
			m[name] = x
		}
		return m
	}
	return v
}
