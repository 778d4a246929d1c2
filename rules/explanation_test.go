package rules

import (
	"strings"
	"testing"

	"ziping/sheet"
	"ziping/sheet/sheettest"
)

// Nothing graver than a hint is said of an explanation with a cause or a measure
// in it, whatever its words; one that says nothing is a doubt, one that would do for
// any project gets a hint.
func TestExplanations(t *testing.T) {
	var texts struct{ Concrete, Empty, Vague []string }
	sheettest.TOML(t, "testdata/explanations.toml", &texts)
	set := defaults(t)
	said := func(text string, least Severity) string {
		form := &sheet.Table{Indicators: []sheet.Indicator{{
			Level1: sheet.T("产出指标"), Level2: sheet.T("数量指标"), Level3: sheet.T("培训人数"),
			Target: sheet.T("≥100人"), Actual: sheet.T("90人"), Weight: sheet.N(10), Score: sheet.N(9), Deviation: sheet.T(text),
		}}}
		for _, f := range set.Check(form) {
			if strings.HasPrefix(f.Rule, "deviation-") && f.Severity.AtLeast(least) {
				return f.Rule
			}
		}
		return ""
	}
	for _, text := range texts.Concrete {
		if rule := said(text, Warning); rule != "" {
			t.Errorf("%s: %s", text, rule)
		}
	}
	for _, text := range texts.Empty {
		if said(text, Warning) == "" {
			t.Errorf("%s: no doubt", text)
		}
	}
	for _, text := range texts.Vague {
		if said(text, Info) == "" {
			t.Errorf("%s: no hint", text)
		}
	}
	if len(texts.Vague) == 0 || len(texts.Concrete) == 0 || len(texts.Empty) == 0 {
		t.Error("no texts")
	}
}
