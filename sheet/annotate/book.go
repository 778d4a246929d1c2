package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"

	"ziping/sheet/xlsx"
)

const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNS    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictNS = "http://purl.oclc.org/ooxml/"
	strictRo = strictNS + "officeDocument/relationships"
	mediaXL  = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// workbookOrder is the order of a workbook's parts as the schema has it.
var workbookOrder = []string{"fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
	"functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
	"smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"}

// book is the workbook part and what it leads to.
type book struct {
	*pack
	part   string // the workbook's
	main   string // the namespace of its elements
	rel    string // that of relationships
	sheets []sheetPart
	styles *stylesheet

	protection map[string]string // of the sheets that have been opened, by name
}

// sheetPart is one sheet of the workbook. A chart that stands as a sheet of its
// own is one too, but no worksheet.
type sheetPart struct {
	name, part  string
	isWorksheet bool
}

var errDamaged = errors.New("工作簿的结构已损坏，无法写入批注")

func openBook(data []byte, limits xlsx.Limits) (*book, error) {
	p, err := openPack(data, limits)
	if err != nil {
		return nil, err
	}
	b := &book{pack: p, main: mainNS, rel: relNS, protection: map[string]string{}}
	if b.part, err = p.related("", "officeDocument"); err != nil {
		return nil, err
	}
	src, err := p.get(b.part)
	if err != nil {
		return nil, err
	}
	e, _, ok := root(src)
	if !ok {
		return nil, errDamaged
	}
	if bytes.Contains(src[e.start:e.open], []byte(strictNS)) {
		b.main, b.rel = strictNS+"spreadsheetml/main", strictRo
	}
	rels, err := p.relations(b.part)
	if err != nil {
		return nil, err
	}
	list, _ := child(src, e, "sheets")
	for c := range inside(src, list) {
		for _, r := range rels {
			if r.id == c.relID(src) {
				b.sheets = append(b.sheets, sheetPart{c.attr(src, "name"), r.target, path.Base(r.kind) == "worksheet"})
			}
		}
	}
	b.styles, err = openStyles(b)
	return b, err
}

// sheet returns the part of a sheet, "" where the workbook has none of the name.
func (b *book) sheet(name string) string {
	for _, s := range b.sheets {
		if s.name == name {
			return s.part
		}
	}
	return ""
}

// addPart adds a part that another one points to, and returns the pointer's id.
func (b *book) addPart(from, kind, name, contentType string, content []byte) (id string, err error) {
	b.set(name, content)
	if err := b.declare(name, contentType, false); err != nil {
		return "", err
	}
	return b.relate(from, b.rel+"/"+kind, name)
}

// dropPart removes a part that another one points to by a kind of relationship.
func (b *book) dropPart(from, kind string) error {
	part, err := b.related(from, kind)
	if err != nil || part == "" {
		return err
	}
	b.remove(part)
	if err := b.undeclare(part); err != nil {
		return err
	}
	return b.unrelate(from, part)
}

// putSheet replaces the content of a sheet, or adds the sheet at the end.
func (b *book) putSheet(name, state string, content []byte) error {
	if part := b.sheet(name); part != "" {
		b.set(part, content)
		return nil
	}
	part := b.free("xl/worksheets/sheet%d.xml")
	id, err := b.addPart(b.part, "worksheet", part, mediaXL+"worksheet+xml", content)
	if err != nil {
		return err
	}
	src, err := b.get(b.part)
	if err != nil {
		return err
	}
	e, prefix, _ := root(src)
	list, ok := child(src, e, "sheets")
	if !ok {
		return errDamaged
	}
	next := 1
	for c := range inside(src, list) {
		next = max(next, c.number(src, "sheetId", 0)+1)
	}
	entry := fmt.Sprintf(`<sheet name="%s" sheetId="%d" state="%s" xmlns:r="%s" r:id="%s"/>`, escape(name), next, state, b.rel, id)
	b.set(b.part, insertLast(src, list, prefixed(entry, prefix)))
	b.sheets = append(b.sheets, sheetPart{name, part, true})
	return nil
}

// freeName returns a name that no sheet has, as near to name as can be.
func (b *book) freeName(name string) string {
	free := name
	for n := 2; b.sheet(free) != ""; n++ {
		free = fmt.Sprintf("%s(%d)", name, n)
	}
	return free
}

// repeatRow has a row of a sheet printed at the top of every page.
func (b *book) repeatRow(name string, row int) error {
	src, err := b.get(b.part)
	if err != nil {
		return err
	}
	index := 0
	for i, s := range b.sheets {
		if s.name == name {
			index = i
		}
	}
	e, prefix, _ := root(src)
	entry := prefixed(fmt.Sprintf(`<definedName name="_xlnm.Print_Titles" localSheetId="%d">%s!$%d:$%[3]d</definedName>`,
		index, escape(quoteSheet(name)), row), prefix)
	names, ok := child(src, e, "definedNames")
	ed := edits{src: src}
	if !ok {
		ed.put(e, workbookOrder, "definedNames", prefixed("<definedNames>", prefix)+entry+prefixed("</definedNames>", prefix))
		b.set(b.part, ed.apply())
		return nil
	}
	for c := range inside(src, names) {
		if c.attr(src, "name") == "_xlnm.Print_Titles" && c.number(src, "localSheetId", -1) == index {
			return nil
		}
	}
	b.set(b.part, insertLast(src, names, entry))
	return nil
}

// quoteSheet writes the name of a sheet as formulas do.
func quoteSheet(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }
