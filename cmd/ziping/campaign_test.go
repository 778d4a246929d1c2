package main

import (
	"bytes"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/rules"
	"ziping/rules/report"
	"ziping/cmd/internal/campaign"
)

// check finds the faults that were planted in a campaign, and nothing else.
func TestCampaign(t *testing.T) {
	planted := map[string]bool{}
	for _, o := range []campaign.Options{{Projects: 150, Seed: 1, Faulty: 0.25}, {Projects: 250, Seed: 2, Faulty: 1}} {
		if !thorough() {
			o.Projects /= 3
		}
		dir := t.TempDir()
		faults, err := campaign.Write(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faults {
			planted[f.Rule] = true
		}
		if diff := cmp.Diff(lines(faults), lines(found(t, dir))); diff != "" {
			t.Errorf("seed %d (-planted +found):\n%s", o.Seed, diff)
		}
	}
	for _, r := range defaultRules(t).Rules() {
		// What is changed about a workbook is planted in package template.
		if r.Scope != rules.ScopeNotice && !planted[r.ID] && thorough() {
			t.Errorf("no fault for the rule %s is planted", r.ID)
		}
	}
}

func lines(list []campaign.Fault) []string {
	var lines []string
	for _, f := range list {
		lines = append(lines, strings.Join([]string{f.File, f.Rule, f.Cell, f.Field}, " "))
	}
	slices.Sort(lines)
	return lines
}

// found returns what check finds in the workbooks of a campaign.
func found(t *testing.T, dir string) (list []campaign.Fault) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run([]string{"ziping", "check", "--format", "jsonl", filepath.Join(dir, "returned")}, &out, &errs)
	if code == exitFailed || errs.Len() > 0 {
		t.Fatalf("check ends with %d: %s", code, errs.String())
	}
	for line := range strings.Lines(out.String()) {
		f, err := report.ParseLine([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		name, err := filepath.Rel(dir, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range f.Tables {
			for _, x := range table.Findings {
				list = append(list, campaign.Fault{File: filepath.ToSlash(name), Rule: x.Rule, Cell: x.Cell, Field: x.Field})
			}
		}
	}
	return list
}

// benchmarkCampaign runs a command over the workbooks of a campaign.
func benchmarkCampaign(b *testing.B, args ...string) {
	const projects = 500
	dir := b.TempDir()
	if _, err := campaign.Write(dir, campaign.Options{Projects: projects, Seed: 1, Faulty: 0.25}); err != nil {
		b.Fatal(err)
	}
	args = append(append([]string{"ziping"}, args...), "--force", "-o", filepath.Join(b.TempDir(), "out"))
	b.ReportAllocs()
	for b.Loop() {
		if code := run(append(args, filepath.Join(dir, "returned")), io.Discard, io.Discard); code == exitFailed {
			b.Fatal(args, " failed")
		}
	}
	b.ReportMetric(projects*float64(b.N)/b.Elapsed().Seconds(), "files/s")
}

func BenchmarkCampaignCheck(b *testing.B)     { benchmarkCampaign(b, "check") }
func BenchmarkCampaignJSONLines(b *testing.B) { benchmarkCampaign(b, "check", "--format", "jsonl") }
func BenchmarkCampaignAnnotate(b *testing.B)  { benchmarkCampaign(b, "annotate") }
