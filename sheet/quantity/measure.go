package quantity

import "strings"

// measure is a known unit.
type measure struct {
	name   string // the name under which it compares: 平方米 for ㎡
	counts bool   // a counting word that may take a noun: 家企业
	spoken bool   // may follow a Chinese numeral: 三次, but not 三级
}

// measures are the known units by every name.
var measures = func() map[string]measure {
	index := map[string]measure{}
	for _, list := range measureLists {
		for _, entry := range strings.Fields(list.names) {
			names := strings.Split(entry, "=")
			for _, name := range names {
				index[name] = measure{names[0], list.counts, list.spoken}
			}
		}
	}
	return index
}()

// measureLists are the known units. In a list, a unit's other names follow it
// behind "="; a unit that stands in two lists is of the later one's kind (名 may
// take a noun, 人 may not).
var measureLists = []struct {
	counts, spoken bool
	names          string
}{
	{true, true, "个 家 人=名=位 户 场=场次 次 项 件 份 篇 台 套 条 座 辆 艘 架 支 只 头 匹 棵 株 张 本 册 部 幅 块 片 根 批=批次 宗 起 例 笔 处 所 间 栋=幢 " +
		"组 队 班 门 节 轮 趟 种 款 盏 颗 口 眼 段 枚 对 副 包 箱 袋 瓶 盒 桶 床 桌 站 堂 封 扇 尊 樘 孔 卷 首 档 列"},
	{false, true, "人 人次 人天=人日 人月 户次 家次 车次 班次 台次 件次 条次 页次 篇次 份次 课时 学时 天=日 周=星期 个月=月 年 个季度 小时=个小时=h 分钟 秒 分 " +
		"工作日=个工作日 元 公斤=千克=kg=㎏ 克=g 斤 吨=t 公里=千米=km=㎞ 里 米=m 厘米=cm 毫米=mm 平方米=平米=平方=㎡=m²=m2 平方公里=平方千米=km²=km2 公顷 亩 " +
		"立方米=方=立方=㎥=m³=m3 升=L 毫升=ml 个百分点=百分点 倍 期 页 标箱 台套 席 点位"},
	{false, false, "级 层 届 类 度 等 号 代 星 版 型 线 楼 字 岁 时 季 季度 年度 月份 村 镇 乡 县 市 区 校 车 课 街道 分贝=dB 摄氏度=℃ 瓦=W 千瓦=kW 兆瓦=MW " +
		"千瓦时=kWh 伏=V 千伏=kV s mg"},
}

// sameUnit reports whether a and b measure the same thing: the same unit by any of
// its names, or a counting word with and without its noun (家, 家企业).
func sameUnit(a, b string) bool {
	a, b = plainUnit(a), plainUnit(b)
	if a == b || strings.EqualFold(a, b) {
		return true
	}
	if outer, inner, is := strings.Cut(a, "("); is { // 场(次) is said of either, and of both
		inner = strings.TrimSuffix(inner, ")")
		return sameUnit(outer, b) || sameUnit(inner, b) || outer+inner == b
	}
	if strings.Contains(b, "(") {
		return sameUnit(b, a)
	}
	ma, knownA := measures[a]
	mb, knownB := measures[b]
	switch {
	case knownA && knownB:
		return ma.name == mb.name
	case knownA:
		return ma.counts && strings.HasPrefix(b, a) && isHanUnit(b)
	case knownB:
		return mb.counts && strings.HasPrefix(a, b) && isHanUnit(a)
	}
	return false
}

// plainUnit takes out of a unit what says nothing: a year, for the form is one
// year's (次/年), a dot (元/人·天), and the slash of 场/次, which is 场次.
func plainUnit(unit string) string {
	unit = strings.ReplaceAll(strings.TrimSuffix(unit, "/年"), "·", "")
	if per, ok := strings.CutSuffix(unit, "/次"); ok && isMeasure(per+"次") {
		return per + "次"
	}
	return unit
}

// UnitName returns the one name of a unit that is written in several ways: 平方米
// for ㎡, 家 for 家企业.
func UnitName(unit string) string {
	unit = plainUnit(unit)
	outer, _, _ := strings.Cut(unit, "(")
	m, known := measures[outer]
	if !known {
		m, known = measures[strings.ToLower(outer)]
	}
	if !known && isHanUnit(outer) {
		m, known = longestMeasure(outer)
	}
	if !known {
		return unit
	}
	return m.name
}
