package list

import (
	"strings"
	"testing"
)

// found is what a list of text files comes to in a line: the projects with their
// departments and indicators, or the mistakes.
func found(texts ...string) string {
	var files []File
	for i, text := range texts {
		files = append(files, File{Name: []string{"f.csv", "g.csv"}[i], Data: []byte(text)})
	}
	list, err := Read(files)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, p := range list.Projects {
		b.WriteString(p.Department.Value + p.Table.Project.Value + " ")
		for _, x := range p.Indicators {
			b.WriteString(x.Level1.Value + "/" + x.Level2.Value + "/" + x.Level3.Value + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

// What stands below the rows of a list and is none of them is left out, wherever
// it stands in its row; what may be one is refused.
func TestListNotes(t *testing.T) {
	const unclear = "像是签名或说明"
	for _, c := range []struct{ rows, want string }{
		{"制表：张三,复核：李四,负责人：王五", ""},
		{"制表人：张三,,日期：2021年12月", ""},
		{"制表人：,张三,复核人,李四", ""},
		{"日期：2021年12月31日", ""},
		{"2021年12月31日", ""},
		{"编制单位（盖章）：财政局", ""},
		{"财政局（公章）", ""},
		{"财政局（盖章）,,年  月  日", ""},
		{"电子证照（签章）系统,教,4,", "教电子证照（签章）系统"},
		{"单位负责人（签字）：,,经办人及联系电话：,62345678", ""},
		{"联系人：张三,联系电话：62345678", ""},
		{"联系人,张三,电话,62345678", ""},
		{"说明,1.本表由财政局填写", ""},
		{"说明：\n1.本表由财政局填写\n（2）金额以万元计，保留两位小数。", ""},
		{"续表", ""},
		{"（续表一）", ""},
		{"第 1 页，共 3 页", ""},
		{"续表\n2021年度项目清单,,单位：万元\n项目名称,主管部门,全年预算数,备注\n丁,教,4,", "教丁"},
		{"审核系统：二期,教,4,", "教审核系统：二期"},
		{"丁,教,4,说明：已批", "教丁"},
		{"丁,教,,2021年12月", "教丁"},
		{"审计整改说明,教,4,", "教审计整改说明"},
		{"制表：张三,教,4,", "f.csv:5:1: “制表：张三”" + unclear},
		{"说明,教,4,", "f.csv:5:1: “说明”" + unclear},
		{"丁,制表：张三,4,", "f.csv:5:3: “制表：张三”" + unclear},
		{"制表人：,张三,4,", "f.csv:5:1: “制表人：”" + unclear},
		{"日期：,,5,", "f.csv:5:1: “日期：”" + unclear},
		{"审核系统：二期", "f.csv:5:1: “审核系统：二期”" + unclear},
		{"说明：\n1.校车", "f.csv:6:1: “1.校车”" + unclear},
		{"单位：万元\n丁,教,4,", "教丁"},
		{"单位：元\n丁,教,4,", "f.csv:5:1: 这里的金额单位是“元”"},
	} {
		got := found("2021年度项目清单,,单位：万元\n项目名称,主管部门,全年预算数,备注\n甲,卫,1,\n乙,卫,2,\n" + c.rows + "\n")
		want := strings.TrimSpace("卫甲 卫乙 " + c.want)
		if strings.HasPrefix(c.want, "f.csv") {
			want = c.want
			got = got[:min(len(got), len(want))]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", c.rows, got, want)
		}
	}
}

// What stands below a line that says who made it is not of the department above.
func TestListNotesBetween(t *testing.T) {
	for line, want := range map[string]string{
		"填报单位：教育局": "卫甲 乙",
		"单位：万元":    "f.csv:3:1: 这里的金额单位是“万元”，与清单上方的不同，一张清单只能用一种单位",
		"单位负责人：张三": "卫甲 卫乙",
	} {
		if got := found("主管部门,项目名称\n卫,甲\n" + line + "\n,乙\n"); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// Sums are left out wherever the word stands; what they are the sum of is kept for
// the rows below.
func TestListSums(t *testing.T) {
	const head = "序号,主管部门,项目名称,全年预算数\n1,卫,甲,1\n"
	for _, c := range []struct{ rows, want string }{
		{",卫,小计,1", ""},
		{"2,卫,合 计,1", ""},
		{"2,,本页小计,1", ""},
		{"2,,总计：,1", ""},
		{",,卫小计,1", ""},
		{",卫小计,,1", ""},
		{",教,小计,5\n2,,乙,5", "教乙"},
		{",教,教合计,5\n2,,乙,5", "教乙"},
		{",教,小计,5\n2,,,5", "f.csv:4:5: 这一行缺少“项目名称”"},
		{"2,卫,统计合计,1", "f.csv:3:5: “统计合计”像是小计行"},
		{"2,卫,小计算机采购,1", "卫小计算机采购"},
	} {
		want := strings.TrimSpace("卫甲 " + c.want)
		got := found(head + c.rows + "\n")
		if strings.HasPrefix(c.want, "f.csv") {
			want = c.want
			got = got[:min(len(got), len(want))]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", c.rows, got, want)
		}
	}
}

func TestListSumsOfIndicators(t *testing.T) {
	const list = "项目名称,主管部门\n甲,卫\n乙,卫\n"
	const head = "项目名称,一级指标,二级指标,三级指标,年度指标值,分值\n甲,产出指标,数量指标,人数,≥1人,50\n"
	for _, c := range []struct{ rows, want string }{
		{"甲,产出指标,小计,小计,,50", ""},
		{"甲,产出指标,小计,,,50", ""},
		{"甲,产出指标小计,,,,50", ""},
		{",合计,,,,50", ""},
		{"小计,,,,,50", ""},
		{"1,小计,,,,50\n,,,二,≥1,4", "g.csv:3:1: 清单中没有“1”"},
		{"甲,效益指标,小计,,,40\n,,社会效益指标,受益,≥2人,40", "效益指标/社会效益指标/受益"},
		{",,,投入总额,≥2元,40", "产出指标/数量指标/投入总额"},
		{",,,总额,≥2元,40", "g.csv:3:7: “总额”像是小计行"},
		{",,,日期,2021年9月,40", "产出指标/数量指标/日期"},
		{",,,,2021年9月,40", "g.csv:3:5: 这一行缺少“三级指标”"},
		{"甲,,时效指标,时间,9月,40", "产出指标/时效指标/时间"},
	} {
		want := strings.TrimSpace("卫甲 产出指标/数量指标/人数 "+c.want) + " 卫乙"
		got := found(list, head+c.rows+"\n")
		if strings.HasPrefix(c.want, "g.csv") {
			want = c.want
			got = got[:min(len(got), len(want))]
		}
		if got != want {
			t.Errorf("%q: %q, want %q", c.rows, got, want)
		}
	}
}
