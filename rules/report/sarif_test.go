package report

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// sarifParts is what the standard's JSON schema asks of the parts of a log that
// are written, by hand. A property with a ! is required, and no others are allowed.
// A value is "string", "text" (not empty), "uri", "integer", "boolean" or "any",
// one of the words behind a =, a part, or a list of parts in brackets.
var sarifParts = map[string]map[string]string{
	"log":           {"$schema": "uri", "version!": "=2.1.0", "runs!": "[run]"},
	"run":           {"tool!": "tool", "language": "=zh-CN", "results": "[result]", "invocations": "[invocation]"},
	"tool":          {"driver!": "driver"},
	"driver":        {"name!": "text", "version": "text", "language": "=zh-CN", "rules": "[rule]"},
	"rule":          {"id!": "text", "name": "text", "shortDescription": "message", "fullDescription": "message", "help": "message", "defaultConfiguration": "configuration"},
	"configuration": {"enabled": "boolean", "level": "=none note warning error"},
	"message":       {"text!": "text"},
	"result":        {"ruleId": "text", "ruleIndex": "integer", "level": "=none note warning error", "message!": "message", "locations": "[location]", "properties": "properties"},
	"properties":    {"value": "string", "suggest": "any", "basis": "string"},
	"location":      {"physicalLocation": "physical", "logicalLocations": "[logical]"},
	"physical":      {"artifactLocation": "artifact"},
	"artifact":      {"uri": "uri"},
	"logical":       {"name": "string", "fullyQualifiedName": "string"},
	"invocation":    {"executionSuccessful!": "boolean", "toolExecutionNotifications": "[notification]"},
	"notification":  {"level": "=none note warning error", "message!": "message", "locations": "[location]"},
}

// checkPart reports where v is not what the part asks for.
func checkPart(t *testing.T, path, part string, v any) {
	t.Helper()
	if list, is := strings.CutPrefix(part, "["); is {
		items, isList := v.([]any)
		if !isList {
			t.Errorf("%s is no list: %v", path, v)
		}
		for i, item := range items {
			checkPart(t, fmt.Sprintf("%s[%d]", path, i), strings.TrimSuffix(list, "]"), item)
		}
		return
	}
	properties, known := sarifParts[part]
	if !known {
		checkScalar(t, path, part, v)
		return
	}
	object, _ := v.(map[string]any)
	for key, value := range object {
		kind := properties[key] + properties[key+"!"]
		if kind == "" {
			t.Errorf("%s: %s is not in the standard", path, key)
			continue
		}
		checkPart(t, path+"."+key, kind, value)
	}
	for key := range properties {
		if name, required := strings.CutSuffix(key, "!"); required && object[name] == nil {
			t.Errorf("%s: %s is missing", path, name)
		}
	}
}

func checkScalar(t *testing.T, path, kind string, v any) {
	t.Helper()
	s, isString := v.(string)
	number, isNumber := v.(float64)
	ok := false
	switch kind {
	case "string":
		ok = isString
	case "text":
		ok = s != ""
	case "uri":
		_, err := url.Parse(s)
		ok = s != "" && err == nil && !strings.ContainsAny(s, " \\<>{}") && !strings.ContainsFunc(s, func(r rune) bool { return r > '~' })
	case "integer":
		ok = isNumber && number == float64(int(number)) && number >= 0
	case "boolean":
		_, ok = v.(bool)
	case "any":
		ok = true
	default:
		ok = slices.Contains(strings.Fields(strings.TrimPrefix(kind, "=")), s)
	}
	if !ok {
		t.Errorf("%s is not %s: %v", path, kind, v)
	}
}

func TestSARIF(t *testing.T) {
	for _, r := range reports {
		t.Run(r.name, func(t *testing.T) {
			src := []byte(render(t, "sarif", Options{Rules: testRules}, r.files))
			var log any
			if err := json.Unmarshal(src, &log); err != nil {
				t.Fatal(err)
			}
			checkPart(t, "", "log", log)

			var typed struct {
				Runs []struct {
					Tool        sarifTool
					Results     []sarifResult
					Invocations []sarifInvocation
				}
			}
			if err := json.Unmarshal(src, &typed); err != nil {
				t.Fatal(err)
			}
			run := typed.Runs[0]
			for _, x := range run.Results {
				if x.RuleIndex != nil && run.Tool.Driver.Rules[*x.RuleIndex].ID != x.RuleID {
					t.Errorf("ruleIndex %d is not %s", *x.RuleIndex, x.RuleID)
				}
			}
			if in := run.Invocations[0]; in.Successful != (len(in.Notifications) == 0) {
				t.Errorf("executionSuccessful is %v with %d notifications", in.Successful, len(in.Notifications))
			}
		})
	}
}

func TestFileURI(t *testing.T) {
	tests := map[string]string{
		"a.xlsx":         "a.xlsx",
		"./a/b c.xlsx":   "./a/b%20c.xlsx",
		"../自评.xlsx":     "../%E8%87%AA%E8%AF%84.xlsx",
		"a#1?b%.xlsx":    "a%231%3Fb%25.xlsx",
		"12:30.xlsx":     "./12:30.xlsx", // 12 is no scheme
		"/srv/自评/a.xlsx": "file:///srv/%E8%87%AA%E8%AF%84/a.xlsx",
	}
	for name, want := range tests {
		if got := fileURI(name); got != want {
			t.Errorf("fileURI(%q) = %s, want %s", name, got, want)
		}
	}
}

func TestMessageBraces(t *testing.T) {
	if got, want := message("{场} 写成 {0}").Text, "{{场}} 写成 {{0}}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
