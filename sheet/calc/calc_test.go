package calc

import (
	"fmt"
	"strings"
	"testing"

	"ziping/sheet/quantity"
	"ziping/sheet/xlsx"
)

// book is a workbook of a test: sheets by name, and their cells by reference.
type book map[string]cells

type cells map[string]any // a number, a text, =formula, a Value or a Cell

func (b book) Sheet(name string) (Sheet, error) {
	for n, s := range b {
		if strings.EqualFold(n, name) {
			return s, nil
		}
	}
	return nil, fmt.Errorf("没有工作表“%s”", name)
}

func (b book) Date1904() bool { return b["1904"] != nil }

func (s cells) Size() (rows, cols int) {
	for ref := range s {
		r, _ := xlsx.ParseRange(ref)
		rows, cols = max(rows, r.LastRow), max(cols, r.LastCol)
	}
	return rows, cols
}

func (s cells) Hidden(row int) bool { return s[fmt.Sprintf("ZZ%d", row)] == "hidden" }

func (s cells) Cell(row, col int) Cell {
	switch v := s[xlsx.Ref(row, col)].(type) {
	case int:
		return Cell{Value: number(float64(v))}
	case float64:
		return Cell{Value: number(v)}
	case bool:
		return Cell{Value: boolean(v)}
	case Value:
		return Cell{Value: v}
	case Cell:
		return v
	case string:
		if formula, ok := strings.CutPrefix(v, "="); ok {
			return Cell{Formula: formula}
		}
		return Cell{Value: text(v)}
	}
	return Cell{}
}

// shown writes a value as a test does: 1.5, "text", TRUE, #N/A.
func shown(v Value) string {
	switch v.Kind {
	case Number:
		return quantity.FormatNumber(v.Number)
	case Text:
		return `"` + v.Text + `"`
	case Bool:
		return boolText(v)
	}
	return v.Text
}

// sample has a cell of every kind.
func sample() book {
	return book{
		"表": {
			"A1": 20, "A2": 30.5, "A3": "40", "A4": "文字", "A5": true, "A7": "", "A8": errNA, "A9": -5,
			"B1": "产出指标", "B2": "效益指标", "B3": "产出", "B4": "ab*c", "B5": "AB~C",
			"C1": 1, "C2": 2, "C3": 3, "C4": 4, "C5": 5,
			"D1": 9, "D2": 7, "D3": 7, "D4": 2, "D5": 1,
			"E1": "=A1+A2", "E2": "=E1*2", "E3": "=SUBTOTAL(9,C1:C5)", "E4": 100, "E5": `=""`, "E6": "=A6",
			"F1": "95%", "F2": "1,234.5", "F3": "182 场", "F4": "2021-1-5", "F5": " 7 ",
			"G1": 0.1, "G2": 0.2, "G3": 0.3,
		},
		"数据": {"A1": "甲", "B1": 10, "A2": "乙", "B2": 20, "A3": "丙", "C3": "末"},
	}
}

