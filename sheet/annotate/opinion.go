package annotate

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"strings"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// opinionSheet is the name of the sheet that lists the notes, and opinionTitle its title.
const (
	opinionSheet = "审核意见"
	opinionTitle = "财政项目支出绩效自评表审核意见"
)

// opinionColumns are the columns of the list, with their widths in characters.
var opinionColumns = []struct {
	name  string
	width float64
}{
	{"序号", 5.5}, {"级别", 7}, {"位置", 13}, {"项目", 20}, {"问题", 40}, {"填报值", 16}, {"应为", 14}, {"依据", 28}, {"整改说明", 26},
}

// Where things stand on the sheet.
const (
	headRow        = 4
	severityColumn = 2
	linkColumn     = 3
	replyColumn    = 9
	keyColumn      = 10 // hidden, with the next: what tells the note apart
	fontSize       = 10.0
	titleSize      = 16.0
	sheetSize      = 4096 // bytes, of a short sheet of ours
)

// opinion is the sheet 审核意见 on its way into a workbook.
type opinion struct {
	book     *book
	name     string
	now      *record
	keys     []noteKey
	replies  []string // by the number of the note
	gone     []reply  // to notes that there are no more
	rows     strings.Builder
	links    strings.Builder
	merges   []string
	row      int
	number   int // notes that were written
	numbered int // rows of notes that were written
	style    opinionStyles
}

// opinionStyles are the cell styles of the sheet.
type opinionStyles struct {
	title, verdict, head, band, text, center, link, reply int
	severity                                              [len(markColors)]int
}

// font returns one of the sheet's fonts.
func font(size float64, extra, color string) opc.Fragment {
	return fragment(`<font>%s<sz val="%g"/><color rgb="%s"/><name val="宋体"/><family val="3"/><charset val="134"/></font>`, extra, size, color)
}

// newStyles adds the styles of the sheet to the workbook.
func (s *stylesheet) opinionStyles() opinionStyles {
	side := `%s style="thin"><color rgb="FF808080"/></`
	var border strings.Builder
	for _, name := range []string{"left", "right", "top", "bottom"} {
		border.WriteString("<" + fmt.Sprintf(side, name) + name + ">")
	}
	grid := s.Add("borders", opc.Fragment("<border>"+border.String()+"<diagonal/></border>"))
	plain, bold := s.Add("fonts", font(fontSize, "", "FF000000")), s.Add("fonts", font(fontSize, "<b/>", "FF000000"))
	title, link := s.Add("fonts", font(titleSize, "<b/>", "FF000000")), s.Add("fonts", font(fontSize, "<u/>", "FF0563C1"))
	solid := func(color string) int {
		return s.Add("fills", fragment(`<fill><patternFill patternType="solid"><fgColor rgb="%s"/><bgColor indexed="64"/></patternFill></fill>`, color))
	}
	named := ""
	if s.Root.Child("cellStyleXfs").Child("xf").Exists() {
		named = ` xfId="0"`
	}
	xf := func(font, fill, border int, align string, locked bool) int {
		protection := ""
		if !locked {
			protection = `<protection locked="0"/>`
		}
		return s.Add("cellXfs", fragment(`<xf numFmtId="0" fontId="%d" fillId="%d" borderId="%d"%s applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"><alignment horizontal="%s" vertical="center" wrapText="1"/>%s</xf>`,
			font, fill, border, named, align, protection))
	}
	gray, white := solid("FFE7E6E6"), s.Add("fills", `<fill><patternFill patternType="none"/></fill>`)
	o := opinionStyles{
		title: xf(title, white, 0, "center", true), verdict: xf(plain, white, 0, "left", true),
		head: xf(bold, gray, grid, "center", true), band: xf(bold, solid("FFF5F5F5"), grid, "left", true),
		text: xf(plain, white, grid, "left", true), center: xf(plain, white, grid, "center", true),
		link: xf(link, white, grid, "center", true), reply: xf(plain, solid("FFFFFFF0"), grid, "left", false),
	}
	for i, color := range markColors {
		o.severity[i] = xf(bold, solid(color), grid, "center", true)
	}
	return o
}

// writeOpinion writes the sheet 审核意见.
func (b *book) writeOpinion(now *record, tables []Table, replies []reply) error {
	name := now.opinion
	o := &opinion{book: b, name: name, now: now, style: b.styles.opinionStyles()}
	for i, key := range keysOf(tables) {
		for _, n := range tables[i].Notes {
			o.keys = append(o.keys, keyOf(key, n))
		}
	}
	o.replies, o.gone = repliesTo(o.keys, replies)
	o.rows.Grow(sheetSize + 2048*len(o.keys))
	o.wide(titleSize+14, o.style.title, opinionTitle)
	o.text(o.style.verdict, verdict(tables, now.sent))
	o.text(o.style.verdict, summary(tables))
	o.head()
	keys := keysOf(tables)
	for i, t := range tables {
		o.table(i+1, t)
		o.settled(keys[i])
	}
	protection, err := o.protection(tables)
	if err != nil {
		return err
	}
	pointers, err := o.pointers()
	if err != nil {
		return err
	}
	if err := b.PutSheet(name, edit.Visible, o.sheet(protection, pointers)); err != nil {
		return err
	}
	return b.RepeatRow(name, headRow)
}

