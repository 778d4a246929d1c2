package live

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"ziping/sheet"
	"ziping/sheet/calc"
	"ziping/sheet/livecheck"
	"ziping/sheet/quantity"
)

// target is what the office printed as 年度指标值, as far as formulas can judge by it.
type target struct {
	quantity.Quantity
	kind  targetKind
	units []string // that may stand behind the number: as it is printed, and by its one name
	bare  bool     // the number may stand alone
}

// targetKind is how an actual is judged: which values reach the target.
type targetKind int

const (
	untold targetKind = iota // by the program only
	exact                    // the number itself, or between two
	atLeast
	above
	atMost
	below
	equal // as exact; what differs nobody can tell
	never // a text: there is nothing to judge
)

// target returns what is printed in each row; of what is to be filled in nothing is known.
func (f *translation) target(i int) target {
	if f.targets == nil {
		either := f.set.EitherWay(f.table)
		f.targets = make([]target, len(f.table.Indicators))
		for i := range f.table.Indicators {
			f.targets[i] = f.newTarget(i, either)
		}
	}
	return f.targets[i]
}

// targetText is what a target is read from.
type targetText struct {
	text   string
	year   int
	either bool // it may be better the less it is
}

// newTarget reads a target once for all forms.
func (f *translation) newTarget(i int, either []bool) target {
	x := &f.table.Indicators[i]
	if x.Target.Input || x.Target.Value == "" {
		return target{}
	}
	text := targetText{x.Target.Value, int(f.table.Year.Value), either[i]}
	t, ok := f.Translator.targets.Get(text)
	if !ok {
		t = text.read()
		f.Translator.targets.Put(text, t)
	}
	return t
}

func (x targetText) read() (t target) {
	t.Quantity = quantity.ParseTarget(x.text, x.year)
	if t.Kind == quantity.KindQualitative {
		t.kind = never
		return t
	}
	if t.Kind != quantity.KindNumber && t.Kind != quantity.KindRange || t.Approx != quantity.Precise || t.Low < 0 || strings.Contains(t.Unit, "/") || strings.Contains(t.Text, "百分比") {
		return t
	}
	t.kind = map[quantity.Op]targetKind{quantity.Ge: atLeast, quantity.Gt: above, quantity.Le: atMost, quantity.Lt: below}[t.Op]
	if t.kind == untold {
		t.kind = exact
		if x.either && t.Op == quantity.None && t.Change != quantity.Fall && t.High != 0 {
			t.kind = equal
		}
	}
	t.unitsOf()
	if !t.agrees(x.either) {
		t.kind = untold
	}
	return t
}

var behind = regexp.MustCompile(`[0-9]([^0-9]*)$`)

// unitsOf finds the ways to write the unit: such that it is read as that of the target.
func (t *target) unitsOf() {
	candidates := []string{t.Unit, quantity.UnitName(t.Unit)}
	if m := behind.FindStringSubmatch(quantity.Normalize(t.Text)); m != nil {
		candidates = append([]string{strings.TrimSpace(m[1])}, candidates...)
	}
	for _, u := range candidates {
		if q := quantity.ParseActual("7"+u, 0); u != "" && !slices.Contains(t.units, u) && q.Kind == quantity.KindNumber && q.Unit == t.Unit && q.Scale == t.Scale &&
			q.Approx == quantity.Precise && q.Op == quantity.None && q.Low*1 == quantity.ParseActual("7"+t.units0(), 0).Low {
			t.units = append(t.units, u)
		}
	}
	t.bare = t.Scale == 1 && t.Unit != "%"
	if len(t.units) > 2 {
		t.units = t.units[:2]
	}
}

func (t *target) units0() string {
	if len(t.units) > 0 {
		return t.units[0]
	}
	m := behind.FindStringSubmatch(quantity.Normalize(t.Text))
	if m != nil && strings.TrimSpace(m[1]) != "" {
		return strings.TrimSpace(m[1])
	}
	return t.Unit
}

// factor is what one of the number that is typed is.
func (t *target) factor() float64 {
	if len(t.units) == 0 {
		return 1
	}
	return quantity.ParseActual("7"+t.units[0], 0).Low / 7
}

// agrees tries the judgement of formulas against that of the program.
func (t *target) agrees(either bool) bool {
	unit := t.Unit
	if len(t.units) > 0 {
		unit = t.units[0]
	} else if t.Unit != "" {
		return false
	}
	factor := t.factor()
	for _, v := range []float64{0, 1, t.Low / factor, t.High / factor, t.Low / factor * 0.5, t.High/factor*1.5 + 1, t.Low/factor - 0.25, t.High/factor + 0.25} {
		if v < 0 {
			continue
		}
		written := quantity.FormatNumber(quantity.Round(v, 6))
		actual := quantity.ParseActual(written+unit, 0)
		judge := quantity.Judge
		if either {
			judge = quantity.JudgeEitherWay
		}
		if actual.Kind != quantity.KindNumber {
			return false
		}
		if j := judge(t.Quantity, actual); j.Status != t.status(actual.Low) {
			return false
		}
	}
	return true
}

