package annotate

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ziping/sheet/sheettest"
	"ziping/sheet/xlsx"
)

// texts returns every text of a workbook that stands in cells and comments, a sheet after
// the other.
func texts(t *testing.T, b []byte) (cells map[string]string, comments string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	cells = map[string]string{}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			cells[name] += strings.Join(row, "\t") + "\n"
		}
		list, err := f.GetComments(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			comments += c.Cell + ": " + c.Text
			for _, r := range c.Paragraph {
				comments += r.Text
			}
			comments += "\n"
		}
	}
	return cells, comments
}

func reAnnotated(t *testing.T, b []byte, notes []Note, key string) []byte {
	t.Helper()
	found := readTables(t, b)
	out, _, err := Annotate(b, []Table{{Sheet: found[0].Sheet, Project: "甲", Notes: notes, Find: func(field string) (cell, value string) {
		if field == "总分.得分" {
			return "H18", "96.99"
		}
		return "", ""
	}}}, Sending{Date: "2026-04-01", Came: "x", Values: "x", Key: []byte(key)}, xlsx.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPlantedMarks sees that what a department has written in our name is not taken for
// ours: neither overwritten nor said by us.
func TestPlantedMarks(t *testing.T) {
	const lie = "经复核全部无误，准予通过"
	plain := department(t)
	form := readTables(t, plain)[0].Sheet
	record := func(f *excelize.File, lines ...[]string) error {
		if _, err := f.NewSheet(recordSheet); err != nil {
			return err
		}
		for i, line := range lines {
			if err := f.SetSheetRow(recordSheet, "A"+string(rune('1'+i)), &line); err != nil {
				return err
			}
		}
		return f.SetSheetVisible(recordSheet, false, true)
	}
	corrected := []string{kindCorrected, form, "1", "0", "total-score", "总分.得分", lie, lie, "96.99", lie}
	note := []Note{{Severity: Error, Cell: "H13", Rule: "r", Field: "绩效指标[1].得分", Message: "得分应为 9.1"}}

	t.Run("a form that the record calls 审核意见", func(t *testing.T) {
		b := sheettest.Edited(t, plain, func(f *excelize.File) error { return record(f, []string{kindOpinion, form}, corrected) })
		cells, comments := texts(t, reAnnotated(t, b, note, ""))
		before, _ := texts(t, b)
		if cells[form] != before[form] || cells[opinionSheet] == "" || strings.Contains(cells[opinionSheet]+comments, lie) {
			t.Errorf("the form is overwritten, or the department speaks in our name: %s%s", cells[opinionSheet], comments)
		}
	})
	t.Run("a form on a sheet of that name", func(t *testing.T) {
		b := sheettest.Edited(t, plain, func(f *excelize.File) error {
			return record(f, []string{kindOpinion, opinionSheet}, corrected)
		})
		b = sheettest.Edited(t, b, func(f *excelize.File) error { return f.SetSheetName(form, opinionSheet) })
		cells, comments := texts(t, reAnnotated(t, b, note, ""))
		before, _ := texts(t, b)
		if cells[opinionSheet] != before[opinionSheet] || strings.Contains(cells[opinionSheet+"(2)"]+comments, lie) {
			t.Errorf("the form is overwritten: %s", cells[opinionSheet])
		}
	})
	t.Run("a sheet of the department's", func(t *testing.T) {
		b := sheettest.Edited(t, plain, func(f *excelize.File) error {
			_, err := f.NewSheet(opinionSheet)
			return errors.Join(err, f.SetCellStr(opinionSheet, "A1", "本单位的审核意见"), f.SetCellStr(opinionSheet, "I6", lie), record(f, []string{kindOpinion, opinionSheet}, corrected))
		})
		cells, comments := texts(t, reAnnotated(t, b, note, ""))
		if !strings.Contains(cells[opinionSheet], "本单位的审核意见") || strings.Contains(cells[opinionSheet+"(2)"]+comments, lie) {
			t.Errorf("the sheet is overwritten: %s", cells[opinionSheet])
		}
	})
	for _, key := range []string{"", "a key of 16 bytes or more"} {
		once := reAnnotated(t, plain, note, key)
		planted := sheettest.Edited(t, once, func(f *excelize.File) error {
			if err := f.AddComment(form, excelize.Comment{Cell: "I14", Author: author, Text: noteHead + "\n【已更正】" + lie + "\n" + noteFoot}); err != nil {
				return err
			}
			if err := f.SetSheetRow(opinionSheet, "A20", &[]string{"9", "提示", "H14", "x", lie, "1", lie, lie, "已改", form + "#1 gone x", "k"}); err != nil {
				return err
			}
			rows, err := f.GetRows(recordSheet)
			if err != nil {
				return err
			}
			at, _ := excelize.CoordinatesToCellName(1, len(rows)) // in place of the seal
			if err := f.SetSheetRow(recordSheet, at, &corrected); err != nil {
				return err
			}
			return nil
		})
		honest := sheettest.Edited(t, once, func(f *excelize.File) error {
			return f.AddComment(form, excelize.Comment{Cell: "I14", Author: author, Text: noteHead + "\n【已更正】" + lie + "\n" + noteFoot})
		})
		_, comments := texts(t, reAnnotated(t, honest, note, key))
		if !strings.Contains(comments, theirHead+"\n【已更正】"+lie) || strings.Count(comments, noteHead) != 1 {
			t.Errorf("key %q: the comments are\n%s", key, comments)
		}
		cells, comments := texts(t, reAnnotated(t, planted, note, key))
		if strings.Contains(comments, noteHead+"\n【已更正】"+lie) || !strings.Contains(cells[opinionSheet], notConfirmed+lie) || strings.Count(cells[opinionSheet], lie) != 1 {
			t.Errorf("key %q: we say\n%s%s", key, cells[opinionSheet], comments)
		}
	}
	sealed := reAnnotated(t, plain, []Note{{Severity: Error, Cell: "H18", Rule: "total-score", Field: "总分.得分", Message: "各项得分相加为 96.99", Value: "90", Suggest: "96.99", Corrected: true}}, "a key of 16 bytes or more")
	for key, message := range map[string]string{"a key of 16 bytes or more": "各项得分相加为 96.99", "another key of 16 bytes": "以前的副本中已代为更正"} {
		if _, comments := texts(t, reAnnotated(t, sealed, note, key)); !strings.Contains(comments, message) {
			t.Errorf("key %q: the comments are\n%s", key, comments)
		}
	}
}

// TestCopiesOfBefore sees that the marks of copies that earlier builds wrote are taken for
// ours: they go, and what was replied and corrected stays.
func TestCopiesOfBefore(t *testing.T) {
	copies, err := filepath.Glob("testdata/copies/*.xlsx")
	if err != nil || len(copies) == 0 {
		t.Fatalf("no copies: %v", err)
	}
	for _, file := range copies {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		form := readTables(t, b)[0].Sheet
		note := []Note{{Severity: Error, Cell: "H13", Rule: "score-proportional", Field: "绩效指标[1].得分", Message: "得分应为 9.1", Value: "18"}}
		out := reAnnotated(t, b, note, "")
		cells, comments := texts(t, out)
		for _, want := range []string{"以前的副本中已代为更正", "已更正为：96.99（原填报：90）", "已核对 & 无误", "另一处"} {
			if !strings.Contains(comments, want) {
				t.Errorf("%s: %s is gone from\n%s", file, want, comments)
			}
		}
		if strings.Contains(comments, "请说明超额的原因") || strings.Count(comments, noteHead) != 2 || strings.Contains(comments, theirHead) {
			t.Errorf("%s: old marks are left:\n%s", file, comments)
		}
		for _, want := range []string{"第 2 次退回", "已核对，请看附件", "参展商自愿报名", "请说明超额的原因"} {
			if !strings.Contains(cells[opinionSheet], want) {
				t.Errorf("%s: %s is gone from\n%s", file, want, cells[opinionSheet])
			}
		}
		f, err := excelize.OpenReader(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		id, _ := f.GetCellStyle(form, "I16")
		style, _ := f.GetStyle(id)
		if f.Close(); style == nil || len(style.Fill.Color) > 0 && strings.HasSuffix(style.Fill.Color[0], markColors[Warning][2:]) {
			t.Errorf("%s: I16 is marked still", file)
		}
	}
}
