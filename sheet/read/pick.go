package read

import (
	"strings"
	"unicode/utf8"

	"ziping/sheet"
	"ziping/sheet/issued"
	"ziping/sheet/xlsx"
)

// picker tells which form the cells of a sheet belong to: that whose title stands
// last above them.
type picker struct {
	forms []*sheet.Form
	now   *sheet.Form
	until int // the last row that was issued on the sheet; 0 where that is not known
}

func newPicker(forms []*sheet.Form, record *issued.Written) picker {
	if forms == nil {
		forms = sheet.Forms()
	}
	if record != nil {
		if f := record.Form(forms); f != nil {
			return picker{forms: []*sheet.Form{f}, now: f} // whatever its title says now
		}
	}
	return picker{forms: forms, now: forms[0]}
}

// longestTitle is the longest title of a form, in characters.
const longestTitle = 60

// at returns the form of the next cell.
func (p *picker) at(c *xlsx.Cell) *sheet.Form {
	if c.Kind != xlsx.String || !strings.Contains(c.Text, "自评") || utf8.RuneCountInString(c.Text) > longestTitle {
		return p.now
	}
	most := 0
	for _, f := range p.forms {
		if n := f.Titled(c.Text); n > 0 && n >= most {
			most, p.now = n, f
		}
	}
	return p.now
}
