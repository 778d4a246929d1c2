package quantity

import "testing"

func TestSameUnit(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"场", "场", true},
		{"场", "场次", true},
		{"场(次)", "场", true},
		{"次", "场(次)", true},
		{"人(次)", "人次", true},
		{"台(套)", "台", true},
		{"天", "日", true},
		{"人", "名", true},
		{"平方米", "㎡", true},
		{"公里", "km", true},
		{"KM", "km", true},
		{"家", "家企业", true},
		{"个项目", "个", true},
		{"次/年", "次", true},
		{"次/年", "次/年", true},
		{"元/人/年", "元/人", true},
		{"场/次", "场次", true},
		{"场/次", "场", true},
		{"人/次", "人次", true},
		{"元/人·天", "元/人天", true},
		{"平方", "平方米", true},
		{"平方千米", "平方公里", true},
		{"立方", "m³", true},
		{"次/月", "次", false},
		{"次/季度", "次/年", false},
		{"元/次", "元", false},
		{"人/次", "人", false},
		{"人/天", "人天", false},
		{"年", "次/年", false},
		{"平方", "平方公里", false},
		{"场", "次", false},
		{"人", "人次", false},
		{"个项目", "个村", false},
		{"元", "元/人", false},
		{"天", "个工作日", false},
		{"个百分点", "分", false},
		{"标段", "图幅", false},
	}
	for _, tt := range tests {
		if got := sameUnit(tt.a, tt.b); got != tt.want {
			t.Errorf("sameUnit(%q, %q) = %v", tt.a, tt.b, got)
		}
		if got := sameUnit(tt.b, tt.a); got != tt.want {
			t.Errorf("sameUnit(%q, %q) = %v", tt.b, tt.a, got)
		}
	}
}

func TestUnitName(t *testing.T) {
	for unit, want := range map[string]string{
		"": "", "%": "%", "场": "场", "场次": "场", "场(次)": "场", "㎡": "平方米", "KM": "公里", "家企业": "家", "人次": "人次",
		"元/人": "元/人", "标段": "标段", "次/年": "次", "场/次": "场", "元/次": "元/次", "平方": "平方米",
	} {
		if got := UnitName(unit); got != want {
			t.Errorf("UnitName(%q) = %q, want %q", unit, got, want)
		}
	}
}
