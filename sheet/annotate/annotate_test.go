package annotate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/read"
	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

const examples = "../../examples/returned/*.xlsx"

// workbooks returns the examples, and one that a department has added to.
func workbooks(t testing.TB) map[string][]byte { return files(t, examples, 2) }

// files returns the workbooks of a pattern, of which there must be some, and that
// of a department.
func files(t testing.TB, pattern string, least int) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) < least {
		t.Fatalf("only %d workbooks (%v)", len(names), err)
	}
	list := map[string][]byte{"department.xlsx": department(t)}
	for _, f := range names {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		list[filepath.Base(f)] = b
	}
	return list
}

// department returns a form in a workbook with what a department has added to
// it: comments of its own, a chart, a name, a rule of validation and of colour.
func department(t testing.TB) []byte {
	t.Helper()
	files, _ := filepath.Glob(examples)
	f, err := excelize.OpenFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	dv := excelize.NewDataValidation(true)
	dv.SetSqref("H13:H17")
	red, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: "FF0000"}})
	for _, err := range []error{
		err,
		f.AddComment(name, excelize.Comment{Cell: "H13", Author: "张三", Paragraph: []excelize.RichTextRun{{Text: "已核对 & 无误\n"}}}),
		f.AddComment(name, excelize.Comment{Cell: "A30", Author: "李四", Text: "另一处"}),
		dv.SetRange(0, 100, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween),
		f.AddDataValidation(name, dv),
		f.SetConditionalFormat(name, "H13:H17", []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Format: &red, Value: "50"}}),
		f.SetDefinedName(&excelize.DefinedName{Name: "总额", RefersTo: "'" + name + "'!$E$6"}),
		f.AddChart(name, "L2", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "'" + name + "'!$H$13:$H$17"}}}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// notesFor generates notes on cells of the forms: on values, on empty cells, on
// merged ones, on none at all.
func notesFor(r *rand.Rand, found []sheet.Found) []Table {
	var tables []Table
	for _, f := range found {
		t := Table{Sheet: f.Sheet, Project: f.Table.Project.Value}
		refs := []string{"", "A40", "K3", "B50"}
		for _, v := range f.Table.All() {
			refs = append(refs, v.At().Ref)
		}
		for i := range r.IntN(12) {
			t.Notes = append(t.Notes, Note{
				Severity: Severity(r.IntN(3)), Cell: refs[r.IntN(len(refs))], Rule: fmt.Sprintf("rule-%d", i), Field: "绩效指标[1].得分",
				Message: strings.Repeat("有误 <&>\n_x000D_ ", 1+r.IntN(30)), Value: "18", Suggest: []string{"", "9.1"}[r.IntN(2)], Basis: "财预〔2020〕10号",
			})
		}
		tables = append(tables, t)
	}
	return tables
}

