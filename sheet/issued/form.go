package issued

import (
	"strings"
	"sync"

	"ziping/sheet"
)

// Form returns the form that was issued, of forms where it is one of them; nil where
// that can't be told.
func (w *Written) Form(forms []*sheet.Form) *sheet.Form {
	r, ok := w.decode()
	switch {
	case !ok:
		return nil
	case len(r.files) > 0:
		return known.form(r.files)
	}
	return sheet.FormNamed(r.form, forms)
}

// LastRow returns the last row that was issued on a sheet, 0 where that is not known.
func (w *Written) LastRow(sheet string) int {
	if w == nil {
		return 0
	}
	r, ok := w.decode()
	if !ok || r.sheet != sheet || len(r.rows) == 0 {
		return 0
	}
	return r.rows[len(r.rows)-1].row
}

// Checked reports whether the workbook was issued with the sheet 填报检查.
func (w *Written) Checked() bool {
	if w == nil {
		return false
	}
	r, ok := w.decode()
	return ok && r.checked
}

// cache keeps the forms that were put together from records: a run reads thousands
// of workbooks with the same one.
type cache struct {
	sync.Mutex
	forms map[string]*sheet.Form // by their files; nil for what is no form
}

var known = cache{forms: map[string]*sheet.Form{}}

// mostForms is how many forms are kept; nobody issues as many in one year.
const mostForms = 32

func (c *cache) form(files []sheet.FormFile) *sheet.Form {
	var key strings.Builder
	for _, f := range files {
		key.WriteString(f.Name + "\x00" + f.Text + "\x00")
	}
	c.Lock()
	defer c.Unlock()
	f, ok := c.forms[key.String()]
	if !ok {
		f, _ = sheet.ParseFormFiles(files) // one that is damaged is none
		if len(c.forms) < mostForms {
			c.forms[key.String()] = f
		}
	}
	return f
}
