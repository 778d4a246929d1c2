package list

import (
	"strings"
	"testing"

	"ziping/sheet"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// A text is read alike in every encoding, with every separator and line end that
// spreadsheets save.
func TestTextFiles(t *testing.T) {
	const text = "2021年度,,\n项目名称,全年预算数(万元),预期目标\n展厅①,\"1,121.92\",\"第一，\n第二\"\"好\"\"\"\n甲,x,\n"
	const want = "f.csv:5:3: “全年预算数(万元)”应为数字；这里是“x”\n"
	encoded := func(e encoding.Encoding) func(string) string {
		return func(s string) string {
			b, err := e.NewEncoder().String(s)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
	}
	separated := func(comma string) func(string) string {
		return func(s string) string {
			s = strings.NewReplacer(`"1,121.92"`, "1121.92", ",", comma).Replace(s)
			return s
		}
	}
	for name, change := range map[string]func(string) string{
		"UTF-8":                 func(s string) string { return s },
		"UTF-8 with a mark":     func(s string) string { return "\ufeff" + s },
		"GB18030":               encoded(simplifiedchinese.GB18030),
		"GBK":                   encoded(simplifiedchinese.GBK),
		"UTF-16 with a mark":    encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
		"UTF-16 big":            encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM)),
		"UTF-16 without a mark": encoded(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)),
		"tabs":                  separated("\t"),
		"semicolons":            separated(";"),
		"Unicode text of Excel": func(s string) string {
			return encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))(separated("\t")(s))
		},
		"line ends of Windows":     func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"line ends of the old Mac": func(s string) string { return strings.ReplaceAll(s, "\n", "\r") },
		"a line that names the comma": func(s string) string {
			return strings.Replace(s, "2021年度,,", "sep=,", 1)
		},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := Read([]File{{Name: "f.csv", Data: []byte(change(text))}})
			if got := described(list, err); got != want {
				t.Errorf("%q", got)
			}
			list, err = Read([]File{{Name: "f.csv", Data: []byte(change(strings.Replace(text, "x", "5", 1)))}})
			if err != nil {
				t.Fatal(err)
			}
			p := list.Projects[0].Table
			if p.Project.Value != "展厅①" || p.Fund(sheet.WholeFund).Budget.Value != 1121.92 || p.Goal.Expected.Value != "第一，\n第二\"好\"" {
				t.Errorf("%s", described(list, nil))
			}
		})
	}
}

func TestTextProblems(t *testing.T) {
	for name, c := range map[string][2]string{
		"a byte that is none of GB18030": {"a,b\n\xff,c", "f.csv:2:1: 这里有不是文字的内容，请用 Excel 或 WPS 打开后另存为 CSV UTF-8"},
		"a broken UTF-8":                 {"\ufeff项目名称,主管部门\n甲,\xff", "f.csv:2:3: 这里有不是文字的内容，请用 Excel 或 WPS 打开后另存为 CSV UTF-8"},
		"nothing":                        {" \n", "f.csv：文件是空的"},
		"a quote inside":                 {"项目名称,主管部门\n甲\"乙,丙", "f.csv:2:2: 内容里有英文双引号时，整格前后都要加双引号，里面的双引号写两个"},
		"a workbook by another name":     {"PK\x03\x04", "f.csv：文件不完整"},
	} {
		_, err := Read([]File{{Name: "f.csv", Data: []byte(c[0])}})
		if err == nil || !strings.HasPrefix(err.Error(), c[1]) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
