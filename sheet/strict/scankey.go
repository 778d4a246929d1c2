package strict

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// key is one part of a dotted key.
type key struct {
	name string
	at   Position
	bare bool // written without quotes
}

// keyPath is a dotted key.
type keyPath []key

func (p keyPath) last() key { return p[len(p)-1] }

// String returns the path as it has to be written.
func (p keyPath) String() string {
	parts := make([]string, len(p))
	for i, k := range p {
		parts[i] = quoteKey(k.name)
	}
	return strings.Join(parts, ".")
}

// quoteKey returns a key as it has to be written in TOML.
func quoteKey(name string) string {
	if name == "" || strings.IndexFunc(name, notBare) >= 0 {
		return `"` + name + `"`
	}
	return name
}

// path reads a dotted key and the white space behind it.
func (s *scanner) path() (keyPath, bool) {
	var p keyPath
	for {
		s.spaces()
		k, ok := s.key()
		if !ok {
			return nil, false
		}
		p = append(p, k)
		if len(p) > maxDepth {
			s.tooDeep(k.at)
			return nil, false
		}
		s.spaces()
		if !s.accept('.') {
			return p, true
		}
	}
}

// key reads one part of a dotted key.
func (s *scanner) key() (key, bool) {
	k := key{at: s.here()}
	if s.is('"') || s.is('\'') {
		raw, ok := s.quoted()
		k.name = unquote(raw)
		return k, ok
	}
	start := s.pos
	for s.pos < len(s.text) {
		r, size := s.next()
		if size == 1 && notBare(r) || size > 1 && strings.ContainsRune(`=.:,[]{}"'# `, r) {
			break
		}
		s.pos += size
	}
	k.name, k.bare = s.text[start:s.pos], true
	if k.name == "" {
		return k, s.fail(k.at, "这里缺少名称")
	}
	return k, true
}

// notBare reports whether a character needs quotes in a key.
func notBare(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '-')
}

// quoted reads a string on one line and returns it with its quotes.
func (s *scanner) quoted() (raw string, ok bool) {
	if s.text[s.pos] >= utf8.RuneSelf {
		return s.wideQuoted()
	}
	start, quote := s.pos, s.text[s.pos]
	for i := start + 1; i < len(s.text) && s.text[i] != '\n'; i++ {
		switch {
		case s.text[i] == quote:
			s.pos = i + 1
			return s.text[start:s.pos], true
		case s.text[i] == '\\' && quote == '"':
			i++
		}
	}
	return "", s.unclosed(quote)
}

// unclosed reports a string without end. Often it has one, but a Chinese one.
func (s *scanner) unclosed(quote byte) bool {
	at, start := s.here(), s.pos
	s.toLineEnd()
	content := strings.TrimRight(s.text[start:s.pos], " \t\r,;，；、")
	last, size := utf8.DecodeLastRuneInString(content)
	if rune(quote) == halfWidth(last) && size > 1 {
		at = s.where.at(start + len(content) - size)
		return s.fail(at, "%s", wideMessage(last))
	}
	return s.fail(at, "这里的引号 %c 在同一行里没有结尾的引号", quote)
}

// wideQuoted reports a string in Chinese quotes and reads it up to the next
// quote on the line.
func (s *scanner) wideQuoted() (raw string, ok bool) {
	open, size := utf8.DecodeRuneInString(s.text[s.pos:])
	at, start := s.here(), s.pos+size
	s.addf(at, "%s", wideMessage(open))
	rest := s.text[start:]
	end := strings.IndexFunc(rest, func(r rune) bool { return r == '\n' || halfWidth(r) == halfWidth(open) })
	if end < 0 || rest[end] == '\n' {
		return "", s.giveUp()
	}
	_, size = utf8.DecodeRuneInString(rest[end:])
	s.pos = start + end + size
	return "'" + rest[:end] + "'", true
}

// unquote returns the name in a quoted key.
func unquote(raw string) string {
	if raw == "" {
		return ""
	}
	content := raw[1 : len(raw)-1]
	if raw[0] == '\'' || !strings.Contains(content, `\`) {
		return content
	}
	var b strings.Builder
	for content != "" {
		before, rest, found := strings.Cut(content, `\`)
		b.WriteString(before)
		if !found || rest == "" {
			break
		}
		size := escapes[rest[0]].decode(&b, rest)
		content = rest[size:]
	}
	return b.String()
}

// escape is what stands for the letter behind a backslash: a character, or one
// whose number follows in so many hexadecimal digits.
type escape struct {
	char   rune
	digits int
}

var escapes = map[byte]escape{
	'b': {char: '\b'}, 't': {char: '\t'}, 'n': {char: '\n'}, 'f': {char: '\f'}, 'r': {char: '\r'},
	'e': {char: '\x1b'}, '"': {char: '"'}, '\\': {char: '\\'},
	'x': {digits: 2}, 'u': {digits: 4}, 'U': {digits: 8},
}

// decode writes the character and returns how much of text stands for it.
func (e escape) decode(b *strings.Builder, text string) int {
	if e.digits == 0 {
		b.WriteRune(e.char)
		return 1
	}
	size := min(1+e.digits, len(text))
	n, _ := strconv.ParseUint(text[1:size], 16, 32)
	b.WriteRune(rune(n))
	return size
}
