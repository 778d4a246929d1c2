package examples

import (
	"os"
	"testing"

	"ziping/template/list"
)

// The project list is one that an office has filled in: departments merged over
// their projects, a text number, a sum; one project's indicators are left to it.
func TestList(t *testing.T) {
	const file = "list/项目清单.xlsx"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list, err := list.Read([]list.File{{Name: file, Data: data}})
	if err != nil {
		t.Fatal(err)
	}
	departments, indicators := map[string]int{}, 0
	for _, p := range list.Projects {
		departments[p.Department.Value]++
		indicators += len(p.Indicators)
	}
	if len(list.Projects) != 7 || len(departments) != 3 || departments["市教育局"] != 3 || indicators != 26 || len(list.Notices) != 1 {
		t.Errorf("%d projects, %v, %d indicators, %q", len(list.Projects), departments, indicators, list.Notices)
	}
}
