package xlsx

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ziping/sheet/opc"
)

// Each limit is reached by a workbook that is just over it, and not by the one
// that is just under it.
func TestLimits(t *testing.T) {
	sst := file{"xl/sharedStrings.xml", `<sst` + mainNS + `><si><t>一二</t></si><si><t>三四</t></si></sst>`}
	styles := file{"xl/styles.xml", `<styleSheet` + mainNS + `><numFmts><numFmt numFmtId="1" formatCode="0"/><numFmt numFmtId="2" formatCode="0"/></numFmts><cellXfs><xf/><xf/></cellXfs></styleSheet>`}
	two := worksheet(`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>`)
	rich := worksheet(`<row><c t="inlineStr"><is><r><t>一二</t></r><r><t>三四</t></r></is></c></row>`)
	for _, tt := range []struct {
		name        string
		sheet       string
		under, over Limits
		want        string
	}{
		{"parts", two, Limits{Limits: opc.Limits{Parts: 6}}, Limits{Limits: opc.Limits{Parts: 5}}, "工作簿中的文件超过 5 个，超出读取上限"},
		{"part size", two, Limits{Limits: opc.Limits{PartSize: 1 << 20}}, Limits{Limits: opc.Limits{PartSize: 100}}, "部件解压后超过 100 字节，超出读取上限"},
		{"total size", two, Limits{Limits: opc.Limits{TotalSize: 1 << 20}}, Limits{Limits: opc.Limits{TotalSize: 1 << 10}}, "工作簿解压后超过 1 KiB，超出读取上限"},
		{"cells", two, Limits{Cells: 2}, Limits{Cells: 1}, "非空单元格超过 1 个，超出读取上限"},
		{"merges", `<worksheet` + mainNS + `><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells></worksheet>`, Limits{Merges: 2}, Limits{Merges: 1}, "合并区域超过 1 个，超出读取上限"},
		{"strings", two, Limits{Strings: 2}, Limits{Strings: 1}, "共享字符串超过 1 个，超出读取上限"},
		{"string length", two, Limits{Limits: opc.Limits{StringLen: 6}}, Limits{Limits: opc.Limits{StringLen: 5}}, "一段文字超过 5 字节，超出读取上限"},
		{"length of runs", rich, Limits{Limits: opc.Limits{StringLen: 12}}, Limits{Limits: opc.Limits{StringLen: 11}}, "一段文字超过 11 字节，超出读取上限"},
		{"length of a formula", worksheet(`<row><c><f>SUM(B1)</f></c></row>`), Limits{Limits: opc.Limits{StringLen: 7}}, Limits{Limits: opc.Limits{StringLen: 6}}, "一段文字超过 6 字节，超出读取上限"},
		{"text of shared strings", two, Limits{TextSize: 12}, Limits{TextSize: 11}, "共享字符串合计超过 11 字节，超出读取上限"},
		{"text of a sheet", rich, Limits{TextSize: 12}, Limits{TextSize: 11}, "工作表的文字合计超过 11 字节，超出读取上限"},
		{"text of numbers", worksheet(`<row><c><v>123</v></c><c><v>456</v></c></row>`), Limits{TextSize: 6}, Limits{TextSize: 5}, "工作表的文字合计超过 5 字节，超出读取上限"},
		{"styles", two, Limits{Styles: 2}, Limits{Styles: 1}, "超过 1 种，超出读取上限"},
		{"depth", two, Limits{Limits: opc.Limits{Depth: 5}}, Limits{Limits: opc.Limits{Depth: 4}}, "元素嵌套超过 4 层，超出读取上限"},
		{"relations", two, Limits{Limits: opc.Limits{Parts: 6}}, Limits{Limits: opc.Limits{Parts: 2, TotalSize: 1 << 20}}, "超过 2 "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data := pack(t, smallest(tt.sheet, sst, styles))
			if _, err := readFirst(data, tt.under); err != nil {
				t.Errorf("under: %v", err)
			}
			_, err := readFirst(data, tt.over)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("over: %v, want %q", err, tt.want)
			}
			var limit *LimitError
			if !errors.As(err, &limit) {
				t.Fatalf("%T", err)
			}
			raised := tt.over
			if v := tt.over.value(limit.Name) * 20; !raised.Set(limit.Name, v) || raised.value(limit.Name) != v {
				t.Errorf("no limit %q to raise", limit.Name)
			}
			if _, err := readFirst(data, raised); err != nil {
				t.Errorf("raised: %v", err)
			}
		})
	}
}

// value returns the limit with a name.
func (l Limits) value(name string) int64 {
	return reflect.ValueOf(l).FieldByIndex(limitFields[slices.Index(LimitNames(), name)].Index).Int()
}

func TestNoSuchLimit(t *testing.T) {
	if l := (Limits{}); l.Set("", 1) || l.Set("Cells", 1) || l != (Limits{}) {
		t.Errorf("set %v", l)
	}
}

func TestLimitsOfLists(t *testing.T) {
	var sheets, relations strings.Builder
	for i := range 20 {
		fmt.Fprintf(&sheets, `<sheet name="表%d" r:id="rId1"/>`, i)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="`+relType+`worksheet" Target="y"/>`, i)
	}
	for want, part := range map[string]file{
		"工作表超过 10 张":   {"xl/workbook.xml", `<workbook` + mainNS + ` xmlns:r="` + officeNS + `"><sheets>` + sheets.String() + `</sheets></workbook>`},
		"部件的关系超过 10 条": {"xl/_rels/workbook.xml.rels", `<Relationships` + relsNS + `>` + relations.String() + `</Relationships>`},
	} {
		_, err := readFirst(pack(t, smallest(worksheet(``), part)), Limits{Limits: opc.Limits{Parts: 10}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// What several sheets hold counts together, and each sheet once.
func TestLimitsOfSheets(t *testing.T) {
	rels := strings.Replace(bookRels, `</Relationships>`, `<Relationship Id="rId77" Type="`+relType+`worksheet" Target="worksheets/other.xml"/></Relationships>`, 1)
	files := smallest(worksheet(`<row><c><v>1</v></c><c><v>2</v></c></row>`), file{"xl/_rels/workbook.xml.rels", rels},
		file{"xl/worksheets/other.xml", worksheet(`<row><c><v>3</v></c></row>`)})
	for i := range files {
		files[i].content = strings.Replace(files[i].content, `</sheets>`, `<sheet name="另一张" r:id="rId77"/></sheets>`, 1)
	}
	for most, fails := range map[int64]bool{3: false, 2: true} {
		w, err := OpenLimits(pack(t, files), Limits{Cells: most})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := w.Grid(0); err != nil {
				t.Error(err)
			}
			if _, err := w.Grid(1); (err != nil) != fails {
				t.Errorf("of %d cells: %v", most, err)
			}
		}
	}
}

func TestSizeLimit(t *testing.T) {
	data := pack(t, smallest(worksheet(``)))
	if _, err := OpenLimits(data, Limits{Limits: opc.Limits{Size: int64(len(data))}}); err != nil {
		t.Error(err)
	}
	var limit *LimitError
	if _, err := OpenLimits(data, Limits{Limits: opc.Limits{Size: int64(len(data)) - 1}}); !errors.As(err, &limit) || limit.Name != "size" {
		t.Error(err)
	}
}
