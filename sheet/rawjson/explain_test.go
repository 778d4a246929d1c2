package rawjson

import (
	"errors"
	"testing"

	jsonv2 "github.com/go-json-experiment/json"
)

// Errors say where, and what should stand there, without a word of Go.
func TestExplain(t *testing.T) {
	type part struct {
		Text  string            `json:"文字"`
		Count int               `json:"数"`
		Is    bool              `json:"是"`
		List  []float64         `json:"清单"`
		Map   map[string]string `json:"表"`
	}
	for text, want := range map[string]string{
		`{"文字":7}`:           "/文字：应为文字，这里是数字",
		`{"数":"七"}`:          "/数：应为数字，这里是文字",
		`{"是":null,"清单":{}}`: "/清单：应为 [ … ]，这里是 { … }",
		`{"清单":[1,true]}`:    "/清单/1：应为数字，这里是 true",
		`{"表":[]}`:           "/表：应为 { … }，这里是 [ … ]",
		`{"是":"x"}`:          "/是：应为 true 或 false，这里是文字",
		`{"文字":"甲"`:          "第 15 个字节后就没有了，没有写完",
		`{"文字":}`:            "第 10 个字节后不合 JSON 的写法",
	} {
		err := jsonv2.Unmarshal([]byte(text), new(part))
		if err == nil {
			t.Errorf("%s is read", text)
		} else if got := Explain(err).Error(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if other := errors.New("x"); Explain(other) != other {
		t.Error("another error does not stay")
	}
}
