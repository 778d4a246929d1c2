package returns

import "testing"

func TestStem(t *testing.T) {
	for name, want := range map[string]string{
		"甲.xlsx": "甲", "甲批注.xlsx": "甲", "教育局/甲 (1).xlsx": "甲", "甲（2）.xlsx": "甲", "甲 - 副本.xls": "甲", "甲-副本 (2).xlsx": "甲",
		"甲（改）.xlsx": "甲", "甲修改稿.xlsx": "甲", "甲_定稿批注.xlsx": "甲", "批注.xlsx": "批注", "A.XLSX": "a", "ａ.xlsx": "a", "2023.xlsx": "2023",
	} {
		if got := Stem(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}