// count returns how many notes there are of each rank.
func count(tables ...Table) (n [len(markColors)]int) {
	for _, t := range tables {
		for _, note := range t.Notes {
			n[note.rank()]++
		}
	}
	return n
}

// verdict is the first line of the opinion; where nothing was found it does not say how
// often the workbook was sent back.
func verdict(tables []Table, sent sent) string {
	n := count(tables...)
	text := "审核结论：通过。未发现问题。"
	switch {
	case n[Error] > 0:
		text = fmt.Sprintf("审核结论：未通过。有 %d 处错误，须改正后重新报送。", n[Error])
	case n[Warning] > 0:
		text = fmt.Sprintf("审核结论：未发现错误。有 %d 处疑点，请逐一核实，改正或补充说明。", n[Warning])
	case n[Info] > 0:
		text = fmt.Sprintf("审核结论：通过。有 %d 处提示，供参考。", n[Info])
	case n[corrected] > 0:
		text = "审核结论：更正后通过。"
	}
	if n[corrected] > 0 {
		text += fmt.Sprintf("由其他单元格算出的数值有 %d 处已代为更正，请核对。", n[corrected])
	}
	if n != [len(n)]int{} {
		text += sent.String()
	}
	return text
}

func summary(tables []Table) string {
	text := fmt.Sprintf("共 %d 张自评表：%s。", len(tables), counted(tables...))
	if n := count(tables...); n[Error]+n[Warning]+n[Info]+n[corrected] > 0 {
		text += "有问题的单元格已着色并加批注；点击“位置”可跳转到该单元格；请在“整改说明”一栏说明如何处理。"
	}
	return text
}

// counted lists how many notes there are.
func counted(tables ...Table) string {
	n := count(tables...)
	text := fmt.Sprintf("错误 %d、疑点 %d、提示 %d", n[Error], n[Warning], n[Info])
	if n[corrected] > 0 {
		text += fmt.Sprintf("、已更正 %d", n[corrected])
	}
	return text
}

// wide writes a row of one text over all columns.
func (o *opinion) wide(height float64, style int, text string) {
	o.row++
	o.open(height)
	o.rows.WriteString(edit.TextCell(xlsx.Ref(o.row, 1), style, text))
	for col := 2; col <= len(opinionColumns); col++ {
		o.rows.WriteString(edit.EmptyCell(xlsx.Ref(o.row, col), style))
	}
	o.rows.WriteString(`</row>`)
	o.merges = append(o.merges, xlsx.Range{FirstRow: o.row, FirstCol: 1, LastRow: o.row, LastCol: len(opinionColumns)}.String())
}

// text is wide for a text that may take several lines.
func (o *opinion) text(style int, text string) {
	var widths []float64
	for _, c := range opinionColumns {
		widths = append(widths, c.width)
	}
	o.wide(xlsx.TextHeight(text, fontSize, widths...)+4, style, text)
}

func (o *opinion) open(height float64) {
	fmt.Fprintf(&o.rows, `<row r="%d" ht="%.0f" customHeight="1">`, o.row, min(math.Ceil(height), xlsx.MaxRowHeight))
}

func (o *opinion) head() {
	o.row++
	o.open(24)
	for i, c := range opinionColumns {
		o.rows.WriteString(edit.TextCell(xlsx.Ref(o.row, i+1), o.style.head, c.name))
	}
	o.rows.WriteString(`</row>`)
}

// table lists the notes on one form.
func (o *opinion) table(number int, t Table) {
	project := t.Project
	if project == "" {
		project = "（未填写项目名称）"
	}
	title := fmt.Sprintf("%d．%s（工作表“%s”）：", number, project, t.Sheet)
	if len(t.Notes) > 0 {
		title += counted(t)
	} else {
		title += "未发现问题"
	}
	o.text(o.style.band, title)
	for _, n := range t.Notes {
		o.note(t, n)
	}
}

// wholeTable is the place of a note that is about no cell.
const wholeTable = "整张表"

