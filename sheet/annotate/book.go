package annotate

import (
	"fmt"

	"ziping/sheet/edit"
	"ziping/sheet/opc"
	"ziping/sheet/xlsx"
)

// book is a workbook that is being annotated.
type book struct {
	*edit.Book
	limits     xlsx.Limits
	styles     *stylesheet
	protection map[string]opc.Fragment // of the sheets that have been opened, by name
}

func openBook(data []byte, limits xlsx.Limits) (*book, error) {
	b, err := edit.Open(data, limits)
	if err != nil {
		return nil, err
	}
	return &book{b, limits, &stylesheet{b.Styles, map[int]cellFill{}, map[filledStyle]int{}}, map[string]opc.Fragment{}}, nil
}

// fragment returns a fragment of a part of ours.
func fragment(format string, args ...any) opc.Fragment {
	return opc.Fragment(fmt.Sprintf(format, args...))
}
