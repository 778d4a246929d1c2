// Package strict decodes the TOML and JSON files that people write by hand:
// data of the form, layouts and rules. It accepts nothing that it does not
// understand, reports every mistake of a file at once in the writer's own
// language, and can hand the position of every value to later checks.
//
// A struct says in its tags what a file may contain, one tag for both formats:
//
//	type Fund struct {
//		strict.Position                           // where the table stands
//		Source string              `toml:"资金来源,required"`
//		Budget strict.At[*float64] `toml:"全年预算数"` // with its own place
//		Note   string              `toml:"-"`     // not in the file
//	}
//
// Fields may be strings, booleans, integers, float64, any, structs, types that
// implement [Scalar], and pointers, slices, maps with string keys and [At] of
// these. Every exported field has a tag; that it does not is a mistake of the
// program, which panics. What the file does not mention is left as it was;
// slices and maps that it mentions are replaced.
//
// An any takes string, int64, float64, bool, time.Time (TOML only), []any and
// map[string]any. A JSON null is as good as absent, in a list too.
package strict

import (
	"bytes"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deep tables and lists may stand in each other.
const maxDepth = 100

// Scalar is implemented by types that take a scalar of the file themselves. The
// value is a string, int64, float64 or bool, in TOML also a time.Time. The text
// of the error becomes the message, at the place of the value. A Scalar that
// also has a method SetPosition(Position) is told that place.
type Scalar interface {
	SetScalar(value any) error
}

// Unmarshal decodes src into what into points to, a struct as a rule. The format
// follows the file name: .json is JSON, everything else TOML. Every mistake is
// reported: the error is an [Errors]. What is right is decoded all the same.
func Unmarshal(file string, src []byte, into any) error {
	target := reflect.ValueOf(into)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		panic(fmt.Sprintf("strict: Unmarshal into %T, want a pointer", into))
	}
	r := &report{file: file}
	if !r.decode(src) {
		return r.err()
	}
	parse := parseTOML
	isJSON := strings.EqualFold(filepath.Ext(file), ".json")
	if isJSON {
		parse = parseJSON
	}
	if root := parse(r); root != nil {
		b := binder{report: r, json: isJSON}
		b.bind(root, target.Elem())
	}
	return r.err()
}

// largest is the largest file, in bytes. Those that people write have a few
// thousand; of larger ones the parsers take a hundred times the memory.
const largest = 4 << 20

// decode takes src as the text of the report. It refuses what is too large, or
// not UTF-8.
func (r *report) decode(src []byte) bool {
	if len(src) > largest {
		r.addf(Position{Line: 1, Column: 1}, "文件超过 %d MB，不像是由人填写的", largest>>20)
		return false
	}
	src = trimBOM(src)
	if utf8.Valid(src) && bytes.IndexByte(src, 0) < 0 {
		r.text = string(src)
		return true
	}
	r.text = string([]rune(string(src))) // one � for each byte that is no text
	where := newCursor(r.text)
	r.addf(where.at(strings.IndexAny(r.text, "\ufffd\x00")),
		"文件不是 UTF-8 编码（可能是 GBK），请用记事本打开，另存为 UTF-8 编码")
	r.text = "" // there is nothing to picture
	return false
}

// trimBOM cuts the mark that Windows Notepad writes before a UTF-8 text.
func trimBOM(src []byte) []byte {
	return bytes.TrimLeft(src, "\ufeff")
}

// Open is implemented by structs that have more fields than their type says: those
// that only their kind has.
type Open interface {
	// Keys returns the names of these fields.
	Keys() []string
	// Field returns a pointer to the value of such a field, nil for none of Keys.
	Field(key string) any
}

// Lists is implemented by structs that make the elements of their lists themselves.
type Lists interface {
	// Element adds an element to the list of a field and returns a pointer to it, nil
	// where the list makes its elements as others do.
	Element(key string) any
}
