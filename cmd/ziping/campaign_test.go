package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"ziping/cmd/internal/campaign"
)

// benchmarkCampaign runs a command over the workbooks of a campaign.
func benchmarkCampaign(b *testing.B, args ...string) {
	dir := made(b)
	args = append(append([]string{"ziping"}, args...), "--force", "-o", filepath.Join(b.TempDir(), "out"))
	b.ReportAllocs()
	for b.Loop() {
		if code := runLine(append(args, filepath.Join(dir, "returned")), io.Discard, io.Discard); code == exitFailed {
			b.Fatal(args, " failed")
		}
	}
	b.ReportMetric(projects*float64(b.N)/b.Elapsed().Seconds(), "files/s")
}

const projects = 500

// made is a campaign that was made up.
func made(b *testing.B) (dir string) {
	dir = b.TempDir()
	if _, err := campaign.Write(dir, campaign.Options{Projects: projects, Seed: 1, Faulty: 0.25}); err != nil {
		b.Fatal(err)
	}
	return dir
}

func BenchmarkCampaignCheck(b *testing.B)     { benchmarkCampaign(b, "check") }
func BenchmarkCampaignRead(b *testing.B)      { benchmarkCampaign(b, "read", "--format", "jsonl") }
func BenchmarkCampaignJSONLines(b *testing.B) { benchmarkCampaign(b, "check", "--format", "jsonl") }
func BenchmarkCampaignAnnotate(b *testing.B)  { benchmarkCampaign(b, "annotate") }

// BenchmarkCampaignParts sums up what check wrote.
func BenchmarkCampaignParts(b *testing.B) {
	dir := made(b)
	part, out := filepath.Join(dir, "part.jsonl"), filepath.Join(dir, "out.xlsx")
	run := func(args ...string) {
		if code := runLine(append([]string{"ziping"}, args...), io.Discard, io.Discard); code == exitFailed {
			b.Fatal(args, " failed")
		}
	}
	run("check", "-o", part, filepath.Join(dir, "returned"))
	b.ReportAllocs()
	for b.Loop() {
		run("collect", "--from-jsonl", "--force", "-o", out, part)
	}
	b.ReportMetric(projects*float64(b.N)/b.Elapsed().Seconds(), "files/s")
}

// BenchmarkCampaignLimit is what the others can come close to.
func BenchmarkCampaignLimit(b *testing.B) {
	var workbooks []string
	err := filepath.WalkDir(filepath.Join(made(b), "returned"), func(name string, d os.DirEntry, err error) error {
		if filepath.Ext(name) == ".xlsx" {
			workbooks = append(workbooks, name)
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var l campaign.Limit
		for _, name := range workbooks {
			if n, err := l.Walk(name); n == 0 || err != nil {
				b.Fatal(name, n, err)
			}
		}
	}
	b.ReportMetric(projects*float64(b.N)/b.Elapsed().Seconds(), "files/s")
}
