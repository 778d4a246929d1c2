package opc

import "bytes"

// Children calls visit at the start tag of every child of the element that was
// just started, until that ends: of those that belong to the vocabulary of the
// part, whatever else stands beside them. What visit leaves unread of a child is
// skipped.
func (s *Scanner) Children(visit func() error) error {
	return s.children(func() error {
		switch {
		case s.Space == s.vocabulary:
			return visit()
		case s.isAlternative():
			return s.alternative(visit)
		}
		return nil
	})
}

// children is Children for those of all vocabularies.
func (s *Scanner) children(visit func() error) error {
	depth := len(s.marks)
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case endTag:
			return nil
		case startTag:
			if err := visit(); err != nil {
				return err
			}
			if err := s.skipTo(depth); err != nil {
				return err
			}
		}
	}
}

// Each is Children for those of one name.
func (s *Scanner) Each(name string, visit func() error) error {
	return s.Children(func() error {
		if string(s.Name) != name {
			return nil
		}
		return visit()
	})
}

// skipTo reads on until only depth elements are open.
func (s *Scanner) skipTo(depth int) error {
	if len(s.marks) == depth {
		return nil
	}
	s.skipping = true
	for len(s.marks) > depth {
		if _, err := s.next(); err != nil {
			return err
		}
	}
	s.skipping = false
	return nil
}

// isAlternative reports whether the start tag is mc:AlternateContent.
func (s *Scanner) isAlternative() bool {
	return s.Space == compatibility && string(s.Name) == "AlternateContent"
}

// alternative calls visit for the children of the alternative that Excel would
// choose: the first mc:Choice that requires nothing unknown, or else mc:Fallback.
func (s *Scanner) alternative(visit func() error) error {
	chosen := false
	return s.children(func() error {
		if chosen || !s.isChosen() {
			return nil
		}
		chosen = true
		return s.Children(visit)
	})
}

// isChosen reports whether the start tag, which stands in an mc:AlternateContent,
// is the first that Excel chooses.
func (s *Scanner) isChosen() bool {
	if s.Space != compatibility {
		return false
	}
	switch string(s.Name) {
	case "Fallback":
		return true
	case "Choice":
		prefixes := bytes.Fields(s.attr("Requires"))
		return len(prefixes) > 0 && s.understands(prefixes)
	}
	return false
}

// understands reports whether Excel knows what the prefixes stand for.
func (s *Scanner) understands(prefixes [][]byte) bool {
	for _, prefix := range prefixes {
		if !s.scope.resolve(prefix).understood() {
			return false
		}
	}
	return true
}

// checkCompatibility refuses a start tag that asks a program to understand more
// than we do.
func (s *Scanner) checkCompatibility() error {
	for _, a := range s.Attrs {
		if len(a.Name) < len("ProcessContent") {
			continue
		}
		prefix, name, _ := bytes.Cut(a.Name, []byte(":"))
		if len(name) == 0 || s.scope.resolve(prefix) != compatibility {
			continue
		}
		switch string(name) {
		case "ProcessContent":
			return s.Errorf("的 mc:ProcessContent 不受支持，请用 Excel 或 WPS 打开，另存为 .xlsx")
		case "MustUnderstand":
			if !s.understands(bytes.Fields(a.Value)) {
				return s.Errorf("要求能识别 %s，无法读取", Shorten(a.Value))
			}
		}
	}
	return nil
}

// Text appends the text of the element that was just started to dst, until the
// element ends. Elements inside it are left out.
func (s *Scanner) Text(dst []byte) ([]byte, error) {
	depth, start := len(s.marks), len(dst)
	for {
		t, err := s.next()
		if err != nil {
			return dst, err
		}
		switch t {
		case startTag:
			if err := s.skipTo(depth); err != nil {
				return dst, err
			}
		case endTag, endOfPart:
			return dst, s.checkText(dst[start:])
		case charData:
			if s.cdata {
				dst = append(dst, s.raw...)
			} else if dst, err = s.appendText(dst, s.raw); err != nil {
				return dst, err
			}
			if int64(len(dst)) > s.maxText {
				return dst, TooBig("string-length", "一段文字", s.maxText)
			}
		}
	}
}

// attr returns an attribute of the start tag by its name, nil where there is none.
func (s *Scanner) attr(name string) []byte {
	for _, a := range s.Attrs {
		if string(a.Name) == name {
			return a.Value
		}
	}
	return nil
}

// Attr returns an attribute of the start tag that stands in no namespace, "" where
// there is none.
func (s *Scanner) Attr(name string) (string, error) {
	value := s.attr(name)
	return string(value), s.checkText(value)
}

// AttrBytes is Attr for who needs it only until the next element is read.
func (s *Scanner) AttrBytes(name string) ([]byte, error) {
	value := s.attr(name)
	return value, s.checkText(value)
}

// AttrIn returns an attribute of a namespace, and whether it is there.
func (s *Scanner) AttrIn(space Space, name string) (value string, ok bool, err error) {
	for _, a := range s.Attrs {
		prefix, local, prefixed := bytes.Cut(a.Name, []byte(":"))
		if !prefixed || string(local) != name || s.scope.resolve(prefix) != space {
			continue
		}
		if ok {
			return "", false, s.Errorf("属性 %s 重复", Shorten(a.Name))
		}
		value, ok, err = string(a.Value), true, s.checkText(a.Value)
	}
	return value, ok, err
}

// Empty reports whether the element that was just started is written as <a/>.
func (s *Scanner) Empty() bool { return s.empty }
