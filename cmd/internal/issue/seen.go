package issue

import (
	"ziping/rules"
	"ziping/rules/live"
	"ziping/sheet"
	"ziping/template"
)

// Seen returns the ids of the rules that a department sees while it fills in a form of
// some built-in layout.
func Seen(set *rules.Set) (map[string]bool, error) {
	seen := map[string]bool{}
	translator := live.New(set)
	for _, name := range template.Names() {
		l, err := template.Load(name)
		if err != nil {
			return nil, err
		}
		d, err := template.NewDrawer(l, "")
		if err != nil {
			return nil, err
		}
		for _, t := range []*sheet.Table{new(sheet.Table), specimen(l)} {
			data, err := d.DrawChecked(t)
			if err != nil {
				return nil, err
			}
			_, found, err := drawn(data)
			if err != nil {
				return nil, err
			}
			for _, id := range translator.Rules(found.Table) {
				seen[id] = true
			}
		}
	}
	return seen, nil
}

// specimen is a form with what an office prints.
func specimen(l *template.Layout) *sheet.Table {
	t := sheet.NewTable(l.Drawn())
	for _, target := range []string{"≥95%", "=400 场", "按时完成"} {
		x := t.NewIndicator()
		x.Level1, x.Level2, x.Level3, x.Target, x.Weight = sheet.T("产出指标"), sheet.T("数量指标"), sheet.T("项目完成情况"), sheet.T(target), sheet.N(20)
		t.Indicators = append(t.Indicators, x)
	}
	return t
}
