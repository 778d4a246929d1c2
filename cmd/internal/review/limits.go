package review

import (
	"fmt"
	"strconv"
	"strings"

	"ziping/sheet/xlsx"
)

// ParseLimits reads limits as cells=2000000.
func ParseLimits(list []string) (limits xlsx.Limits, err error) {
	for _, text := range list {
		name, value, _ := strings.Cut(text, "=")
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 1 {
			return limits, fmt.Errorf("读取上限应写成 名称=数，如 cells=2000000；这里是“%s”", text)
		}
		if !limits.Set(name, n) {
			return limits, fmt.Errorf("没有“%s”这个上限，应为 %s 之一", name, strings.Join(xlsx.LimitNames(), "、"))
		}
	}
	return limits, nil
}
