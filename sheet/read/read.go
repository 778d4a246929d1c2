package read

import (
	"errors"
	"fmt"
	"slices"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/livecheck"
	"ziping/sheet/xlsx"
)

// ErrNoForm is the error of Read for a workbook without the form.
var ErrNoForm = errors.New("没有找到自评表：工作簿中没有“项目名称”以及其下的“项目资金”“绩效指标”")

// Read finds the forms of a workbook by their printed labels, on whatever sheet
// and wherever on it they stand, in the order of the workbook. Every value
// keeps its cell; one that can't be understood carries a Problem there. Rows of
// 项目资金 and 绩效指标 in which nothing is filled in are left out.
func Forms(data []byte) ([]sheet.Found, error) { return FormsWith(data, issued.Options{}) }

// FormsWith is Forms with what else is known of the workbooks.
func FormsWith(data []byte, o issued.Options) ([]sheet.Found, error) {
	wb, err := xlsx.OpenLimits(data, o.Limits)
	if err != nil {
		return nil, err
	}
	return FormsIn(wb, o)
}

// FormsIn is FormsWith for a workbook that is open.
func FormsIn(wb *xlsx.Workbook, o issued.Options) ([]sheet.Found, error) {
	found, err := WithBlanks(wb, o)
	for _, f := range found {
		dropBlankRows(f.Table)
		nameNotices(f.Table)
	}
	return found, err
}

// dropBlankRows leaves out the rows in which nothing stands but names.
func dropBlankRows(t *sheet.Table) {
	t.Funds = deleteRows(t.Funds, func(x *sheet.Fund) bool { return onlyNamed(x, sheet.LabelSource) })
	dropBlankLists(t)
	t.Indicators = deleteRows(t.Indicators, func(x *sheet.Indicator) bool {
		return isUnused(x) && onlyNamed(x, sheet.LabelLevel1, sheet.LabelLevel2, sheet.LabelLevel3, sheet.LabelTarget, sheet.LabelActual, sheet.LabelDeviation)
	})
}

// deleteRows is slices.DeleteFunc for rows, which are too large to be copied for a look.
func deleteRows[T any](rows []T, drop func(*T) bool) []T {
	n := 0
	for i := range rows {
		if drop(&rows[i]) {
			continue
		}
		if n < i {
			rows[n] = rows[i]
		}
		n++
	}
	clear(rows[n:])
	return rows[:n]
}

// onlyNamed reports whether nothing stands in a part of the form but under those
// labels, nor anything that could not be read.
func onlyNamed(part any, labels ...string) bool {
	for f := range sheet.Fields(part) {
		if f.Value.At().Problem != "" || !slices.Contains(labels, f.Label) && f.Value.Filled() {
			return false
		}
	}
	return true
}

// WithBlanks is FormsIn with the blank rows of a form that is still to be filled in.
func WithBlanks(wb *xlsx.Workbook, o issued.Options) ([]sheet.Found, error) {
	var found []sheet.Found
	var grids []*xlsx.Grid // of those found
	var covers []xlsx.Cell
	other := "" // the title of a form of another kind
	record := recordOf(wb)
	picker := newPicker(o.Forms, record)
	recalculation := newRecalculation(wb)
	take := func(i int, s xlsx.Sheet) error {
		grid, err := wb.Grid(i)
		if err != nil {
			return err
		}
		picker.until = record.LastRow(s.Name)
		tables, title := tablesOf(grid, picker)
		if other == "" {
			other = title
		}
		var old outdated
		if len(tables) == 0 {
			covers = append(covers, titles(grid)...)
		} else {
			var changed bool
			old, changed = recalculation.run(i, s.Name, grid, tables)
			if changed {
				if again, _ := tablesOf(grid, picker); len(again) >= len(tables) {
					tables = again
				}
			}
		}
		if err := wb.CheckForms(len(found) + len(tables)); err != nil {
			return err
		}
		for _, t := range tables {
			if err := wb.CheckRows(len(t.Funds) + len(t.Indicators)); err != nil {
				return fmt.Errorf("工作表“%s”：%w", s.Name, err)
			}
			found, grids = append(found, sheet.Found{Sheet: s.Name, Table: t}), append(grids, grid)
			if s.State == xlsx.Hidden {
				t.AddNotice(sheet.Notice{Kind: sheet.NoticeHidden, Now: s.Name})
			}
			old.notice(grid, t)
			forgiveDivision(t)
			forgetBlankSums(t)
		}
		return nil
	}
	checks := -1
	for i, s := range wb.Sheets() {
		switch {
		case s.State == xlsx.VeryHidden:
			continue // ours, or some program's: no person typed there
		case livecheck.IsOurs(s.Name) && record.Checked():
			if s.Name == livecheck.Name {
				checks = i
			}
			continue
		}
		if err := take(i, s); err != nil {
			return found, err
		}
	}
	if checks >= 0 && len(found) == 0 { // it was put in the place of ours
		if err := take(checks, wb.Sheets()[checks]); err != nil {
			return found, err
		}
	}
	if len(found) == 0 {
		if other != "" {
			return nil, &otherForm{other}
		}
		return nil, ErrNoForm
	}
	for _, f := range found {
		yearElsewhere(f.Table, f.Sheet, covers)
	}
	for _, f := range found {
		if record == nil {
			noticeAbsent(f.Table)
			markParts(f.Table)
		} else {
			delete(f.Table.Absent, sheet.LabelYear) // every form that we issue has a place for it
		}
	}
	issued.Compare(wb, record, found, grids, o)
	for i, f := range found {
		forgiveAbsent(f.Table)
		noticeTextNumbers(f, grids[i])
		noticeMasked(f.Table, grids[i], record != nil)
		unsettle(f.Table)
	}
	noticeActive(wb, found)
	return found, nil
}

// recordOf returns the record of what was issued, nil where the workbook has none.
func recordOf(wb *xlsx.Workbook) *issued.Written {
	for i, s := range wb.Sheets() {
		if s.Name == issued.RecordSheet {
			return issued.ReadRecord(wb, i)
		}
	}
	return nil
}

// nameNotices gives the notices the paths of the values in their cells. A level
// stands in the cell of all its rows; the first has the name.
func nameNotices(t *sheet.Table) {
	if len(t.Notices) == 0 {
		return
	}
	paths := map[string]sheet.Path{}
	for path, v := range t.All() {
		ref := v.At().Ref
		if _, known := paths[ref]; ref != "" && !known {
			paths[ref] = path
		}
	}
	for i := range t.Notices {
		t.Notices[i].Field = paths[t.Notices[i].Cell]
	}
}

// forgiveAbsent takes back what is said of labels that an issued form lacks: it was
// drawn so, or the comparison has named the label that was changed.
func forgiveAbsent(t *sheet.Table) {
	for v := range t.Values() {
		if at := v.At(); at.Fixed || at.Derived {
			t.Notices = slices.DeleteFunc(t.Notices, func(n sheet.Notice) bool { return n.Kind == sheet.NoticeAbsent })
			return
		}
	}
}
