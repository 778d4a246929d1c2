package read

import "ziping/sheet"

// unsettle marks the values that formulas make of others which say something else than
// the formulas take: of one that can't be read or is stored as a text, and of one for
// which what was issued counts. That they can't be read either is not said.
func unsettle(t *sheet.Table) {
	of := map[string]bool{}
	for v := range t.Values() {
		if at := v.At(); at.Ref != "" && (at.Problem != "" || at.Counts != "") {
			of[at.Ref] = true
		}
	}
	for _, n := range t.Notices {
		if n.Kind == sheet.NoticeText {
			of[n.Cell] = true
		}
	}
	if len(of) == 0 {
		return
	}
	_, follow := t.Following(of)
	for v := range t.Values() {
		if at := v.At(); follow[at.Ref] {
			at.Unsettled, at.Problem = true, ""
		}
	}
}
