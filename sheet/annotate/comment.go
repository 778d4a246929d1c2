package annotate

import (
	"fmt"
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"

	"ziping/sheet/xlsx"
)

// The lines between which our part of a comment stands. What stands before or
// after is the department's.
const (
	noteHead = "──── 审核意见（ziping）────"
	noteFoot = "──── 以上为审核意见 ────"
)

const author = "ziping"

// run is a piece of a comment's text in one format.
type run struct{ format, text string }

// The formats of our runs; %s is the colour.
const (
	plainRun = `<rPr><sz val="9"/><color rgb="FF000000"/><rFont val="宋体"/><family val="3"/><charset val="134"/></rPr>`
	boldRun  = `<rPr><b/><sz val="9"/><color rgb="%s"/><rFont val="宋体"/><family val="3"/><charset val="134"/></rPr>`
)

// labelColors are the colours of the labels 【错误】 and so on.
var labelColors = [...]string{Error: "FFC00000", Warning: "FF9C5700", Info: "FF1F4E79", corrected: "FF375623"}

// runsOf returns what our part of a comment says.
func runsOf(notes []Note) []run {
	runs := []run{{plainRun, noteHead}}
	for _, n := range notes {
		bold := fmt.Sprintf(boldRun, labelColors[n.rank()])
		runs = append(runs, run{plainRun, "\n"}, run{bold, "【" + n.rank().String() + "】"}, run{plainRun, excerpt(n.Message)})
		switch {
		case n.Corrected && n.Suggest == n.Value:
			runs = append(runs, run{bold, "\n已更正，数值不变：" + n.Value})
		case n.Corrected:
			runs = append(runs, run{bold, fmt.Sprintf("\n已更正为：%s（原填报：%s）", n.Suggest, orBlank(n.Value))})
		case n.Suggest != "":
			runs = append(runs, run{plainRun, "\n应为：" + excerpt(n.Suggest)})
		}
		if n.Basis != "" {
			runs = append(runs, run{plainRun, "\n依据：" + excerpt(n.Basis)})
		}
	}
	runs = append(runs, run{plainRun, "\n" + noteFoot})
	for i := range runs {
		runs[i].text = xlsx.Escape(runs[i].text)
	}
	return runs
}

func orBlank(s string) string {
	if s == "" {
		return "空"
	}
	return excerpt(s)
}

// mostRunes is how much of a text is quoted.
const mostRunes = 300

func excerpt(s string) string {
	if len(s) <= mostRunes {
		return s
	}
	if r := []rune(s); len(r) > mostRunes {
		return string(r[:mostRunes]) + "…"
	}
	return s
}

// comments is the part of comments of a sheet, taken apart.
type comments struct {
	src     []byte
	authors element
	list    element
	prefix  string
}

const emptyComments = xmlHead + `<comments xmlns="%s"><authors></authors><commentList></commentList></comments>`

// count returns how many comments there are.
func (c *comments) count() (n int) {
	for range inside(c.src, c.list) {
		n++
	}
	return n
}

// comment takes our part out of the comments of a sheet and puts the notes in.
func (s *sheetEdit) comment(notes map[string][]Note, old, now *record) error {
	part, err := s.book.related(s.sheet.part, "comments")
	if err != nil || part == "" && len(notes) == 0 {
		return err
	}
	src := fmt.Appendf(nil, emptyComments, s.book.main)
	if part != "" {
		if src, err = s.book.get(part); err != nil {
			return err
		}
	}
	c := comments{src: src}
	e, prefix, _ := root(src)
	c.prefix = prefix
	c.authors, _ = child(src, e, "authors")
	var ok bool
	if c.list, ok = child(src, e, "commentList"); !ok {
		return errDamaged
	}
	if err := s.book.limits.CheckComments(c.count()); err != nil {
		return err
	}
	d, err := s.openDrawing(old, now)
	if err != nil {
		return err
	}
	left := s.replaceComments(&c, d, notes)
	if left == 0 {
		if err := s.book.dropPart(s.sheet.part, "comments"); err != nil {
			return err
		}
	} else if err := s.saveComments(part, c.src); err != nil {
		return err
	}
	return d.save()
}

