package list

import (
	"slices"
	"strings"
	"testing"

	"ziping/sheet"
)

// Every label of forms that names a column is one of lists too, by whatever word
// forms print it; and no word stands in both places.
func TestWordsOnce(t *testing.T) {
	for _, section := range []sheet.Section{sheet.Anywhere, sheet.InHead} {
		vocabulary := sheet.Forms()[0]
		for _, label := range vocabulary.Labels(section) {
			if !slices.Contains(slices.Concat(words().Columns.Project, words().Columns.Amount, words().Columns.Indicator), label) {
				continue
			}
			for _, name := range vocabulary.Words(section, label) {
				if strings.Contains(name, "*") {
					continue
				}
				if got := columnLabel(name); got != label {
					t.Errorf("the column %s is %q, forms know it as %s", name, got, label)
				}
			}
		}
	}
	for name, label := range otherNames() {
		if l := sheet.InHead.Label(name); l == label {
			t.Errorf("%s stands in sheet/forms too", name)
		}
		if l := sheet.Label(name); l == label {
			t.Errorf("%s stands in sheet/forms too", name)
		}
		if columnLabel(name) != label {
			t.Errorf("%s is not %s", name, label)
		}
	}
	for _, list := range [][]string{words().Columns.Project, words().Columns.Amount, words().Columns.Source, words().Columns.Indicator, words().Columns.Beside, words().Columns.Returned} {
		for _, label := range list {
			if columnLabel(label) != label {
				t.Errorf("the column %s is %q", label, columnLabel(label))
			}
		}
	}
}

// What only forms called so far is a column of lists.
func TestColumnsOfForms(t *testing.T) {
	for name, want := range map[string]string{
		"填报单位": "实施单位", "使用单位": "实施单位", "部门名称": "主管部门", "满分": "分值", "预期值": "年度指标值", "所属项目": "项目名称", "绩效目标": "预期目标",
	} {
		if got := columnLabel(name); got != want {
			t.Errorf("%s is %q, want %s", name, got, want)
		}
	}
	for _, name := range []string{"调整预算", "全年预算", "预算调整数"} {
		if _, amount := splitMoney(name); amount != "全年预算数" {
			t.Errorf("%s is the amount %q", name, amount)
		}
	}
}

func TestNoEmptyWords(t *testing.T) {
	if strings.Contains(oneOf(words().Signature.Of, words().Signature.Does, words().Note.Like, words().Title.Words), "||") || len(words().Vague) < 2 || len(words().Sum.Ends) == 0 {
		t.Error("words.toml has empty words, or lacks some")
	}
}
