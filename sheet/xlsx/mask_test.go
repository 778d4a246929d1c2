package xlsx

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A format masks a number that a person takes for another one.
func TestFormatMasks(t *testing.T) {
	const none = "not masked"
	for _, tt := range []struct {
		code string
		v    float64
		want string
	}{
		// The number as it is, rounded, scaled, with words beside it.
		{`General`, 20, none}, {`[Red]`, 20, none}, {`0`, 96.99, none}, {`#,##0.00`, 1121.92, none}, {`0.00%`, 0.9811, none}, {`0.00E+00`, 12345, none}, {`# ?/?`, 0.5, none}, {`# ??/100`, 0.5, none}, {`# ?/2"份"`, 0.5, none}, {`0%`, 0.896, none}, {`0.0"%"`, 95, none}, {`0.00" %"`, 95, none},
		{`#,##0.00_);(#,##0.00)`, -5, none}, {`#,##0.00_ ;[Red]\-#,##0.00\ `, -5, none}, {`0;[Red]0`, -5, none}, {`0_ ;[红色]0\ `, -5, none},
		{`_ ¥* #,##0.00_ ;_ ¥* \-#,##0.00_ ;_ ¥* "-"??_ ;_ @_ `, 12, none}, {`_ ¥* #,##0.00_ ;_ ¥* \-#,##0.00_ ;_ ¥* "-"??_ ;_ @_ `, -12, none},
		{`_ ¥* #,##0.00_ ;_ ¥* \-#,##0.00_ ;_ ¥* "-"??_ ;_ @_ `, 0, none}, {`0"个";"负"0"个"`, -3, none}, {`[DBNum2]0"元"`, 12, none},
		{`0"场"`, 182, none}, {`0.00"万元"`, 1121.92, none}, {`0"m2"`, 50, none}, {`"≥"0`, 95, none}, {`0"分（满分100）"`, 18, none}, {`"("0" 年度)"`, 2021, none}, {`"（"0"分）"`, 20, none}, {`0"%"`, 95, none},
		{`0!.0,"万"`, 123456, none}, {`0"."0,"万元"`, 11219200, none}, {`0.00,,"百万"`, 1234567, none}, {`#,##0.00,"千元"`, 1234567890, none}, {`0.0,,"M"`, 12345678, none}, {`00-00"号"`, 12345, none},
		{`[>=10000]0!.0,"万";0"元"`, 123456, none}, {`[>=10000]0!.0,"万";0"元"`, 9999, none}, {`yyyy"年"m"月"d"日"`, 44561, none},
		// Nothing says zero, too.
		{`0;-0;;@`, 0, none}, {`#`, 0, none}, {`;;;`, 0, none}, {`0;0;"无"`, 0, none}, {`0.00;-0.00;"-"`, 0, none},

		{`"30"`, 20, "30"}, {`"30"`, 0, "30"}, {`\3\0`, 20, "30"}, {`"三十"`, 20, "三十"}, {`"３０"`, 20, "３０"}, {`"合格"`, 20, "合格"},
		{`"1"0.00`, 1121.92, "11121.92"}, {`"1"#,##0.00`, 1121.92, "11,121.92"}, {`0"0"`, 20, "200"}, {`0" 0"`, 20, "20 0"}, {`0".5"`, 20, "20.5"}, {`0"十"`, 2, "2十"},
		{`"30 (实际"0")"`, 20, "30 (实际20)"}, {`[>10]"30";0`, 20, "30"}, {`General"0"`, 20, "200"}, {`*30`, 20, "320"}, {`"1"0%`, 0.2, "120%"},
		{`0\.00`, 1050, "10.50"}, {`0"."00,"万元"`, 11219200, "112.19万元"}, {`"2021年"m"月"`, 44561, "2021年月"},
		{`#,##0.00,`, 800000, "800.00"}, {`#,##0.00,,`, 8e8, "800.00"}, {`0!.0,`, 800000, "80.0"}, {`0.00,"元"`, 800000, "800.00元"}, {`[>=1000]0.0,;0`, 18200, "18.2"}, {`0.0,"万"`, 800000, "800.0万"},
		{"0.00\n%", 0.9, "90.00\n%"}, {`0%%`, 0.9, "9000%%"}, {`0"e2"`, 3, "3e2"}, {`0"×10"`, 3, "3×10"},
		{`;;;`, 20, ""}, {`;`, 20, ""}, {`" "`, 20, ""}, {`#,,`, 1000, ""}, {`[>100]0;`, 20, ""},
		{`0;0`, -5, "5"}, {`\-0`, 5, "-5"}, {`"负"0`, 5, "负5"}, {`(0)`, 5, "(5)"}, {`0_);0_)`, -5, "5"},
	} {
		shown, masked := parseFormat(tt.code).masks(tt.v)
		if !masked {
			shown = none
		}
		if shown != tt.want {
			t.Errorf("%s of %v: %q, want %q", tt.code, tt.v, shown, tt.want)
		}
	}
}

