package quantity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// role says where a lead may stand.
type role int

const (
	opener role = iota // where a phrase begins: 已, 共, 完成
	link               // there, or between a label and its number: ≥, 不低于, 为
	rate               // there, or between a label and its percentage: 合格率100%
)

// lead is a word before a number.
type lead struct {
	word     string
	role     role
	op       Op
	soft     bool   // says where to get to, and nothing of a result: 达到95%
	approx   Approx // with an op: the op in a target, the approximation in an actual
	change   Change
	noun     bool // names what is counted
	target   bool // only in a target
	dateOnly bool // only before a date
}

// symbol reports whether l is written in signs, not in words.
func (l *lead) symbol() bool {
	r, _ := utf8.DecodeRuneInString(l.word)
	return !unicode.IsLetter(r)
}

// leads are the words before a number. Where two begin alike, the longer wins.
var leads = slices.Concat(
	leadsLike(lead{role: link, op: Ge}, "≥ >= => ≥= ≮ 不低于 不少于 不小于 不得低于 不得少于 不能低于 不能少于 应不低于 大于等于 大于或等于 "+
		"大于或者等于 大于、等于 高于等于 高于或等于 多于等于 多于或等于 至少 最少 最低 达到或超过 未低于"),
	leadsLike(lead{role: link, op: Ge, soft: true}, "达到 达 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 增至 升至 上升到 上升至 扩大到 扩大至"),
	leadsLike(lead{role: link, op: Le}, "≤ <= =< ≤= ≯ 不超过 不超 不超出 不高于 不大于 不多于 不得超过 不得高于 不得多于 不能超过 小于等于 小于或等于 "+
		"小于或者等于 小于、等于 低于等于 低于或等于 少于等于 少于或等于 最多 最高 至多 未超过 未超 没有超过 没超过 未超出 未高于 不突破"),
	leadsLike(lead{role: link, op: Le, soft: true}, "控制在 控制到 控制为 降至 降到 降为 下降到 下降至 降低到 降低至 减少到 减少至 减至 减到 缩减至 精简至 压缩为 压减到 压减至 压降到 "+
		"压降至 缩短到 缩短至 压缩到 压缩至"),
	leadsLike(lead{role: link, op: Gt}, "> 大于 高于 多于"),
	leadsLike(lead{role: link, op: Gt, approx: Above}, "超过 超出"),
	leadsLike(lead{role: opener, op: Gt, approx: Above}, "超 逾 突破"),
	leadsLike(lead{role: link, op: Lt}, "< 小于 低于 少于 未达到 未达 没达到 没有达到 未能达到"),
	leadsLike(lead{role: opener, op: Lt, approx: Below}, "不足 不到 不满"),
	leadsLike(lead{role: link, op: Eq}, "= == 等于"),
	leadsLike(lead{role: link, approx: Around}, "≈"),
	leadsLike(lead{role: opener, approx: Around}, "约 约为 大约 大约为 大概 大致"),
	leadsLike(lead{role: opener, approx: Below}, "近 将近 接近"),
	leadsLike(lead{role: link, op: Le, dateOnly: true}, "不晚于 不迟于 最迟 最晚 最迟于 截至 截止 截止到 截止至"),
	leadsLike(lead{role: link}, ": 为 共 共计 合计 累计 总计 保持在 稳定在 维持在 下达 送达"),
	leadsLike(lead{role: link, noun: true}, "人数 总数 次数 户数 件数 个数 家数 份数 台数 场次数 单位数 数量 总量 金额 总额 面积 里程 时间 日期 时限 浓度 值 均值 指数 单价 均价 标准 得分 评分"),
	leadsLike(lead{role: rate, noun: true}, "率 度 比例 比重 占比"),
	leadsLike(lead{role: rate}, "比 完成 实现 覆盖 合格 达标 节约"),
	leadsLike(lead{role: rate, change: Rise}, "增长 增加 提高 提升 上升 增幅 涨幅"),
	leadsLike(lead{role: rate, change: Fall}, "下降 减少 降低 压减 压降 缩短 降幅"),
	leadsLike(lead{}, "已 已经 均 均已 都 全部 全部已 实际 实际完成 计 总 是 在 于 已于 到 按 了 有 其中 年度 本年 本年度 当年 当年度 全年 今年 年内"),
	leadsLike(lead{}, "举办 开展 组织 接待 服务 培训 发放 新增 检查 走访 建成 建设 新建 安装 采购 购置 维修 修复 发布 编制 印发 出版 制作 拍摄 招聘 引进 "+
		"资助 补助 补贴 救助 慰问 支付 支出 投入 执行 收集 受理 办理 处理 处置 监测 抽检 抽查 巡查 惠及 受益 签约 签订 参加 参与 出动 达成 形成 提供 "+
		"维护 改造 更新 组织开展 召开 举行 派出 招募 参展 参观 累计完成 共完成"),
	leadsLike(lead{target: true}, "计划 预计 力争 争取 确保 拟 需 应 须 要求 目标 目标值 计划完成"),
)

// leadsLike makes a lead of each word in list, all like l.
func leadsLike(l lead, list string) []lead {
	fields := strings.Fields(list)
	made := make([]lead, len(fields))
	for i, w := range fields {
		l.word = w
		made[i] = l
	}
	return made
}

// leadsByRune has the leads by their first rune, the longest first.
var leadsByRune = func() map[rune][]*lead {
	index := map[rune][]*lead{}
	for i := range leads {
		l := &leads[i]
		r, _ := utf8.DecodeRuneInString(l.word)
		index[r] = append(index[r], l)
	}
	for _, list := range index {
		slices.SortStableFunc(list, func(a, b *lead) int { return len(b.word) - len(a.word) })
	}
	return index
}()

// leadAt returns the lead that opens s, or nil.
func (p parser) leadAt(s string) *lead {
	r, _ := utf8.DecodeRuneInString(s)
	for _, l := range leadsByRune[r] {
		if strings.HasPrefix(s, l.word) && !(p.actual && l.target) {
			return l
		}
	}
	return nil
}
