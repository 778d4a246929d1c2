package report_test

import (
	"fmt"
	"os"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
)

func Example() {
	w, err := report.New("text", os.Stdout, report.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	total := 96.99
	err = w.Write(report.File{Name: "展厅.xlsx", Tables: []report.Table{{
		Project: "未来公园展厅运营经费", Sheet: "自评表", Total: &total, Grade: "优",
		Findings: []rules.Finding{{
			Rule: "score-in-proportion", Severity: rules.Error, Cell: "H13", Field: sheet.ParsePath("绩效指标[1].得分"),
			Message: "得分应为 9.1，填报为 18", Value: "18", Suggest: 9.1, Basis: "财预〔2020〕10号 单位自评",
		}},
	}}})
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// 展厅.xlsx
	//   未来公园展厅运营经费（工作表“自评表”，总分 96.99，优）
	//     错误  H13  绩效指标[1].得分  得分应为 9.1，填报为 18  [score-in-proportion]
	//           依据：财预〔2020〕10号 单位自评
	//
	// 共 1 个工作簿、1 张表：错误 1、疑点 0、提示 0；无问题 0 张；读不出 0 个
	// 错误须改正后重新报送。
}
