package sheet

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestLabelNames holds the constants to the tags: every label of Table has one name,
// and nothing else has.
func TestLabelNames(t *testing.T) {
	var tags []string
	for _, part := range []any{Table{}, Fund{}, Goal{}, Indicator{}, Total{}} {
		for field := range reflect.TypeOf(part).Fields() {
			if label, _, _ := strings.Cut(field.Tag.Get("toml"), ","); label != "-" && !slices.Contains(tags, label) {
				tags = append(tags, label)
			}
		}
	}
	file, err := parser.ParseFile(token.NewFileSet(), "labelnames.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok {
			text, _ := strconv.Unquote(literal.Value)
			names = append(names, text)
		}
		return true
	})
	slices.Sort(tags)
	slices.Sort(names)
	if !slices.Equal(tags, names) {
		t.Errorf("tags %v\nnames %v", tags, names)
	}
}
