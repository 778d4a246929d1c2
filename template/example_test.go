package template_test

import (
	"fmt"

	"ziping/sheet"
	"ziping/sheet/read"
	"ziping/template"
)

func ExampleDrawer_Draw() {
	layout, err := template.Load("shanghai")
	if err != nil {
		panic(err)
	}
	drawer, err := template.NewDrawer(layout, "保护密码")
	if err != nil {
		panic(err)
	}
	known := &sheet.Table{Project: sheet.T("校舍维修")}
	workbook, err := drawer.Draw(known)
	if err != nil {
		panic(err)
	}
	found, err := read.Forms(workbook)
	if err != nil {
		panic(err)
	}
	fmt.Println(found[0].Sheet, found[0].Table.Project.Value, found[0].Table.Project.Ref)
	// Output: 绩效自评表 校舍维修 B3
}
