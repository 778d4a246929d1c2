package quantity

import "strings"

// deadline reads a day or a period to the end of s.
func (p parser) deadline(s string, c claim) (Quantity, bool) {
	if c.hard && c.op != Le && c.op != Eq || c.approx != Precise || c.change != NoChange || c.percent {
		return Quantity{}, false
	}
	span, rest, ok := p.scanSpan(s)
	if !ok {
		return Quantity{}, false
	}
	rest, before := cutAnyPrefix(rest, beforeWords)
	if !before {
		rest, _ = cutAnyPrefix(rest, withinWords)
	}
	if !isDone(rest) {
		return Quantity{}, false
	}
	q := Quantity{Kind: KindDeadline, From: span.from, To: span.to, Before: before && !span.point}
	switch {
	case p.actual && (before || c.op.down()):
		q.From = dayAt(span.to.Year(), 1, 1)
	case p.actual && !span.last.IsZero():
		q.From = span.last
	}
	return q, true
}

var (
	beforeWords = strings.Fields("之前 以前 前 为止 止")
	withinWords = strings.Fields("期间 以内 之内 内 间")
	midnights   = []string{" 00:00:00", " 00:00", " 0:00:00", " 0:00"} // a spreadsheet's date as text has them

	// doneWords say behind a date or a percentage that it was, or is to be, done by
	// then, or to that degree: 12月底前|完成, 100%|到位. A start is not an end:
	// 启动 and 开工 are not among them. doneThings only follow (2021年度工作 is no
	// date).
	doneWords = strings.Fields("已 均 全部 按时 按期 及时 如期 顺利 全面 提前 正式 完成 完工 完毕 竣工 建成 交付 验收 通过 结束 结项 办结 上线 投用 投入 " +
		"发放 到位 印发 发布 拨付 支付 送达 召开 举办 举行 达标 合格 覆盖 满意 了")
	doneThings = strings.Fields("使用 建设 工作 任务 采购 安装 调试 验收")
)

// isDone reports whether s is nothing but doneWords and what they are done to.
func isDone(s string) bool {
	for start := true; s != ""; start = false {
		rest, is := cutAnyPrefix(s, doneWords)
		if !is && !start {
			rest, is = cutAnyPrefix(s, doneThings)
		}
		if !is {
			return false
		}
		s = rest
	}
	return true
}
