package list

import (
	"strings"

	"ziping/sheet"
)

// indicator is a row of an indicator list.
type indicator struct {
	sheet.Indicator
	naming
	page    *source
	project *listed // known where the row also lists the project
}

// readIndicator reads the indicator of a row.
func (b *block) readIndicator(r *row, begins bool) {
	x := sheet.Indicator{}
	if begins {
		b.level = x
	}
	any := false
	for _, label := range words().Columns.Indicator {
		col := b.columns[label]
		if col == 0 {
			continue
		}
		c, own := b.page.above(r, col)
		any = any || own && !c.empty()
		v := sheet.Lookup(&x, label)
		if label == sheet.LabelWeight {
			b.setWeight(&x.Weight, c, b.names[col])
			continue
		}
		if own || label == sheet.LabelLevel1 || label == sheet.LabelLevel2 {
			b.set(v, c, b.names[col])
		}
	}
	if !any {
		if !b.ofProjects {
			at := r.cells[0]
			b.fail(b.page.problem(at.place(), "这一行没有指标：缺少“三级指标”"))
		}
		return
	}
	if b.sumOfIndicators(&x) {
		return
	}
	x.Compose(b.beside(r, sheet.LabelSign), b.beside(r, sheet.LabelUnit))
	if p := x.Target.Problem; p != "" {
		b.fail(b.page.problem(x.Target.Cell, "%s", p))
	}
	b.levels(&x)
	if x.Level3.Value == "" {
		if x.Target.Value != "" || x.Weight.Known {
			at := r.cells[0]
			b.fail(b.page.problem(at.place(), "这一行缺少“三级指标”"))
		}
		return
	}
	if b.current.project.Value == "" && b.current.code.Value == "" {
		b.fail(b.page.problem(x.Level3.Cell, "这一行没有写明是哪个项目的指标：缺少“项目名称”"))
		return
	}
	i := &indicator{Indicator: x, naming: b.current, page: b.page}
	if b.ofProjects {
		i.project = b.project
	}
	b.indicators = append(b.indicators, i)
}

// sumOfIndicators reports whether a row is the sum of indicators. Their levels may
// stand in it alone.
func (b *block) sumOfIndicators(x *sheet.Indicator) bool {
	last := &x.Level3
	for _, l := range []*sheet.Text{&x.Level2, &x.Level1} {
		if last.Value == "" {
			last = l
		}
	}
	of, ok := sumOf(last.Value)
	if !ok || of != "" && !strings.HasSuffix(of, "指标") {
		return false
	}
	if x.Target.Value != "" {
		b.fail(b.page.problem(x.Target.Cell, "“%s”像是小计行，却填写了年度指标值“%s”；是指标的，请改用别的名称", last.Value, x.Target.Value))
	}
	for _, l := range []*sheet.Text{&x.Level1, &x.Level2, &x.Level3} {
		if _, sum := sumOf(l.Value); sum {
			*l = sheet.Text{}
		}
	}
	b.levels(x)
	return true
}

// beside returns what stands in a row in a column of its own for a part of
// 年度指标值.
func (b *block) beside(r *row, label string) string {
	col := b.columns[label]
	if col == 0 {
		return ""
	}
	c, _ := b.page.above(r, col)
	return c.Text
}

// levels gives an indicator the levels that stand once for it and others.
func (b *block) levels(x *sheet.Indicator) {
	x.Level1.Value, x.Level2.Value = sheet.LevelName(x.Level1.Value), sheet.LevelName(x.Level2.Value)
	if x.Level1.Value == "" {
		x.Level1 = b.level.Level1
	}
	if x.Level2.Value == "" && x.Level1.Value == b.level.Level1.Value {
		x.Level2 = b.level.Level2
	}
	b.level = *x
}
