package read

import (
	"strings"
	"unicode/utf8"

	"ziping/sheet"
	"ziping/sheet/xlsx"
)

// picker tells which form the cells of a sheet belong to: that whose title stands
// last above them.
type picker struct {
	forms []*sheet.Form
	now   *sheet.Form
}

func newPicker(forms []*sheet.Form) picker {
	if forms == nil {
		forms = sheet.Forms()
	}
	return picker{forms, forms[0]}
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
