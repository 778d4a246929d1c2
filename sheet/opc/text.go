package opc

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

// IsTrue reads an xsd:boolean.
func IsTrue(s string) bool { return s == "1" || s == "true" }

// quote is how encoding/xml and Escape write ".
var quote = []byte("&#34;")

// appendText appends a text to dst, with what its entities stand for.
func (s *Scanner) appendText(dst, b []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(dst, b...), nil
		}
		dst = append(dst, b[:i]...)
		if rest, ok := bytes.CutPrefix(b[i:], quote); ok { // of which records are full
			dst, b = append(dst, '"'), rest
			continue
		}
		n := bytes.IndexByte(b[i:], ';')
		if n < 0 {
			return dst, s.Errorf("之前的 & 没有写成 &amp;")
		}
		r, ok := entity(b[i+1 : i+n])
		if !ok {
			return dst, s.Errorf("之前的 %s 无法识别", Shorten(b[i:i+n+1]))
		}
		dst, b = utf8.AppendRune(dst, r), b[i+n+1:]
	}
}

// entity returns the character of &name;.
func entity(name []byte) (rune, bool) {
	switch string(name) {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := rune(10), name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	r := rune(0)
	for _, c := range digits {
		d := hexDigit(c)
		if d < 0 || d >= base || r > utf8.MaxRune {
			return 0, false
		}
		r = r*base + d
	}
	return r, len(digits) > 0 && isChar(r)
}

// isChar reports whether XML allows the character.
func isChar(r rune) bool {
	return r >= ' ' && utf8.ValidRune(r) && r != 0xFFFE && r != 0xFFFF || r == '\t' || r == '\n' || r == '\r'
}

// hexDigit returns the value of a hexadecimal digit, or -1.
func hexDigit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// checkText refuses what is no text: control characters, bytes that are not
// UTF-8.
func (s *Scanner) checkText(b []byte) error {
	const high, spaces = 0x8080808080808080, 0x2020202020202020
	for len(b) >= 8 { // eight at a time, as far as they are letters of ASCII
		eight := binary.LittleEndian.Uint64(b)
		if (eight|(eight-spaces))&high != 0 {
			break
		}
		b = b[8:]
	}
	ascii := true
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			return s.Errorf("之前的文字中有控制字符 %#02x", c)
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if !ascii && !utf8.Valid(b) {
		return s.Errorf("之前的文字不是 UTF-8 编码")
	}
	return nil
}

// Shorten makes a name from the part fit for a message.
func Shorten(b []byte) string {
	const most = 40
	if len(b) > most {
		b = append(bytes.Clone(b[:most]), "…"...)
	}
	return strings.ToValidUTF8(string(b), "?")
}

// Escape makes a text fit for XML; characters that XML does not have become �.
func Escape(s string) string {
	switch plain, fit := examine(s); {
	case plain:
		return s
	case fit:
		return escapes.Replace(s)
	}
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

// escapes writes the characters that mean something in XML as xml.EscapeText does.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "\t", "&#x9;", "\n", "&#xA;", "\r", "&#xD;")

// examine reports whether XML takes a text as it is, and whether it has all of its
// characters.
func examine(s string) (plain, fit bool) {
	plain = true
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\t' || c == '\n' || c == '\r' || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'':
			plain = false
		case c < ' ' || c == 0xEF && strings.HasPrefix(s[i:], "\xEF\xBF"):
			return false, false // U+FFFE and U+FFFF, which XML has not, begin so
		}
	}
	fit = utf8.ValidString(s)
	return plain && fit, fit
}
