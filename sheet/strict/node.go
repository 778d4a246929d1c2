package strict

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// node is one value of a file, TOML or JSON, with its place. Both formats are
// parsed into a tree of nodes, and the tree is bound to Go values.
type node struct {
	name     string   // the key; an element has the key of its list
	index    int      // from 1 for an element of a list, else 0
	key      Position // zero for the root and for elements
	pos      Position // of the value
	kind     nodeKind
	value    any    // of a scalar: string, int64, float64, bool or time.Time
	raw      string // of a scalar: the source text
	children []*node
}

type nodeKind int

const (
	nullKind nodeKind = iota
	textKind
	numberKind
	boolKind
	dateKind
	tableKind
	listKind
)

// kindOf returns the kind of a scalar.
func kindOf(value any) nodeKind {
	switch value.(type) {
	case string:
		return textKind
	case int64, float64:
		return numberKind
	case bool:
		return boolKind
	case time.Time:
		return dateKind
	}
	return nullKind
}

// label says in a message which value is meant.
func (n *node) label() string {
	switch {
	case n.index > 0:
		return fmt.Sprintf("“%s”的第 %d 项", n.name, n.index)
	case n.key == Position{}:
		return "文件"
	}
	return "“" + n.name + "”"
}

// found says in a message what stands in the file.
func (n *node) found() string {
	switch n.kind {
	case textKind:
		return "文字 " + excerpt(n.raw)
	case numberKind:
		if _, ok := n.value.(float64); ok {
			return "小数 " + excerpt(n.raw)
		}
		return "数字 " + excerpt(n.raw)
	case dateKind:
		return "日期 " + excerpt(n.raw)
	case tableKind:
		return "表"
	case listKind:
		return "列表"
	}
	return "值 " + n.raw
}

// excerpt returns as much of a text as fits into a message.
func excerpt(s string) string {
	const limit = 20
	line, _, cut := strings.Cut(s, "\n")
	line = strings.TrimRight(line, "\r")
	if utf8.RuneCountInString(line) > limit {
		line, cut = string([]rune(line)[:limit]), true
	}
	if cut {
		line += "…"
	}
	return line
}
