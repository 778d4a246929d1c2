package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ziping/sheet/xlsx"
)

// choices are what a mutant is made by: a byte a choice.
type choices []byte

func (c *choices) of(n int) int {
	if len(*c) == 0 {
		return 0
	}
	b := (*c)[0]
	*c = (*c)[1:]
	return int(b) % n
}

const (
	mutantSheet  = "xl/worksheets/sheet1.xml"
	mutantOther  = "xl/worksheets/sheet2.xml"
	mutantTexts  = "xl/sharedStrings.xml"
	mutantBook   = "xl/workbook.xml"
	mutantRels   = "xl/_rels/workbook.xml.rels"
	mutantTop    = "_rels/.rels"
	mutantSpaces = ` xmlns="` + oracleMain + `" xmlns:r="` + oracleRel + `" xmlns:z="urn:z" xmlns:x14="` + oracleX14 + `" xmlns:mc="` + oracleMC + `" xmlns:s="` + oracleStrict + `"`
)

// original is the workbook that mutants are made of.
func original() map[string]string {
	const head = `<?xml version="1.0" encoding="UTF-8"?>`
	rel := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + kind + `" Target="` + target + `"/>`
	}
	const rels = head + `<Relationships xmlns="` + oraclePkg + `">`
	return map[string]string{
		"[Content_Types].xml": head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		mutantTop:             rels + rel("rId1", oracleRel+"/officeDocument", "xl/workbook.xml") + `</Relationships>`,
		mutantBook:            head + `<workbook` + mutantSpaces + `><sheets><sheet name="表" sheetId="1" r:id="rId1"/><sheet name="另" sheetId="2" r:id="rId2"/></sheets></workbook>`,
		mutantRels: rels + rel("rId1", oracleRel+"/worksheet", "worksheets/sheet1.xml") + rel("rId2", oracleRel+"/worksheet", "worksheets/sheet2.xml") +
			rel("rId3", oracleRel+"/sharedStrings", "sharedStrings.xml") + `</Relationships>`,
		mutantTexts: head + `<sst` + mutantSpaces + `><si><t>年度指标值</t></si><si><t>=400 场</t></si><si><t>=180 场</t></si>` +
			`<si><r><t>参展</t></r><r><t xml:space="preserve"> 商</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t></t></si><si><t>a_x000D_&amp;b</t></si></sst>`,
		mutantSheet: head + `<worksheet` + mutantSpaces + `><sheetData>` +
			`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>20</v></c></row>` +
			`<row r="2"><c r="A2" t="inlineStr"><is><t>182 场</t></is></c><c r="B2"><v>182</v></c><c r="C2"><f>B2*1</f><v>182</v></c></row>` +
			`<row r="3"><c r="A3" t="str"><f>A2</f><v>182 场</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c></row>` +
			`<row r="4"><c r="A4"><v>1.5E2</v></c><c r="B4" t="s"><v>3</v></c><c r="C4" t="n"><v>-0.25</v></c></row>` +
			`</sheetData></worksheet>`,
		mutantOther: head + `<worksheet` + mutantSpaces + `><sheetData><row r="1"><c r="A1"><v>30</v></c><c r="B1" t="s"><v>2</v></c></row></sheetData></worksheet>`,
	}
}

var (
	cellPattern  = regexp.MustCompile(`<c .*?</c>`)
	valuePattern = regexp.MustCompile(`<v>[^<]*</v>`)
	typePattern  = regexp.MustCompile(` t="[^"]*"`)
	refPattern   = regexp.MustCompile(` r="([A-Z]+[0-9]+)"`)
	rowPattern   = regexp.MustCompile(`<row .*?</row>`)
	itemPattern  = regexp.MustCompile(`<si>.*?</si>`)
	namePattern  = regexp.MustCompile(`(</?)(c|v|f|is|t|row|r|si)\b`)
	relPattern   = regexp.MustCompile(`<Relationship .*?/>`)
	sheetPattern = regexp.MustCompile(`<sheet .*?/>`)
)

// change changes one of the matches of a pattern.
func change(c *choices, text string, pattern *regexp.Regexp, to func(match string) string) string {
	all := pattern.FindAllStringIndex(text, -1)
	if len(all) == 0 {
		return text
	}
	at := all[c.of(len(all))]
	return text[:at[0]] + to(text[at[0]:at[1]]) + text[at[1]:]
}

