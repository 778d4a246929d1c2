// Package xlsx reads workbooks: their sheets, and of each sheet the cells with
// something in them, the merged areas, and whether it is protected. It writes
// none and calculates nothing.
//
// A run reads thousands of returned workbooks, some of them bloated by styled
// empty cells down to the last row, some broken, and any of them may be
// hostile. So every part is scanned once, as a stream; a cell without a value
// costs no memory; and whatever could grow without bound has a limit (Limits).
//
// Errors are in Chinese, for the clerk who has to do something about the file.
// They do not name the file: the caller does.
package xlsx

import (
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Workbook is an open workbook. Its methods may be called from several
// goroutines.
type Workbook struct {
	parts    *parts
	related  []relation // to the workbook part
	sheets   []Sheet
	sources  []string // the part of each sheet
	date1904 bool

	strings func() ([]string, error) // the shared strings, read once
	styles  func() (*styles, error)  // the cell formats, read once

	used used
}

// Sheet is a worksheet as the workbook lists it. The name is as stored, so that
// excelize knows the sheet by the same one.
type Sheet struct {
	Name  string
	State State
}

// State is whether a sheet is shown.
type State uint8

// VeryHidden sheets are those that Excel's own menus cannot show.
const (
	Visible State = iota
	Hidden
	VeryHidden
)

// Open reads a workbook. It keeps data, which must not change while the
// workbook is in use.
func Open(data []byte) (*Workbook, error) { return OpenLimits(data, Limits{}) }

// OpenLimits is Open with other limits than the default ones.
func OpenLimits(data []byte, limits Limits) (*Workbook, error) {
	if err := limits.CheckSize(int64(len(data))); err != nil {
		return nil, err
	}
	if err := foreign(data); err != nil {
		return nil, err
	}
	p, err := openParts(data, limits.orDefault())
	if err != nil {
		return nil, err
	}
	part, err := mainPart(p)
	if err != nil {
		return nil, err
	}
	w := &Workbook{parts: p}
	if err := w.read(part); err != nil {
		return nil, fmt.Errorf("工作簿无法读取：%w", err)
	}
	return w, nil
}

// mainPart returns the name of the part that is the workbook proper.
func mainPart(p *parts) (string, error) {
	if !p.has("_rels/.rels") {
		return "", foreignPackage(p)
	}
	relations, err := p.relations("")
	if err != nil {
		return "", fmt.Errorf("工作簿无法读取：%w", err)
	}
	part, ok := related(relations, "officeDocument")
	if !ok {
		return "", foreignPackage(p)
	}
	if strings.HasSuffix(part, ".bin") {
		return "", foreignMain(part, "")
	}
	return part, nil
}

// Sheets returns the worksheets in the workbook's order. Chart sheets, dialog
// sheets and macro sheets are left out.
func (w *Workbook) Sheets() []Sheet { return w.sheets }

// listed is a sheet as the workbook part lists it.
type listed struct {
	Sheet
	relation string
}

// read reads the workbook part and what it points to.
func (w *Workbook) read(part string) error {
	var list []listed
	root := func(s *scanner) error {
		if name := string(s.name); name != "workbook" {
			return foreignMain(part, name)
		}
		return nil
	}
	err := w.parts.read(part, root, func(s *scanner) error {
		switch string(s.name) {
		case "workbookPr":
			v, err := s.attr("date1904")
			w.date1904 = isTrue(v)
			return err
		case "sheets":
			return s.each("sheet", func() error {
				if int64(len(list)) == w.parts.limits.Parts {
					return tooMany("parts", "工作表", w.parts.limits.Parts, "张")
				}
				l, err := readListed(s)
				list = append(list, l)
				return err
			})
		}
		return nil
	})
	if err != nil {
		return err
	}
	relations, err := w.parts.relations(part)
	if err != nil {
		return err
	}
	w.related = relations
	w.lazily(relations)
	return w.addSheets(list, relations)
}

// readListed reads a <sheet> of the workbook part.
func readListed(s *scanner) (l listed, err error) {
	if l.Name, err = s.attr("name"); err != nil {
		return l, err
	}
	state, err := s.attr("state")
	if err != nil {
		return l, err
	}
	switch state {
	case "hidden":
		l.State = Hidden
	case "veryHidden":
		l.State = VeryHidden
	}
	l.relation, err = s.foreignAttr("id")
	return l, err
}

// addSheets keeps the worksheets of those listed. Each has a part of its own:
// many names for one large part would be a way to keep a reader busy.
func (w *Workbook) addSheets(list []listed, relations []relation) error {
	byID := make(map[string]relation, len(relations))
	for _, r := range relations {
		byID[r.id] = r
	}
	seen := make(map[string]string, len(list))
	for _, l := range list {
		r, ok := byID[l.relation]
		if !ok {
			return fmt.Errorf("工作表“%s”没有内容，文件已损坏", l.Name)
		}
		if r.kind != "worksheet" {
			continue
		}
		key := PartKey(r.target)
		if other, ok := seen[key]; ok {
			return fmt.Errorf("工作表“%s”和“%s”指向同一个部件，文件已损坏", other, l.Name)
		}
		seen[key] = l.Name
		w.sheets = append(w.sheets, l.Sheet)
		w.sources = append(w.sources, r.target)
	}
	if len(w.sheets) == 0 {
		return errors.New("工作簿中没有工作表")
	}
	return nil
}

// lazily arranges for the parts that sheets share to be read at first need.
func (w *Workbook) lazily(relations []relation) {
	w.strings = sync.OnceValues(func() ([]string, error) {
		part, ok := related(relations, "sharedStrings")
		if !ok {
			return nil, nil
		}
		return readSharedStrings(w.parts, part)
	})
	w.styles = sync.OnceValues(func() (*styles, error) {
		part, ok := related(relations, "styles")
		if !ok {
			return &styles{}, nil
		}
		return readStyles(w.parts, part)
	})
}
