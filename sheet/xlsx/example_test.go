package xlsx_test

import (
	"fmt"
	"os"

	"ziping/sheet/xlsx"
)

func Example() {
	data, err := os.ReadFile("testdata/libreoffice.xlsx")
	if err != nil {
		fmt.Println(err)
		return
	}
	book, err := xlsx.Open(data)
	if err != nil {
		fmt.Println("testdata/libreoffice.xlsx：" + err.Error())
		return
	}
	for i, sheet := range book.Sheets() {
		if sheet.State != xlsx.Visible {
			continue
		}
		grid, err := book.Grid(i)
		if err != nil {
			fmt.Println("testdata/libreoffice.xlsx：" + err.Error())
			continue
		}
		for _, c := range grid.Cells() {
			area, merged := grid.Merge(c.Row, c.Col)
			switch {
			case merged:
				fmt.Printf("%s %q\n", area, c.Text)
			case c.HasFormula && c.Percent:
				fmt.Printf("%s %s = %s\n", xlsx.Ref(c.Row, c.Col), c.Formula, c.Text)
			}
		}
	}
	// Output:
	// A1:F1 "财政项目支出绩效自评表\n（2021 年度）"
	// B2:F2 "未来公园 <展厅> & 运营"
	// D3 C3/B3 = 99.88%
}
