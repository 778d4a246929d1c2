package report

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/returns"
	"ziping/sheet/sheettest"
)

// The rules that the findings below are of.
var testRules = []*rules.Rule{
	{
		ID: "execution-rate", Title: "执行率与金额相符", Severity: rules.Error, Basis: "财预〔2020〕10号 单位自评",
		Explain: "执行率 = 全年执行数 / 全年预算数，按调整后的预算数计算。",
	},
	{ID: "score-in-proportion", Title: "未完成的指标按比例得分", Severity: rules.Error, Basis: "财预〔2020〕10号 单位自评"},
	{ID: "deviation-measure", Title: "偏差说明写明改进措施", Severity: rules.Warning, Basis: "财预〔2020〕10号 单位自评"},
	{ID: "point-off", Title: "完成而扣分", Severity: rules.Info, Basis: "本单位规定", Disabled: true},
}

func points(v float64) *float64 { return &v }

var (
	rateFinding = rules.Finding{
		Rule: "execution-rate", Severity: rules.Error, Cell: "H6", Field: sheet.ParsePath("项目资金[年度资金总额].执行率"),
		Message: "执行率应为 98.10%，填报为 98.11%", Value: "98.11%", Suggest: 0.981, Basis: "财预〔2020〕10号 单位自评",
	}
	proportionFinding = rules.Finding{
		Rule: "score-in-proportion", Severity: rules.Error, Cell: "H13", Field: sheet.ParsePath("绩效指标[1].得分"),
		Message: "完成 182 场，只有指标值的 45.5%，得分多了", Value: "18", Suggest: 9.1, Basis: "财预〔2020〕10号 单位自评",
	}
	measureFinding = rules.Finding{
		Rule: "deviation-measure", Severity: rules.Warning, Cell: "I13", Field: sheet.ParsePath("绩效指标[1].偏差原因分析及改进措施"),
		Message: "只写了原因，没有写改进措施", Value: "参观团组因疫情防控等原因，未能达到计划总数", Basis: "财预〔2020〕10号 单位自评",
	}
	pointOffFinding = rules.Finding{
		Rule: "point-off", Severity: rules.Info, Cell: "H17", Field: sheet.ParsePath("绩效指标[5].得分"),
		Message: "95% 已达到 ≥95%，仍扣 1 分", Value: "9", Suggest: 10.0, Basis: "本单位规定",
	}
	twiceFinding = rules.Finding{
		Rule: "same-project", Severity: rules.Warning, Field: sheet.ParsePath("项目名称"), Message: "同名项目报了两次", Value: "展厅", Suggest: "展厅（二期）",
	}
)