// What a format rounds away is known.
func TestRounding(t *testing.T) {
	for _, tt := range []struct {
		code   string
		v      float64
		shown  string
		stored string
	}{
		{`0%`, 0.896, "90%", "89.6%"}, {`0.0%`, 0.89962, "90.0%", "89.962%"}, {`0`, 399.6, "400", "399.6"}, {`0"场"`, 399.6, "400场", "399.6场"}, {`#,##0.0`, 1121.92, "1,121.9", "1121.92"},
		{`0.0,"千元"`, 1121920, "1121.9千元", "1121.92千元"}, {`0!.0,"万"`, 123456, "12.3万", "12.3456万"}, {`"≥"0%`, 0.896, "≥90%", "≥89.6%"}, {`0_ `, -399.6, "-400", "-399.6"}, {`0;(0)`, -399.6, "(400)", "(399.6)"},
		{`0"天"`, 0.4, "0天", "0.4天"},
		{`0%`, 0.9, "", ""}, {`0.00%`, 0.9811, "", ""}, {`General`, 399.6, "", ""}, {`0.00`, 399.6, "", ""}, {`0`, 400, "", ""}, {`0.#`, 399.6, "", ""}, {`"30"`, 20.5, "", ""}, {`0.0,`, 1121.92, "", ""}, {`0E+0`, 1121.92, "", ""}, {`yyyy`, 44561.5, "", ""}, {`@`, 0.5, "", ""},
		{`0.00`, 0.1 + 0.2, "", ""},
	} {
		var want *Rounding
		if tt.shown != "" {
			want = &Rounding{tt.shown, tt.stored}
		}
		if diff := cmp.Diff(want, parseFormat(tt.code).rounding(tt.v)); diff != "" {
			t.Errorf("%s of %v: %s", tt.code, tt.v, diff)
		}
	}
}