var (
	mutantValues = []string{"20", "400", "0", "1", "2", "3", "99", "-1", "", " 20 ", "2 0", "=180 场", "1e3", "1E400", "0x10", "1_0", "+5", ".5", "5.", "TRUE", "true", "#REF!", "NaN", "Infinity",
		"<![CDATA[30]]>", "3<!-- 0 -->0", "3<?z 0?>0", "3<z:v>9</z:v>0", "&#51;0", "&amp;", "_x0033_0", "_x000D__x000A_", "１２"}
	mutantTypes  = []string{"s", "str", "inlineStr", "b", "e", "n", "", "z", "S"}
	mutantBeside = []string{"<z:v>30</z:v>", "<v>30</v>", "<is><t>30</t></is>", "<z:is><t>30</t></z:is>", "<f>15+15</f>", `<f t="shared" si="0"/>`, "<f/>", "<x14:v>30</x14:v>", "<s:v>30</s:v>", "<v/>",
		`<mc:AlternateContent><mc:Choice Requires="x14"><v>30</v></mc:Choice><mc:Fallback><v>31</v></mc:Fallback></mc:AlternateContent>`,
		`<mc:AlternateContent><mc:Choice Requires="z"><v>30</v></mc:Choice><mc:Fallback><v>31</v></mc:Fallback></mc:AlternateContent>`,
		`<extLst><ext uri="z"><v>30</v></ext></extLst>`}
	mutantPrefixes = []string{"z:", "s:", "x14:", "q:"}
	mutantKinds    = []string{oracleRelS + "/worksheet", "urn:z/worksheet", oracleRel + "/sharedStrings", oracleRel + "/officeDocument", oracleRel + "/styles", oracleRel + "/worksheet/"}
)

func pick(c *choices, list []string) string { return list[c.of(len(list))] }

