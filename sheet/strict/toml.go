package strict

import (
	"errors"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// parseTOML returns the tree of a TOML text, nil if there are mistakes in it.
//
// The toml package decodes the values but does not tell where they stand; the
// scanner finds that out, and looks for the mistakes that people make most.
func parseTOML(r *report) *node {
	places, ok := scanTOML(r)
	if !ok {
		return nil
	}
	var values map[string]any
	if _, err := toml.Decode(r.text, &values); err != nil {
		r.addTOML(err)
	}
	if len(r.errs) > 0 {
		return nil
	}
	return places.node("", 0, values)
}

// addTOML adds the mistake that made the toml package give up, unless the
// scanner found one there or before and has said it better.
func (r *report) addTOML(err error) {
	at, message := Position{Line: 1, Column: 1}, err.Error()
	var parse toml.ParseError
	if errors.As(err, &parse) {
		where := newCursor(r.text)
		at, message = where.at(parse.Position.Start), parse.Message
	}
	for _, e := range r.errs {
		if e.Line <= at.Line {
			return
		}
	}
	r.addf(at, "%s", translate(message, tomlMessages))
}

// translation is a part of an English message and what to say instead.
type translation struct{ english, chinese string }

// tomlMessages has what the scanner leaves to the toml package.
var tomlMessages = []translation{
	{"invalid escape", `反斜杠 \ 在英文双引号里有特殊含义，要写成两个 \\`},
	{"hexadecimal digits", `反斜杠 \ 在英文双引号里有特殊含义，要写成两个 \\`},
	{"is not valid UTF-8", `反斜杠 \ 在英文双引号里有特殊含义，要写成两个 \\`},
	{"leading zeroes", "数字前面不能有多余的 0；编号、代码要加英文双引号"},
	{"out of range", "数字太大"},
	{"top-level item", "一行只能写一个值；文字要加英文双引号"},
	{"expected a comma", "这里缺少逗号或结尾的括号"},
	{"invalid datetime", "日期要写成 2021-12-31 的样子；不是日期的要加英文双引号"},
	{"digit", "数字写得不完整，小数点前后都要有数字，例如 0.5"},
	{"nvalid float", "数字的写法不对；不是数字的要加英文双引号"},
	{"control characters", "这里有看不见的控制字符，请删去重写"},
	{"already", "名称重复：前面已经写过"},
}

// translate says an English message in Chinese. One that is not in the table
// stays, in brackets.
func translate(message string, table []translation) string {
	for _, t := range table {
		if strings.Contains(message, t.english) {
			return t.chinese
		}
	}
	return "写法不对（" + message + "）"
}

// origin is where a key and its value stand in a TOML text, and what stands below
// it.
type origin struct {
	form  notation
	key   Position
	value Position
	raw   string             // source text of a value
	depth int                // how many tables and lists it stands in
	names int                // bytes of all names on the way to it
	keys  map[string]*origin // of a table
	items []*origin          // of a list
}

// notation is how something is written.
type notation int

const (
	leaf     notation = iota // a scalar
	inline                   // { … }
	array                    // [ … ]
	implicit                 // a table that is only part of a dotted key or of another table's name
	header                   // [name]
	headers                  // [[name]]
)

// node returns the tree of a value that stands at p.
func (p *origin) node(name string, index int, value any) *node {
	n := &node{name: name, index: index, key: p.key, pos: p.value}
	switch value := value.(type) {
	case map[string]any:
		n.kind = tableKind
		for key, child := range value {
			n.children = append(n.children, p.child(key).node(key, 0, child))
		}
		slices.SortFunc(n.children, func(a, b *node) int { return a.key.compare(b.key) })
	case []map[string]any:
		n.kind = listKind
		for i, item := range value {
			n.children = append(n.children, p.item(i).node(name, i+1, item))
		}
	case []any:
		n.kind = listKind
		for i, item := range value {
			n.children = append(n.children, p.item(i).node(name, i+1, item))
		}
	default:
		n.kind, n.value, n.raw = kindOf(value), value, p.raw
	}
	return n
}

// child returns the place of a key. That the toml package has seen one that the
// scanner has not should never be; its value would stand where its table stands.
func (p *origin) child(key string) *origin {
	if c, ok := p.keys[key]; ok {
		return c
	}
	return &origin{key: p.value, value: p.value}
}

// item is like child, for the elements of a list.
func (p *origin) item(i int) *origin {
	if i < len(p.items) {
		return p.items[i]
	}
	return &origin{value: p.value}
}
