package sheet

import (
	"strconv"
	"strings"
)

// A Path names a value of a form, or a part of it, by the labels that lead there:
// 项目名称, 年度总体目标.预期目标, 绩效指标[1].得分; 绩效指标[1], the row as a whole.
type Path struct {
	Part   string // 项目资金, 年度总体目标, 绩效指标, 总分, a list of the form's own; "" for the form itself
	Listed bool   // Part is a list, and Row says which of its rows
	Row    string // of 项目资金 the source, else the number, from 1
	Label  string // "" for the part, or the row, as a whole
}

// RowPath is the path of a row of a list, by its index.
func RowPath(list string, i int) Path {
	return Path{Part: list, Listed: true, Row: strconv.Itoa(i + 1)}
}

// FundPath is the path of a row of 项目资金.
func FundPath(source string) Path { return Path{Part: LabelFunds, Listed: true, Row: source} }

// Of is the path of a value of the part, or the row.
func (p Path) Of(label string) Path {
	p.Label = label
	return p
}

// Index is the index of the row, -1 where its path has no number.
func (p Path) Index() int {
	n, err := strconv.Atoi(p.Row)
	if !p.Listed || err != nil {
		return -1
	}
	return n - 1
}

// Column is a path without its row, as Labels names what a form prints: 绩效指标.得分.
func (p Path) Column() string { return Path{Part: p.Part, Label: p.Label}.String() }

// ColumnOf is the Column of a value of a part: 绩效指标.得分.
func ColumnOf(part, label string) string {
	if name, known := columnNames[[2]string{part, label}]; known {
		return name
	}
	return Path{Part: part, Label: label}.String()
}

// columnNames are those of the columns that any form may have.
var columnNames = func() map[[2]string]string {
	names := map[[2]string]string{}
	for _, name := range labels {
		if part, label, ok := strings.Cut(name, "."); ok {
			names[[2]string{part, label}] = name
		}
	}
	return names
}()

// String is the path as findings and files say it.
func (p Path) String() string {
	whole := p.Part
	if p.Listed {
		whole += "[" + p.Row + "]"
	}
	switch {
	case whole == "":
		return p.Label
	case p.Label == "":
		return whole
	}
	return whole + "." + p.Label
}

// ParsePath is the path that a text says. Every text is one: whether a form has the
// value, Table.At says.
func ParsePath(text string) Path {
	list, rest, listed := strings.Cut(text, "[")
	if row, whole := strings.CutSuffix(rest, "]"); listed && whole {
		return Path{list, true, row, ""}
	}
	if i := strings.LastIndex(rest, "]."); listed && i >= 0 && i+len("].") < len(rest) {
		return Path{list, true, rest[:i], rest[i+len("]."):]}
	}
	if part, label, both := strings.Cut(text, "."); both && part != "" && label != "" {
		return Path{Part: part, Label: label}
	}
	return Path{Label: text}
}

// MarshalText implements encoding.TextMarshaler.
func (p Path) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *Path) UnmarshalText(text []byte) error {
	*p = ParsePath(string(text))
	return nil
}

// At returns the value of a path, nil where the form has none.
func (t *Table) At(p Path) Value {
	part := t.part(p)
	if part == nil {
		return nil
	}
	return Lookup(part, p.Label)
}

// part returns the part or the row that a path leads into, nil where the form has none.
func (t *Table) part(p Path) any {
	i := p.Index()
	switch list := t.List(p.Part); {
	case p == Path{Label: p.Label}:
		return t
	case p.Part == LabelFunds && p.Listed:
		for i := range t.Funds {
			if t.Funds[i].Source.Value == p.Row {
				return &t.Funds[i]
			}
		}
	case p.Part == LabelIndicators && i >= 0 && i < len(t.Indicators):
		return &t.Indicators[i]
	case p.Part == LabelGoal && !p.Listed:
		return &t.Goal
	case p.Part == LabelTotal && !p.Listed:
		return &t.Total
	case list != nil && i >= 0 && i < len(list.Rows):
		return &list.Rows[i]
	}
	return nil
}
