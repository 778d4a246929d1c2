package live

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/expr-lang/expr/ast"

	"ziping/sheet"
	"ziping/sheet/livecheck"
)

// translations are the functions of rules that have a formula.
var translations map[string]func(e *expression, args []ast.Node) value

func init() { // they call what calls them
	translations = map[string]func(e *expression, args []ast.Node) value{
		"有值": (*expression).hasValue, "原文": (*expression).typed, "有此栏": (*expression).prints,
		"相等": (*expression).equal, "舍入": (*expression).round, "百分比": (*expression).percent,
		"小数位数": (*expression).places, "相符": (*expression).agrees,
		"字数": (*expression).length, "去空白": (*expression).bare, "含任一": (*expression).containsAny, "词数": (*expression).countWords,
		"合计": (*expression).sum, "分组合计相等": (*expression).grouped, "填写数": (*expression).filled, "出现次数": (*expression).occurrences, "出现处数": (*expression).occurrences,
		"各项合计": (*expression).points,
	}
	for name, f := range judging {
		translations[name] = f
	}
}

func (e *expression) call(x *ast.CallNode) value {
	f := translations[calleeOf(x)]
	if f == nil {
		cant("%s", calleeOf(x))
	}
	return f(e, x.Arguments)
}

// asked returns the field that 有值, 原文 or 有此栏 is asked of.
func (e *expression) asked(n ast.Node) field {
	switch x := n.(type) {
	case *ast.IdentifierNode:
		if e.in == nil && e.list != e.once && len(e.list.parts) > 0 && e.list.value(0, x.Value) != nil {
			return field{list: e.list, label: x.Value}
		}
		return field{list: e.once, label: x.Value}
	case *ast.MemberNode:
		name, ok := x.Property.(*ast.StringNode)
		if !ok {
			break
		}
		switch base := x.Node.(type) {
		case *ast.PointerNode:
			if e.in != nil && base.Name == "" {
				return field{list: e.in, label: name.Value}
			}
		case *ast.IdentifierNode:
			if l := e.lists[base.Value]; l != nil {
				return field{list: l, label: name.Value}
			}
			return field{list: e.once, label: base.Value + "." + name.Value}
		}
	}
	cant("不是表中的项目")
	return field{}
}

// there ends the translation where the form has no label for a field.
func (f field) there() {
	if len(f.list.parts) == 0 || !f.list.printed(f.label) || f.list.value(0, f.label) == nil {
		cant("表上没有%s", f.label)
	}
	f.list.touch(f.label)
}

func (e *expression) hasValue(args []ast.Node) value {
	f := e.asked(args[0])
	f.there()
	if !isNumber(f.list.value(0, f.label)) {
		return value{kind: truth, formula: "(LEN(" + e.cell(f.list.text(f.label)) + ")>0)"}
	}
	n := e.cell(f.list.number(f.label))
	if !slices.ContainsFunc(f.list.indexes(), func(i int) bool { return f.list.value(i, f.label).At().Input }) {
		return value{kind: truth, formula: "(LEN(" + n + ")>0)"}
	}
	return value{kind: truth, formula: fmt.Sprintf("IF(ISERROR(%s),NOT(%s),LEN(%[1]s)>0)", n, e.cell(f.list.unreadable(f.label)))}
}

func (e *expression) typed(args []ast.Node) value {
	f := e.asked(args[0])
	f.there()
	f.typed = true
	return value{kind: text, formula: e.cell(f.list.raw(f.label)) + `&""`, field: f}
}

func (e *expression) prints(args []ast.Node) value {
	f := e.asked(args[0])
	if f.list == e.once {
		name, v := e.once.fieldNamed(f.label)
		return truthOf(v != nil && e.table.Prints(name))
	}
	return truthOf(len(f.list.parts) > 0 && f.list.printed(f.label) && f.list.value(0, f.label) != nil)
}

func (e *expression) equal(args []ast.Node) value {
	a, b := e.value(args[0]).of(number), e.value(args[1]).of(number)
	if len(args) == 3 {
		return value{kind: truth, formula: fmt.Sprintf("(ROUND(ABS(%s-%s),12)<=%s)", a, b, e.value(args[2]).of(number))}
	}
	return value{kind: truth, formula: fmt.Sprintf("(ABS(%s-%s)<=0.000000000001*MAX(ABS(%[1]s),ABS(%[2]s)))", a, b)}
}

func (e *expression) round(args []ast.Node) value {
	return value{kind: number, formula: fmt.Sprintf("ROUND(%s,%s)", e.value(args[0]).of(number), e.value(args[1]).of(number))}
}

func (e *expression) percent(args []ast.Node) value {
	places := 2
	if len(args) == 2 {
		n, ok := args[1].(*ast.IntegerNode)
		if !ok {
			cant("百分比的位数")
		}
		places = n.Value
	}
	format := "0"
	if places > 0 {
		format += "." + strings.Repeat("0", places)
	}
	return value{kind: text, formula: fmt.Sprintf(`TEXT(ROUND(%s*100,%d),"%s")&"%%"`, e.value(args[0]).of(number), places, format)}
}

// written is a number as a field has it, of which 小数位数 and 相符 ask.
func (e *expression) written(n ast.Node) (v sheet.Value, cell, raw string) {
	t := e.value(n)
	f := t.field
	if f.list == nil || !f.typed || len(f.list.parts) == 0 {
		cant("不是一项的原文")
	}
	v = f.list.value(0, f.label)
	if numberOf(v) == nil {
		cant("不是数字")
	}
	return v, e.cell(f.list.number(f.label)), t.formula
}

