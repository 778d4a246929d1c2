package rawjson

import (
	"bytes"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// plain has values written as encoding/json writes them, but that < and > and & stand as
// they are.
var plain = jsonv2.JoinOptions(jsonv1.DefaultOptionsV1(), jsontext.EscapeForHTML(false))

// Write writes a value as encoding/json does, which takes three times as long: it reads
// again what a method has written. <, > and & stand as they are.
func Write(b *bytes.Buffer, v any) error { return jsonv2.MarshalWrite(b, v, plain) }

// WriteIndented is Write, each level indented by step, and all lines but the first by
// before.
func WriteIndented(b *bytes.Buffer, v any, before, step string) error {
	return jsonv2.MarshalWrite(b, v, plain, jsontext.WithIndentPrefix(before), jsontext.WithIndent(step))
}
