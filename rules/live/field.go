package live

import (
	"fmt"
	"strings"

	"ziping/sheet"
	"ziping/sheet/livecheck"
	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// What a cell of the form says is taken apart once: clean is the text that stands there
// in plain characters, number the number, text the text of what is more than a dash. A
// number is "" where nothing stands, and #N/A where what stands there can't be read by a
// formula.

// cellOf is a formula of the cell of a value.
func (f *translation) cellOf(v sheet.Value) string { return f.sheet + v.At().Ref }

// rowCell is cellOf with the row left open, where that is the row of the part.
func (l *list) rowCell(i int, v sheet.Value) string {
	row, _, ok := xlsx.ParseRef(v.At().Ref)
	if l == l.form.once || !ok || row != l.rows[i] {
		return l.form.cellOf(v)
	}
	return l.form.sheet + strings.TrimRight(v.At().Ref, "0123456789") + livecheck.Row
}

// raw are the cells with the text that stands there. One that holds a number is a number.
func (l *list) raw(label string) cells {
	if c, ok := l.direct(label, func(v sheet.Value) bool { return v.At().Input || v.At().Fixed && !isNumber(v) }); ok {
		return c
	}
	if c, ok := l.whole(label, (*list).raw); ok {
		return c
	}
	return l.column("raw "+label, func(l *list, i int) livecheck.Cell {
		v := l.value(i, label)
		switch at := v.At(); {
		case at.Derived && isNumber(v):
			return livecheck.Formula(l.number(label).here())
		case at.Derived:
			return livecheck.Formula(l.derived(i, label, v).Formula)
		case at.Input:
			return livecheck.Formula(fmt.Sprintf(`IF(LEN(%s),%[1]s,"")`, l.rowCell(i, v)))
		case at.Typed != "":
			return livecheck.Text(at.Typed)
		}
		return livecheck.Text(sheet.Show(v))
	})
}

func isNumber(v sheet.Value) bool { return numberOf(v) != nil }

// folded are characters that are typed for others.
var folded = func() [][2]string {
	list := [][2]string{{"　", " "}, {"\u00a0", " "}, {"\n", " "}, {"．", "."}, {"，", ","}, {"％", "%"}, {"－", "-"}, {"−", "-"}, {"–", "—"}, {"―", "—"}, {"─", "—"}, {"／", "/"}}
	for d := range rune(10) {
		list = append(list, [2]string{string('０' + d), string('0' + d)})
	}
	return list
}()

// substitute replaces texts in a formula's text.
func substitute(formula string, pairs [][2]string) string {
	var b strings.Builder
	b.WriteString(strings.Repeat("SUBSTITUTE(", len(pairs)) + formula)
	for _, p := range pairs {
		b.WriteString("," + quote(p[0]) + "," + quote(p[1]) + ")")
	}
	return b.String()
}

// quote writes a text as formulas do.
func quote(s string) string {
	var parts []string
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			parts = append(parts, "CHAR(10)")
		}
		if line != "" || s == "" {
			parts = append(parts, `"`+strings.ReplaceAll(line, `"`, `""`)+`"`)
		}
	}
	return strings.Join(parts, "&")
}

// clean is what stands in a cell, in plain characters.
func (l *list) clean(label string) cells {
	if c, ok := l.whole(label, (*list).clean); ok {
		return c
	}
	return l.column("clean "+label, func(l *list, i int) livecheck.Cell {
		v := l.value(i, label)
		if !v.At().Input {
			return livecheck.Text(strings.TrimSpace(sheet.Show(v)))
		}
		return livecheck.Formula("TRIM(" + substitute(l.rowCell(i, v), folded) + ")")
	})
}

// blank is a condition of a clean text: it is nothing but dashes.
func blank(clean string) string {
	return "LEN(" + substitute(clean, [][2]string{{" ", ""}, {"-", ""}, {"—", ""}, {"/", ""}, {"\\", ""}}) + ")=0"
}

// dashes are what is drawn in an unused cell.
var dashes = func() [][2]string {
	var list [][2]string
	for _, r := range " 　\u00a0\n-－−—–―─/／\\" {
		list = append(list, [2]string{string(r), ""})
	}
	return list
}()

