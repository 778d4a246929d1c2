package xlsx

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet/opc"
)

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"甲":                        "甲",
		"a\r\nb\rc\n\rd\r\r\ne\r":  "a\nb\nc\n\nd\n\ne\n",
		"a_x000D_\nb":              "a\nb",
		"a_x000D__x000A_b":         "a\nb",
		"_x0041_":                  "A",
		"_x4e2D_":                  "中",
		"_x005F_x0041_":            "_x0041_",
		"_x005F_":                  "_",
		"__x0041__":                "_A_",
		"_x0041":                   "_x0041",
		"_x00G1_":                  "_x00G1_",
		"_X0041_":                  "_X0041_",
		"_x041_":                   "_x041_",
		"_xD83D__xDE00_":           "😀",
		"_xD83D_x":                 "\uFFFDx",
		"_xDE00__xD83D_":           "\uFFFD\uFFFD",
		"_xD83D__x0041_":           "\uFFFDA",
		"x_y_z":                    "x_y_z",
		"  keep  \t":               "  keep  \t",
		"_xlfn.CONCAT(A1,\"_x\")":  "_xlfn.CONCAT(A1,\"_x\")",
		"_x0009_tab_x0001_control": "\ttab\x01control",
	} {
		if got := new(texts).plain([]byte(in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestSharedStrings(t *testing.T) {
	part := file{"xl/sharedStrings.xml", `<x:sst xmlns:x="` + opc.SpreadsheetURI + `" count="9">` +
		`<x:si><x:t>计划</x:t></x:si>` +
		`<x:si><x:t xml:space="preserve"> 前后 </x:t></x:si>` +
		`<x:si><x:r><x:rPr><x:b/><x:t>no</x:t></x:rPr><x:t>产出</x:t></x:r><x:r><x:t xml:space="preserve"> 指标</x:t></x:r>` +
		`<x:rPh sb="0" eb="1"><x:t>chan chu</x:t></x:rPh><x:phoneticPr fontId="1"/></x:si>` +
		`<x:other><x:t>no</x:t></x:other>` +
		`<x:si/>` +
		`<x:si><x:t>a&amp;b_x000D_` + "\n" + `c&#13;d</x:t></x:si>` +
		`<x:extLst><x:si><x:t>no</x:t></x:si></x:extLst></x:sst>`}
	w, err := Open(pack(t, smallest(worksheet(``), part)))
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := w.readSharedStrings(part.name)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"计划", " 前后 ", "产出 指标", "", "a&b\nc\nd"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A workbook without shared strings that need them is not read for them.
func TestSharedPartsAreLazy(t *testing.T) {
	broken := file{"xl/sharedStrings.xml", "<sst" + mainNS + ">"}
	sheet := worksheet(`<row><c><v>1</v></c></row>`)
	if g := mustRead(t, pack(t, smallest(sheet, broken))); g.Cells()[0].Value != 1 {
		t.Error(g.Cells())
	}
	if g := mustRead(t, pack(t, smallest(worksheet(``), broken, file{"xl/styles.xml", "<"}))); len(g.Cells()) != 0 {
		t.Error(g.Cells())
	}
	_, err := readFirst(pack(t, smallest(worksheet(`<row><c t="s"><v>0</v></c></row>`), broken)), Limits{})
	if err == nil || !strings.Contains(err.Error(), "xl/sharedStrings.xml：内容不完整") {
		t.Error(err)
	}
}
