package main

import (
	"io"
	"path/filepath"
	"testing"

	"ziping/cmd/internal/campaign"
)

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
		if code := runLine(append(args, filepath.Join(dir, "returned")), io.Discard, io.Discard); code == exitFailed {
			b.Fatal(args, " failed")
		}
	}
	b.ReportMetric(projects*float64(b.N)/b.Elapsed().Seconds(), "files/s")
}

func BenchmarkCampaignCheck(b *testing.B)     { benchmarkCampaign(b, "check") }
func BenchmarkCampaignJSONLines(b *testing.B) { benchmarkCampaign(b, "check", "--format", "jsonl") }
func BenchmarkCampaignAnnotate(b *testing.B)  { benchmarkCampaign(b, "annotate") }
