package xlsx

// Keywords returns the keywords among the properties of the workbook, "" where
// there are none or they can't be read.
func (w *Workbook) Keywords() string {
	relations, err := w.parts.relations("")
	if err != nil {
		return ""
	}
	part, ok := related(relations, "core-properties")
	if !ok {
		return ""
	}
	var keywords string
	err = w.parts.read(part, nil, func(s *scanner) error {
		if string(s.name) != "keywords" {
			return nil
		}
		text, err := s.text(nil)
		keywords = plainText(text)
		return err
	})
	if err != nil {
		return ""
	}
	return keywords
}
