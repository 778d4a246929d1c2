package rules

import "ziping/sheet"

// notices visits what was noticed about the workbook.
func (r *runner) notices(list []*compiled, visit func(*compiled, place)) {
	if len(list) == 0 {
		return
	}
	for _, n := range r.table.Notices {
		r.visited = make(map[string]sheet.Value, 4)
		for name, text := range map[string]string{"种类": string(n.Kind), "项目": n.Field.String(), "发出值": n.Issued, "现值": n.Now} {
			v := sheet.T(text)
			r.visited[name] = &v
			r.name(name, v.Any())
		}
		v := r.standing(n)
		r.name("现数", nil)
		if number, ok := v.Any().(float64); ok && v.At().Problem == "" {
			r.name("现数", number)
		}
		for _, rule := range list {
			visit(rule, place{path: n.Field, value: v})
		}
	}
}

// standing returns what stands in the cell of a notice.
func (r *runner) standing(n sheet.Notice) sheet.Value {
	if v := r.table.At(n.Field); v != nil && v.At().Ref == n.Cell {
		return v
	}
	v := &sheet.Text{Cell: sheet.Cell{Ref: n.Cell}}
	if n.Kind == sheet.NoticeLocked { // a label, or what was an empty cell
		v.Value = n.Now
	}
	return v
}
