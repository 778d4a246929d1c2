package calc

import (
	"fmt"
	"math/rand"

	"ziping/sheet/xlsx"
)

// merged are areas whose covered cells are blank.
var merged = []string{"A3:A4", "C6:D7", "F2:G2"}

// generator makes up cells and formulas.
type generator struct{ rnd *rand.Rand }

func (g *generator) of(list ...string) string { return list[g.rnd.Intn(len(list))] }

const dataRows, dataCols = 12, 8

// cells are columns of numbers (A to C), texts (D, E), anything (F, G) and formulas
// (H).
func (g *generator) cells() cells {
	s := cells{}
	covered := func(row, col int) bool {
		for _, m := range merged {
			r, _ := xlsx.ParseRange(m)
			if r.Contains(row, col) && (row != r.FirstRow || col != r.FirstCol) {
				return true
			}
		}
		return false
	}
	for row := 1; row <= dataRows; row++ {
		for col := 1; col <= dataCols; col++ {
			if covered(row, col) {
				continue
			}
			var v any
			kind := g.rnd.Intn(20)
			switch {
			case col <= 3 && kind < 16, col > 5 && col < 8 && kind < 6:
				v = g.number()
			case col > 3 && col < 6 && kind < 16, col < 8 && kind < 11:
				v = g.text()
			case col == 8 && kind < 15:
				v = "=0+" + g.numeric(1)
			case kind < 17 && col == 7:
				v = g.rnd.Intn(2) == 0
			case kind == 17 && col > 5:
				v = "=" + g.of("1/0", "NA()")
			case kind == 18:
				v = `=""`
			}
			if v != nil {
				s[xlsx.Ref(row, col)] = v
			}
		}
	}
	return s
}

func (g *generator) number() any {
	switch g.rnd.Intn(5) {
	case 0:
		return g.rnd.Intn(10)
	case 1:
		return g.rnd.Intn(200) - 50
	case 2:
		return float64(g.rnd.Intn(200000)-50000) / 100
	case 3:
		return float64(g.rnd.Intn(10000)) / 10000
	}
	return 0
}

func (g *generator) text() string {
	return g.of("产出指标", "效益指标", "a", "B", "ab", "Abc", "12", "3.5", "-4", "x y", "  sp  ace ", "≥95", "400 场", "a*b", "10", "hello World")
}

func (g *generator) formula() string {
	switch g.rnd.Intn(5) {
	case 0:
		return g.textual(3)
	case 1:
		return g.logical(3)
	}
	return g.numeric(3)
}

func (g *generator) ref(first, last int) string {
	return g.of("", "", "", "$") + string(rune('A'+first+g.rnd.Intn(last-first+1))) + fmt.Sprint(1+g.rnd.Intn(dataRows))
}

// numbersAt is a cell that mostly holds a number.
func (g *generator) numbersAt() string {
	if g.rnd.Intn(8) == 0 {
		return g.of(g.ref(4, 5), g.ref(7, 7))
	}
	return g.ref(0, 2)
}

// column is a range of one column, of rows rows.
func (g *generator) column(first, last, rows int) string {
	col := string(rune('A' + first + g.rnd.Intn(last-first+1)))
	row := 1 + g.rnd.Intn(dataRows-rows+1)
	return fmt.Sprintf("%s%d:%s%d", col, row, col, row+rows-1)
}

func (g *generator) area() string {
	a, b := g.rnd.Intn(6), g.rnd.Intn(6) // without truth values
	return fmt.Sprintf("%c%d:%c%d", 'A'+min(a, b), 1+g.rnd.Intn(5), 'A'+max(a, b), 6+g.rnd.Intn(8))
}

// numbersIn is a range that mostly holds numbers.
func (g *generator) numbersIn() string {
	switch g.rnd.Intn(8) {
	case 0:
		return g.area()
	case 1:
		return g.of("A:A", "B:B", "$C:$C", "A:C", "D:D", "H:H")
	case 2:
		return g.column(3, 5, 4)
	}
	return g.column(0, 2, 2+g.rnd.Intn(6))
}

func (g *generator) constant() string {
	return g.of("0", "1", "2", "3", "10", "100", "0.5", "1.5", "2.25", "60", "95%", "1E3", "12.345", "0.1")
}

func (g *generator) criterion() string {
	return g.of(`">0"`, `">=10"`, `"<5"`, `"<>0"`, `"产出*"`, `"*b*"`, `"?b"`, `"a~*b"`, `"<>a"`, `""`, `"="`, `7`, `"7"`, `"=a"`, "0", g.ref(0, 3), `">a"`)
}