func placesOf(raw string) string {
	return fmt.Sprintf(`IF(ISNUMBER(FIND(".",%s)),LEN(%[1]s)-FIND(".",%[1]s),0)`, raw)
}

func (e *expression) places(args []ast.Node) value {
	v, cell, raw := e.written(args[0])
	if _, rate := v.(*sheet.Rate); rate {
		cant("执行率的位数")
	}
	return value{kind: number, formula: fmt.Sprintf("IF(EXACT(%s&\"\",%s),%s,NA())", cell, raw, placesOf(raw))}
}

// agrees tells of a number that stands there as one, and not as a text, how it is shown:
// a rate with two decimals, others as they are.
func (e *expression) agrees(args []ast.Node) value {
	v, cell, raw := e.written(args[0])
	want := e.value(args[1]).of(number)
	if _, rate := v.(*sheet.Rate); rate {
		if !v.At().Derived {
			cant("执行率的位数")
		}
		return value{kind: truth, formula: fmt.Sprintf("(ROUND(ABS(ROUND(%s,4)-%s)-0.00005,12)<=0)", cell, want)}
	}
	return value{kind: truth, formula: fmt.Sprintf(`IF(EXACT(%s&"",%s),ROUND(ABS(%[1]s-%[3]s)-0.5/10^%[4]s,12)<=0,NA())`, cell, raw, want, placesOf(raw))}
}

// marks are the characters that 字数 and 去空白 do not count, as far as people type them.
var marks = sync.OnceValue(func() string {
	var b strings.Builder
	for r := rune(1); r < 0x10000; r++ {
		if (unicode.IsSpace(r) || unicode.IsPunct(r)) && (r < 0x100 || r >= 0x2010 && r < 0x2060 || r >= 0x3000 && r < 0x3100 || r >= 0xff00) && (r >= ' ' || r == '\t' || r == '\n') {
			b.WriteRune(r)
		}
	}
	return b.String()
})

// marksCell is the cell that holds marks.
func (f *translation) marksCell() string {
	const key = "marks"
	if _, ok := f.memo[key]; !ok {
		f.memo[key] = cells{list: f.once, col: f.out.Add(f.once.rows, []livecheck.Cell{livecheck.Text(marks())})}
	}
	return f.memo[key].here()
}

// letters is how many characters of a text are none of marks.
func (f *translation) letters(t string) string {
	return fmt.Sprintf("SUMPRODUCT((ROW($1:$400)<=LEN(%[1]s))*ISERROR(FIND(MID(%[1]s,ROW($1:$400),1),%[2]s)))", t, f.marksCell())
}

func (e *expression) length(args []ast.Node) value {
	v := e.value(args[0])
	v.of(text)
	if f := v.field; f.list != nil {
		return value{kind: number, formula: e.cell(f.list.length(f))}
	}
	return value{kind: number, formula: e.letters(v.formula)}
}

// letters and marks are the same in a text and in what stands in its cell.
func (l *list) printedText(i int, f field) (string, bool) {
	v := l.value(i, f.label)
	switch at := v.At(); {
	case at.Input || at.Derived:
		return "", false
	case at.Typed != "":
		return at.Typed, true
	}
	return sheet.Show(v), true
}

func (l *list) length(f field) cells {
	if c, ok := l.whole(f.label, func(l *list, label string) cells { return l.length(field{list: l, label: label}) }); ok {
		return c
	}
	raw := l.raw(f.label).here()
	return l.column("length "+f.label, func(l *list, i int) livecheck.Cell {
		if t, ok := l.printedText(i, f); ok {
			return livecheck.Number(float64(len([]rune(plain(t)))))
		}
		return livecheck.Formula("IF(LEN(" + raw + ")," + l.form.letters(raw) + ",0)")
	})
}

// plain takes marks out of a text.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, s)
}

// common are the marks that people type. A text with others has no formula without them.
var common = func() [][2]string {
	var list [][2]string
	for _, r := range " 　\n\t，。、；：！？（）“”‘’《》【】—…·,.;:!?()\"'-/\\%％#*&@[]_～．－" {
		if unicode.IsPunct(r) || unicode.IsSpace(r) {
			list = append(list, [2]string{string(r), ""})
		}
	}
	return list
}()

func (e *expression) bare(args []ast.Node) value {
	v := e.value(args[0])
	v.of(text)
	f := v.field
	if f.list == nil {
		return value{kind: text, formula: substitute(v.formula, common)}
	}
	return value{kind: text, formula: e.cell(f.list.bare(f))}
}

func (l *list) bare(f field) cells {
	raw := l.raw(f.label).here()
	return l.column("bare "+f.label, func(l *list, i int) livecheck.Cell {
		if t, ok := l.printedText(i, f); ok && l != l.form.once { // a goal is long, and stands on the form
			return livecheck.Text(plain(t))
		}
		return livecheck.Formula(substitute(raw, common))
	})
}

func (e *expression) containsAny(args []ast.Node) value {
	return value{kind: truth, formula: "(" + e.countWords(args).formula + ">0)"}
}

// countWords counts once for each field and list.
func (e *expression) countWords(args []ast.Node) value {
	t, some := e.value(args[0]), e.value(args[1])
	if t.of(text); some.kind != words || some.formula == "" {
		cant("词语清单")
	}
	count := func(t string) string { return fmt.Sprintf("SUMPRODUCT(--ISNUMBER(FIND(%s,%s)))", some.formula, t) }
	f := t.field
	if f.list == nil {
		return value{kind: number, formula: count(t.formula)}
	}
	raw := f.list.raw(f.label).here()
	return value{kind: number, formula: e.cell(f.list.column("words "+f.label+some.formula, func(*list, int) livecheck.Cell { return livecheck.Formula(count(raw)) }))}
}
