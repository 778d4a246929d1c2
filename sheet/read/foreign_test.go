package read

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
)

// foreignFiles are workbooks that other programs wrote, of forms that other
// people drew. testdata/foreign/make makes them, each with what it holds.
func foreignFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/foreign/*.xlsx")
	if err != nil || len(files) < 36 {
		t.Fatalf("%d workbooks in testdata/foreign, error %v", len(files), err)
	}
	return files
}

// holds returns what the tables of a workbook hold.
func holds(t testing.TB, file string) [][]string {
	t.Helper()
	stem := strings.TrimSuffix(file, ".xlsx")
	names := []string{stem + ".json"}
	if _, err := os.Stat(names[0]); err != nil {
		if names, err = filepath.Glob(stem + ".[0-9].json"); err != nil {
			t.Fatal(err)
		}
	}
	var tables [][]string
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		table, err := sheet.Unmarshal(name, src)
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, asWritten(table))
	}
	return tables
}

// asWritten writes down what a table says, a line a value.
func asWritten(table *sheet.Table) []string {
	var list []string
	for path, v := range table.All() {
		if v.Any() != nil {
			list = append(list, path.String()+" = "+sheet.Show(v))
		}
	}
	return list
}

// problems writes down what could not be read of a table.
func problems(table *sheet.Table) string {
	var b strings.Builder
	for path, v := range table.All() {
		if at := v.At(); at.Problem != "" {
			fmt.Fprintf(&b, "%s %s: %s\n", at.Ref, path, at.Problem)
		}
	}
	return b.String()
}

func TestForeign(t *testing.T) {
	for _, file := range foreignFiles(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".xlsx")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			found, err := Forms(data)
			if err != nil {
				t.Fatal(err)
			}
			var got [][]string
			var trouble strings.Builder
			for _, f := range found {
				got = append(got, asWritten(f.Table))
				trouble.WriteString(problems(f.Table))
			}
			if diff := cmp.Diff(holds(t, file), got); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(strings.TrimLeft(ambiguous[name], "\n"), trouble.String()); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			for path, ref := range places[name] {
				if i := slices.IndexFunc(found, func(f sheet.Found) bool { return at(f.Table, path) == ref }); i < 0 {
					t.Errorf("%s does not stand in %s, but in %s", path, ref, at(found[0].Table, path))
				}
			}
		})
	}
}

// A formula that a cell shares with another is its own all the same.
func TestForeignSharedFormula(t *testing.T) {
	data, err := os.ReadFile("testdata/foreign/exceljs-shared-formulas.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	found, err := Forms(data)
	if err != nil {
		t.Fatal(err)
	}
	if got := found[0].Table.Funds[0].Budget.Formula; got != "SUM(E7:E9)" {
		t.Errorf("formula of E6: %q", got)
	}
}

// at returns the cell of the value with that path.
func at(table *sheet.Table, path string) string {
	if v := table.At(sheet.ParsePath(path)); v != nil {
		return v.At().Ref
	}
	return "no cell"
}

// ambiguous is what can't be read for sure of some of the workbooks.
var ambiguous = map[string]string{
	"openpyxl-ambiguous-values": `
A2 年度: 年度有两处，写得不一样：A2 是 2022，A1 是 2021
D6 项目资金[年度资金总额].年初预算数: 表中的金额单位是万元，这里填的是“11219200元”：请换算成万元，只填数字
F6 项目资金[年度资金总额].全年执行数: 应为数字，填报为“约1120”
E7 项目资金[当年财政拨款].全年预算数: 应为数字，填报为“壹仟万元”
H11 绩效指标[1].得分: 应为数字，填报为“二十”
H13 绩效指标[3].得分: 应为分数，这里是百分数 100%
`,
	"openpyxl-ambiguous-code": `
B4 项目编码: 按数字保存，第 15 位以后的数字已经丢失，现为 310115230000102000：请把单元格设成文本格式后重新填写
`,
	"openpyxl-ambiguous-columns": `
G12 绩效指标[2].分值: 有两栏“分值”，写得不一样：G12 是“20”，J12 是“25”，无法确定用哪一栏
`,
	"openpyxl-ambiguous-head": `
B4 项目名称: “项目名称”有两处，写得不一样：B4 是“道路照明设施维护”，B5 是“道路照明设施维护（二期）”
A7 金额单位: 金额单位有两处，写得不一样：A7 是“万元”，I3 是“元”
B13 年度总体目标.预期目标: “预期目标”的右边（C12）和下边（B13）都写了文字，无法确定用哪一处
`,
	"openpyxl-shared-points": `
G14 绩效指标[2].分值: “分值”（G14:G15）由几个三级指标合用，无法分清各自的分值：请取消合并，分别填写
H14 绩效指标[2].得分: “得分”（H14:H15）由几个三级指标合用，无法分清各自的得分：请取消合并，分别填写
G15 绩效指标[3].分值: “分值”（G14:G15）由几个三级指标合用，无法分清各自的分值：请取消合并，分别填写
H15 绩效指标[3].得分: “得分”（H14:H15）由几个三级指标合用，无法分清各自的得分：请取消合并，分别填写
`,
	"exceljs-dates": `
D8 项目资金[上年结转资金].年初预算数: 单元格设成了日期格式，显示为“1900年2月29日”，存的数是 60：请改成常规格式后重新填写
F17 绩效指标[5].实际完成值: 单元格设成了日期格式，显示为“1900年1月12日”，存的数是 12：请改成常规格式后重新填写
H17 绩效指标[5].得分: 单元格设成了日期格式，显示为“1900年1月20日”，存的数是 20：请改成常规格式后重新填写
`,
}

// places are the cells of some values, told by eye.
var places = map[string]map[string]string{
	"openpyxl-plain":                 {"年度": "A2", "项目名称": "B3", "实施单位": "F4", "金额单位": "A5", "项目资金[年度资金总额].执行率": "H6", "年度总体目标.实际完成情况": "F10", "绩效指标[1].一级指标": "B12", "绩效指标[3].一级指标": "B12", "绩效指标[1].偏差原因分析及改进措施": "I12", "总分.得分": "H17"},
	"openpyxl-shifted":               {"年度": "D7", "项目名称": "E8", "金额单位": "D10", "绩效指标[7].得分": "K24", "总分.分值": "J25"},
	"openpyxl-pages":                 {"绩效指标[5].三级指标": "D22", "总分.得分": "H27"},
	"openpyxl-names-over-rows":       {"绩效指标[1].三级指标": "D10", "绩效指标[3].三级指标": "D14", "绩效指标[4].三级指标": "D14", "绩效指标[4].分值": "G15", "绩效指标[6].偏差原因分析及改进措施": "I16"},
	"exceljs-sichuan":                {"项目名称": "C2", "年度": "A1", "金额单位": "B7", "项目资金[单位资金].全年预算数": "E11", "年度总体目标.预期目标": "C5", "绩效指标[1].年度指标值": "F14", "总分.得分": "J18"},
	"exceljs-pairs":                  {"项目资金[年度资金总额].全年执行数": "E6", "项目资金[年度资金总额].得分": "K6"},
	"exceljs-no-weight-column":       {"项目资金[年度资金总额].分值": "A5"},
	"xlsxwriter-inline-labels":       {"项目名称": "A2", "实施单位": "E3", "联系电话": "E4", "年度": "A1"},
	"openpyxl-unit-nowhere-printed":  {"金额单位": "E6"},
	"exceljs-columns-under-one-head": {"绩效指标[1].年度指标值": "E11", "绩效指标[2].年度指标值": "F12"},
}

// Wherever a form stands and whatever white space its labels have, it reads the
// same.
func TestForeignMoved(t *testing.T) {
	for _, file := range foreignFiles(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".xlsx")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "openpyxl-targets-as-formulas" {
				t.Skip("excelize takes the blank out of =400 场 when it moves the formula")
			}
			want := holds(t, file)
			for seed := range uint64(2) {
				data := moved(t, file, rand.New(rand.NewPCG(seed, 6)))
				found, err := Forms(data)
				if err != nil {
					t.Fatal(err)
				}
				var got [][]string
				for _, f := range found {
					got = append(got, asWritten(f.Table))
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
				}
			}
		})
	}
}

// moved shifts what stands on the sheets of a workbook down and to the right, and
// scatters white space over the labels.
func moved(t *testing.T, file string, r *rand.Rand) []byte {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		check(err)
		for i, row := range rows {
			for j, text := range row {
				ref, _ := excelize.CoordinatesToCellName(j+1, i+1)
				formula, err := f.GetCellFormula(name, ref)
				check(err)
				if formula == "" && sheet.Label(text) != "" {
					check(f.SetCellStr(name, ref, spaced(text, r)))
				}
			}
		}
		if down := r.IntN(30); down > 0 {
			check(f.InsertRows(name, 1, down))
		}
		if right := r.IntN(9); right > 0 {
			check(f.InsertCols(name, "A", right))
		}
	}
	var b bytes.Buffer
	check(f.Write(&b))
	return b.Bytes()
}

// spaced scatters white space over a text.
func spaced(text string, r *rand.Rand) string {
	space := []string{"", "", "", " ", "\n", "　", "\u00a0", "  \n"}
	var b strings.Builder
	for _, letter := range text {
		b.WriteRune(letter)
		b.WriteString(space[r.IntN(len(space))])
	}
	return b.String()
}

// FuzzForeign changes the sheets that other programs wrote: reading ends, and
// what it reads has a cell.
func FuzzForeign(f *testing.F) {
	const sheet, texts = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	var book map[string][]byte
	for _, file := range foreignFiles(f) {
		parts := unzip(f, file)
		f.Add(parts[sheet], parts[texts])
		if strings.HasSuffix(file, "openpyxl-plain.xlsx") {
			book = parts
		}
	}
	f.Fuzz(func(t *testing.T, sheetXML, textsXML []byte) {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for name, part := range book {
			switch name {
			case sheet:
				part = sheetXML
			case texts:
				part = textsXML
			}
			p, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
			if err == nil {
				_, err = p.Write(part)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		found, _ := Forms(b.Bytes())
		for _, form := range found {
			for path, v := range form.Table.All() {
				if _, _, err := excelize.CellNameToCoordinates(v.At().Ref); v.Any() != nil && err != nil {
					t.Errorf("%s = %v stands in %q", path, v.Any(), v.At().Ref)
				}
			}
		}
	})
}

// unzip returns the parts of a workbook.
func unzip(t testing.TB, file string) map[string][]byte {
	t.Helper()
	r, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	parts := map[string][]byte{}
	for _, f := range r.File {
		if strings.HasSuffix(f.Name, "/") {
			continue // exceljs keeps directories
		}
		if parts[f.Name], err = fs.ReadFile(r, f.Name); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}
