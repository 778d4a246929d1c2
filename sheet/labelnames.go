package sheet

// The labels of the values and parts of a form, as the tags of Table have them: code
// that names one says it by these. How forms print them is data (forms/*.toml).
const (
	LabelYear        = "年度"
	LabelProject     = "项目名称"
	LabelCode        = "项目编码"
	LabelDepartment  = "主管部门"
	LabelImplementer = "实施单位"
	LabelLeader      = "项目负责人"
	LabelPhone       = "联系电话"
	LabelMoneyUnit   = "金额单位"

	LabelFunds         = "项目资金"
	LabelSource        = "资金来源"
	LabelInitialBudget = "年初预算数"
	LabelBudget        = "全年预算数"
	LabelExecuted      = "全年执行数"
	LabelRate          = "执行率"

	LabelGoal     = "年度总体目标"
	LabelExpected = "预期目标"
	LabelOutcome  = "实际完成情况"

	LabelIndicators = "绩效指标"
	LabelLevel1     = "一级指标"
	LabelLevel2     = "二级指标"
	LabelLevel3     = "三级指标"
	LabelTarget     = "年度指标值"
	LabelActual     = "实际完成值"
	LabelDeviation  = "偏差原因分析及改进措施"

	LabelTotal = "总分"

	LabelWeight = "分值" // of funds, indicators and the total
	LabelScore  = "得分"
)
