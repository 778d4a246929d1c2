package book

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"ziping/sheet"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// Texts are the texts of a workbook that is written without excelize: the cells name
// them by their numbers, and each stands there once.
type Texts struct {
	numbers map[string]int
	xml     []byte
}

// Add returns the number of a text, a text whatever it looks like.
func (t *Texts) Add(text string) (int, error) {
	if n, ok := t.numbers[text]; ok {
		return n, nil
	}
	if err := sheet.CheckText(text); err != nil {
		return 0, err
	}
	if t.numbers == nil {
		const usual = 100 // texts, of a form
		t.numbers, t.xml = make(map[string]int, usual), make([]byte, 0, 128*usual)
	}
	t.numbers[text] = len(t.numbers)
	space := ""
	if strings.Trim(text, " \t\n") != text {
		space = ` xml:space="preserve"`
	}
	t.xml = append(append(append(t.xml, "<si><t"...), space...), '>')
	t.xml = append(t.xml, opc.Escape(xlsx.Escape(text))...)
	t.xml = append(t.xml, "</t></si>"...)
	return len(t.numbers) - 1, nil
}

// XML returns the part of the texts.
func (t *Texts) XML() []byte {
	head := fmt.Sprintf(`%s<sst xmlns="%s" count="%d" uniqueCount="%[3]d">`, xml.Header, opc.SpreadsheetURI, len(t.numbers))
	return slices.Concat([]byte(head), t.xml, []byte("</sst>"))
}
