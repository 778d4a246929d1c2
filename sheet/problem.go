package sheet

// Problem is a value of a form that could not be read.
type Problem struct {
	Cell    string `json:"cell"`
	Field   Path   `json:"field"`
	Message string `json:"message"` // for clerks
	Value   string `json:"value"`   // as typed
}

// Problems returns the values that could not be read, in the order of the form.
func (t *Table) Problems() []Problem {
	var list []Problem
	for path, v := range t.All() {
		if at := v.At(); at.Problem != "" {
			list = append(list, Problem{at.Ref, path, at.Problem, at.Typed})
		}
	}
	return list
}

// SetProblems puts problems back into a table that came from JSON, which holds
// only values that could be read.
func (t *Table) SetProblems(list []Problem) {
	if len(list) == 0 {
		return
	}
	of := make(map[Path]Problem, len(list))
	for _, p := range list {
		of[p.Field] = p
	}
	for path, v := range t.All() {
		if p, ok := of[path]; ok {
			*v.At() = Cell{Ref: p.Cell, Typed: p.Value, Problem: p.Message}
		}
	}
}
