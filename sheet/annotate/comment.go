package annotate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// The lines between which our part of a comment stands. What stands before or
// after is the department's.
const (
	noteHead = "──── 审核意见（ziping）────"
	noteFoot = "──── 以上为审核意见 ────"
	// theirHead stands in place of noteHead over what is not confirmed to be ours.
	theirHead = "──── 填报单位的批注 ────"
	theirFoot = "────"
)

// noteHeads are the heads under which our part of a comment is found, with their feet:
// that of this build first, then those that earlier builds wrote. Who changes noteHead or
// noteFoot leaves the former value here, and puts a copy of before into testdata/copies.
var noteHeads = [][2]string{{noteHead, noteFoot}}

const author = "ziping"

// run is a piece of a comment's text in one format.
type run struct {
	format opc.Fragment
	text   string
}

// The formats of our runs; %s is the colour.
const (
	plainRun = `<rPr><sz val="9"/><color rgb="FF000000"/><rFont val="宋体"/><family val="3"/><charset val="134"/></rPr>`
	boldRun  = `<rPr><b/><sz val="9"/><color rgb="%s"/><rFont val="宋体"/><family val="3"/><charset val="134"/></rPr>`
)

// labelColors are the colours of the labels 【错误】 and so on.
var labelColors = [...]string{Error: "FFC00000", Warning: "FF9C5700", Info: "FF1F4E79", corrected: "FF375623"}

