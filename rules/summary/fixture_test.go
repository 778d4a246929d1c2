package summary

import (
	"bytes"
	"testing"

	"ziping/rules"
	"ziping/sheet"
)

// testRules are the rules that the findings below are of.
var testRules = []*rules.Rule{
	{ID: "execution-rate", Title: "执行率与金额相符", Severity: rules.Error},
	{ID: "score-in-proportion", Title: "未完成的指标按比例得分", Severity: rules.Error},
	{ID: "deviation-measure", Title: "偏差说明写明改进措施", Severity: rules.Warning},
	{ID: "point-off", Title: "完成而扣分", Severity: rules.Info},
}

var (
	rateFinding = rules.Finding{
		Rule: "execution-rate", Severity: rules.Error, Cell: "H6", Field: sheet.ParsePath("项目资金[年度资金总额].执行率"),
		Message: "执行率应为 98.10%，填报为 98.11%", Value: "98.11%", Suggest: 0.981, Basis: "财预〔2020〕10号 单位自评",
	}
	proportionFinding = rules.Finding{
		Rule: "score-in-proportion", Severity: rules.Error, Cell: "H13", Field: sheet.ParsePath("绩效指标[1].得分"),
		Message: "完成 182 场，只有指标值的 45.5%，得分多了", Value: "18", Suggest: 9.1,
	}
	measureFinding = rules.Finding{
		Rule: "deviation-measure", Severity: rules.Warning, Cell: "I13", Field: sheet.ParsePath("绩效指标[1].偏差原因分析及改进措施"), Message: "只写了原因，没有写改进措施",
	}
	pointOffFinding = rules.Finding{Rule: "point-off", Severity: rules.Info, Cell: "H17", Field: sheet.ParsePath("绩效指标[5].得分"), Message: "95% 已达到 ≥95%，仍扣 1 分", Value: "9", Suggest: 10.0}
)

// written returns a workbook and what it shows.
func written(t *testing.T, w *Workbook) ([]byte, Counts) {
	t.Helper()
	var b bytes.Buffer
	s, err := w.Write(&b)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), s
}
