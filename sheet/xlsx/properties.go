package xlsx

// Description returns the description among the properties of the workbook, ""
// where it has none or they can't be read.
func (w *Workbook) Description() string {
	relations, err := w.parts.relations("")
	if err != nil {
		return ""
	}
	part, ok := related(relations, "core-properties")
	if !ok {
		return ""
	}
	var description string
	err = w.parts.read(part, nil, func(s *scanner) error {
		if string(s.name) != "description" {
			return nil
		}
		text, err := s.text(nil)
		description = plainText(text)
		return err
	})
	if err != nil {
		return ""
	}
	return description
}