// replaceComments changes the comments and returns how many there are now.
func (s *sheetEdit) replaceComments(c *comments, d *drawing, notes map[string][]Note) int {
	ed := edits{src: c.src}
	left, taken := 0, map[string]bool{}
	for e := range inside(c.src, c.list) {
		ref := e.attr(c.src, "ref")
		list := notes[ref]
		taken[ref] = true
		text, _ := child(c.src, e, "text")
		theirs, ours := theirRuns(c.runs(text))
		if !ours && len(list) == 0 {
			left++
			continue
		}
		if ours {
			d.restore(ref)
		}
		if len(theirs) == 0 && len(list) == 0 {
			ed.replace(e.start, e.end, "")
			d.remove(ref)
			continue
		}
		left++
		runs := theirs
		if len(list) > 0 {
			if len(theirs) > 0 {
				runs = append(runs, run{plainRun, "\n"})
			}
			runs = append(runs, runsOf(list)...)
			d.fit(ref, textOf(runs), len(theirs) > 0)
		}
		ed.replace(text.start, text.end, prefixed(writeRuns(runs), c.prefix))
	}
	var added []string
	id := -1
	for _, ref := range slices.SortedFunc(maps.Keys(notes), byPlace) {
		if taken[ref] {
			continue
		}
		if id < 0 {
			id = c.author(&ed)
		}
		runs := runsOf(notes[ref])
		added = append(added, `<comment ref="`, ref, `" authorId="`, strconv.Itoa(id), `">`, writeRuns(runs), "</comment>")
		d.fit(ref, textOf(runs), false)
		left++
	}
	if len(added) > 0 {
		ed.last(c.list, prefixed(strings.Join(added, ""), c.prefix))
	}
	c.src = ed.apply()
	return left
}

func byPlace(a, b string) int { return comparePlaces(placeOf(a), placeOf(b)) }

// author returns our number among the authors.
func (c *comments) author(ed *edits) int {
	n := 0
	for a := range inside(c.src, c.authors) {
		if html.UnescapeString(string(c.src[a.open:a.close])) == author {
			return n
		}
		n++
	}
	ed.last(c.authors, prefixed("<author>"+author+"</author>", c.prefix))
	return n
}

// runs returns the text of a comment.
func (c *comments) runs(text element) []run {
	var runs []run
	src := c.src
	for e := range inside(src, text) {
		switch e.name {
		case "t":
			runs = append(runs, run{"", html.UnescapeString(string(src[e.open:e.close]))})
		case "r":
			var r run
			for part := range inside(src, e) {
				switch part.name {
				case "rPr":
					r.format = unprefixed(part.raw(src), c.prefix)
				case "t":
					r.text = html.UnescapeString(string(src[part.open:part.close]))
				}
			}
			runs = append(runs, r)
		}
	}
	return runs
}

func textOf(runs []run) string {
	texts := make([]string, len(runs))
	for i, r := range runs {
		texts[i] = r.text
	}
	return strings.Join(texts, "")
}

// theirRuns cuts our part out of a comment, and reports whether there was one.
func theirRuns(runs []run) ([]run, bool) {
	text := strings.NewReplacer("\r", "\n").Replace(textOf(runs))
	start := strings.Index(text, noteHead)
	if start < 0 {
		return runs, false
	}
	end := len(text)
	if i := strings.Index(text, noteFoot); i > start {
		end = i + len(noteFoot)
	}
	if strings.HasSuffix(text[:start], "\n") {
		start--
	}
	if start == 0 && strings.HasPrefix(text[end:], "\n") {
		end++
	}
	if strings.TrimSpace(text[:start]+text[end:]) == "" {
		return nil, true
	}
	var theirs []run
	at := 0
	for _, r := range runs {
		from, to := at, at+len(r.text)
		at = to
		before := r.text[:max(0, min(len(r.text), start-from))]
		after := r.text[max(0, min(len(r.text), end-from)):]
		if from >= start {
			before = ""
		}
		if to <= end {
			after = ""
		}
		if r.text = before + after; r.text != "" {
			theirs = append(theirs, r)
		}
	}
	return theirs, true
}

func writeRuns(runs []run) string {
	parts := []string{"<text>"}
	for _, r := range runs {
		parts = append(parts, "<r>", r.format, `<t xml:space="preserve">`, escape(r.text), "</t></r>")
	}
	return strings.Join(append(parts, "</text>"), "")
}

const (
	mediaComments = mediaXL + "comments+xml"
	mediaVML      = "application/vnd.openxmlformats-officedocument.vmlDrawing"
)

func (s *sheetEdit) saveComments(part string, src []byte) error {
	if part != "" {
		s.book.set(part, src)
		return nil
	}
	_, err := s.book.addPart(s.sheet.part, "comments", s.book.free("xl/comments%d.xml"), mediaComments, src)
	return err
}
