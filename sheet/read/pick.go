package read

import (
	"iter"
	"slices"
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

// titled reports whether a cell prints the title of one of the forms, and goes on with
// that form.
func (p *picker) titled(c *xlsx.Cell) bool {
	if c.Kind != xlsx.String || !saysSelf(c.Text) || utf8.RuneCountInString(c.Text) > longestTitle {
		return false
	}
	most := 0
	for _, f := range p.forms {
		if n := f.Titled(c.Text); n > 0 && n >= most {
			most, p.now = n, f
		}
	}
	return most > 0
}

// leastOwn is how many labels that only one kind of form prints tell that kind. The
// name of a list counts as two.
const leastOwn = 2

// begin picks the form of a sheet without a title that is known: by the labels that
// only one kind of form prints.
func (p *picker) begin(cells []xlsx.Cell) {
	p.now = p.forms[0]
	if len(p.forms) == 1 || slices.ContainsFunc(cells, func(c xlsx.Cell) bool { return p.titled(&c) }) {
		p.now = p.forms[0]
		return
	}
	most := leastOwn - 1
	for _, f := range p.forms {
		if n := f.OwnLabels(texts(cells)); n > most {
			most, p.now = n, f
		}
	}
}

func texts(cells []xlsx.Cell) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, c := range cells {
			if c.Kind == xlsx.String && !yield(c.Text) {
				return
			}
		}
	}
}
