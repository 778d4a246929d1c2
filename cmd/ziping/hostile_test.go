package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"ziping/sheet/sheettest"
)

// What any one workbook may cost. Both are far above what one does: who comes near has
// found a loop whose work nothing bounds.
const (
	mostPeak = 640 << 10 // KiB
	mostTime = 2 * time.Minute
)

// Whatever a file is, checking and annotating it end, in bounded memory, with a report or
// an error that names it.
func TestHostile(t *testing.T) {
	bin, dir := program(t), t.TempDir()
	for i, name := range slices.Sorted(maps.Keys(hostile)) {
		if !thorough() && i%9 != 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(dir, strings.ReplaceAll(name, "/", "-"))
			if !strings.Contains(name, ".") {
				file += ".xlsx"
			}
			data := hostile[name](t)
			if err := os.WriteFile(file, data, 0o644); err != nil {
				t.Fatal(err)
			}
			defer os.Remove(file)
			for _, command := range [][]string{{"check", "--format", "jsonl", "-o", filepath.Join(t.TempDir(), "out.jsonl")}, {"annotate", "-o", t.TempDir()}} {
				spent(t, len(data), exec.Command(bin, append(command, file)...), filepath.Base(file))
			}
			if after, err := os.ReadFile(file); err != nil || !bytes.Equal(after, data) {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
}

// spent runs a command and sees that it ends as a command does, within bounds.
func spent(t *testing.T, size int, cmd *exec.Cmd, file string) {
	t.Helper()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.Env = append(os.Environ(), "PATH=") // no LibreOffice
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), mostTime)
	defer cancel()
	late := context.AfterFunc(ctx, func() { _ = cmd.Process.Kill() })
	memory := make(chan int64, 1)
	go func() { memory <- peakMemory(cmd.Process.Pid) }()
	begun := time.Now()
	err := cmd.Wait()
	if late(); ctx.Err() != nil {
		t.Fatalf("%s took more than %v", cmd.Args[1], mostTime)
	}
	peak := <-memory
	t.Logf("%-8s %8d KiB file, %7d KiB at most, %v", cmd.Args[1], size>>10, peak, time.Since(begun).Round(time.Millisecond))
	var exit *exec.ExitError
	switch errors.As(err, &exit); {
	case err != nil && (exit == nil || exit.ExitCode() != exitFindings && exit.ExitCode() != exitFailed):
		t.Errorf("%s: %v: %.2000s", cmd.Args[1], err, stderr.String())
	case exit != nil && exit.ExitCode() == exitFailed && !strings.Contains(stderr.String(), file):
		t.Errorf("%s: the error does not name the file: %.2000s", cmd.Args[1], stderr.String())
	}
	if runtime.GOOS == "linux" && peak > mostPeak {
		t.Errorf("%s took %d KiB", cmd.Args[1], peak)
	}
}

// parts is a workbook in the making: its parts by name.
type parts map[string]string

const (
	sheetPart  = "xl/worksheets/sheet1.xml"
	stylesPart = "xl/styles.xml"
	bookPart   = "xl/workbook.xml"
	relsPart   = "xl/_rels/workbook.xml.rels"
	typesPart  = "[Content_Types].xml"
	stringPart = "xl/sharedStrings.xml"
	worksheet  = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
)

// edited returns a returned form that was changed.
func edited(change func(b parts)) func(t *testing.T) []byte {
	return func(t *testing.T) []byte {
		data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		b := parts(sheettest.Parts(t, data))
		change(b)
		return sheettest.Archive(t, b)
	}
}

// with replaces what a part says once.
func (b parts) with(part, old, now string) {
	if !strings.Contains(b[part], old) {
		panic(part + " has no " + old)
	}
	b[part] = strings.Replace(b[part], old, now, 1)
}

// before puts something in front of what a part says.
func (b parts) before(part, mark, more string) { b.with(part, mark, more+mark) }

// cell puts something else into an indicator's cell.
func (b parts) cell(ref, content string) {
	start := strings.Index(b[sheetPart], `<c r="`+ref+`"`)
	end := start + strings.Index(b[sheetPart][start:], "</c>") + len("</c>")
	b[sheetPart] = b[sheetPart][:start] + content + b[sheetPart][end:]
}

// lines repeats a format with a number.
func lines(n int, format string) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, format, i+1)
	}
	return s.String()
}

