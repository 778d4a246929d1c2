package quantity

import "testing"

func TestChineseNumerals(t *testing.T) {
	tests := []struct {
		in   string
		want float64
		rest string
	}{
		{"零", 0, ""},
		{"一", 1, ""},
		{"两", 2, ""},
		{"十", 10, ""},
		{"十二", 12, ""},
		{"二十", 20, ""},
		{"二十五家", 25, "家"},
		{"一百", 100, ""},
		{"一百零五", 105, ""},
		{"一百一十", 110, ""},
		{"一百十二", 112, ""},
		{"三百六十五", 365, ""},
		{"一千零五十", 1050, ""},
		{"一千零五", 1005, ""},
		{"九千九百九十九", 9999, ""},
		{"一万", 10000, ""},
		{"两万三千", 23000, ""},
		{"一万零三百", 10300, ""},
		{"一万零五", 10005, ""},
		{"十二万", 120000, ""},
		{"三千万", 3e7, ""},
		{"一亿", 1e8, ""},
		{"一亿两千万", 1.2e8, ""},
		{"一万亿", 1e12, ""},
		{"壹佰贰拾叁", 123, ""},
		{"三点五万", 3.5, "万"},
		{"九十九点九八", 99.98, ""},
		{"零点五", 0.5, ""},
	}
	for _, tt := range tests {
		d, rest, ok := scanChinese(tt.in)
		got, finite := d.float()
		if !ok || !finite || got != tt.want || rest != tt.rest {
			t.Errorf("scanChinese(%q) = %v, %q, %v, want %v, %q", tt.in, got, rest, ok, tt.want, tt.rest)
		}
	}
	for _, in := range []string{
		"", "百", "千万", "万元", "一百二", "一万二", "三五", "二〇二一", "一二三", "零零", "一百零", "一百一百", "十百", "一十百",
		"一亿亿", "一万万", "一亿万亿", "点五", "三点", "三点元", "零十", "人",
	} {
		if d, rest, ok := scanChinese(in); ok {
			t.Errorf("scanChinese(%q) = %v, %q, want nothing", in, d, rest)
		}
	}
}
