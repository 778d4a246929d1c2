package xlsx

import (
	"path"

	"ziping/sheet/opc"
)

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
		switch r.Type {
		case opc.TypeMacros, opc.TypeMacroSheet, opc.TypeIntlMacroSheet:
			a.Macros = true
		case opc.TypeExternalLink:
			if seen[opc.Key(r.Target)] {
				continue
			}
			seen[opc.Key(r.Target)] = true
			if err := w.external(r.Target, &a); err != nil {
				a.Links = append(a.Links, path.Base(r.Target))
			}
		case opc.TypeConnections:
			a.Links = append(a.Links, path.Base(r.Target))
		}
	}
	return a
}

// external reads what an externalLink part links to.
func (w *Workbook) external(part string, a *Active) error {
	dde := ""
	err := w.pkg.Read(part, opc.Spreadsheet, opc.Root("externalLink"), func(s *opc.Scanner) error {
		if string(s.Name) != "ddeLink" {
			return nil
		}
		service, err := s.Attr("ddeService")
		if err != nil {
			return err
		}
		topic, err := s.Attr("ddeTopic")
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
	list, err := w.pkg.Relationships(part)
	for _, r := range list {
		if r.External {
			a.Links = append(a.Links, r.Target)
		}
	}
	return err
}