// mutations are the changes that a mutant is made by.
var mutations = []func(c *choices, p map[string]string){
	func(c *choices, p map[string]string) { // another value
		p[mutantSheet] = change(c, p[mutantSheet], valuePattern, func(string) string { return "<v>" + pick(c, mutantValues) + "</v>" })
	},
	func(c *choices, p map[string]string) { // another type
		p[mutantSheet] = change(c, p[mutantSheet], typePattern, func(string) string { return ` t="` + pick(c, mutantTypes) + `"` })
	},
	func(c *choices, p map[string]string) { // a type where there is none, or a foreign one
		p[mutantSheet] = change(c, p[mutantSheet], cellPattern, func(m string) string {
			return `<c ` + pick(c, []string{"t", "z:t", "s:t"}) + `="` + pick(c, mutantTypes) + `" ` + m[len("<c "):]
		})
	},
	func(c *choices, p map[string]string) { // something beside the value, before or after
		p[mutantSheet] = change(c, p[mutantSheet], cellPattern, func(m string) string {
			beside := pick(c, mutantBeside)
			if end := strings.Index(m, ">") + 1; c.of(2) == 0 {
				return m[:end] + beside + m[end:]
			}
			return strings.TrimSuffix(m, "</c>") + beside + "</c>"
		})
	},
	func(c *choices, p map[string]string) { // another place, or none
		p[mutantSheet] = change(c, p[mutantSheet], refPattern, func(string) string {
			return pick(c, []string{"", ` r="B1"`, ` r="C4"`, ` r="a1"`, ` r="$A$1"`, ` r="A0"`, ` r="XFE1"`, ` z:r="B1"`, ` r="Z9"`, ` r=""`})
		})
	},
	func(c *choices, p map[string]string) { // a cell of another name or space
		p[mutantSheet] = change(c, p[mutantSheet], cellPattern, func(m string) string {
			prefix := pick(c, mutantPrefixes)
			return "<" + prefix + m[1:len(m)-len("</c>")] + "</" + prefix + "c>"
		})
	},
	func(c *choices, p map[string]string) { // all of a cell in another space
		p[mutantSheet] = change(c, p[mutantSheet], cellPattern, func(m string) string {
			return namePattern.ReplaceAllString(m, "${1}"+pick(c, mutantPrefixes)+"${2}")
		})
	},
	func(c *choices, p map[string]string) { // a cell or a row twice, or in an alternative
		pattern := []*regexp.Regexp{cellPattern, rowPattern}[c.of(2)]
		p[mutantSheet] = change(c, p[mutantSheet], pattern, func(m string) string {
			other := change(c, m, valuePattern, func(string) string { return "<v>" + pick(c, mutantValues) + "</v>" })
			return pick(c, []string{m + other, other + m, "",
				`<mc:AlternateContent><mc:Choice Requires="` + pick(c, []string{"x14", "z", "", "x14 z"}) + `">` + other + `</mc:Choice><mc:Fallback>` + m + `</mc:Fallback></mc:AlternateContent>`,
				`<z:g>` + other + `</z:g>` + m, `<extLst>` + other + `</extLst>` + m, "<!--" + strings.ReplaceAll(m, "--", "") + "-->"})
		})
	},
	func(c *choices, p map[string]string) { // a row elsewhere
		p[mutantSheet] = change(c, p[mutantSheet], regexp.MustCompile(`<row r="[0-9]+"`), func(string) string {
			return "<row" + pick(c, []string{"", ` r="2"`, ` r="9"`, ` z:r="2"`, ` r="0"`, ` r="x"`, ` r="1048577"`})
		})
	},
	func(c *choices, p map[string]string) { // another string
		p[mutantTexts] = change(c, p[mutantTexts], itemPattern, func(m string) string {
			text := pick(c, mutantValues)
			return pick(c, []string{"<si><t>" + text + "</t></si>", m + m, "", "<si/>", "<z:si><t>" + text + "</t></z:si>" + m, "<si><r><t>" + text + "</t></r><t>2</t></si>",
				"<si><t>" + text + "</t><rPh><t>3</t></rPh></si>", "<si><z:t>9</z:t><t>" + text + "</t></si>", "<s:si><s:t>" + text + "</s:t></s:si>", "<si><t>1</t><t>" + text + "</t></si>",
				"<si><r><rPr><t>9</t></rPr><t>" + text + "</t></r></si>",
				`<mc:AlternateContent><mc:Choice Requires="x14"><si><t>` + text + `</t></si></mc:Choice><mc:Fallback>` + m + `</mc:Fallback></mc:AlternateContent>`})
		})
	},
	func(c *choices, p map[string]string) { // relationships: another type, target, id, twice, in another order
		part := []string{mutantRels, mutantTop}[c.of(2)]
		p[part] = change(c, p[part], relPattern, func(m string) string {
			target := pick(c, []string{"worksheets/sheet2.xml", "/xl/worksheets/sheet1.xml", "sharedStrings.xml", "xl/workbook.xml", "worksheets/../worksheets/sheet1.xml", "none.xml", `worksheets\sheet2.xml`})
			other := regexp.MustCompile(`Target="[^"]*"`).ReplaceAllLiteralString(m, `Target="`+target+`"`)
			foreign := regexp.MustCompile(`Type="[^"]*"`).ReplaceAllLiteralString(m, `Type="`+pick(c, mutantKinds)+`"`)
			return pick(c, []string{other, foreign, other + m, m + other, strings.ReplaceAll(foreign, `Id="`, `Id="x`) + m, m + strings.ReplaceAll(other, `Id="`, `Id="x`), strings.ReplaceAll(other, `Id="`, `Id="x`) + m, "",
				"<z:Relationship xmlns:z=\"urn:z\" " + other[len("<Relationship "):] + m, strings.Replace(m, "/>", ` TargetMode="External"/>`, 1),
				strings.Replace(m, ` Target=`, ` xmlns:z="urn:z" z:Target="worksheets/sheet2.xml" Target=`, 1)})
		})
	},
	func(c *choices, p map[string]string) { // the list of sheets
		p[mutantBook] = change(c, p[mutantBook], sheetPattern, func(m string) string {
			return pick(c, []string{strings.Replace(m, "r:id=", `z:id="rId2" r:id=`, 1), strings.Replace(m, "r:id=", "z:id=", 1), strings.Replace(m, "r:id=", "id=", 1),
				strings.ReplaceAll(m, "rId1", "rId2"), "<z:sheet" + m[len("<sheet"):] + m, m + m, "", strings.Replace(m, `name="`, `z:name="假" name="`, 1),
				strings.Replace(m, "r:id=", `xmlns:q="`+oracleRelS+`" q:id=`, 1),
				`<mc:AlternateContent><mc:Choice Requires="z"><sheet name="假" sheetId="9" r:id="rId2"/></mc:Choice><mc:Fallback>` + m + `</mc:Fallback></mc:AlternateContent>`})
		})
	},
	func(c *choices, p map[string]string) { // another space for a whole part
		part := []string{mutantSheet, mutantTexts, mutantBook}[c.of(3)]
		p[part] = strings.Replace(p[part], ` xmlns="`+oracleMain+`"`, ` xmlns="`+pick(c, []string{oracleStrict, "urn:z", oracleMain + "/", ""})+`"`, 1)
	},
	func(c *choices, p map[string]string) { // another space from a row or a cell on
		pattern := []*regexp.Regexp{regexp.MustCompile(`<row `), regexp.MustCompile(`<c `), regexp.MustCompile(`<v>`), regexp.MustCompile(`<si>`), regexp.MustCompile(`<t>`)}[c.of(5)]
		part := []string{mutantSheet, mutantTexts}[c.of(2)]
		p[part] = change(c, p[part], pattern, func(m string) string {
			return m[:len(m)-1] + ` xmlns="` + pick(c, []string{oracleStrict, "urn:z", "", oracleMain}) + `"` + m[len(m)-1:]
		})
	},
}

