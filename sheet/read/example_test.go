package read_test

import (
	"fmt"
	"os"

	"ziping/sheet/read"
)

func ExampleForms() {
	data, err := os.ReadFile("../../examples/returned/未来公园展厅运营经费.xlsx")
	if err != nil {
		panic(err)
	}
	found, err := read.Forms(data)
	if err != nil {
		panic(err)
	}
	for _, f := range found {
		whole, first := &f.Table.Funds[0], &f.Table.Indicators[0]
		fmt.Printf("%s：%s，执行率 %.2f%%\n", f.Sheet, f.Table.Project.Value, whole.Rate.Value*100)
		fmt.Printf("%s：%s 完成 %s，得分 %g（单元格 %s）\n", first.Level3.Value, first.Target.Value, first.Actual.Value, first.Score.Value, first.Score.Ref)
	}
	// Output:
	// Sheet1：未来公园展厅运营经费，执行率 99.88%
	// 计划接待参观团组总数：=400 场 完成 182 场，得分 18（单元格 H13）
}
