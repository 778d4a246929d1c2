package template

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ziping/sheet"
)

// What has no cell in the layout is left out of the form and said; what could not
// be drawn is refused.
func TestFit(t *testing.T) {
	d := drawer(t, "shanghai", "")
	p := project()
	p.Code, p.Phone = sheet.T("310-1"), sheet.T("021-1")
	fitted, without, err := d.Fit(p)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"项目编码", "联系电话"}, without); diff != "" {
		t.Error(diff)
	}
	if _, err := d.Draw(fitted); err != nil {
		t.Error(err)
	}
	if p.Code.Value != "310-1" {
		t.Error("Fit has changed the project")
	}
	p.Funds[0].Source = sheet.T("债券")
	if _, _, err := d.Fit(p); err == nil || !strings.Contains(err.Error(), "债券") {
		t.Errorf("a 资金来源 without a row: %v", err)
	}
}
