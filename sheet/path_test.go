package sheet

import (
	"testing"
	"testing/quick"
)

func TestPath(t *testing.T) {
	for _, tt := range []struct {
		text   string
		path   Path
		column string
	}{
		{"项目名称", Path{Label: "项目名称"}, "项目名称"},
		{"总分.得分", Path{Part: "总分", Label: "得分"}, "总分.得分"},
		{"绩效指标", Path{Label: "绩效指标"}, "绩效指标"},
		{"绩效指标[12]", RowPath("绩效指标", 11), "绩效指标"},
		{"绩效指标[12].得分", RowPath("绩效指标", 11).Of("得分"), "绩效指标.得分"},
		{"项目资金[].得分", FundPath("").Of("得分"), "项目资金.得分"},
		{"项目资金[其他[1].资金].得分", FundPath("其他[1].资金").Of("得分"), "项目资金.得分"},
		{"总分.", Path{Label: "总分."}, "总分."},
		{"", Path{}, ""},
	} {
		got := ParsePath(tt.text)
		if got != tt.path || got.String() != tt.text || got.Column() != tt.column {
			t.Errorf("%q is %#v, printed %q, its column %q", tt.text, got, got, got.Column())
		}
	}
	for path, want := range map[Path]int{RowPath("绩效指标", 11): 11, FundPath("其他资金"): -1, {Label: "12"}: -1} {
		if got := path.Index(); got != want {
			t.Errorf("the index of %s is %d, want %d", path, got, want)
		}
	}
}

// What a form says of a path is what it yields under it, and the text of the path leads
// there too, whatever a source is called.
func TestPathAt(t *testing.T) {
	for _, f := range Forms() {
		err := quick.Check(func(letters []byte, funds, rows uint8) bool {
			source := ""
			for _, c := range letters {
				source += string("[].1a"[c%5])
			}
			table := NewTable(f)
			table.Funds = make([]Fund, funds%3)
			for i := range table.Funds {
				table.Funds[i] = table.NewFund()
				table.Funds[i].Source = T(source[:min(i, len(source))])
			}
			for range rows % 3 {
				table.Indicators = append(table.Indicators, table.NewIndicator())
				for i := range table.Lists {
					table.Lists[i].Add()
				}
			}
			seen := map[Path]bool{}
			for path, v := range table.All() {
				again := ParsePath(path.String())
				if again != path || table.At(path) != v && !seen[path] {
					t.Logf("%#v is parsed as %#v", path, again)
					return false
				}
				seen[path] = true
			}
			return table.At(RowPath(LabelIndicators, len(table.Indicators)).Of("得分")) == nil
		}, nil)
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	for _, text := range []string{"绩效指标[1].得分", "项目资金[].得分", "a[b[c].d].e", "a[1].", "[", "].", ".", "a.b[1].c"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := ParsePath(text)
		if p.String() != text {
			t.Errorf("%q is printed %q", text, p)
		}
		new(Table).At(p)
		new(Table).At(RowPath(p.Part, p.Index()).Of(p.Label))
	})
}
