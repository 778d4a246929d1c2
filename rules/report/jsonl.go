package report

import (
	"encoding/json"
	"io"
)

// jsonLines writes an object a line: each a file as the JSON report has it.
type jsonLines struct{ encoder *json.Encoder }

func newJSONLines(w io.Writer, _ Options) Writer {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return jsonLines{e}
}

func (l jsonLines) Write(f File) error { return l.encoder.Encode(jsonOf(f)) }

func (jsonLines) Close() error { return nil }