// reports are what the golden files in testdata are of.
var reports = []struct {
	name  string
	files []File
}{
	{"empty", nil},
	{"clean", []File{
		{Name: "returned/科创中心建设工作经费.xlsx", Tables: []Table{{Project: "科创中心建设工作经费", Sheet: "自评表", Total: points(99.81), Grade: "优"}}},
		{Name: "returned/两张.xlsx", Tables: []Table{{Project: "一", Sheet: "Sheet1"}, {Project: "二", Sheet: "Sheet1", Findings: []rules.Finding{}}}},
	}},
	{"findings", []File{
		{Name: "returned/未来公园展厅运营经费.xlsx", Tables: []Table{{
			Project: "未来公园展厅运营经费", Sheet: "自评表", Total: points(96.99), Grade: "优",
			Findings: []rules.Finding{proportionFinding, measureFinding, pointOffFinding},
		}}},
		{Name: "returned/没有问题.xlsx", Tables: []Table{{Project: "没有问题", Sheet: "自评表", Total: points(100)}}},
		{Name: "returned/又一个.xlsx", Tables: []Table{{Project: "又一个", Sheet: "自评表", Total: points(90)}}},
		{Name: "returned/汇总 #1.xlsx", Tables: []Table{
			{Project: "科创中心建设工作经费", Sheet: "表一", Total: points(99.81), Grade: "优", Findings: []rules.Finding{rateFinding, proportionFinding}},
			{Project: "没有问题", Sheet: "表一", Total: points(80)},
			{Project: "—", Findings: []rules.Finding{twiceFinding, rateFinding}},
		}},
	}},
	{"rounds", []File{
		{Name: "returned/展厅.xlsx", Tables: []Table{{
			Project: "展厅", Sheet: "自评表", Total: points(96.99), Findings: []rules.Finding{proportionFinding, measureFinding},
			Standing: returns.Earlier.String(), Reason: "已有退回 1 次后重新报送的 展厅批注.xlsx",
		}}},
		{Name: "returned/展厅批注.xlsx", Tables: []Table{{Project: "展厅", Sheet: "自评表", Total: points(88.09), Findings: []rules.Finding{measureFinding}}}},
	}},
	{"unreadable", []File{
		{Name: "returned/坏了.xlsx", Err: errors.New("returned/坏了.xlsx：不是 Excel 工作簿")},
		{Name: "returned/好的.xlsx", Tables: []Table{{Project: "好的", Sheet: "自评表", Total: points(88)}}},
		{Name: "returned/半截.xlsx", Err: errors.New("半截.xlsx：表一读不出\n半截.xlsx：表三读不出"), Tables: []Table{
			{Project: "读出的", Sheet: "表二", Findings: []rules.Finding{rateFinding}},
		}},
	}},
	{"hostile", []File{
		{Name: "a\x1b[2J{0}.xlsx", Err: errors.New("打不开\x07\x1b]0;title\x07")},
		{Name: "b 100%?.xlsx", Tables: []Table{{
			Project: "项目\u202e“经费”\x1b[31m", Sheet: "<script>alert('1')</script>", Total: points(0.1 + 0.2),
			Findings: []rules.Finding{
				{
					Rule: "point-off", Severity: rules.Info, Cell: "A1", Field: sheet.ParsePath("绩效指标[1].实际完成值"),
					Message: "写着“\"好\"\r\n\x1b[1;31m错误\x1b[0m\t{场}”\u009b2J", Value: strings.Repeat("很长\n", 40) + "<b>&", Suggest: "a\x00\x7f\xff\u200b", Basis: "<i>规定</i>",
				},
				{
					Rule: "execution-rate", Severity: rules.Error, Cell: "B22", Field: sheet.ParsePath("项目资金[" + strings.Repeat("长", 40) + "].执行率"),
					Message: "执行率应为 9.1%", Value: "1%", Suggest: 0.01, Basis: "规定",
				},
			},
		}}},
	}},
}

func TestGolden(t *testing.T) {
	for _, format := range Formats() {
		if format == "html" { // what a browser makes of it is tested
			continue
		}
		extension := strings.Replace(format, "text", "txt", 1)
		for _, r := range reports {
			t.Run(format+"/"+r.name, func(t *testing.T) {
				got := render(t, format, Options{Rules: testRules, Version: "1.2.3"}, r.files)
				sheettest.Golden(t, filepath.Join("testdata", r.name+"."+extension), got)
			})
		}
	}
	t.Run("color", func(t *testing.T) {
		sheettest.Golden(t, filepath.Join("testdata", "findings.color.txt"), render(t, "text", Options{Color: true}, reports[2].files))
	})
}

// render returns the whole report of the files.
func render(t *testing.T, format string, opts Options, files []File) string {
	t.Helper()
	var b bytes.Buffer
	w, err := New(format, &b, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := w.Write(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestUnknownFormat(t *testing.T) {
	_, err := New("xml", new(bytes.Buffer), Options{})
	const want = "没有“xml”这种报告格式，应为 text、json、"
	if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.HasSuffix(err.Error(), " 或 "+Formats()[len(Formats())-1]) {
		t.Errorf("got %v, want %s …", err, want)
	}
}

// A file is out as soon as it is reported: a check of many does not wait.
func TestStreams(t *testing.T) {
	for _, format := range Formats() {
		var b bytes.Buffer
		w, err := New(format, &b, Options{Rules: testRules})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(reports[2].files[0]); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), proportionFinding.Message) {
			t.Errorf("%s: nothing is written before the end", format)
		}
	}
}

// full is a disk with room for only so many bytes.
type full struct{ room int }

var errFull = errors.New("no room")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	files := reports[2].files
	for _, format := range Formats() {
		size := len(render(t, format, Options{}, files))
		for _, room := range []int{0, size / 2, size - 1} {
			if err := write(format, &full{room}, files); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d of %d bytes: %v", format, room, size, err)
			}
		}
		if err := write(format, &full{size}, files); err != nil {
			t.Errorf("%s with room for all: %v", format, err)
		}
	}
}

func write(format string, f *full, files []File) error {
	w, err := New(format, f, Options{})
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := w.Write(file); err != nil {
			return err
		}
	}
	return w.Close()
}