func TestFormulas(t *testing.T) {
	for _, tt := range []struct{ formula, want string }{
		// operators
		{"1+2*3", "7"}, {"(1+2)*3", "9"}, {"-2^2", "4"}, {"2^3^2", "64"}, {"2^-1", "0.5"}, {"10%", "0.1"}, {"-5%+1", "0.95"}, {"+A1", "20"}, {"--A3", "40"}, {"1/0", "#DIV/0!"},
		{"0^0", "#NUM!"}, {"0^-1", "#DIV/0!"}, {"(-8)^0.5", "#NUM!"}, {"1E308*10", "#NUM!"}, {`"a"&1&TRUE`, `"a1TRUE"`}, {`A6&""`, `""`}, {`1/3&""`, `"0.333333333333333"`},
		{"A3+1", "41"}, {"A4+1", "#VALUE!"}, {"A5+1", "2"}, {"A6+1", "1"}, {"A7+1", "#VALUE!"}, {"A8+1", "#N/A"}, {"1/0+A8", "#DIV/0!"}, {"F1*1", "0.95"}, {"F2+0", "1234.5"}, {"F5+0", "7"},
		{"F3+0", "#VALUE!"}, {`"1E3"+0`, "1000"}, {`"-1.5"*2`, "-3"}, {"0.1+0.2-0.3", "0"}, {"SUM(G1:G2)=G3", "TRUE"}, {"1-0.9=0.1", "TRUE"}, {"=1+1", "2"}, {" 1 +\n 1 ", "2"},
		{"A6", "0"}, {"A7", `""`}, {"A8", "#N/A"}, {"E6", "0"},
		// comparisons
		{`"a"<"B"`, "TRUE"}, {`"a"="A"`, "TRUE"}, {`"10"<"9"`, "TRUE"}, {`99<"a"`, "TRUE"}, {`"z"<FALSE`, "TRUE"}, {`A6=""`, "TRUE"}, {"A6=0", "TRUE"}, {"A6=FALSE", "TRUE"}, {"A6=A10", "TRUE"},
		{`A3=40`, "FALSE"}, {`A7=""`, "TRUE"}, {`"a"<>"b"`, "TRUE"}, {"2>=2", "TRUE"}, {"1<2=TRUE", "TRUE"}, {`""<"a"`, "TRUE"}, {`"产出">"产"`, "TRUE"}, {`"a2"<"a10"`, "FALSE"},
		// logic
		{`IF(A6="",9,0)`, "9"}, {"IF(A1,A1,0)", "20"}, {"IF(A6,1)", "FALSE"}, {"IF(A1>0,,5)", "0"}, {`IF("true",1,2)`, "1"}, {"IF(A4,1,2)", "#VALUE!"}, {"IF(TRUE,1,1/0)", "1"}, {`IF(A6="","空",A6)`, `"空"`},
		{"IFERROR(A8,7)", "7"}, {"IFERROR(A1,7)", "20"}, {`IFERROR(1/0,"")`, `""`}, {"IFNA(A8,7)", "7"}, {"_xlfn.IFNA(1/0,7)", "#DIV/0!"}, {"AND(A1>1,A2>1)", "TRUE"}, {"OR(A1:A2)", "TRUE"}, {"AND(A3:A4)", "#VALUE!"},
		{`AND("x")`, "#VALUE!"}, {"NOT(A6)", "TRUE"}, {"AND(A1,A8)", "#N/A"}, {"TRUE()", "TRUE"}, {"CHOOSE(2,1,A2,3)", "30.5"}, {"SUM(CHOOSE(1,A1:A2,3))", "50.5"}, {"CHOOSE(4,1,2)", "#VALUE!"},
		// aggregates
		{"SUM(A1:A5)", "50.5"}, {"SUM(A1:A9)", "#N/A"}, {`SUM("3",TRUE,A3)`, "4"}, {`SUM("a")`, "#VALUE!"}, {"SUM(A:A)", "#N/A"}, {"SUM(C:C)", "15"}, {"SUM($C$1:C3,10)", "16"}, {"SUM(1:1)", "80.6"}, {"SUM(数据!B1:B9)", "30"},
		{"SUM('数据'!B:B)*2", "60"}, {"AVERAGE(C1:C5)", "3"}, {"AVERAGE(A3:A4)", "#DIV/0!"}, {"MIN(C1:C5)", "1"}, {"MAX(A6,A7)", "0"}, {"MAX(C1:C5,99)", "99"}, {"COUNT(A1:A9)", "3"}, {`COUNT("1","a",TRUE,)`, "3"}, {"COUNTA(A1:A9)", "8"},
		{"COUNTBLANK(A1:A9)", "2"}, {"COUNTBLANK(A1:A100)", "93"}, {"PRODUCT(C1:C5)", "120"}, {"PRODUCT(A6)", "0"}, {"MEDIAN(C1:C4)", "2.5"}, {"LARGE(D1:D5,2)", "7"}, {"SMALL(D1:D5,1)", "1"}, {"LARGE(D1:D5,9)", "#NUM!"},
		{"RANK(7,D1:D5)", "2"}, {"RANK(7,D1:D5,1)", "3"}, {"RANK(8,D1:D5)", "#N/A"}, {"SUM(E1:E2)", "151.5"}, {"SUBTOTAL(9,E1:E4)", "251.5"}, {"SUBTOTAL(109,C1:C5)", "15"}, {"SUBTOTAL(3,A1:A7)", "6"}, {"SUBTOTAL(1,C1:C5)", "3"},
		{"SUMPRODUCT(C1:C5*1)", "15"}, {"SUMPRODUCT(C1:C5,D1:D5)", "57"}, {`SUMPRODUCT((B1:B3="产出指标")*C1:C3)`, "1"}, {"SUMPRODUCT(--(C1:C5>2))", "3"}, {"SUMPRODUCT(A3:A5)", "0"}, {"SUMPRODUCT(C1:C5,C1:C4)", "#VALUE!"},
		{"SUMPRODUCT(ROUND(G1:G3,0))", "0"}, {"SUMPRODUCT(1/COUNTIF(D1:D5,D1:D5))", "4"}, {"SUMPRODUCT(MAX((C1:C5<3)*D1:D5))", "9"}, {"SUM({1,2;3,4}*2)", "20"}, {"SUMPRODUCT(LEN(B1:B3))", "10"},
		// rounding
		{"ROUND(1234567.895,2)", "1234567.9"}, {"ROUND(-2.5,0)", "-3"}, {"ROUND(1250,-2)", "1300"}, {"ROUND(90,6)", "90"}, {"ROUND(9.985,2)", "9.99"}, {"ROUNDUP(1.21,1)", "1.3"}, {"ROUNDUP(-1.2,0)", "-2"}, {"ROUNDUP(4.35*100,0)", "435"},
		{"ROUNDDOWN(4.35*100,0)", "435"}, {"ROUNDDOWN(-1.29,1)", "-1.2"}, {"ROUNDDOWN(199,-2)", "100"}, {"TRUNC(-8.9)", "-8"}, {"INT(-8.1)", "-9"}, {"INT(0.29*100)", "29"}, {"MOD(-3,2)", "1"}, {"MOD(3,-2)", "-1"}, {"MOD(1,0)", "#DIV/0!"},
		{"CEILING(2.1,0.5)", "2.5"}, {"FLOOR(-2.5,2)", "-4"}, {"FLOOR(2,0)", "#DIV/0!"}, {"CEILING(1,-1)", "#NUM!"}, {"ABS(-3)", "3"}, {"SIGN(-3)", "-1"}, {"POWER(2,10)", "1024"}, {"SQRT(16)", "4"}, {"SQRT(-1)", "#NUM!"},
		// conditions
		{`COUNTIF(B1:B5,"产出*")`, "2"}, {`COUNTIF(B1:B5,"??")`, "1"}, {`COUNTIF(B1:B5,"AB~*c")`, "1"}, {`COUNTIF(B1:B5,"<>产出*")`, "3"}, {`COUNTIF(A1:A9,40)`, "1"}, {`COUNTIF(A1:A9,">20")`, "1"}, {`COUNTIF(A1:A9,"")`, "2"}, {`COUNTIF(A1:A9,"=")`, "1"},
		{`COUNTIF(A1:A20,"")`, "13"}, {`COUNTIF(A1:A9,"<>")`, "8"}, {`COUNTIF(A1:A9,TRUE)`, "1"}, {`COUNTIF(A1:A9,"#N/A")`, "1"}, {`COUNTIFS(C1:C5,">1",D1:D5,7)`, "2"}, {`COUNTIFS(C1:C5,1,D1:D4,7)`, "#VALUE!"}, {`SUMIF(C1:C5,">3")`, "9"},
		{`SUMIF(B1:B3,"产出*",C1)`, "4"}, {`SUMIFS(C1:C5,D1:D5,">2",C1:C5,"<3")`, "3"}, {`AVERAGEIF(C1:C5,">9")`, "#DIV/0!"}, {`SUMIF(A1:A9,">0",A1:A9)`, "50.5"}, {`COUNTIF(C:C,">0")`, "5"}, {`COUNTIF(A6,0)`, "0"},
		// look-ups
		{`VLOOKUP("乙",数据!A1:B3,2,0)`, "20"}, {`VLOOKUP("丙",数据!A1:B3,2,FALSE)&""`, `""`}, {`VLOOKUP("丁",数据!A:B,2,0)`, "#N/A"}, {`VLOOKUP(3.5,C1:D5,2)`, "7"}, {`VLOOKUP("乙",数据!A1:B3,3,0)`, "#REF!"}, {`VLOOKUP("乙*",数据!$A$1:$B$3,2,)`, "20"},
		{`VLOOKUP(20,IF({1,0},数据!B1:B3,数据!A1:A3),2,0)`, `"乙"`}, {"HLOOKUP(1,C1:D5,3,0)", "3"}, {"MATCH(7,D1:D5,0)", "2"}, {"MATCH(3.5,C1:C5)", "3"}, {"MATCH(6,D1:D5,-1)", "2"}, {"MATCH(0.5,C1:C5,1)", "#N/A"}, {`MATCH("产*",B1:B5,0)`, "1"},
		{"INDEX(C1:D5,2,2)", "7"}, {"INDEX(C1:C5,3)", "3"}, {"SUM(INDEX(C1:D5,0,2))", "26"}, {"INDEX(C1:D5,9,1)", "#REF!"}, {`LOOKUP(85,{0,60,80,90},{"差","中","良","优"})`, `"良"`}, {"LOOKUP(9E307,D1:D5)", "1"}, {"LOOKUP(2,1/(D1:D5=7),C1:C5)", "3"},
		{"ROW()", "11"}, {"COLUMN(C5)", "3"}, {"ROWS(A1:B7)", "7"}, {"COLUMNS(A:C)", "3"}, {`HYPERLINK("#表!A1","看")`, `"看"`}, {"SUMPRODUCT(ROW(A1:A3))", "6"},
		// texts
		{`LEN("中文ab")`, "4"}, {`LEFT("中文ab",3)`, `"中文a"`}, {`RIGHT("abc")`, `"c"`}, {`MID("abc",2,9)`, `"bc"`}, {`MID("abc",1,1E300)`, `"abc"`}, {`MID("abc",0,1)`, "#VALUE!"}, {`FIND("b","abcb",3)`, "4"}, {`FIND("B","abc")`, "#VALUE!"}, {`SEARCH("B?","abc")`, "2"},
		{`SEARCH("*c","abc")`, "1"}, {`SEARCH("","abc",2)`, "2"}, {`SUBSTITUTE("a-b-c","-","")`, `"abc"`}, {`SUBSTITUTE("a-b-c","-","+",2)`, `"a-b+c"`}, {`REPLACE("abcd",2,2,"X")`, `"aXd"`}, {`TRIM("  a   b ")`, `"a b"`}, {`CLEAN("a"&CHAR(10)&"b")`, `"ab"`},
		{`UPPER("aé")`, `"AÉ"`}, {`PROPER("hello wORLD 2nd")`, `"Hello World 2Nd"`}, {`EXACT("a","A")`, "FALSE"}, {`REPT("ab",2.9)`, `"abab"`}, {`REPT("x",40000)`, "#VALUE!"}, {`REPT("x",-1)`, "#VALUE!"}, {`VALUE("12.5")`, "12.5"}, {`VALUE("x")`, "#VALUE!"}, {"VALUE(A6)", "0"},
		{`TEXT(1234.5,"#,##0.00")`, `"1,234.50"`}, {`TEXT(0.9811,"0.00%")`, `"98.11%"`}, {`TEXT(-0.5,"0")`, `"-1"`}, {`TEXT(5,"000")`, `"005"`}, {`TEXT("甲","0")`, `"甲"`}, {`TEXT(44561,"yyyy年m月d日")`, `"2021年12月31日"`}, {`TEXT(1.5,"@")`, `"1.5"`},
		{`CONCATENATE("a",1,A6,A5)`, `"a1TRUE"`}, {"CHAR(65)", `"A"`}, {`CODE("A")`, "65"}, {"UNICHAR(20013)", `"中"`}, {`ASC("ＡＢ１％")`, `"AB1%"`}, {`DBCS("a1")`, `"ａ１"`}, {"T(A1)", `""`}, {"N(A5)", "1"}, {"N(A4)", "0"},
		// what a value is
		{"ISBLANK(A6)", "TRUE"}, {"ISBLANK(A7)", "FALSE"}, {"ISNUMBER(A3)", "FALSE"}, {"ISTEXT(A7)", "TRUE"}, {"ISERROR(A8)", "TRUE"}, {"ISERR(A8)", "FALSE"}, {"ISNA(A8)", "TRUE"}, {"ISLOGICAL(A5)", "TRUE"}, {`ISNUMBER(FIND("场",F3))`, "TRUE"}, {"ISERROR(#REF!)", "TRUE"},
		// dates
		{"DATE(2021,12,31)", "44561"}, {"DATE(2021,14,0)", "44592"}, {"YEAR(44561)", "2021"}, {"MONTH(44561)&DAY(44561)", `"1231"`},
	} {
		b := sample()
		v, err := New(b).Try("表", 11, 11, tt.formula)
		if err != nil || shown(v) != tt.want {
			t.Errorf("%s is %s (%v), want %s", tt.formula, shown(v), err, tt.want)
		}
	}
}

