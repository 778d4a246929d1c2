package convert

import "testing"

func TestDecode(t *testing.T) {
	for data, want := range map[string]string{
		"":                        "",
		"年度,1":                    "年度,1",
		"\xEF\xBB\xBF年度":          "年度",
		"\xEF\xBB\xBF年\xFF度":      "年\ufffd度",
		"\xFF\xFE\x74\x5E1\x00":   "年1",
		"\xFE\xFF\x5E\x74\x001":   "年1",
		"\x74\x5E1\x00,\x002\x00": "年1,2",
		"\xC4\xEA\xB6\xC8":        "年度", // GBK
		"\xC4\xEA\xFF":            "年\ufffd",
	} {
		if got := Decode([]byte(data)); got != want {
			t.Errorf("%q is %q, want %q", data, got, want)
		}
	}
}