func (l *list) text(label string) cells {
	if c, ok := l.direct(label, func(v sheet.Value) bool {
		t, isText := v.(*sheet.Text)
		return isText && t.Fixed && t.Value == t.Typed && t.Value != "" && t.Counts == ""
	}); ok {
		return c
	}
	col := l.form.out.Next()
	return l.column("text "+label, func(l *list, i int) livecheck.Cell {
		v := l.value(i, label)
		t, ok := v.(*sheet.Text)
		switch {
		case !ok:
			cant("%s 不是文字", label)
		case !v.At().Input:
			return livecheck.Text(t.Judged())
		}
		cell, blank := l.rowCell(i, v), `""`
		if i > 0 && isLevel(label) { // that of the row above goes on
			blank = l.above(col, i)
		}
		return livecheck.Formula(fmt.Sprintf(`IF(LEN(%s),%s&"",%s)`, substitute(cell, dashes), cell, blank))
	})
}

func (l *list) number(label string) cells {
	if c, ok := l.direct(label, func(v sheet.Value) bool {
		n := numberOf(v)
		return n != nil && n.Fixed && n.Known && quantity.FormatNumber(n.Value) == n.Typed
	}); ok {
		return c
	}
	if c, ok := l.whole(label, (*list).number); ok {
		return c
	}
	return l.column("number "+label, func(l *list, i int) livecheck.Cell {
		v := l.value(i, label)
		n := numberOf(v)
		switch at := v.At(); {
		case n == nil:
			cant("%s 不是数字", label)
		case at.Derived:
			return l.derived(i, label, v)
		case at.Input:
			return livecheck.Formula(l.typed(i, label, v))
		case n.Known:
			return livecheck.Number(n.Value)
		}
		return livecheck.Text("")
	})
}

func numberOf(v sheet.Value) *sheet.Number {
	switch v := v.(type) {
	case *sheet.Number:
		return v
	case *sheet.Rate:
		return &v.Number
	}
	return nil
}

// typed reads the number that is typed into a cell.
func (l *list) typed(i int, label string, v sheet.Value) string {
	cell, clean, s := l.rowCell(i, v), l.clean(label).here(), l.digits(label).here()
	_, rate := v.(*sheet.Rate)
	number := cell
	if rate { // 98.11 is meant for 98.11%
		number = fmt.Sprintf("IF(%s>2,%[1]s/100,%[1]s)", cell)
	}
	asText := "IF(LEFT(" + clean + `)="-",-1,1)*` + plainNumber(s)
	if rate {
		asText = fmt.Sprintf(`IF(RIGHT(%s)="%%",ROUND(%s/100,12),NA())`, clean, asText)
	}
	return fmt.Sprintf(`IF(ISNUMBER(%s),%s,IF(%s,"",%s))`, cell, number, blank(clean), asText)
}

// digits is what is left of a clean text without the unit that a field may carry.
func (l *list) digits(label string) cells {
	clean := l.clean(label).here()
	return l.column("digits "+label, func(l *list, i int) livecheck.Cell {
		v := l.value(i, label)
		if !v.At().Input {
			return livecheck.Text("")
		}
		units := []string{`"分"`}
		switch _, rate := v.(*sheet.Rate); {
		case rate:
			units = []string{`"%"`}
		case label == sheet.LabelYear:
			units = nil
		case isAmount(label):
			units = l.form.moneyUnits()
		}
		s := clean
		for _, u := range units {
			s = without(u, clean, s)
		}
		return livecheck.Formula("IF(LEFT(" + clean + `)="-",MID(` + s + ",2,40)," + s + ")")
	})
}

// without is a text without a unit at its end; one that does not end in it is otherwise.
func without(unit, text, otherwise string) string {
	return fmt.Sprintf("IF(RIGHT(%s,LEN(%s))=%[2]s,TRIM(LEFT(%[1]s,LEN(%[1]s)-LEN(%[2]s))),%[3]s)", text, unit, otherwise)
}

// moneyUnits are the cells of what may stand behind an amount: 万元, and 万.
func (f *translation) moneyUnits() []string {
	unit := func(name string, of func(unit string) string) string {
		return f.once.column(name, func(l *list, _ int) livecheck.Cell {
			u := l.form.table.MoneyUnit
			if u.Input || of(u.Value) == "" {
				return livecheck.Text(edge)
			}
			return livecheck.Text(of(u.Value))
		}).here()
	}
	return []string{unit("money", func(u string) string { return u }), unit("money in short", func(u string) string { return strings.TrimSuffix(u, "元") })}
}