// sheets adds worksheets that say all the same.
func (b parts) sheets(n int, content string) {
	b.before(bookPart, `</sheets>`, lines(n, `<sheet name="表%[1]d" sheetId="1%[1]d" r:id="n%[1]d"/>`))
	b.before(relsPart, `</Relationships>`, lines(n, `<Relationship Id="n%[1]d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/n%[1]d.xml"/>`))
	b.before(typesPart, `</Types>`, lines(n, `<Override PartName="/xl/worksheets/n%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`))
	for i := range n {
		b[fmt.Sprintf("xl/worksheets/n%d.xml", i+1)] = content
	}
}

// formOf is the form as a worksheet of its own.
func formOf(b parts) string { return b[sheetPart] }

// indicators gives the form n more rows of indicators, with the cells from D on.
func (b parts) indicators(n int, cells func(row int) string) {
	var rows strings.Builder
	for i := range n {
		fmt.Fprintf(&rows, `<row r="%d">%s</row>`, 18+i, cells(18+i))
	}
	at := strings.Index(b[sheetPart], `<row r="18"`)
	last := strings.NewReplacer(`18"`, fmt.Sprintf(`%d"`, 18+n)).Replace(b[sheetPart][at:])
	b[sheetPart] = b[sheetPart][:at] + rows.String() + last
}

