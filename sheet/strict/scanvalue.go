package strict

import (
	"strings"

	"golang.org/x/text/width"
)

// value reads the value behind a key or in a list.
func (s *scanner) value(p *origin) bool {
	s.spaces()
	start := s.pos
	p.value = s.here()
	if p.depth > maxDepth {
		s.tooDeep(p.value)
		return false
	}
	ok := s.valueOf(p)
	p.raw = s.text[start:s.pos]
	return ok
}

func (s *scanner) valueOf(p *origin) bool {
	switch {
	case s.is('['):
		return s.within(p, s.array)
	case s.is('{'):
		return s.within(p, s.inlineTable)
	case s.is('"'), s.is('\''):
		return s.string()
	}
	return s.word()
}

// within reads what stands in brackets.
func (s *scanner) within(p *origin, read func(*origin) bool) bool {
	s.nested++
	ok := read(p)
	s.nested--
	return ok
}

// array reads [ … ].
func (s *scanner) array(p *origin) bool {
	p.form = array
	for s.accept('['); ; s.accept(',') {
		s.blank()
		if s.accept(']') {
			return true
		}
		item := &origin{depth: p.depth + 1, names: p.names}
		p.items = append(p.items, item)
		if !s.value(item) || !s.separated(p, ']') {
			return false
		}
	}
}

// inlineTable reads { … }.
func (s *scanner) inlineTable(p *origin) bool {
	p.form, p.keys = inline, map[string]*origin{}
	for s.accept('{'); ; s.accept(',') {
		s.blank()
		if s.accept('}') {
			return true
		}
		if !s.pair(p) || !s.separated(p, '}') {
			return false
		}
	}
}

// separated reports whether a comma or the closing bracket follows.
func (s *scanner) separated(p *origin, closing rune) bool {
	s.blank()
	switch {
	case s.is(','), s.is(closing):
		return true
	case s.pos >= len(s.text):
		return s.fail(p.value, "这里的括号没有结尾的 %c", closing)
	}
	return s.fail(s.here(), "这里缺少逗号或结尾的 %c", closing)
}

// string reads a string of any kind.
func (s *scanner) string() bool {
	for _, quotes := range []string{`"""`, `'''`} {
		if strings.HasPrefix(s.text[s.pos:], quotes) {
			return s.multiline(quotes)
		}
	}
	_, ok := s.quoted()
	return ok
}

// multiline reads a string in triple quotes. Up to two more quotes at its end
// belong to it.
func (s *scanner) multiline(quotes string) bool {
	for i := s.pos + 3; i < len(s.text); i++ {
		switch {
		case strings.HasPrefix(s.text[i:], quotes):
			s.pos = i + 3
			for more := 0; more < 2 && strings.HasPrefix(s.text[s.pos:], quotes[:1]); more++ {
				s.pos++
			}
			return true
		case s.text[i] == '\\' && quotes[0] == '"':
			i++
		}
	}
	at := s.here()
	s.pos = len(s.text)
	return s.fail(at, "这里的 %s 没有结尾的 %s", quotes, quotes)
}

// word reads a value that has no quotes: a number, a date, true or false.
func (s *scanner) word() bool {
	start := s.pos
	word := strings.TrimRight(s.untilDelimiter(), " \t\r\u3000,;，；、。")
	if word == "" {
		return s.fail(s.where.at(start), "这里缺少值")
	}
	s.pos = start + len(word)
	if !isWord(word) {
		s.addf(s.where.at(start), "%s", wordMessage(word))
	}
	return true
}

// untilDelimiter returns the text up to the end of the line, a comment or a
// string, in brackets up to a comma or the closing bracket.
func (s *scanner) untilDelimiter() string {
	delimiters := "#"
	if s.nested > 0 {
		delimiters = "#,]}"
	}
	rest := s.text[s.pos:]
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r == '\n' || r == '"' || strings.ContainsRune(delimiters, halfWidth(r))
	})
	if end < 0 {
		return rest
	}
	return rest[:end]
}

// isWord reports whether a word may be a value. It is generous: the toml package
// looks more closely.
func isWord(word string) bool {
	switch word {
	case "true", "false", "inf", "nan":
		return true
	}
	if !strings.ContainsRune("+-.0123456789", rune(word[0])) {
		return false
	}
	return strings.IndexFunc(word, func(r rune) bool { return notBare(r) && !strings.ContainsRune("+.: ", r) }) < 0
}

// wordMessage says what is wrong with a word that cannot be a value.
func wordMessage(word string) string {
	short := excerpt(strings.Trim(word, `"'“”‘’`))
	switch narrow := width.Narrow.String(word); {
	case isWord(narrow):
		return "这里用了全角字符，请改成半角的 " + excerpt(narrow)
	case strings.EqualFold(word, "true"), strings.EqualFold(word, "false"):
		return "要用小写：" + strings.ToLower(word)
	case strings.ContainsAny(word, "0123456789"):
		return "“" + short + "”的写法不对：数字不带逗号、百分号和单位；文字要加英文双引号，写成 \"" + short + `"`
	}
	return `文字要加英文双引号，写成 "` + short + `"`
}
