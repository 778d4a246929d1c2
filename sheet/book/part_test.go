package book

import (
	"bytes"
	"testing"
)

// What excelize writes becomes what every program reads, in whatever pieces it
// comes.
func TestPartText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"booleans", `<row r="1" customHeight="true" hidden="false"></row>`, `<row r="1" customHeight="1" hidden="0"></row>`},
		{"texts", `<sheet name="true"></sheet><dataValidation promptTitle="false" allowBlank="true">`, `<sheet name="true"></sheet><dataValidation promptTitle="false" allowBlank="1">`},
		{"contents", `<t>"true" ="true"</t>`, `<t>"true" ="true"</t>`},
		{"dimension", `<sheetPr></sheetPr><dimension ref="A1"></dimension><sheetData>`, `<sheetPr></sheetPr><sheetData>`},
		{"relationships", `<drawing xmlns:relationships="http://x" relationships:id="rId1"></drawing>`, `<drawing xmlns:r="http://x" r:id="rId1"></drawing>`},
		{"axis of values", `<valAx><auto val="1"></auto><lblOffset val="100"></lblOffset><crossBetween val="midCat"></crossBetween></valAx>`, `<valAx><crossBetween val="midCat"></crossBetween></valAx>`},
		{"axis of categories", `<catAx><auto val="1"></auto></catAx>`, `<catAx><auto val="1"></auto></catAx>`},
		{"formula", `<c r="B2" s="3" t="str"><f>A1</f><v>1.50</v></c>`, `<c r="B2" s="3"><f>A1</f><v>1.5</v></c>`},
		{"formula without a value", `<c r="B2"><f>A1</f></c>`, `<c r="B2"><f>A1</f><v>1.5</v></c>`},
		{"no formula", `<c r="B2" t="s"><v>1</v></c>`, `<c r="B2" t="s"><v>1</v></c>`},
		{"another cell", `<c r="B3" t="str"><f>A1</f><v>x</v></c>`, `<c r="B3" t="str"><f>A1</f><v>x</v></c>`},
		{"after a formula", `<c r="B2"><f>A1</f></c><c r="C2"><v>7</v></c>`, `<c r="B2"><f>A1</f><v>1.5</v></c><c r="C2"><v>7</v></c>`},
	} {
		for _, piece := range []int{1, 3, len(c.in)} {
			var b bytes.Buffer
			p := &partText{w: &b, values: map[string]float64{"B2": 1.5}}
			for rest := []byte(c.in); len(rest) > 0; {
				n := min(piece, len(rest))
				if _, err := p.Write(rest[:n]); err != nil {
					t.Fatal(err)
				}
				rest = rest[n:]
			}
			if b.String() != c.want {
				t.Errorf("%s, %d bytes at once: %s, want %s", c.name, piece, &b, c.want)
			}
		}
	}
}
