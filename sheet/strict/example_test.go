package strict_test

import (
	"errors"
	"fmt"

	"ziping/sheet/strict"
)

func ExampleUnmarshal() {
	var form struct {
		Year  int `toml:"年度,required"`
		Funds []struct {
			Source string              `toml:"资金来源"`
			Budget strict.At[*float64] `toml:"全年预算数"`
		} `toml:"项目资金"`
	}
	err := strict.Unmarshal("项目.toml", []byte(`"年渡" = 2021
[["项目资金"]]
"资金来源" = "年度资金总额"
"全年预算数" = "1121.92"
`), &form)
	var mistakes strict.Errors
	if errors.As(err, &mistakes) {
		for _, mistake := range mistakes {
			fmt.Println(mistake.Picture())
		}
	}
	// Output:
	// 项目.toml:1:1: 没有“年渡”这一项，是否应为“年度”？
	// 1 | "年渡" = 2021
	//   | ^
	// 项目.toml:4:11: “全年预算数”应为数字，不带引号；这里是文字 "1121.92"
	// 4 | "全年预算数" = "1121.92"
	//   |                ^
}

// A later check reports with the position that a value keeps.
func ExampleErrorf() {
	var form struct {
		Budget strict.At[float64] `toml:"全年预算数"`
	}
	src := []byte("\"全年预算数\" = -1\n")
	if err := strict.Unmarshal("项目.toml", src, &form); err != nil {
		fmt.Println(err)
	}
	if form.Budget.Value < 0 {
		fmt.Println(strict.Errorf("项目.toml", src, form.Budget.Pos, "预算数不能为负"))
	}
	// Output:
	// 项目.toml:1:11: 预算数不能为负
}
