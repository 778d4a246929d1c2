package xlsx

import "ziping/sheet/opc"

// Description returns the description among the properties of the workbook, ""
// where it has none or they can't be read.
func (w *Workbook) Description() string {
	relations, err := w.pkg.Relationships("")
	if err != nil {
		return ""
	}
	part, err := relations.Part(opc.TypeProperties)
	if err != nil || part == "" {
		return ""
	}
	var description string
	err = w.pkg.Read(part, opc.DublinCore, nil, func(s *opc.Scanner) error {
		if string(s.Name) != "description" {
			return nil
		}
		text, err := s.Text(nil)
		description = new(texts).plain(text)
		return err
	})
	if err != nil {
		return ""
	}
	return description
}
