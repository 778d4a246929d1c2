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
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"ziping/sheet/memo"
	"ziping/sheet/opc"
)

// Workbook is an open workbook. Its methods may be called from several
// goroutines.
type Workbook struct {
	pkg    *opc.Package
	limits Limits
	contents

	shared lazily[[]string] // strings
	runs   map[int][]run    // of those that have letters of several colours
	looks  lazily[*styles]  // the cell formats

	used used
}

// contents are what the workbook part says. Workbooks may share them.
type contents struct {
	related  opc.Relationships // of the part
	sheets   []Sheet
	sources  []string // the part of each sheet
	date1904 bool
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
	return open(bytes.NewReader(data), int64(len(data)), limits)
}

// OpenAt is OpenLimits for a file that is not in memory. It reads the list of its
// sheets; of the others it does not say what they are instead of a workbook.
func OpenAt(file io.ReaderAt, size int64, limits Limits) (*Workbook, error) {
	if err := limits.CheckSize(size); err != nil {
		return nil, err
	}
	return open(file, size, limits)
}

func open(file io.ReaderAt, size int64, limits Limits) (*Workbook, error) {
	p, err := opc.Open(file, size, limits.Limits)
	if err != nil {
		return nil, err
	}
	return OpenPackage(p, limits)
}

// OpenPackage is OpenLimits for a workbook whose package is open already.
func OpenPackage(p *opc.Package, limits Limits) (*Workbook, error) {
	part, err := mainPart(p)
	if err != nil {
		return nil, err
	}
	w := &Workbook{pkg: p, limits: limits.orDefault()}
	if err := w.read(part); err != nil {
		return nil, fmt.Errorf("工作簿无法读取：%w", err)
	}
	return w, nil
}

// mainPart returns the name of the part that is the workbook proper.
func mainPart(p *opc.Package) (string, error) {
	if !p.Has(opc.RelationshipsOf("")) {
		return "", foreignPackage(p)
	}
	relations, err := p.Relationships("")
	if err != nil {
		return "", fmt.Errorf("工作簿无法读取：%w", err)
	}
	part, err := relations.Part(opc.TypeWorkbook)
	switch {
	case err != nil:
		return "", err
	case part == "":
		return "", foreignPackage(p)
	case strings.HasSuffix(part, ".bin"):
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
func (w *Workbook) read(part string) (err error) {
	key := binding{part: part}
	var alike bool
	key.workbook, alike = w.pkg.Likeness(part)
	if alike {
		key.relations, alike = w.pkg.Likeness(opc.RelationshipsOf(part))
	}
	if alike {
		var known bool
		w.contents, known = bindings.Get(key)
		if known {
			return nil
		}
	}
	err = w.readContents(part)
	if err == nil && alike {
		bindings.Put(key, w.contents)
	}
	return err
}

// bindings are the contents of workbooks that are alike in them, as those of a campaign are.
var bindings memo.Cache[binding, contents]

// binding is all that contents are made of.
type binding struct {
	part                string
	workbook, relations opc.Likeness
}

func (w *Workbook) readContents(part string) error {
	var list []listed
	root := func(s *opc.Scanner) error {
		if name := string(s.Name); s.Space != opc.Spreadsheet || name != "workbook" {
			return foreignMain(part, name)
		}
		return nil
	}
	err := w.pkg.Read(part, opc.Spreadsheet, root, func(s *opc.Scanner) error {
		switch string(s.Name) {
		case "workbookPr":
			v, err := s.Attr("date1904")
			w.date1904 = opc.IsTrue(v)
			return err
		case "sheets":
			return s.Each("sheet", func() error {
				if int64(len(list)) == w.limits.Parts {
					return opc.TooMany("parts", "工作表", w.limits.Parts, "张")
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
	relations, err := w.pkg.Relationships(part)
	if err != nil {
		return err
	}
	w.related = relations
	return w.addSheets(list, relations)
}

// readListed reads a <sheet> of the workbook part.
func readListed(s *opc.Scanner) (l listed, err error) {
	l.Name, err = s.Attr("name")
	if err != nil {
		return l, err
	}
	state, err := s.Attr("state")
	if err != nil {
		return l, err
	}
	switch state {
	case "hidden":
		l.State = Hidden
	case "veryHidden":
		l.State = VeryHidden
	}
	l.relation, _, err = s.AttrIn(opc.Office, "id")
	return l, err
}

// addSheets keeps the worksheets of those listed. Each has a part of its own:
// many names for one large part would be a way to keep a reader busy. A sheet that
// leads nowhere (Excel writes so of modules of old) is none.
func (w *Workbook) addSheets(list []listed, relations opc.Relationships) error {
	byID, err := relations.ByID()
	if err != nil {
		return err
	}
	seen := make(map[string]string, len(list))
	for _, l := range list {
		r, ok := byID[l.relation]
		switch {
		case l.relation == "":
			continue
		case !ok:
			return fmt.Errorf("工作表“%s”没有内容，文件已损坏", l.Name)
		case r.Type != opc.TypeWorksheet || r.External:
			continue
		}
		key := opc.Key(r.Target)
		if other, ok := seen[key]; ok {
			return fmt.Errorf("工作表“%s”和“%s”指向同一个部件，文件已损坏", other, l.Name)
		}
		seen[key] = l.Name
		w.sheets = append(w.sheets, l.Sheet)
		w.sources = append(w.sources, r.Target)
	}
	if len(w.sheets) == 0 {
		return errors.New("工作簿中没有工作表")
	}
	return nil
}

// lazily is what of a workbook is read at first need.
type lazily[T any] struct {
	mu    sync.Mutex
	known bool
	value T
	err   error
}

func (l *lazily[T]) get(w *Workbook, read func(w *Workbook) (T, error)) (T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.known {
		l.value, l.err = read(w)
		l.known = true
	}
	return l.value, l.err
}

// strings returns the shared strings.
func (w *Workbook) strings() ([]string, error) {
	return w.shared.get(w, func(w *Workbook) (list []string, err error) {
		part, err := w.related.Part(opc.TypeSharedStrings)
		if err != nil || part == "" {
			return nil, err
		}
		list, w.runs, err = w.readSharedStrings(part)
		return list, err
	})
}

// styles returns the cell formats.
func (w *Workbook) styles() (*styles, error) {
	return w.looks.get(w, func(w *Workbook) (*styles, error) {
		part, err := w.related.Part(opc.TypeStyles)
		if err != nil || part == "" {
			return &styles{}, err
		}
		return w.alikeStyles(part)
	})
}