func (g *generator) numeric(depth int) string {
	if depth == 0 || g.rnd.Intn(6) == 0 {
		if g.rnd.Intn(3) == 0 {
			return g.constant()
		}
		return g.numbersAt()
	}
	n := func() string { return g.numeric(depth - 1) }
	s := func() string { return g.textual(depth - 1) }
	l := func() string { return g.logical(depth - 1) }
	rows := 2 + g.rnd.Intn(6)
	c := func() string { return g.column(0, 2, rows) }
	switch g.rnd.Intn(62) {
	case 0, 1, 2, 3:
		return n() + g.of("+", "-", "*", "/") + n()
	case 4:
		return "(" + n() + g.of("+", "-") + n() + ")" + g.of("*", "/") + n()
	case 5:
		return n() + "^" + g.of("2", "3", "0.5", "-1")
	case 6:
		return g.of("-", "+", "--") + n()
	case 7:
		return "(" + n() + ")%"
	case 8, 9, 10:
		return "SUM(" + g.numbersIn() + ")"
	case 11:
		return "SUM(" + g.numbersIn() + "," + n() + ")"
	case 12, 13:
		return g.of("AVERAGE", "MIN", "MAX", "COUNT", "COUNTA", "PRODUCT", "MEDIAN") + "(" + g.numbersIn() + ")"
	case 14:
		return g.of("MIN", "MAX", "AVERAGE", "COUNT", "COUNTA") + "(" + n() + "," + g.numbersIn() + "," + n() + ")"
	case 15:
		return "COUNTBLANK(" + g.numbersIn() + ")"
	case 16, 17:
		return "COUNTIF(" + g.numbersIn() + "," + g.criterion() + ")"
	case 18:
		return "COUNTIFS(" + g.column(0, 5, rows) + "," + g.of(`">0"`, `">=10"`, `"*b*"`, `"产出*"`) + "," + g.column(0, 5, rows) + "," + g.criterion() + ")"
	case 19, 20:
		return "SUMIF(" + g.column(0, 5, rows) + "," + g.criterion() + g.of("", ","+c()) + ")"
	case 21:
		return g.of("SUMIFS", "AVERAGEIFS") + "(" + c() + "," + g.column(0, 5, rows) + "," + g.criterion() + "," + g.column(0, 5, rows) + "," + g.criterion() + ")"
	case 22:
		return "SUMPRODUCT(" + c() + "," + c() + ")"
	case 23:
		return "SUMPRODUCT((" + c() + g.of(">", "<", "=", ">=", "<>") + g.constant() + ")*" + c() + ")"
	case 24:
		return "SUMPRODUCT((" + g.column(3, 4, rows) + "=" + g.of(`"a"`, `"产出指标"`, `""`) + ")*1," + c() + ")"
	case 25:
		return "SUMPRODUCT(--(" + c() + ">" + n() + "))"
	case 26, 27, 28:
		return g.of("ROUND", "ROUNDUP", "ROUNDDOWN") + "(" + n() + "," + g.of("0", "1", "2", "-1", "4") + ")"
	case 29:
		return g.of("TRUNC", "INT", "ABS", "SIGN") + "(" + n() + ")"
	case 30:
		return "MOD(" + n() + "," + g.of("2", "3", "-4", "0.5", n()) + ")"
	case 31:
		return g.of("CEILING", "FLOOR") + "(" + n() + "," + g.of("1", "2", "0.5", "10") + ")"
	case 32:
		return "POWER(" + n() + "," + g.of("2", "3", "0.5") + ")"
	case 33:
		return "SQRT(" + n() + ")"
	case 34, 35, 36, 37:
		return "IF(" + l() + "," + n() + "," + n() + ")"
	case 38:
		return "IF(" + l() + "," + n() + ",)"
	case 39, 40:
		return "IFERROR(" + n() + "+0," + n() + ")"
	case 41:
		return "_xlfn.IFNA(" + n() + "+0," + n() + ")"
	case 42:
		return "CHOOSE(" + g.of("1", "2", "3", n()) + "," + n() + "," + n() + "," + n() + ")"
	case 43, 44:
		return "LEN(" + s() + ")"
	case 45:
		return g.of("FIND", "SEARCH") + "(" + g.of(`"a"`, `"b"`, `"指标"`) + "," + s() + g.of("", ",1", ",2") + ")"
	case 46:
		return g.of("N", "VALUE") + "(" + g.numbersAt() + ")"
	case 47:
		return "MATCH(" + g.of("0+"+g.numbersAt(), g.constant()) + "," + c() + ",0)"
	case 48:
		return "MATCH(" + g.of(`"a"`, `"产*"`, `"*c"`, `"12"`) + "," + g.column(3, 4, rows) + ",0)"
	case 49:
		return "INDEX(" + c() + "," + g.of("1", "2", "3") + ")"
	case 50:
		return "INDEX(" + g.area() + "," + g.of("1", "2", "3") + "," + g.of("1", "2") + ")"
	case 51:
		return "VLOOKUP(" + g.of(`"a"`, `"产出指标"`, `"B"`, `"?b"`) + ",D1:G12," + g.of("2", "3", "1") + "," + g.of("0", "FALSE") + ")"
	case 52:
		return "LOOKUP(" + n() + "+0,{0,60,80,90},{1,2,3,4})"
	case 53:
		return g.of("ROW", "COLUMN") + "(" + g.of("", "B3") + ")"
	case 54:
		return g.of("ROWS", "COLUMNS") + "(" + g.area() + ")"
	case 55:
		return g.of("LARGE", "SMALL") + "(" + g.numbersIn() + "," + g.of("1", "2", "3") + ")"
	case 56:
		return "RANK(MAX(C1:C5),C1:C5" + g.of("", ",0", ",1") + ")"
	case 57:
		return "SUBTOTAL(" + g.of("9", "109", "1", "2", "3", "4", "5") + "," + g.numbersIn() + ")"
	case 58:
		return "DATE(" + g.of("2020", "2021", "1999") + "," + g.of("1", "2", "14", "0") + "," + g.of("1", "29", "31", "45", "0") + ")"
	case 59:
		return g.of("YEAR", "MONTH", "DAY") + "(" + g.of("44561", "43890", "36526.75") + ")"
	case 60:
		return "_xlfn.UNICODE(\"a\"&" + s() + ")"
	}
	return "SUM(" + c() + "*" + n() + ")" // a range where one value is wanted
}

