package book

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Properties is what a workbook says of itself.
type Properties struct{ Title, Subject, Creator, Description string }

// PropertiesPart is the part with the properties, which excelize keeps under this name.
const PropertiesPart = "docProps/core.xml"

// Set gives a workbook the properties.
func (p Properties) Set(f *excelize.File) { f.Pkg.Store(PropertiesPart, p.XML()) }

// XML returns the PropertiesPart. What excelize writes, exceljs can't read: it wants
// the prefix cp, and no empty elements without it. There are no dates: what is the
// same is the same bytes.
func (p Properties) XML() []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, x := range []struct{ name, text string }{
		{"title", p.Title}, {"subject", p.Subject}, {"creator", p.Creator}, {"description", p.Description}, {"language", "zh-CN"},
	} {
		if x.text == "" {
			continue
		}
		fmt.Fprintf(&b, "<dc:%s>", x.name)
		_ = xml.EscapeText(&b, []byte(x.text)) // a Builder does not fail
		fmt.Fprintf(&b, "</dc:%s>", x.name)
	}
	b.WriteString(`</cp:coreProperties>`)
	return []byte(b.String())
}
