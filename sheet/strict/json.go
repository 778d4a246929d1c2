package strict

import (
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// parseJSON returns the tree of a JSON text, nil if it cannot be read to its end.
func parseJSON(r *report) *node {
	text := strings.TrimRight(r.text, spaces)
	p := jsonParser{report: r, text: text, where: newCursor(text), dec: json.NewDecoder(strings.NewReader(text))}
	p.dec.UseNumber()
	if text == "" || text == "null" {
		r.addf(Position{Line: 1, Column: 1}, "文件是空的")
		return nil
	}
	root := &node{}
	if !p.value(root, 0) {
		return nil
	}
	if end := skipSpace(text, int(p.dec.InputOffset())); end < len(text) {
		p.addf(p.where.at(end), "文件到这里应已结束，后面多了 %s", excerpt(text[end:]))
		return nil
	}
	return root
}

type jsonParser struct {
	*report
	text  string // up to the last character that is no white space
	where cursor
	dec   *json.Decoder
}

// value reads a value into n, which has its name already. It returns false if
// the rest of the text means nothing.
func (p *jsonParser) value(n *node, depth int) bool {
	start := p.start()
	n.pos = p.where.at(start)
	if depth > maxDepth {
		p.addf(n.pos, "表和列表一层套一层，超过了 %d 层", maxDepth)
		return false
	}
	token, ok := p.token(start)
	if !ok {
		return false
	}
	switch token {
	case json.Delim('{'):
		return p.object(n, depth)
	case json.Delim('['):
		return p.array(n, depth)
	}
	n.raw = p.text[start:p.dec.InputOffset()]
	n.value = token
	if literal, ok := token.(json.Number); ok {
		n.value = p.number(n.pos, literal.String())
	}
	n.kind = kindOf(n.value)
	return true
}

// object reads the keys and values of { … }.
func (p *jsonParser) object(n *node, depth int) bool {
	n.kind = tableKind
	lines := map[string]int{}
	for p.dec.More() {
		start := p.start()
		child := &node{key: p.where.at(start)}
		token, ok := p.token(start)
		if !ok {
			return false
		}
		child.name, _ = token.(string)
		if !p.value(child, depth+1) {
			return false
		}
		if line, ok := lines[child.name]; ok {
			p.addf(child.key, "“%s”重复了，第 %d 行已经写过", child.name, line)
			continue
		}
		lines[child.name] = child.key.Line
		n.children = append(n.children, child)
	}
	_, ok := p.token(p.start())
	return ok
}

// array reads the elements of [ … ].
func (p *jsonParser) array(n *node, depth int) bool {
	n.kind = listKind
	for p.dec.More() {
		child := &node{name: n.name, index: len(n.children) + 1}
		if !p.value(child, depth+1) {
			return false
		}
		n.children = append(n.children, child)
	}
	_, ok := p.token(p.start())
	return ok
}

// token reads the token that starts at an offset, and reports one that is none.
func (p *jsonParser) token(start int) (json.Token, bool) {
	token, err := p.dec.Token()
	if err == nil {
		return token, true
	}
	r, _ := utf8.DecodeRuneInString(p.text[start:])
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		p.addf(p.where.at(start), "文件没有写完，缺少结尾的括号或引号")
	case halfWidth(r) != r:
		p.addf(p.where.at(start), "%s", wideMessage(r))
	default:
		p.addf(p.where.at(start), "%s", translate(err.Error(), jsonMessages))
	}
	return nil, false
}

var jsonMessages = []translation{
	{"in string escape", `反斜杠 \ 有特殊含义，要写成两个 \\`},
	{"hexadecimal", `反斜杠 \ 有特殊含义，要写成两个 \\`},
	{"in string literal", "这里的引号 \" 在同一行里没有结尾的引号"},
	{"object key string", "这里应为名称，要加英文双引号；最后一项后面不能有逗号"},
	{"after object key:value pair", "这里缺少逗号或结尾的 }"},
	{"after object key", "名称后面缺少冒号 :"},
	{"after array element", "这里缺少逗号或结尾的 ]"},
	{"beginning of value", "这里应为一个值，文字要加英文双引号；最后一项后面不能有逗号"},
	{"numeric literal", "数字写得不完整，小数点前后都要有数字，例如 0.5"},
	{"in literal", "这里应为 true、false 或 null；文字要加英文双引号"},
	{"invalid character", "这里应为名称，要加英文双引号"}, // behind { the json package says no more
}

// start returns the offset of the next token.
func (p *jsonParser) start() int {
	i := skipSpace(p.text, int(p.dec.InputOffset()))
	if i < len(p.text) && (p.text[i] == ',' || p.text[i] == ':') {
		i = skipSpace(p.text, i+1)
	}
	return i
}

// number returns a number as TOML has it: an int64 if it is written as an
// integer, else a float64.
func (p *jsonParser) number(at Position, literal string) any {
	if strings.ContainsAny(literal, ".eE") {
		if f, err := strconv.ParseFloat(literal, 64); err == nil {
			return f
		}
	} else if i, err := strconv.ParseInt(literal, 10, 64); err == nil {
		return i
	}
	p.addf(at, "数字太大")
	return int64(0)
}

// spaces is the white space of JSON.
const spaces = " \t\r\n"

// skipSpace returns the offset of the next character that is not white space.
func skipSpace(text string, offset int) int {
	return len(text) - len(strings.TrimLeft(text[offset:], spaces))
}
