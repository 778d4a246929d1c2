package template

import (
	"encoding/xml"
	"fmt"
	"strings"

	"ziping/sheet/issued"
)

// corePart is the part of a workbook with its properties, which excelize keeps
// under this name.
const corePart = "docProps/core.xml"

// properties returns the properties of a workbook: whose it is, and that ziping
// issued it. What excelize writes of them, exceljs can't read: it wants the
// prefix cp, and no empty elements without it.
func (d *drawing) properties() []byte {
	t := d.plan.table
	var b strings.Builder
	b.WriteString(xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, p := range []struct{ name, text string }{
		{"title", t.Project.Value}, {"subject", d.layout.Title}, {"creator", t.Department.Value}, {"description", issued.Mark}, {"language", "zh-CN"},
	} {
		var text strings.Builder
		_ = xml.EscapeText(&text, []byte(p.text)) // a Builder does not fail
		fmt.Fprintf(&b, "<dc:%s>%s</dc:%[1]s>", p.name, text.String())
	}
	b.WriteString(`</cp:coreProperties>`)
	return []byte(b.String())
}
