package issue_test

import (
	"path/filepath"
	"testing"

	"ziping/cmd/internal/campaign"
	"ziping/cmd/internal/files"
	"ziping/cmd/internal/issue"
	"ziping/rules"
	"ziping/rules/live"
	"ziping/sheet"
	"ziping/template"
)

// BenchmarkDraw draws the forms of a campaign, with 填报检查 and without.
func BenchmarkDraw(b *testing.B) {
	set, err := rules.Default()
	if err != nil {
		b.Fatal(err)
	}
	layout, err := template.Load("shanghai")
	if err != nil {
		b.Fatal(err)
	}
	d, checks := drawerOf(b, "shanghai"), issue.Checks(live.New(set))
	dir := b.TempDir()
	if _, err := campaign.Write(dir, campaign.Options{Projects: 200, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	var forms []*sheet.Table
	for _, name := range files.Find([]string{filepath.Join(dir, "projects")}, ".toml").Names() {
		t, err := files.Table(name, layout.Drawn())
		if err != nil {
			b.Fatal(err)
		}
		forms = append(forms, t)
	}
	for _, with := range []struct {
		name string
		draw func(*sheet.Table) ([]byte, error)
	}{
		{"plain", d.Draw},
		{"checked", func(t *sheet.Table) ([]byte, error) { return d.DrawChecked(t, checks) }},
	} {
		b.Run(with.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := with.draw(forms[i%len(forms)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