// runsOf returns what our part of a comment says, and notes that it is ours.
func (r *record) runsOf(notes []Note) []run {
	runs := []run{{plainRun, noteHead}}
	for _, n := range notes {
		bold := fragment(boldRun, labelColors[n.rank()])
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
	r.say(textOf(runs))
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
	*opc.Document
	part string // empty where the sheet has none
	list opc.Element
}

const emptyComments = opc.XMLHead + `<comments xmlns="%s"><authors></authors><commentList></commentList></comments>`

// openComments reads the comments of a sheet.
func (s *sheetEdit) openComments() (*comments, error) {
	c := new(comments)
	var err error
	c.part, err = s.book.Related(s.sheet.Part, opc.TypeComments)
	if err != nil {
		return nil, err
	}
	if c.part != "" {
		c.Document, err = s.book.Document(c.part, opc.Spreadsheet)
	} else {
		c.Document, err = opc.Parse(fmt.Appendf(nil, emptyComments, s.book.Main), opc.Spreadsheet)
	}
	if err != nil {
		return nil, err
	}
	c.list = c.Root.Child("commentList")
	if !c.list.Exists() {
		return nil, edit.ErrDamaged
	}
	n := 0
	for range c.list.Children() {
		n++
	}
	return c, s.book.limits.CheckComments(n)
}

// comment takes our part out of the comments of a sheet and puts the notes in.
func (s *sheetEdit) comment(notes map[string][]Note, old, now *record) error {
	c, err := s.openComments()
	if err != nil || c.part == "" && len(notes) == 0 {
		return err
	}
	d, err := s.openDrawing(old, now)
	if err != nil {
		return err
	}
	for _, part := range []string{c.part, d.part} {
		if part == "" || len(notes) == 0 {
			continue
		}
		if err := s.book.PointRelatively(s.sheet.Part, part); err != nil {
			return err
		}
	}
	if left := s.replaceComments(c, d, notes, old, now); left > 0 {
		err = s.saveComments(c)
	} else {
		err = s.book.DropPart(s.sheet.Part, opc.TypeComments)
	}
	if err != nil {
		return err
	}
	return d.save()
}

// replaceComments changes the comments and returns how many there are now.
func (s *sheetEdit) replaceComments(c *comments, d *drawing, notes map[string][]Note, old, now *record) int {
	left, taken := 0, map[string]bool{}
	for e := range c.list.Children() {
		ref := e.Attr("ref")
		list := notes[ref]
		taken[ref] = true
		text := e.Child("text")
		all := runs(text)
		theirs, ours := theirRuns(all, func(text string) bool { return old.byHead || old.wrote(text) })
		if !ours && len(list) == 0 && slices.Equal(theirs, all) {
			left++
			continue
		}
		if ours {
			d.restore(ref)
		}
		if len(theirs) == 0 && len(list) == 0 {
			c.Remove(e)
			d.remove(ref)
			continue
		}
		left++
		runs := theirs
		if len(list) > 0 {
			if len(theirs) > 0 {
				runs = append(runs, run{plainRun, "\n"})
			}
			runs = append(runs, now.runsOf(list)...)
			d.fit(ref, textOf(runs), len(theirs) > 0)
		}
		if text.Exists() {
			c.Replace(text, writeRuns(runs))
		} else {
			c.Append(e, writeRuns(runs))
		}
	}
	var added strings.Builder
	id := -1
	for _, ref := range slices.SortedFunc(maps.Keys(notes), byPlace) {
		if taken[ref] {
			continue
		}
		if id < 0 {
			id = c.author()
		}
		runs := now.runsOf(notes[ref])
		fmt.Fprintf(&added, `<comment ref="%s" authorId="%d">%s</comment>`, ref, id, writeRuns(runs))
		d.fit(ref, textOf(runs), false)
		left++
	}
	if added.Len() > 0 {
		c.Append(c.list, opc.Fragment(added.String()))
	}
	return left
}

func byPlace(a, b string) int { return edit.ComparePlaces(edit.PlaceOf(a), edit.PlaceOf(b)) }

// author returns our number among the authors.
func (c *comments) author() int {
	const entry = "<author>" + author + "</author>"
	authors := c.Root.Child("authors")
	if !authors.Exists() {
		c.Put(c.Root, commentsOrder, "authors", "<authors>"+entry+"</authors>")
		return 0
	}
	n := 0
	for a := range authors.Children() {
		if a.Text() == author {
			return n
		}
		n++
	}
	c.Append(authors, entry)
	return n
}

// commentsOrder is the order of the part as the schema has it.
var commentsOrder = []string{"authors", "commentList", "extLst"}

// runs returns the text of a comment.
func runs(text opc.Element) []run {
	var runs []run
	for e := range text.Children() {
		switch e.Name() {
		case "t":
			runs = append(runs, run{"", e.Text()})
		case "r":
			var r run
			for part := range e.Children() {
				switch part.Name() {
				case "rPr":
					r.format = part.Fragment()
				case "t":
					r.text = part.Text()
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

// theirRuns cuts our part out of a comment, and reports whether there was one. What only
// looks like ours stays, under another head.
func theirRuns(runs []run, ours func(text string) bool) (theirs []run, found bool) {
	for from := 0; ; {
		text := strings.NewReplacer("\r", "\n").Replace(textOf(runs))
		start, end := ourPart(text, from)
		switch {
		case start < 0:
			return runs, found
		case !ours(text[start:end]):
			part := text[start:end]
			for _, h := range noteHeads {
				part = strings.Replace(strings.Replace(part, h[0], theirHead, 1), h[1], theirFoot, 1)
			}
			runs = []run{{plainRun, text[:start] + part + text[end:]}}
			from = start + len(part)
			continue
		}
		found = true
		if start > 0 && text[start-1] == '\n' {
			start--
		}
		if start == 0 && strings.HasPrefix(text[end:], "\n") {
			end++
		}
		if strings.TrimSpace(text[:start]+text[end:]) == "" {
			return nil, true
		}
		runs = without(runs, start, end)
		from = start
	}
}

// ourPart returns where what looks like ours stands in a comment from a place on; start is
// -1 where there is none.
func ourPart(text string, from int) (start, end int) {
	start = -1
	for _, h := range noteHeads {
		i := strings.Index(text[from:], h[0])
		if i < 0 || start >= 0 && from+i >= start {
			continue
		}
		start, end = from+i, len(text)
		if i := strings.Index(text[start:], h[1]); i >= 0 {
			end = start + i + len(h[1])
		}
	}
	return start, end
}

// without returns runs without what stands in their text from start to end.
func without(runs []run, start, end int) []run {
	var left []run
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
		r.text = before + after
		if r.text != "" {
			left = append(left, r)
		}
	}
	return left
}

func writeRuns(runs []run) opc.Fragment {
	var b strings.Builder
	b.WriteString("<text>")
	for _, r := range runs {
		b.WriteString("<r>" + string(r.format) + `<t xml:space="preserve">` + opc.Escape(r.text) + "</t></r>")
	}
	b.WriteString("</text>")
	return opc.Fragment(b.String())
}

const (
	mediaComments = edit.MediaXL + "comments+xml"
	mediaVML      = "application/vnd.openxmlformats-officedocument.vmlDrawing"
)

func (s *sheetEdit) saveComments(c *comments) error {
	if c.part != "" {
		return s.book.Save(c.part, c.Document)
	}
	content, err := c.Bytes()
	if err != nil {
		return err
	}
	_, err = s.book.AddPart(s.sheet.Part, opc.TypeComments, s.book.Free("xl/comments%d.xml"), mediaComments, content)
	return err
}
