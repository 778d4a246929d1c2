package serve

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"

	"ziping/rules"
)

// ruleBook are the rules of a session: the default ones, or those of a file of the
// office's own.
type ruleBook struct {
	part
	set     *rules.Set
	name    string // of the file; empty where there is none
	source  string // of the file
	unsaved bool   // it was changed here, and not written out
	version int
}

type ruleState struct {
	part
	Name    string `json:"name"`
	Unsaved bool   `json:"unsaved"`
	Version int    `json:"version"`
}

func (b *ruleBook) state() ruleState { return ruleState{b.part, b.name, b.unsaved, b.version} }

// ownName is what a file of rules is called that began here.
const ownName = "规则.toml"

// What the page shows of the rules.
type (
	bookState struct {
		Source string       `json:"source"`
		Rules  []ruleShown  `json:"rules"`
		Params []paramShown `json:"params"`
	}
	ruleShown struct {
		ID       string         `json:"id"`
		Title    string         `json:"title"`
		Severity rules.Severity `json:"severity"`
		Label    string         `json:"label"`
		Explain  string         `json:"explain"`
		Basis    string         `json:"basis"`
		Lines    []choice       `json:"lines"` // its expressions, by what they are for
		Fails    rules.Example  `json:"fails"`
		Passes   rules.Example  `json:"passes"`
		Disabled bool           `json:"disabled"`
	}
	paramShown struct {
		Name        string         `json:"name"`
		Description string         `json:"description"`
		Type        string         `json:"type"`
		Value       any            `json:"value"`
		Default     any            `json:"default"` // nil for a param of one's own
		By          map[string]any `json:"by"`      // other values, of 主管部门 and 一级指标
	}
)

// book returns the rules, to be read and changed.
func (s *session) book(*http.Request) (any, error) {
	s.mu.Lock()
	set, source := s.rules.set, s.rules.source
	s.mu.Unlock()
	standard, err := rules.Default()
	if err != nil {
		return nil, err
	}
	b := bookState{Source: source}
	for _, r := range set.Rules() {
		x := ruleShown{ID: r.ID, Title: r.Title, Severity: r.Severity, Label: r.Severity.Label(), Explain: r.Explain, Basis: r.Basis, Disabled: r.Disabled, Lines: []choice{}}
		for _, line := range []choice{{"范围", string(r.Scope)}, {"适用", r.When.Value}, {"条件", r.Assert.Value}, {"指向", r.At.Value}, {"提示", r.Message.Value}, {"应为", r.Suggest.Value}} {
			if line.Title != "" {
				x.Lines = append(x.Lines, line)
			}
		}
		x.Fails, x.Passes, _ = set.ExampleFor(r.ID)
		b.Rules = append(b.Rules, x)
	}
	for _, name := range slices.Sorted(maps.Keys(set.Params())) {
		p := set.Params()[name]
		x := paramShown{Name: name, Description: p.Description, Type: p.Type(), Value: p.Value, By: map[string]any{}}
		maps.Copy(x.By, p.Department)
		maps.Copy(x.By, p.Level1)
		if d := standard.Params()[name]; d != nil {
			x.Default = d.Value
		}
		b.Params = append(b.Params, x)
	}
	return b, nil
}

// setParam gives a param another value, if the rules allow that.
func (s *session) setParam(r *http.Request) (any, error) {
	asked, err := asks[struct {
		Name  string          `json:"name"`
		Value json.RawMessage `json:"value"`
	}](r)
	if err != nil {
		return nil, err
	}
	var value any
	if err := json.Unmarshal(asked.Value, &value); err != nil {
		return nil, errors.New("参数的值有误")
	}
	s.mu.Lock()
	name, source := s.rules.name, s.rules.source
	s.mu.Unlock()
	if name == "" {
		name = ownName
	}
	changed, err := rules.WithParam(s.ownFile(name), []byte(source), asked.Name, value)
	if err != nil {
		return nil, s.fromOwn(err)
	}
	return s.useRules(name, string(changed), true)
}

// setRules takes a file of rules as it was written on the page.
func (s *session) setRules(r *http.Request) (any, error) {
	b, err := content(r)
	if err != nil {
		return nil, err
	}
	return s.useRules(ownName, string(b), true)
}

// useRules takes a file of rules; without a word, the default rules.
func (s *session) useRules(name, source string, unsaved bool) (any, error) {
	set, err := rules.Default()
	if source != "" {
		set, err = s.parseRules(name, source)
	}
	if err != nil {
		return nil, err
	}
	s.update(func() {
		b := &s.rules
		b.set, b.name, b.source, b.unsaved = set, name, source, unsaved && source != ""
		b.version++
		s.returns.Stale, s.summary.Stale = true, true
	})
	return nil, nil
}

// saveRules makes the file of rules an output.
func (s *session) saveRules(*http.Request) (any, error) {
	s.mu.Lock()
	name, source := s.rules.name, s.rules.source
	s.mu.Unlock()
	if source == "" {
		return nil, errors.New("没有改动规则，不用保存")
	}
	if err := s.put(name, []byte(source)); err != nil {
		return nil, err
	}
	s.update(func() { s.rules.unsaved = false })
	return nil, nil
}
