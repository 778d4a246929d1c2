package report

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"ziping/rules"
)

// The parts of SARIF 2.1.0 that are written. The names are the standard's.
type (
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name     string      `json:"name"`
		Version  string      `json:"version,omitempty"`
		Language string      `json:"language"`
		Rules    []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string             `json:"id"`
		Name    string             `json:"name"`
		Short   sarifMessage       `json:"shortDescription"`
		Full    sarifMessage       `json:"fullDescription"`
		Help    sarifMessage       `json:"help"`
		Default sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifResult struct {
		RuleID     string          `json:"ruleId"`
		RuleIndex  *int            `json:"ruleIndex,omitempty"`
		Level      string          `json:"level"`
		Message    sarifMessage    `json:"message"`
		Locations  []sarifLocation `json:"locations"`
		Properties sarifProperties `json:"properties"`
	}
	sarifProperties struct {
		Value   string `json:"value"`
		Suggest any    `json:"suggest"`
		Basis   string `json:"basis"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifLogical struct {
		Name string `json:"name,omitempty"`
		Full string `json:"fullyQualifiedName,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
)

// A log is written in pieces: sarifHead, the tool, sarifResults, the results,
// sarifInvocations, the invocation, sarifTail.
const (
	sarifHead = `{
  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "language": "zh-CN",
      "tool": `
	sarifResults     = ",\n      \"results\": "
	sarifInvocations = ",\n      \"invocations\": "
	sarifTail        = "\n    }\n  ]\n}\n"
)

// sarifReport writes a log of one run, for programs that collect the findings of
// many tools.
type sarifReport struct {
	w          io.Writer
	index      map[string]int // of a rule, by its name
	results    jsonList
	unreadable []sarifNotification
}

func newSARIF(w io.Writer, opts Options) Writer {
	r := &sarifReport{w: w, index: map[string]int{}, unreadable: []sarifNotification{}}
	driver := sarifDriver{Name: "ziping", Version: opts.Version, Language: "zh-CN", Rules: make([]sarifRule, len(opts.Rules))}
	for i, rule := range opts.Rules {
		r.index[rule.ID] = i
		driver.Rules[i] = sarifRuleOf(rule)
	}
	tool := mustEncode(sarifTool{driver}, "      ")
	r.results = jsonList{w: w, before: sarifHead + tool + sarifResults, indent: "        "}
	return r
}

func sarifRuleOf(r *rules.Rule) sarifRule {
	explain := r.Explain
	if explain == "" {
		explain = r.Title
	}
	return sarifRule{
		ID:      r.ID,
		Name:    r.Title,
		Short:   message(r.Title),
		Full:    message(explain),
		Help:    message(explain + "\n依据：" + r.Basis),
		Default: sarifConfiguration{Enabled: !r.Disabled, Level: level(r.Severity)},
	}
}

// level returns what SARIF calls a severity.
func level(s rules.Severity) string {
	switch s {
	case rules.Error:
		return "error"
	case rules.Warning:
		return "warning"
	}
	return "note"
}

// message returns a plain text as SARIF writes it: braces, which would stand for
// arguments, are doubled (§3.11.5).
func message(text string) sarifMessage { return sarifMessage{doubleBraces.Replace(text)} }

var doubleBraces = strings.NewReplacer("{", "{{", "}", "}}")

func (r *sarifReport) Write(f File) error {
	at := sarifPhysical{sarifArtifact{fileURI(f.Name)}}
	if f.Err != nil {
		r.unreadable = append(r.unreadable, sarifNotification{
			Level:     "error",
			Message:   message(f.why()),
			Locations: []sarifLocation{{Physical: at}},
		})
	}
	for _, t := range f.Tables {
		for _, x := range t.Findings {
			if err := r.results.add(r.result(at, t.Sheet, x)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *sarifReport) result(at sarifPhysical, sheet string, f rules.Finding) sarifResult {
	result := sarifResult{
		RuleID:     f.Rule,
		Level:      level(f.Severity),
		Message:    message(f.Message),
		Locations:  []sarifLocation{{at, []sarifLogical{{f.Field.String(), cellName(sheet, f.Cell)}}}},
		Properties: sarifProperties{f.Value, f.Suggest, f.Basis},
	}
	if i, known := r.index[f.Rule]; known {
		result.RuleIndex = &i
	}
	return result
}

// cellName returns the name of a cell in its workbook, 自评表!G13.
func cellName(sheet, cell string) string {
	if cell == "" {
		return sheet
	}
	return sheet + "!" + cell
}

// fileURI returns a file's name as a URI: relative names stay relative.
func fileURI(name string) string {
	u := url.URL{Path: filepath.ToSlash(name)}
	if filepath.IsAbs(name) {
		u.Scheme = "file"
		u.Path = "/" + strings.TrimPrefix(u.Path, "/") // C:/ has none
	}
	return u.String()
}

func (r *sarifReport) Close() error {
	invocations := mustEncode([]sarifInvocation{{len(r.unreadable) == 0, r.unreadable}}, "      ")
	_, err := io.WriteString(r.w, r.results.end()+sarifInvocations+invocations+sarifTail)
	return err
}
