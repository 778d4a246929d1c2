package list

import (
	"strings"
	"testing"

	"ziping/sheet/quantity"
)

// The year of a list is that of its title, not that of a date or of a document it
// refers to; where it may be one or another, the list is refused.
func TestListYear(t *testing.T) {
	for _, c := range []struct{ above, want string }{
		{"2021年度项目清单\n制表日期：2022年3月5日", "2021"},
		{"2021年项目清单\n2022年01月04日", "2021"},
		{"2021年度项目清单,,2022年1月4日", "2021"},
		{"制表日期：2022年3月5日\n2021年度项目清单", "2021"},
		{"2021年度项目清单\n依据财预〔2020〕10号文件，2020年12月印发", "2021"},
		{"2021年度项目清单\n依据2020年印发的文件", "2021"},
		{"2021年项目清单\n依据2020年印发的文件", "2021"},
		{"依据2020年印发的文件\n2021年项目清单", "2021"},
		{"2021年度项目清单（2022年开展自评）", "2021"},
		{"2021年度项目清单\n2021年度部门预算", "2021"},
		{"２０２１年度项目清单", "2021"},
		{"二〇二一年度项目一览表\n编制于2022年", "2021"},
		{"二○二一年一览表\n编制于2022年", "2021"},
		{"2021 年 度项目清单\n2022 年 3 月", "2021"},
		{"年度：2021\n制表日期：2022年3月", "2021"},
		{"年度,2021\n2022年编制", "2021"},
		{"2021", "2021"},
		{"2021年", "2021"},
		{"项目数,2021", ""},
		{"制表日期：2022年3月5日", ""},
		{"制表日期：2022年  月  日", ""},
		{"制表日期：二〇二二年十二月", ""},
		{"2021年1-12月", ""},
		{"2021年度项目清单\n2022年度部门预算", "f.csv:2:1: 这里写的是 2022 年，第 1 行写的是 2021 年"},
		{"2021年项目清单\n2022年度部门预算", "f.csv:2:1: 这里写的是 2022 年，第 1 行写的是 2021 年"},
		{"2021年\n2022年", "f.csv:2:1: 这里写的是 2022 年，第 1 行写的是 2021 年"},
		{"2021-2023年度项目清单", "f.csv:1:1: 这里写的是 2023 年，同一格写的是 2021 年"},
		{"2021年至2023年项目清单", "f.csv:1:1: 这里写的是 2023 年，同一格写的是 2021 年"},
	} {
		list, err := Read([]File{{Name: "f.csv", Data: []byte(c.above + "\n项目名称,主管部门\n甲,卫\n")}})
		got := ""
		switch {
		case err != nil:
			got, _, _ = strings.Cut(err.Error(), "，分不清")
		case list.Projects[0].Year.Known:
			got = quantity.FormatNumber(list.Projects[0].Year.Value)
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.above, got, c.want)
		}
	}
}

// Where the rows have years of their own, those above do not matter.
func TestListYearOfRows(t *testing.T) {
	list, err := Read([]File{{Name: "f.csv", Data: []byte("2021年度、2022年度项目清单\n项目名称,年度\n甲,2021\n乙,2022\n")}})
	if err != nil || list.Projects[0].Year.Value != 2021 || list.Projects[1].Year.Value != 2022 {
		t.Error(list.Projects, err)
	}
}
