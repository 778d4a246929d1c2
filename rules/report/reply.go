package report

import (
	"ziping/rules"
	"ziping/sheet"
)

// Reply is what a department wrote in 整改说明 about a finding, and what has become of
// that.
type Reply struct {
	Rule    string     `json:"rule"`
	Level   string     `json:"level"` // of the finding as the department read it: 错误, 疑点, 提示, 已更正
	Cell    string     `json:"cell"`
	Field   sheet.Path `json:"field"`
	Message string     `json:"message"`
	Value   string     `json:"value"` // as it was filled in then
	Text    string     `json:"reply"`
	State   string     `json:"state"`
}

// The states of replies.
const (
	Settled   = "已改正"  // the finding is gone
	Stands    = "仍有"   // the finding is an error, which no explanation settles
	Explained = "说明待审" // the finding is a doubt or a hint, and the explanation to be judged
)

// Settle says what has become of the finding that a reply is about.
func (r *Reply) Settle(findings []rules.Finding) {
	r.State = Settled
	for _, f := range findings {
		if f.Rule != r.Rule || f.Field != r.Field && (f.Cell == "" || f.Cell != r.Cell) {
			continue
		}
		if f.Severity == rules.Error {
			r.State = Stands
			return
		}
		r.State = Explained
	}
}
