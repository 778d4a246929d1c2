package serve

import (
	"path/filepath"
	"testing"
)

const examples = "../../../examples"

func example(t *testing.T, name ...string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(append([]string{examples}, name...)...))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestClerk(t *testing.T) {
	c := newClerk(t, Options{})
	c.shot("1-issue-empty")
	c.drop("#step-issue .drop", example(t, "list", "项目清单.xlsx"))
	c.wait(`document.querySelectorAll('#projects > li').length > 0`)
	c.shot("2-issue-list")
	c.click("#make-templates")
	c.wait(`document.querySelectorAll('#output-list li').length > 0`)
	c.shot("3-issued")
	c.step("review")
	c.shot("4-review-empty")
	c.drop("#step-review .drop", example(t, "returned"))
	c.wait(`document.querySelectorAll('#entries > li').length > 0`)
	c.shot("5-reviewed")
	c.step("summary")
	c.click("[data-make=summary]")
	c.wait(`!document.getElementById('summed').hidden`)
	c.shot("6-summary")
	c.step("rules")
	c.wait(`document.querySelectorAll('#book > li').length > 0`)
	c.shot("7-rules")
	c.quiet()
}