// Digits of the format's own are never read as the number's.
func TestFormatDigits(t *testing.T) {
	for code, want := range map[string]string{`"30"`: "20", `"1"0.00`: "20", `0"0场"`: "20", `0\.00"元"`: "20", `0"m2"`: "20m2", `0"场"`: "20场"} {
		if got := parseFormat(code).number(20, false, new(texts)); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestFormatMasksText(t *testing.T) {
	const none = "not masked"
	for _, tt := range []struct{ code, text, want string }{
		{`General`, "=400 场", none}, {`0.00`, "=400 场", none}, {`@`, "=400 场", none}, {`"30"`, "=400 场", none}, {`0;0;0`, "=400 场", none},
		{`0;0;0;@`, "=400 场", none}, {`@"元"`, "100", none}, {`_ @_ `, "100", none}, {`;;`, "100", none}, {`;;;`, " ", none},
		{`;;;`, "=400 场", ""}, {`;;;"=180 场"`, "=400 场", "=180 场"}, {`0;0;0;@"0"`, "18", "180"}, {`"1"@`, "18", "118"}, {`;;;" "`, "甲", ""},
	} {
		shown, masked := parseFormat(tt.code).masksText(tt.text)
		if !masked {
			shown = none
		}
		if shown != tt.want {
			t.Errorf("%s of %q: %q, want %q", tt.code, tt.text, shown, tt.want)
		}
	}
}

// masksOf returns the masks of a sheet's cells.
func masksOf(t *testing.T, files []file) map[string]Mask {
	t.Helper()
	masks := map[string]Mask{}
	for _, c := range mustRead(t, pack(t, files)).Cells() {
		if c.Mask != NoMask {
			masks[Ref(c.Row, c.Col)] = c.Mask
		}
	}
	return masks
}

func TestHidden(t *testing.T) {
	var rows strings.Builder
	for row := 1; row <= 8; row++ {
		attr := map[int]string{2: ` hidden="1"`, 3: ` ht="0"`, 4: ` hidden="true"`, 5: ` ht="0.5" hidden="0"`, 6: ` ht="4"`, 7: ` ht="0.00"`}[row]
		fmt.Fprintf(&rows, `<row r="%d"%s><c r="A%[1]d"><v>1</v></c><c r="B%[1]d"><v>1</v></c></row>`, row, attr)
	}
	sheet := `<worksheet` + mainNS + `><cols><col min="2" max="2" width="0"/><col min="4" max="9" hidden="1"/><col min="10" max="13" width="0.3"/><col min="14" max="14" width="1.1"/></cols><sheetData>` + rows.String() +
		`<row r="20"><c r="C20"><v>1</v></c><c r="D20"><v>1</v></c><c r="E20"><f>A1</f></c><c r="I20"><v>1</v></c><c r="J20"><v>1</v></c><c r="N20"><v>1</v></c></row>` +
		`<row r="21"><c r="I21"><v>1</v></c><c r="J21"><v>1</v></c></row></sheetData>` +
		`<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="A3:A4"/><mergeCell ref="A7:A8"/><mergeCell ref="B6:C6"/><mergeCell ref="I20:L20"/><mergeCell ref="J21:M21"/></mergeCells></worksheet>`
	want := map[string]Mask{"A3": MaskHidden, "A4": MaskHidden, "A5": MaskHidden, "D20": MaskHidden, "E20": MaskHidden, "I20": MaskHidden, "J20": MaskHidden, "I21": MaskHidden}
	for row := 1; row <= 8; row++ {
		want[fmt.Sprintf("B%d", row)] = MaskHidden
	}
	delete(want, "B6") // in an area that can be seen, as A2 is, and J21: four narrow columns are one
	if diff := cmp.Diff(want, masksOf(t, smallest(sheet))); diff != "" {
		t.Error(diff)
	}
}

func TestUnseen(t *testing.T) {
	fonts := []string{``, `<color rgb="FFFFFFFF"/>`, `<color theme="0"/>`, `<color theme="1"/>`, `<color indexed="9"/>`, `<color rgb="00F5F5F5"/>`, `<color theme="0" tint="-0.5"/>`, `<color auto="1"/>`, `<color theme="4"/>`}
	fills := []string{`<patternFill patternType="none"/>`, `<patternFill patternType="gray125"/>`, `<patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill>`,
		`<patternFill patternType="solid"><fgColor theme="4"/></patternFill>`, `<patternFill patternType="solid"><fgColor indexed="64"/></patternFill>`, `<gradientFill/>`, `<patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill>`}
	unseen := map[[2]int]bool{
		{1, 0}: true, {2, 0}: true, {4, 0}: true, {5, 0}: true,
		{1, 2}: true, {2, 2}: true, {4, 2}: true, {5, 2}: true,
		{1, 4}: true, {2, 4}: true, {4, 4}: true, {5, 4}: true,
		{8, 3}: true, {0, 6}: true, {3, 6}: true, {7, 6}: true,
	}
	var styles, xfs, rows strings.Builder
	styles.WriteString(`<styleSheet` + mainNS + `><numFmts><numFmt numFmtId="200" formatCode="[White]0;[白色]-0"/><numFmt numFmtId="201" formatCode="[Color 3]0"/></numFmts><fonts>`)
	for _, f := range fonts {
		styles.WriteString(`<font>` + f + `</font>`)
	}
	styles.WriteString(`</fonts><fills>`)
	for _, f := range fills {
		styles.WriteString(`<fill>` + f + `</fill>`)
	}
	styles.WriteString(`</fills>`)
	want := map[string]Mask{}
	n := 0
	for i := range fonts {
		for j := range fills {
			n++
			fmt.Fprintf(&xfs, `<xf fontId="%d" fillId="%d"/>`, i, j)
			fmt.Fprintf(&rows, `<row r="%d"><c r="A%[1]d" s="%d" t="str"><v>1</v></c></row>`, n, n-1)
			if unseen[[2]int{i, j}] {
				want[fmt.Sprintf("A%d", n)] = MaskColor
			}
		}
	}
	xfs.WriteString(`<xf numFmtId="200" fontId="0" fillId="0"/><xf numFmtId="201" fontId="1" fillId="0"/><xf fontId="99" fillId="0"/>`)
	fmt.Fprintf(&rows, `<row r="900"><c r="A900" s="%d"><v>-1</v></c><c r="B900" s="%d"><v>1</v></c><c r="C900" s="%d"><v>1</v></c></row>`, n, n+1, n+2)
	want["A900"] = MaskColor
	styles.WriteString(`<cellXfs>` + xfs.String() + `</cellXfs></styleSheet>`)
	if diff := cmp.Diff(want, masksOf(t, smallest(worksheet(rows.String()), file{"xl/styles.xml", styles.String()}))); diff != "" {
		t.Error(diff)
	}
}

// Letters of a size that nobody can read.
func TestTiny(t *testing.T) {
	styles := file{"xl/styles.xml", `<styleSheet` + mainNS + `><fonts><font><sz val="11"/></font><font><sz val="1"/></font><font><sz val="x"/></font></fonts><cellXfs><xf/><xf fontId="1"/><xf fontId="2"/></cellXfs></styleSheet>`}
	got := masksOf(t, smallest(worksheet(`<row><c s="0"><v>1</v></c><c s="1"><v>1</v></c><c s="2"><v>1</v></c></row>`), styles))
	if diff := cmp.Diff(map[string]Mask{"B1": MaskTiny}, got); diff != "" {
		t.Error(diff)
	}
}

// What may be changed where the sheet is protected: cells whose style says so, and
// ranges that are left open.
func TestUnlocked(t *testing.T) {
	styles := file{"xl/styles.xml", `<styleSheet` + mainNS + `><cellXfs><xf/><xf><protection locked="0"/></xf><xf><protection locked="false" hidden="1"/></xf><xf><protection hidden="1"/></xf><xf><protection locked="1"/></xf></cellXfs></styleSheet>`}
	sheet := `<worksheet` + mainNS + `><sheetData><row><c s="0"><v>1</v></c><c s="1"><v>1</v></c><c s="2"><v>1</v></c><c s="3"><v>1</v></c><c s="4"><v>1</v></c><c s="0"><v>1</v></c></row></sheetData>` +
		`<sheetProtection sheet="1"/><protectedRanges><protectedRange sqref="Z1 F1:F9" name="x"/></protectedRanges></worksheet>`
	var got []string
	for _, c := range mustRead(t, pack(t, smallest(sheet, styles))).Cells() {
		if c.Unlocked {
			got = append(got, Ref(c.Row, c.Col))
		}
	}
	if diff := cmp.Diff([]string{"B1", "C1", "F1"}, got); diff != "" {
		t.Error(diff)
	}
}

// What a formula comes to anew is shown by its formats, too.
func TestResultIsShown(t *testing.T) {
	styles := file{"xl/styles.xml", `<styleSheet` + mainNS + `><numFmts><numFmt numFmtId="200" formatCode="[&gt;50]&quot;30&quot;;0"/></numFmts><cellXfs><xf/><xf numFmtId="200"/><xf numFmtId="1"/></cellXfs></styleSheet>`}
	g := mustRead(t, pack(t, smallest(worksheet(`<row><c s="1"><f>B1</f><v>20</v></c><c s="2"><f>C1</f></c></row>`), styles)))
	g.SetResult(0, Number, 60, "")
	g.SetResult(1, Number, 399.6, "")
	a, _ := g.At(1, 1)
	b, _ := g.At(1, 2)
	if a.Mask != MaskFormat || a.Shown != "30" || b.Rounding == nil || b.Rounding.Shown != "400" {
		t.Errorf("%+v, %+v", a, b)
	}
	g.SetResult(0, Number, 40, "")
	if a, _ := g.At(1, 1); a.Mask != NoMask || a.Shown != "" {
		t.Errorf("%+v", a)
	}
}

// The colours are those of the workbook's theme and palette, where it has its own.
func TestUnseenTheme(t *testing.T) {
	styles := file{"xl/styles.xml", `<styleSheet` + mainNS + `><fonts><font><color theme="1"/></font><font><color indexed="8"/></font></fonts><fills><fill><patternFill/></fill></fills>` +
		`<cellXfs><xf/><xf fontId="1"/></cellXfs><colors><indexedColors>` + strings.Repeat(`<rgbColor rgb="00FFFFFF"/>`, 9) + `</indexedColors></colors></styleSheet>`}
	theme := file{"xl/theme.xml", `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x"><a:dk1><a:sysClr val="window" lastClr="FFFFFF"/></a:dk1><a:lt1><a:srgbClr val="000000"/></a:lt1></a:clrScheme></a:themeElements></a:theme>`}
	rels := file{"xl/_rels/workbook.xml.rels", strings.Replace(bookRels, `</Relationships>`, `<Relationship Id="t" Type="`+relType+`theme" Target="theme.xml"/></Relationships>`, 1)}
	got := masksOf(t, smallest(worksheet(`<row><c s="0"><v>1</v></c><c s="1"><v>1</v></c></row>`), styles, theme, rels))
	if diff := cmp.Diff(map[string]Mask{"A1": MaskColor, "B1": MaskColor}, got); diff != "" {
		t.Error(diff)
	}
}

func TestConditionalFormats(t *testing.T) {
	styles := file{"xl/styles.xml", `<styleSheet` + mainNS + `><cellXfs><xf/></cellXfs><dxfs><dxf><font/></dxf><dxf><numFmt numFmtId="1" formatCode="&quot;30&quot;"/></dxf><dxf><numFmt numFmtId="1" formatCode="0.00"/></dxf><dxf><numFmt numFmtId="1" formatCode=";;;"/></dxf></dxfs></styleSheet>`}
	sheet := `<worksheet` + mainNS + `><sheetData><row><c r="A1"><v>20</v></c><c r="B1"><v>20</v></c><c r="C1"><v>20</v></c><c r="D1"><v>20</v></c><c r="E1" t="str"><v>20</v></c></row></sheetData>` +
		`<conditionalFormatting sqref="A1"><cfRule dxfId="0"/><cfRule dxfId="2"/><cfRule dxfId="3"/><cfRule/><cfRule dxfId="99"/></conditionalFormatting>` +
		`<conditionalFormatting sqref="Z9 B:C x"><cfRule dxfId="1"/></conditionalFormatting><conditionalFormatting sqref="E1"><cfRule dxfId="1"/></conditionalFormatting></worksheet>`
	if diff := cmp.Diff(map[string]Mask{"B1": MaskCondition, "C1": MaskCondition}, masksOf(t, smallest(sheet, styles))); diff != "" {
		t.Error(diff)
	}
}

// Letters that a conditional format gives the colour of what is behind them, where it may
// hold.
func TestPaled(t *testing.T) {
	styles := file{"xl/styles.xml", `<styleSheet` + mainNS + `><fonts><font/></fonts><fills><fill><patternFill patternType="none"/></fill></fills><cellXfs><xf/></cellXfs><dxfs>` +
		`<dxf><font><color rgb="FFFFFFFF"/></font></dxf><dxf><font><color rgb="FF9C0006"/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf>` +
		`<dxf><fill><patternFill patternType="solid"><fgColor rgb="FFFFFF00"/><bgColor rgb="FF000000"/></patternFill></fill></dxf></dxfs></styleSheet>`}
	cells, rules, want := "", "", map[string]Mask{}
	for i, tt := range []struct {
		cell, rule string
		masked     bool
	}{
		{`<v>20</v>`, `dxfId="0" type="expression"><formula>A1&gt;0</formula>`, true}, {`<v>0</v>`, `dxfId="0" type="expression"><formula>A1=0</formula>`, false},
		{`<v>20</v>`, `dxfId="0" type="cellIs" operator="equal"><formula>0</formula>`, false}, {`<v>20</v>`, `dxfId="0" type="cellIs" operator="greaterThan"><formula>0</formula>`, true},
		{`<v>20</v>`, `dxfId="0" type="cellIs" operator="lessThan"><formula>0</formula>`, false}, {`<v>20</v>`, `dxfId="0" type="cellIs" operator="notEqual"><formula>0</formula>`, true},
		{`<v>20</v>`, `dxfId="1" type="expression"><formula>TRUE</formula>`, false}, {`<v>20</v>`, `dxfId="2" type="expression"><formula>TRUE</formula>`, true},
	} {
		ref := Ref(1, i+1)
		cells += `<c r="` + ref + `">` + tt.cell + `</c>`
		rules += `<conditionalFormatting sqref="` + ref + `"><cfRule ` + tt.rule + `</cfRule></conditionalFormatting>`
		if tt.masked {
			want[ref] = MaskCondition
		}
	}
	sheet := `<worksheet` + mainNS + `><sheetData><row r="1">` + cells + `</row></sheetData>` + rules + `</worksheet>`
	if diff := cmp.Diff(want, masksOf(t, smallest(sheet, styles))); diff != "" {
		t.Error(diff)
	}
}

// Some of the letters of a text have the colour of what is behind them.
func TestPaleRuns(t *testing.T) {
	styles := file{"xl/styles.xml", `<styleSheet` + mainNS + `><fonts><font/></fonts><fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill></fill></fills>` +
		`<cellXfs><xf fontId="0" fillId="0"/><xf fontId="0" fillId="1"/></cellXfs></styleSheet>`}
	text := func(color, digit string) string {
		return `<is><r><t>1_x0041_</t></r><r><rPr><color rgb="` + color + `"/></rPr><t>` + digit + `</t></r><r><t>0场</t></r></is>`
	}
	cells := `<c r="A1" s="0" t="inlineStr">` + text("FFFFFFFF", "8") + `</c><c r="B1" s="0" t="inlineStr">` + text("FFFF0000", "8") + `</c><c r="C1" s="0" t="inlineStr">` + text("FFFFFFFF", "约") + `</c>` +
		`<c r="D1" s="1" t="inlineStr"><is><r><rPr><color rgb="FFFFFFFF"/></rPr><t>18</t></r><r><t>0</t></r></is></c>`
	g := mustRead(t, pack(t, smallest(worksheet(`<row r="1">`+cells+`</row>`), styles)))
	got := map[string]string{}
	for _, c := range g.Cells() {
		if c.Mask != NoMask {
			got[Ref(c.Row, c.Col)] = c.Shown
		}
	}
	if diff := cmp.Diff(map[string]string{"A1": "1A0场", "D1": "18"}, got); diff != "" {
		t.Error(diff)
	}
}
