package template

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// exampleRows is how many rows of the example are prepared for filling in.
const exampleRows = 200

// ListExample draws a project list with two projects, to be filled in: sheets 项目,
// 指标 and 说明. Projects reads it as it is.
func ListExample() ([]byte, error) {
	b := newListBook()
	for _, l := range exampleLists {
		must := []string{"项目名称"}
		if l.name == "指标" {
			must = append(must, "三级指标")
		} else {
			must = append(must, "主管部门")
		}
		s := b.sheet(l.name, l.title, l.notes, l.columns, must...)
		for _, row := range l.rows {
			s.add(row...)
		}
		s.prepare()
		s.finish()
	}
	b.explain()
	return b.bytes()
}

// prepare styles the rows to be filled in, and says at each cell what belongs
// there.
func (s *listSheet) prepare() {
	last := s.head + exampleRows
	for i, c := range s.columns {
		first, end := xlsx.Ref(s.head+1, i+1), xlsx.Ref(last, i+1)
		s.try(s.f.SetCellStyle(s.name, first, end, s.styles[c.style]))
		v := excelize.NewDataValidation(true)
		v.Sqref = first + ":" + end
		v.SetInput(c.name, c.prompt)
		if len(c.list) > 0 {
			s.try(v.SetDropList(c.list))
			v.SetError(excelize.DataValidationErrorStyleWarning, c.name, "一般为"+strings.Join(c.list, "、")+"。确定要填写别的内容吗？")
		} else if c.style == "money" {
			s.try(v.SetRange(0, 1e15, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
			v.SetError(excelize.DataValidationErrorStyleStop, c.name, "应为不小于 0 的数字。")
		}
		s.try(s.f.AddDataValidation(s.name, v))
	}
}

// explain adds the sheet 说明.
func (b *listBook) explain() {
	s := b.sheet("说明", "怎样填写项目清单", nil, []listColumn{
		{name: "工作表", width: 10, style: "center"}, {name: "列", width: 22, style: "text"}, {name: "填写什么", width: 88, style: "text"},
	})
	for _, l := range exampleLists {
		for _, c := range l.columns {
			s.add(l.name, c.name, c.prompt)
		}
	}
	for _, note := range exampleNotes {
		s.add("说明", note[0], note[1])
	}
	s.page()
}

var exampleNotes = [][2]string{
	{"样例", "两个项目是样例，填写时请删去。填好后运行：ziping template -o 输出文件夹 项目清单.xlsx"},
	{"列", "列名用自评表上印的文字，前后次序随意，不用的列可以删去；“序号”“备注”等自用的列可以保留，程序不读。"},
	{"标题、合计", "列名上方可以有标题行；空行、小计和合计行、表下的注和填表人不会当作项目。"},
	{"合并单元格", "年度、主管部门、实施单位，以及“指标”中的项目名称、一级指标、二级指标，几行相同时可以合并，或只在第一行填写。金额须逐个项目填写。"},
	{"资金来源", "“当年财政拨款”“上年结转资金”“其他资金”是左边最近的“年初预算数”或“全年预算数”的其中数；也可以写成“当年财政拨款年初预算数”，或用两行列名。各来源之和应等于总数。只填总数时，各来源由部门填写。"},
	{"印在表上", "清单中填写了的内容印在自评表上并锁定，没有填写的由部门填写。"},
	{"同名项目", "不同部门有同名项目时，“指标”中要加上“主管部门”“实施单位”或“项目编码”一列。"},
	{"CSV", "也可以用 .csv：项目一个文件，指标一个文件，一并写在命令中。"},
}

// exampleLists are the two lists of the example.
var exampleLists = []struct {
	name, title string
	notes       []string
	columns     []listColumn
	rows        [][]any
}{{
	name: "项目", title: "2021年度绩效自评项目清单", notes: []string{"黄色的列必须填写，其余可以不填；各列的意思见“说明”"},
	columns: []listColumn{
		{name: "序号", width: 6, style: "center", prompt: "自用，程序不读。"},
		{name: "年度", width: 7, style: "center", prompt: "自评的年度，四位数字，如 2021。"},
		{name: "主管部门", width: 26, style: "text", prompt: "填报的主管部门。每个主管部门的自评表放在一个文件夹中。"},
		{name: "实施单位", width: 26, style: "text", prompt: "项目的实施单位。不填则由部门填写。"},
		{name: "项目名称", width: 26, style: "text", prompt: "项目的全称，印在自评表上，也是文件名。"},
		{name: "项目编码", width: 16, style: "text", prompt: "预算管理系统中的编码，可不填。本列是文本格式，长编码不会变成 3.1E+17。"},
		{name: "年初预算数", width: 13, style: "money", prompt: "年度资金总额的年初预算数。"},
		{name: "全年预算数", width: 13, style: "money", prompt: "年度资金总额的全年预算数（调整后的预算）。"},
		{name: "当年财政拨款", width: 13, style: "money", prompt: "全年预算数中的当年财政拨款。"},
		{name: "上年结转资金", width: 13, style: "money", prompt: "全年预算数中的上年结转资金，没有则不填。"},
		{name: "其他资金", width: 13, style: "money", prompt: "全年预算数中的其他资金，没有则不填。"},
		{name: "金额单位", width: 9, style: "center", prompt: "万元、元、千元或亿元，全表只用一种。", list: sheet.MoneyUnits},
		{name: "预期目标", width: 50, style: "text", prompt: "年度总体目标中的预期目标。不填则由部门填写。"},
		{name: "备注", width: 14, style: "text", prompt: "自用，程序不读。"},
	},
	rows: [][]any{
		{1., 2021., "上海推进科技创新中心建设办公室", "上海推进科技创新中心建设办公室", "科创中心建设工作经费", nil, 3068.14, 2903.14, 2903.14, nil, nil, "万元",
			"围绕强化科技创新策源功能，持之以恒加强基础研究，提升关键领域产业核心竞争力。", nil},
		{2., 2021., "上海推进科技创新中心建设办公室", "上海推进科技创新中心建设办公室", "未来公园展厅运营经费", nil, 1121.92, 1121.92, 1121.92, nil, nil, "万元",
			"有效发挥未来公园展示功能，培育创新交流氛围，完成日常接待工作，提供企业展览展示空间。", nil},
	},
}, {
	name: "指标", title: "绩效指标清单", notes: []string{"一行一个指标。黄色的列必须填写；项目名称在几行中相同时，可只在第一行填写"},
	columns: []listColumn{
		{name: "项目名称", width: 28, style: "text", prompt: "“项目”中的项目名称。与上一行相同时可以不填。"},
		{name: "一级指标", width: 14, style: "center", prompt: "产出指标、效益指标、满意度指标、成本指标。与上一行相同时可以不填。", list: []string{"产出指标", "效益指标", "满意度指标", "成本指标"}},
		{name: "二级指标", width: 20, style: "center", prompt: "如数量指标、质量指标、时效指标、社会效益指标。与上一行相同时可以不填。"},
		{name: "三级指标", width: 28, style: "text", prompt: "指标的名称。"},
		{name: "年度指标值", width: 24, style: "text", prompt: "如 ≥95%、=400 场、党政、企业、社会团体等。"},
		{name: "分值", width: 9, style: "center", prompt: "各指标合计 90 分，另有预算执行率 10 分。"},
		{name: "备注", width: 20, style: "text", prompt: "自用，程序不读。"},
	},
	rows: [][]any{
		{"科创中心建设工作经费", "产出指标", "数量指标", "项目完成率", "≥95%", 20., nil},
		{nil, nil, "质量指标", "项目目标实现率", "≥95%", 20., nil},
		{nil, nil, "时效指标", "项目完成及时性", "≥95%", 10., nil},
		{nil, "效益指标", "社会效益指标", "项目对科创中心贡献度", "≥80%", 30., nil},
		{nil, "满意度指标", "服务对象满意度指标", "项目执行者满意度", "≥95%", 10., nil},
		{"未来公园展厅运营经费", "产出指标", "数量指标", "计划接待参观团组总数", "=400 场", 20., nil},
		{nil, nil, "质量指标", "计划接待参观团组类型", "党政、企业、社会团体等", 20., nil},
		{nil, nil, "时效指标", "服务响应度", "=100%", 10., nil},
		{nil, "效益指标", "社会效益指标", "计划参展商总数", "≥50 家", 30., nil},
		{nil, "满意度指标", "服务对象满意度指标", "服务对象满意度指标", "≥95%", 10., nil},
	},
}}