func readTables(t testing.TB, b []byte) []sheet.Found {
	t.Helper()
	found, err := read.Forms(b)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func annotated(t testing.TB, b []byte, tables []Table) []byte {
	t.Helper()
	out, _, err := Annotate(b, tables, Sending{Came: "x", Values: "x"}, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// An annotated copy reads equal to its original; annotating it anew changes
// nothing; annotating it with nothing to say makes it clean again.
func TestAnnotate(t *testing.T) {
	for name, b := range workbooks(t) {
		found := readTables(t, b)
		for seed := range uint64(20) {
			r := rand.New(rand.NewPCG(seed, 1))
			tables := notesFor(r, found)
			once := annotated(t, b, tables)
			if diff := cmp.Diff(found, readTables(t, once)); diff != "" {
				t.Fatalf("%s seed %d: reads (-original +copy):\n%s", name, seed, diff)
			}
			twice := annotated(t, once, tables)
			if diff := cmp.Diff(sheettest.Parts(t, once), sheettest.Parts(t, twice)); diff != "" {
				t.Fatalf("%s seed %d: annotated twice:\n%s", name, seed, diff)
			}
			other := notesFor(r, found)
			if diff := cmp.Diff(looks(t, annotated(t, b, other)), looks(t, annotated(t, once, other))); diff != "" {
				t.Fatalf("%s seed %d: annotated with other notes (-at once +after others):\n%s", name, seed, diff)
			}
			for i := range tables {
				tables[i].Notes = nil
			}
			clean := looks(t, annotated(t, once, tables))
			if diff := cmp.Diff(looks(t, b), clean); diff != "" {
				t.Fatalf("%s seed %d: put right (-original +copy):\n%s", name, seed, diff)
			}
		}
	}
}

// looks returns what a person sees of each cell of the forms' sheet.
func looks(t testing.TB, b []byte) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	seen := map[string]string{}
	for row := 1; row <= 50; row++ {
		for col := 1; col <= 12; col++ {
			ref, _ := excelize.CoordinatesToCellName(col, row)
			id, err := f.GetCellStyle(name, ref)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			value, err := f.GetCellValue(name, ref)
			if err != nil {
				t.Fatal(err)
			}
			look, err := json.Marshal([]any{value, style})
			if err != nil {
				t.Fatal(err)
			}
			seen[ref] = string(look)
		}
	}
	comments, err := f.GetComments(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range comments {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		seen["comment "+c.Cell] = text
	}
	return seen
}

// What the department writes into 整改说明 stays with its note.
func TestReplies(t *testing.T) {
	b := department(t)
	name := readTables(t, b)[0].Sheet
	note := func(rule string) Note { return Note{Severity: Warning, Cell: "H14", Rule: rule, Message: "疑点"} }
	once := annotated(t, b, []Table{{Sheet: name, Notes: []Note{note("a"), note("b")}}})
	f, err := excelize.OpenReader(bytes.NewReader(once))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetCellStr(opinionSheet, "I6", "已改为 9.1"), f.SetCellStr(opinionSheet, "I7", "已补充说明"),
		f.AddComment(opinionSheet, excelize.Comment{Cell: "I7", Author: "张三", Paragraph: []excelize.RichTextRun{{Text: "见附件"}}})); err != nil {
		t.Fatal(err)
	}
	buf, err := f.WriteToBuffer() // as another program saves it
	if err != nil {
		t.Fatal(err)
	}
	again := annotated(t, buf.Bytes(), []Table{{Sheet: name, Notes: []Note{note("c"), note("d"), note("b")}}})
	if f, err = excelize.OpenReader(bytes.NewReader(again)); err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[string]string{
		"I6": "", "I7": "", "I8": "已补充说明", "B9": "已改正", "C9": "H14", "E9": "疑点", "I9": "已改为 9.1",
		"A2": "审核结论：未发现错误。有 3 处疑点，请逐一核实，改正或补充说明。（第 2 次退回）",
	} {
		if got, _ := f.GetCellValue(opinionSheet, ref); got != want {
			t.Errorf("%s holds %q, want %q", ref, got, want)
		}
	}
	if comments, err := f.GetComments(opinionSheet); err != nil || len(comments) != 1 || !strings.Contains(sheettest.Parts(t, again)["xl/worksheets/sheet2.xml"], "<legacyDrawing ") {
		t.Errorf("on the sheet stand the comments %v (%v)", comments, err)
	}
}

// A workbook says how often it was sent back, what was replied, and whether it is as
// it was sent.
func TestMarksIn(t *testing.T) {
	marks := func(b []byte) Marks {
		wb, err := xlsx.Open(b)
		if err != nil {
			t.Fatal(err)
		}
		m, err := MarksIn(wb, nil)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	b := department(t)
	if m := marks(b); m.Round != 0 || m.Untouched("v") {
		t.Errorf("never sent back: %+v", m)
	}
	name := readTables(t, b)[0].Sheet
	tables := []Table{{Sheet: name, Notes: []Note{{Severity: Error, Cell: "H14", Rule: "score-range", Field: "绩效指标[a b].得分", Message: "应为 9", Value: "10", Suggest: "9"}}}}
	send := func(b []byte, s Sending) []byte {
		out, _, err := Annotate(b, tables, s, xlsx.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	once := send(b, Sending{Date: "2026-03-01", Came: "v", Values: "v"})
	if m := marks(once); m.Round != 1 || m.Date != "2026-03-01" || !m.Untouched("v") || m.Untouched("w") || len(m.Replies) > 0 {
		t.Errorf("sent back: %+v", m)
	}
	if again := send(once, Sending{Date: "2026-03-09", Came: "v", Values: "v"}); !bytes.Equal(again, once) {
		t.Error("a copy that nobody changed is another when it is sent again")
	}
	replied := sheettest.Edited(t, once, func(f *excelize.File) error { return f.SetCellStr(opinionSheet, "I6", "已核对") })
	want := Reply{Sheet: name, Number: 1, Rule: "score-range", Field: "绩效指标[a b].得分", Cell: "H14", Level: "错误", Message: "应为 9", Value: "10", Suggest: "9", Text: "已核对"}
	if m := marks(replied); m.Untouched("v") || len(m.Replies) != 1 || m.Replies[0] != want {
		t.Errorf("replied: %+v", m)
	}
	if m := marks(send(replied, Sending{Date: "2026-03-09", Came: "v", Values: "v"})); m.Round != 2 || m.Date != "2026-03-09" {
		t.Errorf("sent back again: %+v", m)
	}
	lost := sheettest.Edited(t, once, func(f *excelize.File) error { return f.DeleteSheet(recordSheet) })
	if m := marks(lost); m.Round != 1 {
		t.Errorf("its record lost: %+v", m)
	}
}

// benchmarked returns an example, and ten notes on ten of its cells, which is
// more than most forms get.
func benchmarked(b testing.TB) ([]byte, []Table) {
	data := workbooks(b)["未来公园展厅运营经费.xlsx"]
	found := readTables(b, data)[0]
	t := Table{Sheet: found.Sheet, Project: found.Table.Project.Value}
	for i, x := range found.Table.Indicators {
		for _, ref := range []string{x.Actual.Ref, x.Score.Ref} {
			t.Notes = append(t.Notes, Note{Severity: Severity(i % 3), Cell: ref, Rule: "score-proportional", Field: "绩效指标[" + x.Level3.Value + "].得分",
				Message: "完成 182 场，为指标值 400 场的 45.5%，按比例应得 9.1 分，填报为 18 分", Value: "18", Suggest: "9.1", Basis: "财预〔2020〕10号 单位自评"})
		}
	}
	return data, []Table{t}
}

func BenchmarkAnnotate(b *testing.B) {
	data, tables := benchmarked(b)
	for b.Loop() {
		annotated(b, data, tables)
	}
}

func BenchmarkAnnotateAgain(b *testing.B) {
	data, tables := benchmarked(b)
	data = annotated(b, data, tables)
	for b.Loop() {
		annotated(b, data, tables)
	}
}

func BenchmarkRead(b *testing.B) {
	data, _ := benchmarked(b)
	for b.Loop() {
		readTables(b, data)
	}
}

func BenchmarkOpenExcelize(b *testing.B) {
	data, _ := benchmarked(b)
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.GetRows(f.GetSheetName(0)); err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}

// Our own sheets are out of sight again, where another program has shown them.
func TestHiddenAgain(t *testing.T) {
	b := workbooks(t)["未来公园展厅运营经费.xlsx"]
	tables := []Table{{Sheet: readTables(t, b)[0].Sheet, Notes: []Note{{Cell: "H14", Rule: "a", Message: "有误"}}}}
	once := annotated(t, b, tables)
	f, err := excelize.OpenReader(bytes.NewReader(once))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetSheetVisible(recordSheet, true); err != nil {
		t.Fatal(err)
	}
	buf, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	w, err := xlsx.Open(annotated(t, buf.Bytes(), tables))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range w.Sheets() {
		if (s.State == xlsx.VeryHidden) != (s.Name == recordSheet) {
			t.Errorf("%s is %v", s.Name, s.State)
		}
	}
}

// Merged areas that overlap, which Excel does not allow, are marked the same way each time.
func TestAnnotateOverlapping(t *testing.T) {
	parts := sheettest.Parts(t, department(t))
	const name, end = "xl/worksheets/sheet1.xml", "</mergeCells>"
	if !strings.Contains(parts[name], end) {
		t.Fatal("no merged areas")
	}
	parts[name] = strings.Replace(parts[name], end, `<mergeCell ref="F13:G15"/><mergeCell ref="G14:H16"/>`+end, 1)
	data := sheettest.Archive(t, parts)
	found := readTables(t, data)[0]
	tables := []Table{{Sheet: found.Sheet, Notes: []Note{{Severity: Error, Cell: "F13", Rule: "a"}, {Severity: Warning, Cell: "G14", Rule: "b"}}}}
	once := annotated(t, data, tables)
	for range 20 {
		if again := annotated(t, data, tables); !bytes.Equal(once, again) {
			t.Fatal("the copies differ")
		}
	}
}
