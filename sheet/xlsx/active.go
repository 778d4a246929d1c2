package xlsx

import "path"

// Active is what in a workbook does something by itself, or fetches something,
// where a program lets it. Nothing here follows it.
type Active struct {
	Macros bool
	Links  []string // other files that values come from, as the workbook names them
	DDE    []string // programs that are asked for values: service|topic
}

// Active returns what in the workbook is active. What can't be read of it counts
// as a link without a name: it must not keep anybody from reading the values.
func (w *Workbook) Active() Active {
	var a Active
	seen := map[string]bool{} // a large part that many links lead to is read once
	for _, r := range w.related {
		switch r.kind {
		case "vbaProject", "xlMacrosheet", "xlIntlMacrosheet":
			a.Macros = true
		case "externalLink":
			if seen[PartKey(r.target)] {
				continue
			}
			seen[PartKey(r.target)] = true
			if err := w.external(r.target, &a); err != nil {
				a.Links = append(a.Links, path.Base(r.target))
			}
		case "connections":
			a.Links = append(a.Links, path.Base(r.target))
		}
	}
	return a
}

// external reads what an externalLink part links to.
func (w *Workbook) external(part string, a *Active) error {
	dde := ""
	err := w.parts.read(part, nil, func(s *scanner) error {
		if string(s.name) != "ddeLink" {
			return nil
		}
		service, err := s.attr("ddeService")
		if err != nil {
			return err
		}
		topic, err := s.attr("ddeTopic")
		dde = service + "|" + topic
		return err
	})
	if err != nil {
		return err
	}
	if dde != "" {
		a.DDE = append(a.DDE, dde)
		return nil
	}
	list, err := w.parts.allRelations(part)
	for _, r := range list {
		if r.external {
			a.Links = append(a.Links, r.target)
		}
	}
	return err
}