// What is not known for certain is not calculated.
func TestNotCalculated(t *testing.T) {
	for _, tt := range []struct{ formula, want string }{
		{`WEBSERVICE("http://127.0.0.1")`, "用了 WEBSERVICE"}, {"OFFSET(A1,1,1)", "用了 OFFSET"}, {"总额+1", "名称 总额"}, {"[1]表!A1", "别的工作簿"}, {"'[甲.xlsx]表'!A1", "别的工作簿"}, {`cmd|'/c calc'!A0`, "名称 cmd"},
		{"没有!A1", "没有工作表"}, {"'一:三'!A1", "几张工作表"}, {"1+", "写法有误"}, {"", "写法有误"}, {"(1", "写法有误"}, {"1)", "写法有误"}, {`"a`, "写法有误"}, {"A1 A2", "写法有误"}, {"A1:B2:C3", "写法有误"}, {"SUM((A1,A2))", "写法有误"}, {"A1#", "写法有误"}, {"{1,2;3}", "写法有误"},
		{"400 场", "写法有误"}, {"nan", "名称"}, {"inf", "名称"}, {"0x10", "名称"}, {"ROUND(1)", "个数不对"}, {"ROUND(1,2,3)", "个数不对"}, {`COUNTIFS(C1:C5,">1",D1:D5)`, "个数不对"}, {"A0", "名称 A0"}, {"F4+0", "2021-1-5"}, {`"1/2"+0`, "各软件不同"}, {`VALUE("¥5")`, "各软件不同"}, {`"中"<"国"`, "先后"}, {"1E-5&\"\"", "各软件不同"},
		{`TEXT(1,"[红色]0")`, "格式"}, {"CHAR(200)", "各系统不同"}, {`CODE("中")`, "各系统不同"}, {"MATCH(5,D1:D5,1)", "没有排序"}, {"SUMPRODUCT(IF(C1:C5>1,1,0))", "IF 的条件是数组"}, {"SUMPRODUCT(C:C*1)", "太多"}, {"SUMPRODUCT((A1:XFD1048576=1)*1)", "太多"},
		{"K11+1", "循环引用"}, {"SUM(A1:XFD11)", "循环引用"}, {"DAY(5)", "1900"}, {"SUBTOTAL(7,C1:C5)", "SUBTOTAL"}, {`LEFT("😀",1)`, "两个字"}, {strings.Repeat("1+", 5000) + "1", "太长"}, {strings.Repeat("(", 300) + "1" + strings.Repeat(")", 300), "嵌套太深"},
		{strings.Repeat("-", 300) + "1", "嵌套太深"}, {`COUNTIF(F1:F5,44201)`, "2021-1-5"},
	} {
		b := sample()
		b["表"]["ZZ3"] = "x"
		v, err := New(b).Try("表", 11, 11, tt.formula)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s is %s (%v), want the error %s", tt.formula, shown(v), err, tt.want)
		}
	}
}
