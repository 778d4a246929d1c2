package live

import (
	"fmt"

	"ziping/sheet"
	"ziping/sheet/livecheck"
	"ziping/sheet/quantity"
)

// bareActual is what is left of an actual without the unit of its target.
func (f *translation) bareActual() cells {
	l := f.lists[sheet.LabelIndicators]
	unit := func(n int) string {
		return f.constant(fmt.Sprint("written unit ", n), func(t target, _ *sheet.Indicator) livecheck.Cell {
			if n < len(t.units) {
				return livecheck.Text(t.units[n])
			}
			return livecheck.Text(edge)
		}).here()
	}
	clean := l.clean(sheet.LabelActual).here()
	formula := without(unit(0), clean, without(unit(1), clean, clean))
	return l.column("bare actual", func(*list, int) livecheck.Cell { return livecheck.Formula(formula) })
}

// actualNumber is the number that an actual is, in the unit of its target; #N/A where a
// formula can't read it. A year, and a number that begins with 0, may be something else.
func (f *translation) actualNumber() cells {
	l := f.lists[sheet.LabelIndicators]
	clean, bare := l.clean(sheet.LabelActual).here(), f.bareActual().here()
	factor := f.constant("factor", func(t target, _ *sheet.Indicator) livecheck.Cell { return livecheck.Number(t.factor()) }).here()
	alone := f.constant("alone", func(t target, _ *sheet.Indicator) livecheck.Cell {
		switch {
		case t.kind == untold || t.kind == never:
			return livecheck.Number(-1)
		case t.bare:
			return livecheck.Number(1)
		case t.Unit == "%" && t.Kind == quantity.KindNumber && t.Low > 0:
			return livecheck.Number(t.Low)
		}
		return livecheck.Number(0)
	}).here()
	percent := f.constant("percent", func(t target, _ *sheet.Indicator) livecheck.Cell {
		if t.Unit == "%" {
			return livecheck.Number(1)
		}
		return livecheck.Number(0)
	}).here()
	plain := l.column("plain actual", func(*list, int) livecheck.Cell {
		return livecheck.Formula(fmt.Sprintf(`IF(AND(LEFT(%s)="0",LEN(%[1]s)>1,MID(%[1]s&" ",2,1)<>"."),NA(),%s)`, bare, plainNumber(bare)))
	}).here()
	formula := fmt.Sprintf(`IF(OR(%[1]s<0,AND(%[2]s>=1900,%[2]s<2200)),NA(),IF(%[3]s<>%[4]s,ROUND(%[2]s*%[5]s,12),IF(%[6]s=0,IF(%[1]s=1,%[2]s,NA()),`+
		`IF(AND(%[1]s>0,%[2]s<=1,ISNUMBER(FIND(".",%[4]s)),%[2]s/%[1]s>=0.5,%[2]s/%[1]s<=2),%[2]s,NA()))))`, alone, plain, clean, bare, factor, percent)
	return l.column("actual", func(*list, int) livecheck.Cell { return livecheck.Formula(formula) })
}

// actual is what an actual says of itself.
func (f *translation) actual(what string) cells {
	l := f.lists[sheet.LabelIndicators]
	if what == "value" {
		return f.actualNumber()
	}
	n := f.actualNumber().here()
	clean, bare := l.clean(sheet.LabelActual).here(), f.bareActual().here()
	unit := f.printed("unit").here()
	formula := map[string]string{
		"kind": fmt.Sprintf(`IF(%s,"空",IF(ISNUMBER(%s),"数值",NA()))`, blank(clean), n),
		"unit": fmt.Sprintf(`IF(ISNUMBER(%s),IF(%s<>%s,%s,""),NA())`, n, clean, bare, unit),
		"op":   fmt.Sprintf(`IF(ISNUMBER(%s),"",NA())`, n),
	}[what]
	return l.column("actual "+what, func(*list, int) livecheck.Cell { return livecheck.Formula(formula) })
}

// judgement is what a target and an actual come to.
func (f *translation) judgement(what string) cells {
	l := f.lists[sheet.LabelIndicators]
	if what == "direction" {
		return f.constant(what, func(t target, x *sheet.Indicator) livecheck.Cell {
			if x.Target.Input || x.Target.Value == "" {
				return unknown
			}
			return livecheck.Text(quantity.Judge(t.Quantity, quantity.Quantity{}).Direction.String())
		})
	}
	kind := f.constant("judged as", func(t target, _ *sheet.Indicator) livecheck.Cell { return livecheck.Number(float64(t.kind)) }).here()
	low := f.constant("low", func(t target, _ *sheet.Indicator) livecheck.Cell { return livecheck.Number(quantity.Round(t.Low, 12)) }).here()
	high := f.constant("high", func(t target, _ *sheet.Indicator) livecheck.Cell { return livecheck.Number(quantity.Round(t.High, 12)) }).here()
	v := f.actualNumber().here()
	status := func() string { return f.judgement("status").here() }
	var formula string
	switch what {
	case "status":
		formula = fmt.Sprintf(`IF(OR(%[1]s=%[5]d,%[6]s),"无法判断",IF(%[1]s=0,NA(),IF(CHOOSE(%[1]s,AND(%[2]s>=%[3]s,%[2]s<=%[4]s),%[2]s>=%[3]s,%[2]s>%[3]s,%[2]s<=%[3]s,%[2]s<%[3]s,AND(%[2]s>=%[3]s,%[2]s<=%[4]s)),"已完成",`+
			`IF(OR(%[1]s=%[7]d,AND(%[1]s=1,%[2]s>%[4]s,%[4]s<>0)),"无法判断","未完成"))))`, kind, v, low, high, never, blank(l.clean(sheet.LabelActual).here()), equal)
	case "ratio":
		formula = fmt.Sprintf(`IF(OR(%[1]s=2,%[1]s=3),IF(%[3]s>0,%[2]s/%[3]s,NA()),IF(OR(%[1]s=4,%[1]s=5),IF(%[2]s>0,%[3]s/%[2]s,NA()),IF(%[1]s=1,`+
			`IF(%[5]s="已完成",IF(%[4]s>0,1,NA()),IF(%[5]s="未完成",IF(%[3]s>0,%[2]s/%[3]s,NA()),IF(%[4]s>0,%[2]s/%[4]s,NA()))),IF(%[5]s="已完成",1,NA()))))`, kind, v, low, high, status())
	case "reason":
		formula = fmt.Sprintf(`IF(OR(%[1]s="已完成",%[1]s="未完成"),"",IF(%[2]s,"没有填写完成值",IF(%[3]s=%d,"定性指标",NA())))`, status(), blank(l.clean(sheet.LabelActual).here()), kind, never)
	}
	return l.column("judged "+what, func(*list, int) livecheck.Cell { return livecheck.Formula(formula) })
}
