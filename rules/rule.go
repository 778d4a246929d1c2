package rules

import (
	"fmt"
	"strings"

	"ziping/sheet/strict"
)

// Scope is what a rule runs over.
type Scope string

// The scopes.
const (
	ScopeSheet     Scope = "sheet"     // once for each form
	ScopeFund      Scope = "fund"      // once for each row of 项目资金
	ScopeIndicator Scope = "indicator" // once for each row of 绩效指标
	ScopeValue     Scope = "value"     // once for each value that can't be read, or where a formula stood when the form was issued
	ScopeNotice    Scope = "notice"    // once for each thing that was noticed about the workbook: see sheet.Notice
	ScopeBatch     Scope = "batch"     // once for all forms of a run: see Rule.Each and Rule.Key
)

var scopes = []Scope{ScopeSheet, ScopeFund, ScopeIndicator, ScopeValue, ScopeNotice, ScopeBatch}

// SetScalar takes the scope from a rule file.
func (s *Scope) SetScalar(v any) error { return oneOf(s, v, scopes) }

// SetScalar takes the severity from a rule file.
func (s *Severity) SetScalar(v any) error { return oneOf(s, v, Severities) }

// oneOf sets a name, which must be among those allowed.
func oneOf[S ~string](s *S, v any, allowed []S) error {
	var names []string
	text, _ := v.(string)
	for _, a := range allowed {
		if text == string(a) {
			*s = a
			return nil
		}
		names = append(names, string(a))
	}
	return fmt.Errorf("应为 %s 之一；这里是 %v", strings.Join(names, "、"), v)
}

// Rule is one thing that must hold. The conditions are expressions over the
// vocabulary of its scope; a rule that touches a value that is not there does
// not apply.
type Rule struct {
	ID       string            `toml:"id,required"`
	Title    string            `toml:"title,required"` // what is checked, in a few words
	Scope    Scope             `toml:"scope,required"`
	Each     strict.At[string] `toml:"each"`  // of a batch rule: "sheet", "fund" or "indicator"
	Key      strict.At[string] `toml:"key"`   // of a batch rule: what belongs together
	Kind     strict.At[string] `toml:"kind"`  // of a batch rule: what is counted in 种类
	Value    strict.At[string] `toml:"value"` // of a batch rule: the number that 组平均 and its like are of
	Share    strict.At[string] `toml:"share"` // of a batch rule: what 组占比 is the share of
	When     strict.At[string] `toml:"when"`  // where the rule applies; everywhere when empty
	Assert   strict.At[string] `toml:"assert,required"`
	At       strict.At[string] `toml:"at"` // the field that is to blame
	Severity Severity          `toml:"severity,required"`
	Message  strict.At[string] `toml:"message,required"` // with {expressions}
	Suggest  strict.At[string] `toml:"suggest"`
	Derived  bool              `toml:"derived"` // what is suggested follows from other cells and may be written without asking
	Unless   []string          `toml:"unless"`  // rules that, where they find something, leave nothing to suggest
	Alone    bool              `toml:"alone"`   // of a sheet rule: where it does not hold, nothing else is said of what is filled in
	Aside    string            `toml:"aside"`   // the word under which a form with this finding is listed, and not summed up
	Basis    string            `toml:"basis,required"`
	Explain  string            `toml:"explain"` // the rule in words, for rules show
	Disabled bool              `toml:"disabled"`

	strict.Position `toml:"-"`
}
