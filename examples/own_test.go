package examples

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ziping/rules"
	"ziping/sheet"
	"ziping/sheet/fill"
	"ziping/sheet/issued"
	"ziping/sheet/read"
	"ziping/template"
)

// TestOwn takes a form of an office's own, in own/, through the year: its layout is
// drawn, filled in and read back without anybody saying which form it is, and its two
// rules find what they should.
func TestOwn(t *testing.T) {
	file := func(name string) (string, []byte) {
		name = filepath.Join("own", name)
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return name, src
	}
	layout, err := template.Parse(file("layout.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := layout.ReadBack(); err != nil {
		t.Fatal(err)
	}
	set, err := rules.Parse(file("rules.toml"))
	if err != nil {
		t.Fatal(err)
	}
	of := func(name string) *sheet.Table {
		file, src := file(name)
		table, err := sheet.Unmarshal(file, src, layout.Drawn())
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	d, err := template.NewDrawer(layout, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		change func(known, data *sheet.Table)
		want   []string
	}{
		{"as it is", func(known, data *sheet.Table) {}, []string{"sichuan-adjusted"}},
		{"with a reason", func(known, data *sheet.Table) {
			whole := data.NewFund()
			whole.Source = sheet.T(sheet.WholeFund)
			whole.Own.Field("原因").(*sheet.Text).Value = "年中新进人员，追加工资"
			data.Funds = append(data.Funds, whole)
		}, nil},
		{"a low rate", func(known, data *sheet.Table) {
			known.Funds[0].Budget, data.Funds[0].Executed = known.Funds[0].InitialBudget, sheet.N(200)
		}, []string{"sichuan-low-rate"}},
	} {
		known, data := of("工资性支出.toml"), of("工资性支出.填报.toml")
		tt.change(known, data)
		blank, err := d.Draw(known)
		if err != nil {
			t.Fatal(err)
		}
		filled, err := fill.Fill(blank, data)
		if err != nil {
			t.Fatal(err)
		}
		found, err := read.FormsWith(filled, issued.Options{})
		if err != nil || len(found) != 1 {
			t.Fatal(len(found), err)
		}
		var got []string
		for _, f := range set.Check(found[0].Table) {
			if f.Severity != rules.Info {
				got = append(got, f.Rule)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