// mutant makes a mutant by choices.
func mutant(c choices) []byte {
	parts := original()
	for range 1 + c.of(3) {
		mutations[c.of(len(mutations))](&c, parts)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	var names []string
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name})
		if err == nil {
			_, err = f.Write([]byte(parts[name]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// differs tells in what our reading of a workbook differs from that of the oracle, "" where
// it does not, and whether we read it at all.
func differs(data []byte) (difference string, read bool) {
	wb, err := xlsx.Open(data)
	if err != nil {
		return "", false
	}
	ours := make([]oracleSheet, len(wb.Sheets()))
	for i, s := range wb.Sheets() {
		g, err := wb.Grid(i)
		if err != nil {
			return "", false
		}
		ours[i] = oracleSheet{s.Name, map[string]oracleCell{}}
		for _, c := range g.Cells() {
			cell := oracleCell{kind: c.Kind.String(), text: c.Text, formula: c.Formula, hasFormula: c.HasFormula}
			if c.Kind == xlsx.Number || c.Kind == xlsx.Bool {
				cell.number = c.Value
			}
			if c.Kind == xlsx.Number {
				cell.text = ""
			}
			ours[i].cells[fmt.Sprintf("%d/%d", c.Row, c.Col)] = cell
		}
	}
	theirs, err := oracleRead(data)
	if err != nil {
		return fmt.Sprintf("we read %v, the oracle: %v", ours, err), true
	}
	if len(ours) != len(theirs) {
		return fmt.Sprintf("we read %v, the oracle %v", ours, theirs), true
	}
	for i, o := range ours {
		if o.name != theirs[i].name || len(o.cells) != len(theirs[i].cells) {
			return fmt.Sprintf("we read %v, the oracle %v", o, theirs[i]), true
		}
		for key, cell := range o.cells {
			their := theirs[i].cells[key]
			if their.hasFormula && their.formula == "" { // of a kind that the oracle leaves
				cell.formula = ""
			}
			if cell != their {
				return fmt.Sprintf("%s: we read %+v, the oracle %+v", key, cell, their), true
			}
		}
	}
	return "", true
}

func reportDifference(t *testing.T, data []byte, difference string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	was := original()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		_, _ = b.ReadFrom(r)
		if b.String() != was[f.Name] {
			difference += "\n" + f.Name + ": " + b.String()
		}
	}
	t.Error(difference)
}

// TestDifferential compares our reading of mutants with that of the oracle: each is read
// alike, or refused. ZIPING_THOROUGH=1 makes a hundred thousand.
func TestDifferential(t *testing.T) {
	if difference, read := differs(mutant(choices{0, 8, 0, 9})); difference != "" || !read {
		t.Fatalf("a mutant that is right: %s (read: %t)", difference, read)
	}
	n := 4_000
	if os.Getenv("ZIPING_THOROUGH") != "" {
		n = 100_000
	}
	r := rand.New(rand.NewPCG(12, 2026))
	read, failed := 0, 0
	for range n {
		c := make(choices, 24)
		for i := range c {
			c[i] = byte(r.Uint32())
		}
		data := mutant(c)
		difference, ok := differs(data)
		if ok {
			read++
		}
		if difference != "" {
			if reportDifference(t, data, difference); failed == 20 {
				t.FailNow()
			}
			failed++
		}
	}
	t.Logf("of %d mutants %d are read, all alike but for %d", n, read, failed)
	if read < n/4 {
		t.Errorf("only %d of %d mutants are read: the comparison says little", read, n)
	}
}

// FuzzDifferential is TestDifferential for mutants that the fuzzer makes.
func FuzzDifferential(f *testing.F) {
	for i := range mutations {
		f.Add([]byte{0, byte(i), 1, 2, 3, 4, 5, 6})
	}
	f.Fuzz(func(t *testing.T, c []byte) {
		data := mutant(c)
		if difference, _ := differs(data); difference != "" {
			reportDifference(t, data, difference)
		}
	})
}