// note writes the row of one note.
func (o *opinion) note(t Table, n Note) {
	place := cmp.Or(n.Cell, wholeTable)
	o.write(o.style.severity[n.rank()], reply{o.keys[o.number], [...]string{
		n.rank().String(), place, n.Field, excerpt(n.Message), excerpt(n.Value), excerpt(n.Suggest), excerpt(n.Basis),
	}, o.replies[o.number]})
	o.number++
	o.numbered++
	fmt.Fprintf(&o.links, `<hyperlink ref="%s" location="%s" display="%s"/>`, xlsx.Ref(o.row, linkColumn), opc.Escape(edit.QuoteSheet(t.Sheet)+"!"+cmp.Or(n.Cell, "A1")), opc.Escape(place))
}

// settledWord is the level of a note that is gone.
const settledWord = "已改正"

// settled writes what was replied to notes on a form that are gone: the answer is not
// to be lost with the question.
func (o *opinion) settled(t tableKey) {
	for _, r := range o.gone {
		if _, ok := strings.CutPrefix(r.on.name, t.prefix()); ok {
			r.row[0] = settledWord
			o.write(o.style.center, r)
			o.numbered++
		}
	}
}

// write writes the row of a note with what was replied.
func (o *opinion) write(level int, r reply) {
	o.now.say(r.rowText())
	o.row++
	type cell struct {
		style int
		text  string
	}
	cells := []cell{{o.style.center, fmt.Sprint(o.numbered + 1)}, {level, r.row[0]}, {o.style.link, r.row[1]}}
	for _, text := range r.row[2:] {
		cells = append(cells, cell{o.style.text, text})
	}
	cells = append(cells, cell{o.style.reply, r.text}, cell{0, r.on.name}, cell{0, r.on.cell})
	height := 22.0
	for i, c := range cells[:len(opinionColumns)] {
		height = max(height, xlsx.TextHeight(c.text, fontSize, opinionColumns[i].width))
	}
	o.open(height)
	for i, c := range cells {
		if ref := xlsx.Ref(o.row, i+1); c.text == "" {
			o.rows.WriteString(edit.EmptyCell(ref, c.style))
		} else {
			o.rows.WriteString(edit.TextCell(ref, c.style, c.text))
		}
	}
	o.rows.WriteString(`</row>`)
}

// protection returns how the first of the forms that is protected is, but that
// locked cells can be selected: no link could be followed otherwise.
func (o *opinion) protection(tables []Table) (opc.Fragment, error) {
	for _, t := range tables {
		if _, known := o.book.protection[t.Sheet]; !known {
			if _, err := o.book.openSheet(edit.SheetPart{Name: t.Sheet, Part: o.book.SheetPart(t.Sheet), IsWorksheet: true}, 0, nil); err != nil {
				return "", err
			}
		}
		if p := o.book.protection[t.Sheet]; p != "" {
			return p.With("selectLockedCells", ""), nil
		}
	}
	return "", nil
}

// pointers returns the sheet's pointers to what the department has put on it,
// pictures and comments.
func (o *opinion) pointers() (string, error) {
	part := o.book.SheetPart(o.name)
	if part == "" {
		return "", nil
	}
	d, err := o.book.Document(part, opc.Spreadsheet)
	if err != nil {
		return "", err
	}
	text := ""
	for _, name := range []string{"drawing", "legacyDrawing"} {
		if c := d.Root.Child(name); c.Exists() {
			text += fmt.Sprintf(`<%s xmlns:r="%s" r:id="%s"/>`, name, o.book.Rel, opc.Escape(c.AttrIn(opc.Office, "id")))
		}
	}
	return text, nil
}

// sheet returns the worksheet.
func (o *opinion) sheet(protection opc.Fragment, pointers string) []byte {
	var w bytes.Buffer
	w.Grow(o.rows.Len() + o.links.Len() + sheetSize)
	fmt.Fprintf(&w, opc.XMLHead+`<worksheet xmlns="%s"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`, o.book.Main)
	fmt.Fprintf(&w, `<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`, headRow, headRow+1)
	w.WriteString(`<sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, c := range opinionColumns {
		fmt.Fprintf(&w, `<col min="%d" max="%[1]d" width="%g" customWidth="1"/>`, i+1, c.width)
	}
	fmt.Fprintf(&w, `<col min="%d" max="%d" width="9" hidden="1" customWidth="1"/></cols>`, keyColumn, keyColumn+1)
	fmt.Fprintf(&w, `<sheetData>%s</sheetData>%s<mergeCells count="%d">`, o.rows.String(), protection, len(o.merges))
	for _, m := range o.merges {
		fmt.Fprintf(&w, `<mergeCell ref="%s"/>`, m)
	}
	w.WriteString(`</mergeCells>`)
	if o.links.Len() > 0 {
		w.WriteString(`<hyperlinks>` + o.links.String() + `</hyperlinks>`)
	}
	w.WriteString(`<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>` +
		`<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
		`<headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>` + pointers + `</worksheet>`)
	return w.Bytes()
}