// unreadable is a condition of a field with a number: what stands there is none, for it
// has no digit. Where it has, only the program can tell.
func (l *list) unreadable(label string) cells {
	if c, ok := l.whole(label, (*list).unreadable); ok {
		return c
	}
	n, clean := l.number(label).here(), l.clean(label).here()
	return l.column("unreadable "+label, func(*list, int) livecheck.Cell {
		return livecheck.Formula(fmt.Sprintf(`IF(ISERROR(%s),IF(SUMPRODUCT(--ISNUMBER(FIND({"0";"1";"2";"3";"4";"5";"6";"7";"8";"9"},%s))),NA(),TRUE),FALSE)`, n, clean))
	})
}

func isAmount(label string) bool {
	for _, a := range sheet.Amounts {
		if label == a || strings.HasSuffix(label, "."+a) {
			return true
		}
	}
	return false
}

// plainNumber is the number that a text is: digits with or without a point and commas in
// their places; #N/A for anything else.
func plainNumber(s string) string {
	n := `SUBSTITUTE(` + s + `,",","")`
	point := fmt.Sprintf(`ISNUMBER(FIND(".",%s))`, s)
	whole := fmt.Sprintf(`IF(%s,LEFT(%s,FIND(".",%[2]s)-1),%[2]s)`, point, s)
	return fmt.Sprintf(`IF(AND(LEN(%[1]s)<16,LEN(%[2]s)>0,SUMPRODUCT((ROW($1:$16)<=LEN(%[2]s))*ISERROR(FIND(MID(%[2]s,ROW($1:$16),1),"0123456789.")))=0,LEN(%[2]s)-LEN(SUBSTITUTE(%[2]s,".",""))<2,RIGHT(%[2]s)<>"."),`+
		`IF(OR(%[2]s=%[1]s,TEXT(INT(VALUE(%[2]s)),"#,##0")=%[3]s),VALUE(%[2]s),NA()),NA())`, s, n, whole)
}

// derived is the number of a formula of the form. The sum of nothing, and what follows
// from it, is nothing; of what a formula makes of texts nothing is known, for it passes
// over them.
func (l *list) derived(i int, label string, v sheet.Value) livecheck.Cell {
	made := l.formula(i, label, v)
	var texts []string
	for _, area := range l.form.typedInto(v.At().Ref) {
		area = l.form.sheet + area
		texts = append(texts, l.form.said("texts "+area, fmt.Sprintf(`SUMPRODUCT(ISTEXT(%s)*(TRIM(%[1]s)<>"")*ISERROR(FIND("|"&TRIM(%[1]s)&"|","|-|/|—|——|－|／|")))`, area)))
	}
	if len(texts) > 0 {
		made.Formula = fmt.Sprintf("IF(%s>0,NA(),%s)", strings.Join(texts, "+"), made.Formula)
	}
	return made
}

// said returns the cell of a formula that many ask for.
func (f *translation) said(key, formula string) string {
	return f.once.column(key, func(*list, int) livecheck.Cell { return livecheck.Formula(formula) }).here()
}

// formula is derived where nothing but numbers was typed.
func (l *list) formula(i int, label string, v sheet.Value) livecheck.Cell {
	cell := l.rowCell(i, v)
	name := label
	if l.name == sheet.LabelFunds {
		if x := l.parts[i].(*sheet.Fund); x.Source.Value != sheet.WholeFund {
			return livecheck.Formula(cell)
		}
	} else if member, rest, _ := strings.Cut(label, "."); l != l.form.once || member != sheet.WholeFund {
		return livecheck.Formula(cell)
	} else {
		name = rest
	}
	sources := name
	if !isAmount(name) {
		sources = sheet.LabelExecuted
	}
	var cells []string
	for j := range l.form.table.Funds {
		x := &l.form.table.Funds[j]
		if y := sheet.Lookup(x, sources); x.Source.Value != sheet.WholeFund && y != nil && y.At().Ref != "" {
			cells = append(cells, l.form.cellOf(y))
		}
	}
	if len(cells) == 0 {
		return livecheck.Formula(cell)
	}
	all := strings.Join(cells, "&")
	return livecheck.Formula(fmt.Sprintf(`IF(AND(%s=0,%s),"",%[1]s)`, cell, l.form.said("none of "+all, blank(substitute(all, folded)))))
}
