package review

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/sheet"
	"ziping/sheet/annotate"
	"ziping/sheet/fill"
	"ziping/sheet/issued"
	"ziping/sheet/quantity"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/template"
	"ziping/template/formtest"
)

var ruleSet = sync.OnceValues(rules.Default)

func defaultRules(t testing.TB) *rules.Set {
	t.Helper()
	set, err := ruleSet()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// reviewOf checks a workbook by the default rules.
func reviewOf(t testing.TB, data []byte) *workbook {
	t.Helper()
	set := defaultRules(t)
	found, err := read.Forms(data)
	if err != nil {
		t.Fatal(err)
	}
	r := &workbook{set: set, data: data, found: found}
	for _, f := range found {
		r.tables = append(r.tables, report.Table{Sheet: f.Sheet, Project: f.Table.Project.Value, Findings: set.Check(f.Table)})
	}
	return r
}

// copyOf returns the annotated copy of a workbook.
func copyOf(t testing.TB, data []byte, correct bool) []byte {
	t.Helper()
	r := reviewOf(t, data)
	if correct {
		if err := r.correct(); err != nil {
			t.Fatal(err)
		}
	}
	out, _, err := annotate.Annotate(r.data, r.notes(), annotate.Sending{Came: "x", Values: "x"}, r.options.Limits)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var drawers = map[string]*template.Drawer{}

func drawerFor(layout string) (*template.Drawer, error) {
	if d := drawers[layout]; d != nil {
		return d, nil
	}
	l, err := template.Load(layout)
	if err != nil {
		return nil, err
	}
	d, err := template.NewDrawer(l, "")
	drawers[layout] = d
	return d, err
}

// generated returns a form drawn by us and completed, and what it says.
func generated(t testing.TB, layout string, seed uint64) ([]byte, *sheet.Table) {
	t.Helper()
	d, err := drawerFor(layout)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(seed, 4))
	data := formtest.Completed(r, layout)
	blank, err := d.Draw(formtest.Issued(r, data))
	if err != nil {
		t.Fatal(err)
	}
	filled, err := fill.Fill(blank, data)
	if err != nil {
		t.Fatal(err)
	}
	return filled, data
}

// An annotated copy reads as its original, locks what that locks, and holds all
// that a person or Excel made use of there; annotated again, it is the same.
func TestReviewKeeps(t *testing.T) {
	notes := 0
	for _, layout := range template.Names() {
		for seed := range uint64(5) {
			data, _ := generated(t, layout, seed)
			once := copyOf(t, data, false)
			for _, table := range reviewOf(t, data).notes() {
				notes += len(table.Notes)
			}
			name := fmt.Sprintf("%s seed %d", layout, seed)
			if diff := cmp.Diff(reviewOf(t, data).found, reviewOf(t, once).found); diff != "" {
				t.Fatalf("%s reads (-original +copy):\n%s", name, diff)
			}
			if diff := cmp.Diff(held(t, data), held(t, once)); diff != "" {
				t.Fatalf("%s holds (-original +copy):\n%s", name, diff)
			}
			if diff := cmp.Diff(sheettest.Parts(t, once), sheettest.Parts(t, copyOf(t, once, false))); diff != "" {
				t.Fatalf("%s annotated twice (-once +twice):\n%s", name, diff)
			}
		}
	}
	if notes < 50 {
		t.Errorf("only %d notes were written", notes)
	}
}

// held returns what the cells of a workbook hold, how they look but for their
// fill, and what the sheets do with them.
func held(t *testing.T, data []byte) map[string]any {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list := map[string]any{}
	put := func(key string, v any, err error) {
		if err != nil {
			t.Fatal(err)
		}
		list[key] = v
	}
	for _, name := range f.GetSheetList() {
		if name == "审核意见" || name == "_ziping_marks" {
			continue
		}
		for row := 1; row <= 50; row++ {
			for col := 1; col <= 10; col++ {
				ref, _ := excelize.CoordinatesToCellName(col, row)
				key := name + " " + ref
				value, err := f.GetCellValue(name, ref, excelize.Options{RawCellValue: true})
				put(key, value, err)
				formula, err := f.GetCellFormula(name, ref)
				put(key+" formula", formula, err)
				id, err := f.GetCellStyle(name, ref)
				if err != nil {
					t.Fatal(err)
				}
				style, err := f.GetStyle(id)
				put(key+" style", style, err)
				style.Fill = excelize.Fill{}
			}
		}
		validations, err := f.GetDataValidations(name)
		put(name+" validations", validations, err)
		formats, err := f.GetConditionalFormats(name)
		put(name+" conditional formats", formats, err)
		merges, err := f.GetMergeCells(name)
		put(name+" merges", merges, err)
		protection, err := f.GetSheetProtection(name)
		put(name+" protection", protection, err)
	}
	return list
}

// overwrite puts values over what stands in the cells of the values named, and
// leaves no old values in formulas.
func overwrite(t *testing.T, data []byte, values map[string]any) []byte {
	t.Helper()
	found, err := read.Forms(data)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := newFields(found[0].Table).byPath
	for path, v := range values {
		ref := all[sheet.ParsePath(path)].value.At().Ref
		if text, ok := v.(string); ok && strings.HasPrefix(text, "=") {
			err = errors.Join(f.SetCellValue(found[0].Sheet, ref, nil), f.SetCellFormula(found[0].Sheet, ref, text[1:]))
		} else {
			err = errors.Join(f.SetCellFormula(found[0].Sheet, ref, ""), f.SetCellValue(found[0].Sheet, ref, v))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := f.UpdateLinkedValue(); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// derived are the values that follow from others.
var derived = []string{
	"项目资金[年度资金总额].执行率", "项目资金[年度资金总额].得分", "项目资金[年度资金总额].年初预算数",
	"项目资金[年度资金总额].全年预算数", "项目资金[年度资金总额].全年执行数", "总分.得分",
}

// valuesOf returns what a form says.
func valuesOf(r *workbook) map[string]any {
	values := map[string]any{}
	for path, v := range r.found[0].Table.All() {
		if values[path.String()] = v.Any(); v.Any() != nil {
			values[path.String()] = sheet.Show(v)
		}
	}
	return values
}

// Whatever a department wrote over the values that follow from others, --correct
// puts all of them right, what follows from them in turn too, and nothing else;
// without it no value differs.
func TestCorrect(t *testing.T) {
	wrong := 0
	for _, layout := range template.Names() {
		for seed := range uint64(5) {
			name := fmt.Sprintf("%s seed %d", layout, seed)
			data, want := generated(t, layout, seed)
			if want.Funds[0].Budget.Value == 0 || len(want.Indicators) == 0 {
				continue
			}
			r := rand.New(rand.NewPCG(seed, 5))
			values := map[string]any{}
			places := newFields(reviewOf(t, data).found[0].Table).byPath
			for _, path := range derived {
				if places[sheet.ParsePath(path)].value.At().Ref != "" && r.IntN(2) == 0 {
					values[path] = 3 + r.Float64()
				}
			}
			if _, ok := values[derived[0]]; ok && r.IntN(2) == 0 {
				values[derived[0]] = []any{"12.34%", nil, 12.34, 0.1234}[r.IntN(4)]
			}
			bad := overwrite(t, data, values)
			wrong += len(values)
			if diff := cmp.Diff(valuesOf(reviewOf(t, bad)), valuesOf(reviewOf(t, copyOf(t, bad, false)))); diff != "" {
				t.Errorf("%s: without --correct (-original +copy):\n%s", name, diff)
			}
			right := copyOf(t, bad, true)
			got := reviewOf(t, right)
			if diff := cmp.Diff(valuesOf(&workbook{found: []sheet.Found{{Table: want}}}), valuesOf(got)); diff != "" {
				t.Errorf("%s: %v corrected (-should be +is):\n%s", name, values, diff)
			}
			formulas := newFields(reviewOf(t, bad).found[0].Table).byPath
			for path, v := range got.found[0].Table.All() {
				if was := formulas[path].value.At(); v.At().Formula != was.Formula+was.Issued {
					t.Errorf("%s: the formula of %s, %q, has become %q", name, path, was.Formula+was.Issued, v.At().Formula)
				}
			}
			for _, f := range got.tables[0].Findings {
				if got.set.Rule(f.Rule).Derived {
					t.Errorf("%s: %s is still found: %s", name, f.Field, f.Message)
				}
			}
			if diff := cmp.Diff(sheettest.Parts(t, right), sheettest.Parts(t, copyOf(t, right, true))); diff != "" {
				t.Errorf("%s: corrected twice (-once +twice):\n%s", name, diff)
			}
			if diff := cmp.Diff(sheettest.Parts(t, right), sheettest.Parts(t, copyOf(t, right, false))); diff != "" {
				t.Errorf("%s: corrected, then annotated (-corrected +annotated):\n%s", name, diff)
			}
		}
	}
	if wrong < 20 {
		t.Errorf("only %d values were wrong", wrong)
	}
}

// --correct brings back a formula that was typed over, or cleared, but not one
// that would come to something else than what stands there rightly.
func TestCorrectRestoresFormulas(t *testing.T) {
	data, want := generated(t, "shanghai", 1)
	total, budget, rate := "总分.得分", "项目资金[年度资金总额].全年预算数", "项目资金[年度资金总额].执行率"
	values := map[string]any{total: want.Total.Score.Value, budget: want.Funds[0].Budget.Value, rate: nil}
	for p, v := range reviewOf(t, data).found[0].Table.All() {
		path := p.String()
		if strings.HasSuffix(path, "].全年预算数") && path != budget && v.Any() != nil {
			values[path] = nil // the sources: their sum is 0 now
		}
	}
	if len(values) < 4 {
		t.Fatal("no sources to clear")
	}
	bad := overwrite(t, data, values)
	formulas := newFields(reviewOf(t, bad).found[0].Table).byPath
	right := copyOf(t, bad, true)
	for p, v := range reviewOf(t, right).found[0].Table.All() {
		path := p.String()
		was := formulas[p].value.At()
		want := was.Formula
		if path == total || path == rate {
			want = was.Issued
			if want == "" {
				t.Errorf("the formula that was issued in %s is not known", path)
			}
		}
		if v.At().Formula != want {
			t.Errorf("%s has the formula %q, want %q", path, v.At().Formula, want)
		}
	}
	got := valuesOf(reviewOf(t, right))
	wantValues := valuesOf(reviewOf(t, bad))
	wantValues[rate] = sheet.Show(&want.Funds[0].Rate)
	if diff := cmp.Diff(wantValues, got); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	if comments := sheettest.Parts(t, right)["xl/comments1.xml"]; !strings.Contains(string(comments), "已更正，数值不变：") {
		t.Errorf("no comment on the formula that is back:\n%s", comments)
	}
	if checker := os.Getenv("ZIPING_CHECK_OOXML"); checker != "" {
		file := filepath.Join(t.TempDir(), "right.xlsx")
		if err := os.WriteFile(file, right, 0o644); err != nil {
			t.Fatal(err)
		}
		sheettest.Output(t, checker, file)
	}
}

// A form with these amounts: its rate of 99.88% gives 9.99 of 10 points, the wrong
// budget of 1000 would give 10.
func nearlySpent(t *testing.T) (data []byte, r *workbook) {
	t.Helper()
	data, want := generated(t, "shanghai", 1)
	amounts := map[string]any{}
	for p, v := range reviewOf(t, data).found[0].Table.All() {
		path := p.String()
		if v.At().Formula == "" && strings.HasPrefix(path, "项目资金[") && (strings.HasSuffix(path, "预算数") || strings.HasSuffix(path, "执行数")) {
			amounts[path] = nil
		}
	}
	amounts["绩效指标[6].分值"] = 100 - want.Total.Weight.Value + want.Indicators[5].Weight.Value // weights that add up
	amounts["项目资金[当年财政拨款].年初预算数"], amounts["项目资金[当年财政拨款].全年预算数"], amounts["项目资金[当年财政拨款].全年执行数"] = 1121.92, 1121.92, 1120.52
	data = overwrite(t, data, amounts)
	return data, reviewOf(t, data)
}

// What follows from a value that is itself put right is right to the last digit,
// with and without a record of what was issued.
func TestCorrectInOrder(t *testing.T) {
	data, right := nearlySpent(t)
	const budget, score, total = "项目资金[年度资金总额].全年预算数", "项目资金[年度资金总额].得分", "总分.得分"
	sum := right.found[0].Table.Total.Score.Value
	for name, values := range map[string]map[string]any{
		"the total":            {budget: 1000, total: sum - 1},
		"the score":            {budget: 1000, score: 3},
		"both":                 {budget: 1000, score: 3, total: sum - 1},
		"the total is as good": {budget: 1000, total: sum + 0.01},
	} {
		for _, recorded := range []bool{true, false} {
			bad := overwrite(t, data, values)
			if !recorded {
				bad = sheettest.Edited(t, bad, func(f *excelize.File) error { return f.DeleteSheet(issued.RecordSheet) })
			}
			want, got := valuesOf(right), valuesOf(reviewOf(t, copyOf(t, bad, true)))
			if name == "the total is as good" && !recorded { // 0.01 is not held against it
				want[total] = got[total]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (issued %t) (-should be +is):\n%s", name, recorded, diff)
			}
		}
	}
}

// What follows from formulas is put right from what they come to, whatever value
// stands there; and not where the program does not calculate them.
func TestCorrectFromFormulas(t *testing.T) {
	const total = "总分.得分"
	data, right := nearlySpent(t)
	sum := right.found[0].Table.Total.Score.Value
	typed := sheettest.Edited(t, data, func(f *excelize.File) error {
		err := f.SetCellValue("绩效自评表", right.found[0].Table.Total.Score.Ref, sum-1)
		return errors.Join(err, f.SetCellFormula("绩效自评表", right.found[0].Table.Total.Score.Ref, ""))
	})
	unknown := sheettest.Edited(t, typed, func(f *excelize.File) error {
		return f.SetCellFormula("绩效自评表", right.found[0].Table.Funds[0].Executed.Ref, "SUM(OFFSET(F7,0,0,3))")
	})
	values := map[string]any{"项目资金[年度资金总额].全年预算数": "1,121.92", "项目资金[当年财政拨款].全年预算数": nil, total: sum - 1}
	for name, tt := range map[string]struct {
		data      []byte
		corrected bool
	}{
		"as it is":         {typed, true},
		"old values":       {withValue(t, typed, "项目资金[年度资金总额].全年执行数", "7"), true}, // as a program that does not calculate saves it
		"a text in a rate": {overwrite(t, data, values), true},
		"not calculated":   {withValue(t, unknown, "项目资金[年度资金总额].全年执行数", "1120.52"), false},
	} {
		want := valuesOf(reviewOf(t, tt.data))
		if tt.corrected {
			want[total] = valuesOf(right)[total]
		}
		if diff := cmp.Diff(want, valuesOf(reviewOf(t, copyOf(t, tt.data, true)))); diff != "" {
			t.Errorf("%s (-was +is):\n%s", name, diff)
		}
	}
}

// withValue gives a formula another value than it comes to.
func withValue(t *testing.T, data []byte, path, value string) []byte {
	t.Helper()
	found, err := read.Forms(data)
	if err != nil {
		t.Fatal(err)
	}
	at := newFields(found[0].Table).byPath[sheet.ParsePath(path)].value.At()
	parts := sheettest.Parts(t, data)
	for name, part := range parts {
		if i := strings.Index(part, "<f>"+at.Formula+"</f>"); i >= 0 && strings.Contains(name, "worksheets") {
			i += len("<f>" + at.Formula + "</f>")
			rest := part[i:]
			if strings.HasPrefix(rest, "<v>") {
				rest = rest[strings.Index(rest, "</v>")+4:]
			}
			parts[name] = part[:i] + "<v>" + value + "</v>" + rest
		}
	}
	return sheettest.Archive(t, parts)
}

// An amount that is stored as a text, which no sum takes in, becomes a number, and
// what followed from its absence is right again.
func TestCorrectTextNumbers(t *testing.T) {
	data, want := generated(t, "ministry", 1)
	values := map[string]any{}
	for p, v := range reviewOf(t, data).found[0].Table.All() {
		path := p.String()
		if n, ok := v.(*sheet.Number); ok && strings.HasSuffix(path, "].全年执行数") && n.Value != 0 && n.Formula == "" {
			values[path] = quantity.FormatNumber(n.Value)
		}
	}
	bad := overwrite(t, data, values)
	r := reviewOf(t, bad)
	if n := r.found[0].Table.Funds[0].Executed; len(values) == 0 || n.Value != 0 {
		t.Fatalf("%d texts, and they sum up to %v", len(values), n.Value)
	}
	got := reviewOf(t, copyOf(t, bad, true))
	if diff := cmp.Diff(valuesOf(&workbook{found: []sheet.Found{{Table: want}}}), valuesOf(got)); diff != "" {
		t.Errorf("corrected (-should be +is):\n%s", diff)
	}
	for _, f := range got.tables[0].Findings {
		if got.set.Rule(f.Rule).Derived {
			t.Errorf("%s is still found: %s", f.Field, f.Message)
		}
	}
	if err := r.correct(); err != nil {
		t.Fatal(err)
	}
	if list := correctedNotes(r.notes()); len(list) != len(values) {
		t.Errorf("noted as corrected: %q", list)
	}
}

// correctedNotes returns the notes on what was put right: field, what stood
// there and what stands there.
func correctedNotes(tables []annotate.Table) []string {
	var list []string
	for _, n := range tables[0].Notes {
		if n.Corrected {
			list = append(list, fmt.Sprintf("%s：%s → %s", n.Field, n.Value, n.Suggest))
		}
	}
	slices.Sort(list)
	return list
}

// opinion returns a cell of the sheet 审核意见.
func opinion(t *testing.T, data []byte, ref string) string {
	t.Helper()
	text := ""
	sheettest.Edited(t, data, func(f *excelize.File) (err error) {
		text, err = f.GetCellValue("审核意见", ref)
		return err
	})
	return text
}

// published returns one of the published tables, with values written over some
// of its cells.
func published(t *testing.T, values map[string]any) []byte {
	t.Helper()
	data, err := os.ReadFile("../../../examples/returned/科创中心建设工作经费.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return overwrite(t, data, values)
}

// What --correct wrote is remembered as long as it stands, with what stood there
// before, however often and however the copy is annotated.
func TestCorrectRemembers(t *testing.T) {
	bad := published(t, map[string]any{"项目资金[年度资金总额].得分": 1, "总分.得分": 2, "总分.分值": 99})
	want := []string{"总分.分值：99 → 100", "总分.得分：2 → 99.81", "项目资金[年度资金总额].得分：1 → 9.81", "项目资金[年度资金总额].执行率：98.11% → 98.1%"}
	r := reviewOf(t, bad)
	if err := r.correct(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, correctedNotes(r.notes())); diff != "" {
		t.Errorf("corrected (-want +got):\n%s", diff)
	}
	for _, n := range r.notes()[0].Notes {
		if n.Field == "总分.得分" && strings.Contains(n.Message, "填报为 2") && !strings.Contains(n.Message, "99.81") {
			t.Errorf("总分.得分 is said to be wrong by a number that is wrong itself: %s", n.Message)
		}
	}
	copied := copyOf(t, bad, true)
	verdict := opinion(t, copied, "A2")
	if want := "由其他单元格算出的数值有 4 处已代为更正，请核对。（第 1 次退回）"; !strings.HasSuffix(verdict, want) {
		t.Errorf("the verdict is %q, want …%s", verdict, want)
	}
	for i := range 3 { // as other programs save it
		copied = copyOf(t, sheettest.Edited(t, copied, func(*excelize.File) error { return nil }), i == 1)
		if again := opinion(t, copied, "A2"); again != verdict {
			t.Errorf("the verdict has become %q", again)
		}
	}
	changed := copyOf(t, overwrite(t, copied, map[string]any{"总分.分值": 98}), false)
	if text := opinion(t, changed, "A2"); !strings.HasSuffix(text, "有 3 处已代为更正，请核对。（第 1 次退回）") {
		t.Errorf("after the department has changed one, the verdict is %q", text)
	}
}

// A formula is the department's: a wrong one is found and left alone.
func TestCorrectLeavesFormulas(t *testing.T) {
	bad := published(t, map[string]any{"总分.得分": "=SUM(H13:H16)"})
	before := reviewOf(t, bad)
	after := reviewOf(t, copyOf(t, bad, true))
	total := after.found[0].Table.Total.Score
	if total.Formula != "SUM(H13:H16)" || total.Value != before.found[0].Table.Total.Score.Value {
		t.Errorf("总分.得分 has become %v by =%s", total.Value, total.Formula)
	}
	if !slices.ContainsFunc(after.tables[0].Findings, func(f rules.Finding) bool { return f.Rule == "total-score" }) {
		t.Error("the wrong formula is no longer found")
	}
}

// What stands in 整改说明 stays with its finding where rows were put in above and
// where the indicator was renamed.
func TestReplyMoves(t *testing.T) {
	copied := copyOf(t, published(t, nil), false)
	row := 6
	for ; opinion(t, copied, fmt.Sprintf("D%d", row)) != "绩效指标[项目完成及时性].实际完成值"; row++ {
		if row > 30 {
			t.Fatal("no such finding")
		}
	}
	const answer = "已补充数据"
	replied := sheettest.Edited(t, copied, func(f *excelize.File) error { return f.SetCellStr("审核意见", fmt.Sprintf("I%d", row), answer) })
	sheetName := reviewOf(t, copied).found[0].Sheet
	for name, edit := range map[string]func(f *excelize.File) error{
		"saved":   func(f *excelize.File) error { return nil },
		"moved":   func(f *excelize.File) error { return f.InsertRows(sheetName, 2, 3) },
		"renamed": func(f *excelize.File) error { return f.SetCellStr(sheetName, "D15", "项目完成的及时性") },
	} {
		again := copyOf(t, sheettest.Edited(t, replied, edit), false)
		answers := 0
		for r := 6; r < 30; r++ {
			if opinion(t, again, fmt.Sprintf("I%d", r)) == answer {
				answers++
				if field := opinion(t, again, fmt.Sprintf("D%d", r)); !strings.Contains(field, "及时性].实际完成值") {
					t.Errorf("%s: the answer stands on %s", name, field)
				}
			}
		}
		if answers != 1 {
			t.Errorf("%s: the answer stands on %d findings", name, answers)
		}
	}
}

// marked returns the cells of the first sheet that have a colour of ours.
func marked(t *testing.T, data []byte) []string {
	t.Helper()
	var list []string
	sheettest.Edited(t, data, func(f *excelize.File) error {
		for row := 1; row <= 40; row++ {
			for col := 1; col <= 12; col++ {
				ref, _ := excelize.CoordinatesToCellName(col, row)
				id, err := f.GetCellStyle(f.GetSheetName(0), ref)
				if err != nil {
					return err
				}
				style, err := f.GetStyle(id)
				if err != nil {
					return err
				}
				for _, color := range style.Fill.Color {
					if slices.Contains([]string{"FFC9CB", "FFE9A9", "CFE3F9", "CDEBC7"}, color) {
						list = append(list, ref)
					}
				}
			}
		}
		return nil
	})
	return list
}
