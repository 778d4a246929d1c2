package issued

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// Listed is what a project list says that the form of the project has to say too:
// amounts, and the targets and weights of indicators. A run keeps thousands of them.
type Listed struct {
	year       int
	unit       string // of the amounts; "" where the list names none
	amounts    []listedAmount
	indicators []listedIndicator
}

type listedAmount struct {
	source, label string
	value         float64
}

type listedIndicator struct {
	level2, level3, target string
	weight                 float64 // NaN where the list gives none
}

// NewListed takes what a list says out of the table of a project.
func NewListed(t *sheet.Table) *Listed {
	l := &Listed{year: int(t.Year.Value), unit: t.MoneyUnit.Value}
	for i := range t.Funds {
		for _, label := range totalLabels {
			if v, ok := sheet.Lookup(&t.Funds[i], label).(*sheet.Number); ok && v.Known {
				l.amounts = append(l.amounts, listedAmount{strings.Clone(t.Funds[i].Source.Value), label, v.Value})
			}
		}
	}
	for i := range t.Indicators {
		x := &t.Indicators[i]
		weight := math.NaN()
		if x.Weight.Known {
			weight = x.Weight.Value
		}
		if x.Level3.Value != "" {
			l.indicators = append(l.indicators, listedIndicator{strings.Clone(x.Level2.Value), strings.Clone(x.Level3.Value), strings.Clone(x.Target.Value), weight})
		}
	}
	return l
}

// Compare notices where a form differs from what the list says of its project. What
// is said already to be changed since the form was issued is not said twice.
func (l *Listed) Compare(t *sheet.Table) {
	if t.Noticed(sheet.NoticeForm) || t.Noticed(sheet.NoticeProject) {
		return
	}
	t.Notices = slices.DeleteFunc(t.Notices, func(n sheet.Notice) bool { return n.Kind == sheet.NoticeBlank }) // the list says more
	if t.Blank && len(l.indicators) > 0 {
		t.AddNotice(sheet.Notice{Kind: sheet.NoticeListedBlank, Cell: t.Project.Ref, Now: t.Project.Value})
	}
	l.compareAmounts(t)
	l.compareIndicators(t)
}

// nearAmount is how far, in 万元, the same amount may be off where it is printed with
// two places.
const nearAmount = 0.005

// compareAmounts compares the sources, then the whole money: a total that follows
// from a source which differs is not said to differ too.
func (l *Listed) compareAmounts(t *sheet.Table) {
	amounts := slices.Clone(l.amounts)
	slices.SortStableFunc(amounts, func(a, b listedAmount) int { return cmp.Compare(order(a.source), order(b.source)) })
	differs := map[string]bool{} // by label
	for _, a := range amounts {
		i := slices.IndexFunc(t.Funds, func(x sheet.Fund) bool { return x.Source.Value == a.source })
		if i < 0 {
			continue
		}
		now := sheet.Lookup(&t.Funds[i], a.label).(*sheet.Number)
		unit := cmp.Or(l.unit, t.MoneyUnit.Value)
		want, known := sheet.InWan(a.value, unit)
		is, comparable := sheet.InWan(now.Value, t.MoneyUnit.Value)
		if !now.Known || !known || !comparable || math.Abs(want-is) <= nearAmount {
			continue
		}
		said := changed(t, now.Ref)
		if !said && !(a.source == sheet.WholeFund && differs[a.label]) {
			text := quantity.FormatNumber(a.value)
			if unit != t.MoneyUnit.Value {
				text += unit
			}
			differ(t, sheet.NoticeListed, sheet.FundPath(a.source).Of(a.label), now, text)
		}
		differs[a.label] = true
	}
}

// order puts the whole money behind its sources.
func order(source string) int {
	if source == sheet.WholeFund {
		return 1
	}
	return 0
}

// compareIndicators finds each indicator of the list in the form by its name.
func (l *Listed) compareIndicators(t *sheet.Table) {
	if !t.Prints(sheet.ColumnOf(sheet.LabelIndicators, sheet.LabelLevel3)) {
		return
	}
	taken := make([]bool, len(t.Indicators))
	var absent []string
	for _, want := range l.indicators {
		i := want.in(t, taken)
		if i < 0 {
			absent = append(absent, want.level3)
			continue
		}
		taken[i] = true
		x, path := &t.Indicators[i], sheet.RowPath(sheet.LabelIndicators, i)
		if want.target != "" && x.Target.Value != "" && !sameTarget(want.target, x.Target.Value, l.year) {
			differ(t, sheet.NoticeListedTarget, path.Of(sheet.LabelTarget), &x.Target, want.target)
		}
		if x.Weight.Known && !math.IsNaN(want.weight) && quantity.FormatNumber(want.weight) != quantity.FormatNumber(x.Weight.Value) {
			differ(t, sheet.NoticeListed, path.Of(sheet.LabelWeight), &x.Weight, quantity.FormatNumber(want.weight))
		}
	}
	if len(absent) > 0 && !t.Noticed(sheet.NoticeRemoved) {
		t.AddNotice(sheet.Notice{Kind: sheet.NoticeListedAbsent, Issued: strings.Join(absent, "、")})
	}
}

// in returns which row of a form the indicator is, -1 for none: one with its names of
// both levels, else with that of level 3.
func (x *listedIndicator) in(t *sheet.Table, taken []bool) int {
	named := -1
	for i := range t.Indicators {
		if taken[i] || !sameName(t.Indicators[i].Level3.Value, x.level3) {
			continue
		}
		if sameName(t.Indicators[i].Level2.Value, x.level2) {
			return i
		}
		if named < 0 {
			named = i
		}
	}
	return named
}

func sameName(a, b string) bool { return sheet.Fold(a) == sheet.Fold(b) }

// sameTarget reports whether two targets say the same: ≥95% and 不低于95%.
func sameTarget(a, b string, year int) bool {
	if quantity.SameText(a, b) || quantity.SameText(quantity.Normalize(a), quantity.Normalize(b)) {
		return true
	}
	x, y := quantity.ParseTarget(a, year), quantity.ParseTarget(b, year)
	for _, q := range []*quantity.Quantity{&x, &y} {
		q.Text, q.Scale = "", 0
		if q.Op == quantity.Eq {
			q.Op = quantity.None
		}
	}
	return x == y && x.Kind != quantity.KindQualitative && x.Kind != quantity.KindEmpty
}

// changed reports whether a cell is said to be changed since the form was issued.
func changed(t *sheet.Table, ref string) bool {
	return slices.ContainsFunc(t.Notices, func(n sheet.Notice) bool {
		return n.Cell == ref && ref != "" && (n.Kind == sheet.NoticeLocked || n.Kind == sheet.NoticeTotal)
	})
}

// differ notices that a value is not what the list says.
func differ(t *sheet.Table, kind sheet.NoticeKind, path sheet.Path, v sheet.Value, want string) {
	at := v.At()
	if !changed(t, at.Ref) {
		t.AddNotice(sheet.Notice{Kind: kind, Field: path, Cell: at.Ref, Issued: want, Now: cmp.Or(at.Typed, sheet.Show(v))})
	}
}