func (g *generator) textual(depth int) string {
	if depth == 0 || g.rnd.Intn(6) == 0 {
		if g.rnd.Intn(3) == 0 {
			return g.of(`"a"`, `"产出指标"`, `""`, `"B c"`, `"x""y"`, `"12"`)
		}
		return g.of(g.ref(3, 4), g.ref(3, 4), g.ref(0, 5))
	}
	n := func() string { return g.numeric(depth - 1) }
	s := func() string { return g.textual(depth - 1) }
	l := func() string { return g.logical(depth - 1) }
	switch g.rnd.Intn(21) {
	case 0, 1, 2:
		return s() + "&" + s()
	case 3:
		return s() + "&ROUND(" + n() + ",2)"
	case 4, 5:
		return g.of("LEFT", "RIGHT") + "(" + s() + g.of("", ",1", ",2", ",9", ",0") + ")"
	case 6, 7:
		return "MID(" + s() + "," + g.of("1", "2", "0") + "," + g.of("1", "3", "99") + ")"
	case 8:
		return g.of("TRIM", "CLEAN", "UPPER", "LOWER", "PROPER", "T") + "(" + s() + ")"
	case 9:
		return "SUBSTITUTE(" + s() + `,"a",` + s() + g.of("", ",1", ",2") + ")"
	case 10:
		return "REPLACE(" + s() + "," + g.of("1", "2", "9") + "," + g.of("0", "1", "5") + "," + s() + ")"
	case 11:
		return "REPT(" + s() + "," + g.of("0", "1", "3", "2.7", "-1") + ")"
	case 12:
		return "CONCATENATE(" + s() + "," + s() + "," + s() + ")"
	case 13, 14:
		return "TEXT(0+" + n() + "," + g.of(`"0"`, `"0.00"`, `"0.00%"`, `"#,##0.00"`, `"#,##0"`, `"000"`, `"0%"`) + ")"
	case 15:
		return "CHAR(" + g.of("65", "10", "97") + ")"
	case 16:
		return "_xlfn.UNICHAR(" + g.of("20013", "65") + ")"
	case 17:
		return "TEXT(" + g.of("44561", "43890") + "," + g.of(`"yyyy-mm-dd"`, `"yyyy年m月d日"`) + ")"
	case 18:
		return "ASC(" + s() + ")"
	case 19:
		return "IFERROR(" + s() + "," + s() + ")"
	}
	return "IF(" + l() + "," + s() + "," + s() + ")"
}

func (g *generator) logical(depth int) string {
	if depth == 0 {
		return g.of("TRUE", g.numbersAt()+g.of(">", "<", "=", "<>")+g.constant(), g.ref(0, 7)+`=""`, g.ref(5, 6))
	}
	n := func() string { return g.numeric(depth - 1) }
	s := func() string { return g.textual(depth - 1) }
	l := func() string { return g.logical(depth - 1) }
	switch g.rnd.Intn(12) {
	case 0, 1:
		return n() + g.of(">", "<", "=", "<>", ">=", "<=") + n()
	case 2:
		return s() + g.of("=", "<>", "=", "<", ">=") + s()
	case 3:
		return g.ref(0, 5) + g.of("=", "<", ">", "<>") + g.ref(0, 5)
	case 4:
		return g.ref(0, 7) + g.of("=", "<>") + `""`
	case 5, 6:
		return g.of("AND", "OR") + "(" + l() + "," + l() + ")"
	case 7:
		return "NOT(" + l() + ")"
	case 8, 9:
		return g.of("ISBLANK", "ISNUMBER", "ISTEXT", "ISERROR", "ISERR", "ISNA", "ISNONTEXT") + "(" + g.of(g.ref(0, 5), "0+"+n(), s()) + ")"
	case 10:
		return "EXACT(" + s() + "," + s() + ")"
	}
	return g.of("AND", "OR") + "(" + g.column(5, 6, 3) + ")"
}

func generatorOf(seed int64) *generator { return &generator{rand.New(rand.NewSource(seed))} }
