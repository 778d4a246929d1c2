package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"ziping/sheet"
	"ziping/sheet/quantity"
)

// Severity is how sure and how grave a finding is.
type Severity string

// The severities, gravest first.
const (
	Error   Severity = "error"   // 错误: the form contradicts itself or the rules of scoring
	Warning Severity = "warning" // 疑点: a reviewer would ask
	Info    Severity = "info"    // 提示: worth a look
)

// Severities lists them, gravest first.
var Severities = []Severity{Error, Warning, Info}

// Label returns what a form's readers call the severity: 错误, 疑点, 提示.
func (s Severity) Label() string {
	return map[Severity]string{Error: "错误", Warning: "疑点", Info: "提示"}[s]
}

// rank orders severities: 0 is the gravest.
func (s Severity) rank() int {
	for i, o := range Severities {
		if s == o {
			return i
		}
	}
	return len(Severities)
}

// AtLeast reports whether s is as grave as o.
func (s Severity) AtLeast(o Severity) bool { return s.rank() <= o.rank() }

// Finding is one thing that a rule found in a table.
type Finding struct {
	Rule     string     `json:"rule"`
	Severity Severity   `json:"severity"`
	Cell     string     `json:"cell"` // "G13"; empty where the form has none for it
	Field    sheet.Path `json:"field"`
	Message  string     `json:"message"` // in Chinese, for the department
	Value    string     `json:"value"`   // as typed
	Suggest  any        `json:"suggest"` // what should stand there: a number or a text; nil when that is a person's to say
	Basis    string     `json:"basis"`   // the source of the rule

	Shown bool `json:"shown,omitempty"` // 填报检查 said so when the workbook was saved
}

// sameRule reports whether two findings are about one rule, not about the form.
func (f Finding) sameRule(o Finding) bool {
	return f.Rule == o.Rule && f.Cell == o.Cell && f.Field == o.Field
}

// Sorted sorts findings by cell, row by row; what has no cell comes first, the
// graver before the less grave.
func Sorted(list []Finding) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		ac, ar, _ := excelize.CellNameToCoordinates(a.Cell)
		bc, br, _ := excelize.CellNameToCoordinates(b.Cell)
		return cmp.Or(cmp.Compare(ar, br), cmp.Compare(ac, bc), cmp.Compare(a.Severity.rank(), b.Severity.rank()), strings.Compare(a.Rule, b.Rule))
	})
	return list
}

// show returns a value of an expression as text.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return "（空）"
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		if !finite(v) {
			return "（无法计算）"
		}
		return quantity.FormatNumber(quantity.Round(v, 12))
	case bool:
		if v {
			return "是"
		}
		return "否"
	}
	return fmt.Sprint(v)
}