// status is the judgement that the formulas come to.
func (t *target) status(v float64) quantity.Status {
	met := func(b bool) quantity.Status {
		if b {
			return quantity.Met
		}
		return quantity.NotMet
	}
	switch {
	case t.kind == atLeast:
		return met(v >= t.Low)
	case t.kind == above:
		return met(v > t.Low)
	case t.kind == atMost:
		return met(v <= t.Low)
	case t.kind == below:
		return met(v < t.Low)
	case v >= t.Low && v <= t.High:
		return quantity.Met
	case t.kind == equal, v > t.High && t.High != 0:
		return quantity.Unknown
	}
	return quantity.NotMet
}

// constant is a column of what the targets say.
func (f *translation) constant(name string, of func(t target, x *sheet.Indicator) livecheck.Cell) cells {
	return f.lists[sheet.LabelIndicators].column("target "+name, func(l *list, i int) livecheck.Cell { return of(l.form.target(i), l.parts[i].(*sheet.Indicator)) })
}

var unknown = livecheck.Cell{Value: calc.Value{Kind: calc.Error, Text: "#N/A"}}

// judging are the functions that judge an actual by its target.
var judging = map[string]func(e *expression, args []ast.Node) value{
	"完成情况":   judged("status", text),
	"完成率":    judged("ratio", number),
	"无法判断原因": judged("reason", text),
	"指标方向":   judged("direction", text),
	"应得分":    (*expression).due,
	"指标类型":   described("kind", text),
	"指标单位":   described("unit", text),
	"指标符号":   described("op", text),
	"数值":     described("value", number),
}

// judged translates a function of 年度指标值 and 实际完成值 of one indicator.
func judged(what string, k resultType) func(e *expression, args []ast.Node) value {
	return func(e *expression, args []ast.Node) value {
		e.pair(args)
		return value{kind: k, formula: e.cell(e.judgement(what)), oneOf: judgements[what]}
	}
}

// judgements are the texts that formulas come to.
var judgements = map[string][]string{"status": {"已完成", "未完成", "无法判断"}, "reason": {"", "没有填写完成值", "定性指标"}}

// pair asks that the arguments are the two fields of one indicator.
func (e *expression) pair(args []ast.Node) {
	a, b := e.value(args[0]).field, e.value(args[1]).field
	l := e.lists[sheet.LabelIndicators]
	if a.list != l || b.list != l || a.label != sheet.LabelTarget || b.label != sheet.LabelActual || a.typed || b.typed {
		cant("不是年度指标值和实际完成值")
	}
	if e.in != nil && e.readsTwoWays() {
		cant("同样的指标值，有的可能越少越好")
	}
}

// readsTwoWays reports whether of two indicators with the same target only one may be
// better the less it is: of which of them a condition on all rows speaks the program does
// not know.
func (f *translation) readsTwoWays() bool {
	ways := map[string]bool{}
	for i, either := range f.set.EitherWay(f.table) {
		target := f.table.Indicators[i].Target.Value
		if way, seen := ways[target]; seen && way != either {
			return true
		}
		ways[target] = either
	}
	return false
}

// described translates a function of one of the two.
func described(what string, k resultType) func(e *expression, args []ast.Node) value {
	return func(e *expression, args []ast.Node) value {
		f := e.value(args[0]).field
		l := e.lists[sheet.LabelIndicators]
		if f.list == l && f.label == sheet.LabelTarget {
			return value{kind: k, formula: e.cell(e.printed(what))}
		}
		if f.list == l && f.label == sheet.LabelActual && !f.typed {
			return value{kind: k, formula: e.cell(e.actual(what))}
		}
		cant("不是年度指标值或实际完成值")
		return value{}
	}
}

// printed is what a target says of itself.
func (f *translation) printed(what string) cells {
	return f.constant(what, func(t target, x *sheet.Indicator) livecheck.Cell {
		if x.Target.Input || x.Target.Value == "" {
			return unknown
		}
		switch what {
		case "kind":
			return livecheck.Text(kindNames[t.Kind])
		case "unit":
			return livecheck.Text(quantity.UnitName(t.Unit))
		case "op":
			return livecheck.Text(t.Op.String())
		}
		if t.Kind != quantity.KindNumber {
			return unknown
		}
		return livecheck.Number(t.Low)
	})
}

var kindNames = map[quantity.Kind]string{
	quantity.KindEmpty: "空", quantity.KindQualitative: "定性", quantity.KindNumber: "数值", quantity.KindRange: "区间", quantity.KindDeadline: "期限",
}

// due is 应得分.
func (e *expression) due(args []ast.Node) value {
	e.pair(args)
	status, ratio := e.cell(e.judgement("status")), e.cell(e.judgement("ratio"))
	w := e.value(args[2]).of(number)
	return value{kind: number, formula: fmt.Sprintf(`IF(%s="已完成",%s,IF(%[1]s="未完成",ROUND(%[2]s*MIN(1,MAX(0,%s)),2),NA()))`, status, w, ratio)}
}
