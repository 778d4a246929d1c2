package read

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"ziping/sheet"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// otherForm is the error of Forms for a workbook that holds a form of another kind,
// and none that is a self-evaluation. It is an ErrNoForm.
type otherForm struct{ Title string }

// Error implements error.
func (e *otherForm) Error() string {
	return fmt.Sprintf("没有找到自评表：这是“%s”，没有这种表样", sheet.Excerpt(e.Title))
}

// Is implements the interface of errors.Is.
func (e *otherForm) Is(target error) bool { return target == ErrNoForm }

// isTitle reports whether a cell prints the form's title.
func isTitle(c labelCell) bool {
	if c.Kind != xlsx.String || !saysSelf(c.Text) || utf8.RuneCountInString(c.Text) > longestTitle || strings.ContainsAny(c.Text, "。；;") {
		return false
	}
	s := quantity.FoldSpace(c.Text)
	return (strings.Contains(s, "自评表") || strings.HasSuffix(cutRemark(s), "表")) && !c.form.Other(s)
}

// saysSelf reports whether a text has 自评 in it, with blanks between the letters or not.
func saysSelf(text string) bool {
	_, after, ok := strings.Cut(text, "自")
	return ok && strings.Contains(after, "评") && strings.Contains(quantity.FoldSpace(text), "自评")
}

// titleOf returns the title that a row prints, of whatever form: what ends in 表,
// but for a year or a remark in brackets.
func titleOf(row []labelCell) string {
	for _, c := range row {
		if c.Kind != xlsx.String || c.label != "" || utf8.RuneCountInString(c.Text) > longestTitle {
			continue
		}
		if s := quantity.FoldSpace(c.Text); strings.HasSuffix(cutRemark(s), "表") && !strings.ContainsAny(s, ":：，。；") {
			return s
		}
	}
	return ""
}

// topTitle returns the title of a form of another kind at the top of a sheet, "" for
// none.
func topTitle(rows [][]labelCell) string {
	for _, row := range rows[:min(len(rows), headRows)] {
		if title := titleOf(row); title != "" && row[0].form.Other(title) {
			return title
		}
	}
	return ""
}

// cutRemark cuts what stands in brackets at the end of a title.
func cutRemark(s string) string {
	for strings.HasSuffix(s, ")") {
		i := strings.LastIndexByte(s, '(')
		if i < 0 {
			break
		}
		s = s[:i]
	}
	return s
}

// otherTitle returns the title among rows of a form of another kind, "" where the
// last title is that of a self-evaluation, or of what is not known.
func otherTitle(rows [][]labelCell) string {
	for i := len(rows) - 1; i >= 0; i-- {
		if title := titleOf(rows[i]); title != "" {
			if rows[i][0].form.Other(title) {
				return title
			}
			return ""
		}
	}
	return ""
}

// startTitled marks where forms begin that print no 项目名称: below a title, in the
// first row that prints a label, or the head of a table.
func startTitled(rows [][]labelCell) {
	begun := false
	for i := 0; i < len(rows); i++ {
		if !isTitled(rows[i]) {
			continue
		}
		end := i + 1
		for end < len(rows) && !isTitled(rows[end]) {
			end++
		}
		below := rows[i+1 : end]
		if first := startIn(below); first >= 0 && (!begun || !isPage(below)) {
			below[first][0].start = true
		}
		begun = true
		i = end - 1
	}
}

// isTitled reports whether a row prints the title of a self-evaluation.
func isTitled(row []labelCell) bool {
	for _, c := range row {
		if isTitle(c) {
			return true
		}
	}
	return false
}

// isPage reports whether rows below a title go on with the form of the page before:
// nothing stands between the title and the head of 绩效指标.
func isPage(rows [][]labelCell) bool {
	f := formReader{rows: rows}
	return f.fundsHead() < 0 && f.indicatorsHead() <= 1
}

// startIn returns the index of the row in which a form without 项目名称 begins, -1
// where there is none.
func startIn(rows [][]labelCell) int {
	f := formReader{rows: rows}
	head := firstOf(f.fundsHead(), f.indicatorsHead(), -1)
	if head < 0 {
		return -1
	}
	first := head
	for i := head; i >= 0; i-- {
		for _, c := range rows[i] {
			switch {
			case isStart(c):
				return -1
			case sheet.IsNamed(c.lead), i < head && c.label != "" && c.label != sheet.LabelFoot, c.in(sheet.InHead) != "":
				first = i
			}
		}
	}
	return first
}