func inline(ref, text string) string {
	return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

func formula(ref, f string) string { return `<c r="` + ref + `"><f>` + f + `</f></c>` }

// chained is a cell whose formula takes the next one twice, and so on.
func (b parts) chained(n int, f string) {
	var rows strings.Builder
	for i := range n {
		next := fmt.Sprintf("B%d", 101+i)
		fmt.Fprintf(&rows, `<row r="%d">%s</row>`, 100+i, formula(fmt.Sprintf("B%d", 100+i), strings.ReplaceAll(f, "?", next)))
	}
	b.before(sheetPart, `</sheetData>`, rows.String()+fmt.Sprintf(`<row r="%d">%s</row>`, 100+n, inline(fmt.Sprintf("B%d", 100+n), "x")))
	b.cell("F13", formula("F13", "B100"))
}

// records is a workbook with a record sheet that says something.
func (b parts) record(texts ...string) {
	var rows strings.Builder
	for i, text := range texts {
		fmt.Fprintf(&rows, `<row r="%d">%s</row>`, i+1, inline(fmt.Sprintf("A%d", i+1), text))
	}
	b.sheets(1, worksheet+`<sheetData>`+rows.String()+`</sheetData></worksheet>`)
	b.with(bookPart, `name="表1"`, `name="_ziping" state="veryHidden"`)
}

var long = strings.Repeat("一二三、", 8000)

// hostile are the kinds; a name with a point is that of the file.
var hostile = map[string]func(t *testing.T) []byte{
	// Texts.
	"a long text in every cell of many rows": edited(func(b parts) {
		b.indicators(900, func(row int) string {
			s := ""
			for _, col := range "DEFI" {
				s += inline(fmt.Sprintf("%c%d", col, row), fmt.Sprint(row)+long[:15000])
			}
			return s
		})
	}),
	"explanations that are nearly alike": edited(func(b parts) {
		b.indicators(990, func(row int) string {
			return inline(fmt.Sprintf("D%d", row), fmt.Sprint("指标", row)) + inline(fmt.Sprintf("E%d", row), "100场") + inline(fmt.Sprintf("F%d", row), "90场") +
				inline(fmt.Sprintf("I%d", row), strings.Repeat("因疫情防控等原因，", 300)+fmt.Sprint(row))
		})
	}),
	"targets of signs": edited(func(b parts) { b.cell("E13", inline("E13", strings.Repeat("≥", 30000))) }),
	"targets of numbers": edited(func(b parts) {
		b.cell("E13", inline("E13", strings.Repeat("1-2、", 8000)))
		b.cell("F13", inline("F13", strings.Repeat("3%，", 10000)))
	}),
	"targets of numerals": edited(func(b parts) {
		b.cell("E13", inline("E13", strings.Repeat("百", 30000)))
		b.cell("F13", inline("F13", strings.Repeat("九万", 15000)))
	}),
	"targets of dates": edited(func(b parts) {
		b.cell("E13", inline("E13", strings.Repeat("2021年1月至", 4000)))
		b.cell("F13", inline("F13", strings.Repeat("2021.1.1-", 3500)))
	}),
	"brackets": edited(func(b parts) {
		b.cell("E13", inline("E13", strings.Repeat("（", 30000)))
		b.cell("D13", inline("D13", strings.Repeat("(", 30000)))
	}),
	"labels in every cell": edited(func(b parts) {
		b.before(sheetPart, `</sheetData>`, lines(60_000, `<row r="%[1]d0"><c r="A%[1]d0" t="s"><v>2</v></c><c r="B%[1]d0" t="s"><v>7</v></c></row>`))
	}),
	"texts at their limit": edited(func(b parts) {
		b.before(stringPart, `</sst>`, strings.Repeat(`<si><t>`+strings.Repeat("x", 1<<20-1)+`</t></si>`, 60))
	}),
	"a text beyond its limit": edited(func(b parts) { b.before(stringPart, `</sst>`, `<si><t>`+strings.Repeat("x", 40<<20)+`</t></si>`) }),
	"a million strings":       edited(func(b parts) { b.before(stringPart, `</sst>`, strings.Repeat(`<si><t>x</t></si>`, 999_900)) }),
	"phonetic runs": edited(func(b parts) {
		b.before(stringPart, `</sst>`, `<si>`+strings.Repeat(`<r><t>一</t></r><rPh sb="0" eb="1"><t>y</t></rPh>`, 300_000)+`</si>`)
	}),

	// Formulas.
	"doubled texts":   edited(func(b parts) { b.chained(40, "CONCATENATE(?,?)") }),
	"doubled numbers": edited(func(b parts) { b.chained(60, "?+?") }),
	"a long chain":    edited(func(b parts) { b.chained(60_000, "?") }),
	"a circle":        edited(func(b parts) { b.cell("F13", formula("F13", "G13+F14")); b.cell("F14", formula("F14", "F13*2")) }),
	"slow patterns": edited(func(b parts) {
		b.before(sheetPart, `</sheetData>`, lines(2000, `<row r="%[1]d00"><c r="Z%[1]d00" t="s"><v>57</v></c></row>`))
		b.before(stringPart, `</sst>`, `<si><t>`+strings.Repeat("a", 32_000)+`</t></si>`)
		b.cell("F13", formula("F13", `COUNTIF(Z:Z,"*a*a*a*a*a*a*a*a*b")`))
	}),
	"many sums of columns": edited(func(b parts) {
		b.before(sheetPart, `</sheetData>`, lines(20_000, `<row r="%[1]d0"><c r="Y%[1]d0"><v>1</v></c><c r="Z%[1]d0"><f>SUM(Y:Y)+SUMPRODUCT(Y1:Y99999*1)</f></c></row>`))
	}),
	"huge arguments": edited(func(b parts) {
		b.cell("F13", formula("F13", `MID("abc",1,1E300)`))
		b.cell("F14", formula("F14", `REPT("a",1E9)&amp;SUBSTITUTE(REPT("a",32000),"a",REPT("b",32000))`))
		b.cell("F15", formula("F15", `INDEX(A:XFD,1E9,1E300)`))
	}),
	"deep brackets": edited(func(b parts) {
		b.cell("F13", formula("F13", strings.Repeat("(", 500_000)+"1"+strings.Repeat(")", 500_000)))
	}),
	"signs of a formula": edited(func(b parts) { b.cell("F13", formula("F13", strings.Repeat("-", 1_000_000)+"1")) }),
	"a long shared formula": edited(func(b parts) {
		b.before(sheetPart, `</sheetData>`, `<row r="99"><c r="A99"><f t="shared" ref="A99:A999999" si="0">`+strings.Repeat("A1+", 200_000)+`1</f></c></row>`+lines(50_000, `<row r="%[1]d0"><c r="A%[1]d0"><f t="shared" si="0"/></c></row>`))
	}),
	"arrays": edited(func(b parts) {
		b.before(sheetPart, `</sheetData>`, lines(100_000, `<row r="%[1]d0"><c r="A%[1]d0"><f t="array" ref="A%[1]d0:XFD%[1]d9">A1:B2</f><v>1</v></c></row>`))
	}),
	"formulas that take one another": edited(func(b parts) {
		b.cell("E13", formula("E13", "1/0"))
		b.indicators(990, func(row int) string {
			s := inline(fmt.Sprintf("D%d", row), fmt.Sprint("指标", row))
			for _, col := range "EFGHI" {
				s += formula(fmt.Sprintf("%c%d", col, row), strings.TrimSuffix(strings.Repeat(fmt.Sprintf("E13:%c%d+", col, row-1), 400), "+"))
			}
			return s
		})
	}),

	// Looks.
	"number formats": edited(func(b parts) {
		code := strings.Repeat(`0&quot;x&quot;`, 60)
		b.with(stylesPart, `<cellXfs`, lines(1, `<numFmts>`)+lines(90_000, `<numFmt numFmtId="%d" formatCode="`+code+`"/>`)+`</numFmts><cellXfs`)
		b.before(stylesPart, `</cellXfs>`, lines(90_000, `<xf numFmtId="%d"/>`))
		b.before(sheetPart, `</sheetData>`, lines(90_000, `<row r="%[1]d0"><c r="A%[1]d0" s="%[1]d"><v>1.5</v></c></row>`))
	}),
	"fonts and fills": edited(func(b parts) {
		b.before(stylesPart, `</fonts>`, strings.Repeat(`<font><sz val="1"/><color theme="1" tint="0.5"/></font>`, 99_000))
		b.before(stylesPart, `</cellXfs>`, lines(99_000, `<xf fontId="%d" fillId="1"/>`))
		b.before(sheetPart, `</sheetData>`, lines(99_000, `<row r="%[1]d0"><c r="A%[1]d0" s="%[1]d"><v>1.5</v></c></row>`))
	}),
	"conditional formats": edited(func(b parts) {
		b.before(stylesPart, `</styleSheet>`, `<dxfs>`+strings.Repeat(`<dxf><numFmt numFmtId="9" formatCode="0.00"/></dxf>`, 1000)+`</dxfs>`)
		b.before(sheetPart, `</worksheet>`, lines(900, `<conditionalFormatting sqref="A1:XFD1048576"><cfRule dxfId="%d"/></conditionalFormatting>`))
		b.before(sheetPart, `</sheetData>`, lines(50_000, `<row r="%[1]d0"><c r="A%[1]d0"><v>1</v></c><c r="B%[1]d0"><v>2.5</v></c></row>`))
	}),
	"protected ranges": edited(func(b parts) {
		b.before(sheetPart, `<mergeCells`, `<protectedRanges>`+lines(50_000, `<protectedRange sqref="A%[1]d B%[1]d C%[1]d" name="n%[1]d"/>`)+`</protectedRanges>`)
		b.before(sheetPart, `</sheetData>`, lines(100_000, `<row r="%[1]d0"><c r="A%[1]d0"><v>1</v></c><c r="B%[1]d0"><v>2</v></c></row>`))
	}),
	"hidden rows and columns": edited(func(b parts) {
		b.with(sheetPart, `<cols>`, `<cols>`+lines(8000, `<col min="%[1]d" max="%[1]d" width="0.%[1]d"/>`))
		b.before(sheetPart, `</sheetData>`, lines(100_000, `<row r="%[1]d0" ht="0.%[1]d"><c r="A%[1]d0"><v>1</v></c></row>`))
		b.before(sheetPart, `</mergeCells>`, lines(100_000, `<mergeCell ref="A%[1]d0:XFD%[1]d5"/>`))
	}),

	// Numbers of things.
	"a million empty rows": edited(func(b parts) { b.before(sheetPart, `</sheetData>`, lines(1_000_000, `<row r="%d" s="1"/>`)) }),
	"a million cells": edited(func(b parts) {
		b.before(sheetPart, `</sheetData>`, lines(990_000, `<row r="%[1]d"><c r="Z%[1]d"><v>1</v></c></row>`))
	}),
	"cells in no order": edited(func(b parts) {
		var rows strings.Builder
		for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(300_000) {
			fmt.Fprintf(&rows, `<row r="%d"><c r="Z%d"><v>1</v></c></row>`, i+100, i+100)
		}
		b.before(sheetPart, `</sheetData>`, rows.String())
	}),
	"cells in one place": edited(func(b parts) {
		b.before(sheetPart, `</sheetData>`, strings.Repeat(`<row r="13"><c r="F13"><v>1</v></c></row>`, 500_000))
	}),
	"a million merges": edited(func(b parts) {
		b.before(sheetPart, `</mergeCells>`, lines(900_000, `<mergeCell ref="K%[1]d:M%[1]d"/>`))
	}),
	"merges over one another": edited(func(b parts) {
		b.before(sheetPart, `</mergeCells>`, strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 500_000))
	}),
	"validations": edited(func(b parts) {
		b.before(sheetPart, `</worksheet>`, `<dataValidations>`+lines(500_000, `<dataValidation sqref="A%d"/>`)+`</dataValidations>`)
	}),
	"names": edited(func(b parts) {
		b.before(bookPart, `<calcPr`, `<definedNames>`+lines(500_000, `<definedName name="n%d">A1</definedName>`)+`</definedNames>`)
	}),
	"9,000 sheets":     edited(func(b parts) { b.sheets(9000, worksheet+`<sheetData/></worksheet>`) }),
	"a thousand forms": edited(func(b parts) { b.sheets(999, formOf(b)) }),
	"forms on one sheet": edited(func(b parts) {
		form := formOf(b)
		rows := form[strings.Index(form, `<row r="3"`):strings.Index(form, `</sheetData>`)]
		var more strings.Builder
		for i := 1; i < 1500; i++ {
			for row := 3; row <= 18; row++ {
				at := strings.Index(rows, fmt.Sprintf(`<row r="%d"`, row))
				end := at + strings.Index(rows[at:], `</row>`)
				more.WriteString(strings.ReplaceAll(rows[at:end]+`</row>`, fmt.Sprintf(`%d"`, row), fmt.Sprintf(`%d"`, row+20*i)))
			}
		}
		b.before(sheetPart, `</sheetData>`, more.String())
	}),
	"a thousand rows": edited(func(b parts) {
		b.indicators(990, func(row int) string {
			return inline(fmt.Sprintf("C%d", row), "数量指标") + inline(fmt.Sprintf("D%d", row), fmt.Sprint("指标", row)) + inline(fmt.Sprintf("E%d", row), "≥100 场") + inline(fmt.Sprintf("F%d", row), "90场") +
				fmt.Sprintf(`<c r="G%d"><v>1</v></c><c r="H%[1]d"><v>1</v></c>`, row)
		})
	}),
	"comments": edited(func(b parts) {
		b["xl/worksheets/_rels/sheet1.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>`
		b["xl/comments1.xml"] = `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>甲</author></authors><commentList>` + lines(99_000, `<comment ref="K%d" authorId="0"><text><t>一二三</t></text></comment>`) + `</commentList></comments>`
		b.before(typesPart, `</Types>`, `<Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>`)
	}),
	"comments without a list": edited(func(b parts) {
		b["xl/worksheets/_rels/sheet1.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="../comments1.xml"/></Relationships>`
		b["xl/comments1.xml"] = `<><commentList/></>`
		b.before(typesPart, `</Types>`, `<Override PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>`)
	}),
	"relationships": edited(func(b parts) {
		b.before(relsPart, `</Relationships>`, lines(200_000, `<Relationship Id="z%d" Type="x" Target="y.xml"/>`))
	}),
	"content types": edited(func(b parts) {
		b.before(typesPart, `</Types>`, lines(300_000, `<Override PartName="/p%d.xml" ContentType="x"/>`))
	}),
	"parts": edited(func(b parts) {
		for i := range 20_000 {
			b[fmt.Sprintf("xl/media/%d.png", i)] = "x"
		}
	}),
	"records of 16 MiB": edited(func(b parts) { b.record(slices.Repeat([]string{strings.Repeat(" ", 30_000)}, 560)...) }),
	"a deep record":     edited(func(b parts) { b.record(slices.Repeat([]string{strings.Repeat("[", 30_000)}, 500)...) }),
	"a record of cells": edited(func(b parts) {
		b.record(`{"layout":"shanghai","sheet":"Sheet1","issued":{"项目名称":"未来公园展厅运营经费"},"inputs":[],"formulas":{},"locked":{` + strings.TrimSuffix(lines(19_000, `&quot;B%d&quot;:&quot;x&quot;,`), ",") + `}}`)
	}),

	// XML.
	"deep elements": edited(func(b parts) { b.before(sheetPart, `</sheetData>`, strings.Repeat("<row>", 500_000)) }),
	"open elements": edited(func(b parts) { b[sheetPart] = worksheet + strings.Repeat("<a>", 5_000_000) }),
	"attributes":    edited(func(b parts) { b.before(sheetPart, `</sheetData>`, `<row `+lines(500_000, `a%d="1" `)+`/>`) }),
	"namespaces": edited(func(b parts) {
		b.with(sheetPart, `<sheetData>`, `<sheetData `+lines(300_000, `xmlns:n%[1]d="u%[1]d" `)+`>`)
	}),
	"a long name":  edited(func(b parts) { b.before(sheetPart, `</sheetData>`, `<`+strings.Repeat("a", 20<<20)+`/>`) }),
	"a long value": edited(func(b parts) { b.before(sheetPart, `</sheetData>`, `<row r="`+strings.Repeat("1", 20<<20)+`"/>`) }),
	"entities": edited(func(b parts) {
		b.before(sheetPart, `</sheetData>`, `<row r="200">`+inline("A200", strings.Repeat("&#x4e00;", 4_000_000))+`</row>`)
	}),
	"alternatives": edited(func(b parts) {
		b.before(sheetPart, `</worksheet>`, strings.Repeat(`<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x"/><mc:Fallback/></mc:AlternateContent>`, 200_000))
	}),
	"a comment": edited(func(b parts) { b.before(sheetPart, `</worksheet>`, `<!--`+strings.Repeat("- ", 20<<20)+`-->`) }),
	"a document type": edited(func(b parts) {
		b[sheetPart] = `<!DOCTYPE x [<!ENTITY a "` + strings.Repeat("x", 1<<20) + `">]>` + worksheet + strings.Repeat("&a;", 100_000)
	}),

	// Archives.
	"a bomb":            edited(func(b parts) { b["xl/media/a.bin"] = strings.Repeat("\x00", 300<<20) }),
	"a bomb in a sheet": edited(func(b parts) { b[sheetPart] = strings.Repeat(" ", 200<<20) + b[sheetPart] }),
	"bombs.zip": func(t *testing.T) []byte {
		bomb := string(sheettest.Archive(t, map[string]string{"xl/workbook.xml": strings.Repeat(" ", 60<<20)}))
		inner := map[string]string{}
		for i := range 200 {
			inner[fmt.Sprintf("%d.xlsx", i)] = bomb
		}
		return sheettest.Archive(t, map[string]string{"again.zip": string(sheettest.Archive(t, inner)), "1.xlsx": bomb})
	},
	"many.zip": func(t *testing.T) []byte {
		inner := map[string]string{}
		for i := range 60_000 {
			inner[fmt.Sprintf("%d.txt", i)] = ""
		}
		return sheettest.Archive(t, inner)
	},

	// Other formats.
	"huge.csv": func(*testing.T) []byte {
		return []byte(strings.Repeat("项目名称,得分,一二三,1121.92,,\n", 1<<20))
	},
	"wide.csv":    func(*testing.T) []byte { return []byte(strings.Repeat("项目名称,", 2<<20)) },
	"quotes.csv":  func(*testing.T) []byte { return []byte("项目名称,\"" + strings.Repeat(`a""`, 5<<20)) },
	"gbk.csv":     func(*testing.T) []byte { return bytes.Repeat([]byte("\xcf\xee\xc4\xbf,\xff\x80\n"), 1<<20) },
	"nested.html": func(*testing.T) []byte { return []byte("<html>" + strings.Repeat("<table><tr><td>", 300_000)) },
	"cells.html": func(*testing.T) []byte {
		return []byte("<html><table>" + strings.Repeat("<tr><td>项目名称<td colspan=9999>x<td rowspan=9999>y", 100_000))
	},
	"unclosed.htm": func(*testing.T) []byte { return []byte("<html><table>" + strings.Repeat("<a b='", 2<<20)) },
	"noise.xls":    func(*testing.T) []byte { return compound(1<<20, func(i int) byte { return byte(i * 7) }) },
	"loops.xls":    func(*testing.T) []byte { return compound(8<<20, func(int) byte { return 0 }) },
	"far.xls":      func(*testing.T) []byte { return compound(1<<20, func(int) byte { return 0xfe }) },
	"noise.xlsx": func(*testing.T) []byte {
		rnd, b := rand.New(rand.NewPCG(1, 2)), make([]byte, 4<<20)
		for i := range b {
			b[i] = byte(rnd.Uint32())
		}
		return append([]byte("PK\x03\x04"), b...)
	},
}

// compound is what begins as an OLE file, and goes on as it likes.
func compound(size int, at func(i int) byte) []byte {
	b := make([]byte, size)
	for i := range b {
		b[i] = at(i)
	}
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(b[24:], []byte{0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0})
	return b
}
