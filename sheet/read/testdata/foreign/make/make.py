"""Makes the workbooks of the corpus, and beside each what it holds."""
import glob
import json
import os
import subprocess
import sys

import writers
from model import Day, F, Rich, Shared, Sheet, check, draw
from projects import BOOKS, EXHIBITION, MEALS, RAIN, SECURE, STREET, copy

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MADE = []


def variant(writer, name, **book):
    def register(f):
        sheets, tables = f()
        MADE.append((writer, name, sheets if isinstance(sheets, list) else [sheets], tables, book))
        return f
    return register


def one(p, **options):
    s = Sheet()
    draw(s, p, **options)
    return s, [p]


def percent(v):
    return f"{v * 100:.2f}%"


def without(p, *fields):
    q = copy(p)
    for f in fields:
        del q[f]
    return q


# ---- openpyxl ----

@variant("openpyxl", "plain")
def _():
    return one(EXHIBITION)


@variant("openpyxl", "shifted")
def _():
    return one(RAIN, at=(6, 4), title="项 目 支 出 绩 效 自 评 表", labels={
        "项目名称": "项 目 名 称", "主管部门": "主管\n部门：", "实施单位": "实施单位\n（盖章）", "年初预算数": "年初\n预算数",
        "全年预算数": "全年预算数\n（A）", "全年执行数": "全年执行数（B）", "执行率": "执行率\n（B/A）", "年度总体目标": "年 度\n总 体\n目 标",
        "年度指标值": "年度　指标值", "偏差原因分析及改进措施": "偏差原因分析\n及改进措施（未完成的必填）"},
        level_text=lambda n: n[:2] + "\n" + n[2:])


@variant("openpyxl", "ministry")
def _():
    points = {"产出指标": "50", "效益指标": "30", "满意度指标": "10"}
    return one(MEALS, title="项目支出绩效自评表", year="({} 年度)", head=[["项目名称"], ["主管部门", "实施单位"], ["项目负责人", "联系电话"]],
               sources={"当年财政拨款": "其中：本年财政拨款", "上年结转资金": "上年结转结余资金"}, labels={"全年执行数": "全年执行数（B）"},
               blank_sources=["上年结转资金", "其他资金"], level_text=lambda n: f"{n}（{points[n]}分）" if n in points else n)


@variant("openpyxl", "levels-first")
def _():
    return one(RAIN, levels="first", merge=False)


@variant("openpyxl", "levels-each")
def _():
    return one(STREET, levels="each", merge=False, blank_sources=[])


@variant("openpyxl", "stacked")
def _():
    s = Sheet("汇总")
    r = draw(s, EXHIBITION)
    r = draw(s, MEALS, at=(r, 1), foot=["填报人：李明    联系电话：63210002    填报日期：2023年3月15日"])
    draw(s, STREET, at=(r + 2, 2), blank_sources=[])
    return s, [EXHIBITION, without(MEALS, "项目负责人", "联系电话"), STREET]


@variant("openpyxl", "side-by-side")
def _():
    s = Sheet()
    draw(s, EXHIBITION)
    draw(s, STREET, at=(3, 11), blank_sources=[])
    return s, [EXHIBITION, STREET]


@variant("openpyxl", "many-sheets")
def _():
    listed = Sheet("项目清单")
    for c, text in enumerate(["序号", "项目名称", "主管部门", "年初预算数", "全年预算数"], 1):
        listed.put(1, c, text)
    for r, p in enumerate([RAIN, BOOKS], 2):
        for c, v in enumerate([r - 1, p["项目名称"], p["主管部门"], 1, 2], 1):
            listed.put(r, c, v)
    a, b, note = Sheet("雨水"), Sheet("购书"), Sheet("填报说明")
    draw(a, RAIN)
    draw(b, BOOKS, head=[["项目名称"], ["项目编码"], ["主管部门", "实施单位"]], blank_sources=["上年结转资金", "其他资金"])
    note.put(1, 1, "1.项目名称：按预算批复填写。\n2.全年预算数：调整后的预算数。")
    note.put(2, 1, "年度")
    return [listed, a, note, b], [RAIN, BOOKS]


@variant("openpyxl", "text-numbers")
def _():
    wide = str.maketrans("0123456789.%", "０１２３４５６７８９．％")

    def show(field, v, part):
        if field in ("年初预算数", "全年执行数"):
            return f"{v:,.2f}"
        if field == "全年预算数":
            return f"{v}".translate(wide)
        if field == "执行率":
            return f"{v * 100:.2f} ％"
        if field == "得分":
            return f"{v}分"
        if field == "分值":
            return f" {v} "
        return v
    return one(EXHIBITION, show=show, dash="/", blank_sources=["上年结转资金", "其他资金"])


@variant("openpyxl", "units-typed")
def _():
    def show(field, v, part):
        if field in ("年初预算数", "全年预算数", "全年执行数"):
            return f"{v}万元" if field != "年初预算数" else f"{v} 万"
        if field == "执行率":
            return v * 100  # 98.11 for 98.11%
        return v
    return one(MEALS, show=show, head=[["项目名称"], ["主管部门", "实施单位"], ["项目负责人", "联系电话"]])


@variant("openpyxl", "unit-nowhere-printed")
def _():
    return one(STREET, fund_label="项目资金", show=lambda f, v, part: f"{v}万元" if f == "全年预算数" else v, blank_sources=[])


@variant("openpyxl", "hidden")
def _():
    s = Sheet()
    draw(s, RAIN)
    s.hidden_rows, s.hidden_cols = [2, 8, 14], [6]
    return s, [RAIN]


@variant("openpyxl", "formulas")
def _():
    cover = Sheet("基本信息")
    cover.put(1, 1, "项目"), cover.put(1, 2, RAIN["项目名称"])
    s = Sheet()

    def show(field, v, part):
        if field == "项目名称":
            return F("基本信息!B1")
        if part.get("资金来源") == "年度资金总额":
            return {"年初预算数": F("SUM(D7:D8)"), "全年预算数": F("SUM(E7:E8)"), "全年执行数": F("SUM(F7:F8)"),
                    "执行率": (F("ROUND(F6/E6,4)"), "0.00%"), "得分": F("ROUND(MIN(1,F6/E6)*G6,2)")}.get(field, v)
        if part.get("三级指标") == "排查管网长度" and field == "实际完成值":
            return F('63*2&"公里"')
        if part.get("三级指标") == "验收合格率" and field == "实际完成值":
            return (F("39/40"), "0.00%")
        if "三级指标" not in part and "资金来源" not in part:
            return {"分值": F("G6+SUM(G12:G18)"), "得分": F("ROUND(H12+H13+H14+H15+H16+H17+H18+I6,2)")}.get(field, v)
        return v
    draw(s, RAIN, show=show, blank_sources=[])
    p = copy(RAIN)
    p["绩效指标"][2]["实际完成值"] = "97.50%"
    return [cover, s], [p]


@variant("openpyxl", "targets-as-formulas")
def _():
    # Scripts that hand a text with = in front to openpyxl make a formula of it.
    s = Sheet()
    draw(s, EXHIBITION, show=lambda f, v, part: F(v[1:]) if f == "年度指标值" and v.startswith("=") else v)
    return s, [EXHIBITION]


@variant("openpyxl", "pages")
def _():
    def title(s, r, c, heads, last):
        s.put(r, c, "财政项目支出绩效自评表（续）", (r, last))

    def head(s, r, c, heads, last):
        s.put(r, c, "绩效指标")
        for i, h in enumerate(heads):
            s.put(r, c + 1 + i, h)

    def year(s, r, c, heads, last):
        s.put(r, c, "（2022年度）", (r, last))

    def blank(s, r, c, heads, last):
        pass

    def small(s, r, c, heads, last):
        s.put(r, c + 1, "小计", (r, c + 5)), s.put(r, c + 6, 50), s.put(r, c + 7, 49.95)

    def level(s, r, c, heads, last):
        s.put(r, c + 1, "效益指标小计"), s.put(r, c + 6, 30), s.put(r, c + 7, 29)
    return one(RAIN, after={3: [small, blank, title, year, head], 5: [level, blank]})


@variant("openpyxl", "subtotals-and-total")
def _():
    def sum_row(weight, score):
        def f(s, r, c, heads, last):
            s.put(r, c + 1, "合计", (r, c + 5)), s.put(r, c + 6, weight), s.put(r, c + 7, score)
        return f
    return one(STREET, after={2: [sum_row(50, 50)], 3: [sum_row(30, 30)], 4: [sum_row(10, 10)]}, total="合　计", blank_sources=[],
               foot=["填报单位负责人：张伟", ["填报人：李明", "联系电话：63210002", "填报日期：2022年3月1日"]])


@variant("openpyxl", "names-over-rows")
def _():
    s = Sheet()
    p = copy(STREET, **{"项目资金": STREET["项目资金"][:1]})
    draw(s, p, blank_sources=[], levels="first")
    # One indicator with two lines of values, one with a row more of height, two
    # targets of the same name, one explanation over three rows.
    q = copy(p)
    i = q["绩效指标"]
    s.cells[11, 6] = "其中主干道\n1200盏"
    i[0]["实际完成值"] = "其中主干道\n1200盏"
    rows = {}
    for (r, c), v in list(s.cells.items()):
        if r >= 10:
            del s.cells[r, c]
            rows[r, c] = v
    s.merges = [m for m in s.merges if m[0] < 9]

    def put(r, old, **more):
        for c in range(1, 10):
            if (old, c) in rows:
                s.put(r, c, rows[old, c])
    del s.cells[9, 1]
    s.put(9, 1, "绩效指标", (17, 1))
    # 10-11: lamps, two lines
    put(10, 10), s.put(11, 5, "故障率≤2%"), s.put(11, 6, "1.1%")
    for c in (2, 3, 4, 7, 8, 9):
        s.merges.append((10, c, 11, c))
    i[0].update({"年度指标值": "=5600盏\n故障率≤2%", "实际完成值": "5600盏\n1.1%"})
    # 12-13: the rate, twice as high
    put(12, 11)
    for c in range(2, 10):
        s.merges.append((12, c, 13, c))
    s.cells[12, 6] = "99.2%"
    i[1]["实际完成值"] = "99.2%"
    # 14-15: two targets under one name, each with its points
    put(14, 12), s.put(15, 5, "≤48小时"), s.put(15, 6, "40小时"), s.put(15, 7, 5), s.put(15, 8, 5)
    s.cells[14, 7], s.cells[14, 8] = 5, 5
    for c in (2, 3, 4):
        s.merges.append((14, c, 15, c))
    i[2].update({"分值": 5, "得分": 5})
    i.insert(3, dict(i[2], 年度指标值="≤48小时", 实际完成值="40小时", 分值=5, 得分=5))
    # 16-17: one explanation for both
    put(16, 13), put(17, 14), s.put(16, 9, "均已完成，将继续保持", (17, 9))
    i[4]["偏差原因分析及改进措施"] = i[5]["偏差原因分析及改进措施"] = "均已完成，将继续保持"
    s.put(18, 1, "总分", (18, 6)), s.put(18, 7, 100), s.put(18, 8, 100)
    return s, [q]


# ---- openpyxl: what can't be read for sure ----

@variant("openpyxl", "ambiguous-columns")
def _():
    s = Sheet()
    cols = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    draw(s, EXHIBITION, blank_sources=[])
    head = 10
    s.cells[head, 10] = "分值"
    for r, w in zip(range(head + 1, head + 6), [20, 25, None, 30, "—"]):
        s.put(r, 10, w)
    p = copy(EXHIBITION)
    del p["绩效指标"][1]["分值"]
    return s, [p]


@variant("openpyxl", "ambiguous-values")
def _():
    s = Sheet()
    draw(s, EXHIBITION, title="2021年度项目支出绩效自评表", year="（{}年度）", blank_sources=[], goal_below=True)
    s.cells[2, 1] = "（2022年度）"
    s.cells[6, 4] = "11219200元"            # in a form in 万元
    s.cells[6, 6] = "约1120"
    s.cells[7, 5] = "壹仟万元"
    del s.cells[11, 2]                      # 一级指标 of the first indicator
    s.cells[11, 8] = "二十"
    s.cells[13, 8] = "100%"
    p = copy(EXHIBITION, 年度=2022)
    f = p["项目资金"]
    del f[0]["年初预算数"], f[0]["全年执行数"], f[1]["全年预算数"]
    i = p["绩效指标"]
    for x in i[:3]:
        del x["一级指标"]
    del i[0]["得分"], i[2]["得分"]
    return s, [p]


@variant("openpyxl", "ambiguous-head")
def _():
    s = Sheet()
    draw(s, STREET, head=[["项目名称"], ["项目名称"], ["主管部门", "实施单位"]], blank_sources=[],
         unit_line="单位：元", merge=False)
    s.cells[5, 2] = "道路照明设施维护（二期）"
    s.put(12, 3, "目标见附件")
    return s, [STREET]


@variant("openpyxl", "shared-points")
def _():
    s = Sheet()
    draw(s, STREET, blank_sources=[])
    s.merges.append((14, 7, 15, 7)), s.merges.append((14, 8, 15, 8))
    del s.cells[15, 7], s.cells[15, 8]
    p = copy(STREET)
    for x in p["绩效指标"][1:3]:
        del x["分值"], x["得分"]
    return s, [p]


@variant("openpyxl", "ambiguous-code")
def _():
    # A code typed as a number loses its last digits.
    s = Sheet()
    draw(s, BOOKS, head=[["项目名称"], ["项目编码"], ["主管部门", "实施单位"]], show=lambda f, v, part: 310115230000102123 if f == "项目编码" else v)
    return s, [without(BOOKS, "项目编码")]


@variant("openpyxl", "score-in-head")
def _():
    s = Sheet()
    draw(s, STREET, head=[["项目名称"], ["主管部门", "实施单位"], ["年度", "自评总分"]], year=None, title="项目支出绩效自评表", total=None, blank_sources=[])
    s.cells[4, 6] = 100
    return s, [copy(STREET, 总分={"得分": 100})]


@variant("openpyxl", "score-over-two-columns")
def _():
    s = Sheet()
    draw(s, EXHIBITION, blank_sources=[])
    del s.cells[16, 8]
    s.cells[16, 7] = 96.99
    s.merges.append((16, 7, 16, 9))
    return s, [copy(EXHIBITION, 总分={"得分": 96.99})]


@variant("openpyxl", "score-behind-label")
def _():
    s = Sheet()
    draw(s, EXHIBITION, blank_sources=[], total=None, foot=["总分：96.99分", "注：总分由系统计算。"])
    return s, [copy(EXHIBITION, 总分={"得分": 96.99})]


@variant("openpyxl", "head-in-two-rows-unmerged")
def _():
    s = Sheet()
    draw(s, RAIN, order=["funds", "goal"], merge=False)
    for c, text in enumerate(["绩效指标", "一级指标", "二级指标", "三级指标", "完成情况", None, "分值", "得分", "未完成原因分析"], 1):
        s.put(12, c, text)
    s.put(13, 5, "年度指标值"), s.put(13, 6, "实际完成值")
    for r, x in enumerate(RAIN["绩效指标"], 14):
        for c, k in enumerate(["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"], 2):
            s.put(r, c, x.get(k))
    s.put(21, 1, "总计"), s.put(21, 7, 100), s.put(21, 8, 98.74)
    return s, [RAIN]


@variant("openpyxl", "stacked-with-notes")
def _():
    s = Sheet()
    r = draw(s, RAIN, foot=["填表说明：", "1.项目名称：按预算批复填写。", "2.主管部门：填写全称。"])
    draw(s, BOOKS, at=(r, 1), head=[["项目名称"], ["项目编码"], ["主管部门", "实施单位"]], unit_line="填报日期：2024年1月5日")
    return s, [RAIN, BOOKS]


@variant("openpyxl", "levels-mixed")
def _():
    s = Sheet()
    cols = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "备注", "偏差原因分析及改进措施"]
    draw(s, RAIN, levels="each", merge=False, cols=cols, blank_sources=[], total=None, foot=[])
    del s.cells[13, 3]                      # 二级指标 only once, 一级指标 in every row
    s.put(14, 9, "见验收报告")
    s.put(19, 1, "合计"), s.put(19, 7, 100), s.put(19, 8, 98.74)
    s.put(21, 2, "本表共一页"), s.put(22, 2, "合计"), s.put(22, 7, 7)
    return s, [RAIN]


@variant("openpyxl", "little-spent")
def _():
    p = copy(BOOKS, **{"项目资金": [{"资金来源": "年度资金总额", "年初预算数": 1500000, "全年预算数": 1500000, "全年执行数": 22500,
                                  "分值": 10, "执行率": 0.015, "得分": 0.15}], "总分": {"分值": 100, "得分": 90.15}})

    def show(field, v, part):
        if field in ("年初预算数", "全年预算数"):
            return v, '0!.0,"万"'              # 150.0万 in a form in 元
        if field == "执行率":
            return 1.5, '0.00"%"'
        return v
    return one(p, head=[["项目名称"], ["项目编码"], ["主管部门", "实施单位"]], show=show)


@variant("openpyxl", "other-words")
def _():
    return one(RAIN, labels={
        "主管部门": "部门名称", "实施单位": "填报单位", "年初预算数": "年初批复数", "全年预算数": "全年（调整）预算数（A）", "全年执行数": "全年支出",
        "分值": "满分", "执行率": "支出进度", "得分": "实得分", "年度资金总额": "总金额", "预期目标": "设定目标", "实际完成情况": "完成情况",
        "年度指标值": "预期值", "实际完成值": "完成情况", "偏差原因分析及改进措施": "扣分原因"}, total="综合得分")


@variant("openpyxl", "goal-rows-score-beside")
def _():
    s = Sheet()
    r = draw(s, STREET, order=["funds", "goal"], blank_sources=[], merge=False)
    s.put(r, 2, "2.更换老旧灯具。"), s.put(r, 6, "2.老旧灯具只更换了一半。")
    for n, text in enumerate(["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "原因分析", "改进措施"], 1):
        s.put(r + 1, n, text)
    p = copy(STREET, 总分={"得分": 100})
    for n, x in enumerate(p["绩效指标"], r + 2):
        for c, k in enumerate(x, 2):
            s.put(n, c, x[k])
    s.put(r + 2, 9, "灯具老化"), s.put(r + 2, 10, "下年更换")
    p["绩效指标"][0]["偏差原因分析及改进措施"] = "灯具老化\n下年更换"
    for k, more in (("预期目标", "2.更换老旧灯具。"), ("实际完成情况", "2.老旧灯具只更换了一半。")):
        p["年度总体目标"][k] += "\n" + more
    s.put(r + 7, 1, "总分"), s.put(r + 7, 2, 100, (r + 7, 9))
    return s, [p]


# ---- exceljs ----

def sichuan(p, name="自评表"):
    """The form of Sichuan: comparison and unit in columns of their own."""
    s = Sheet(name)
    last = 11
    s.put(1, 1, "部门预算项目支出绩效自评表（{}年度）".format(p["年度"]), (1, last))
    s.put(2, 1, "项目名称"), s.put(2, 3, "51092324T000010263357-" + p["项目名称"], (2, last))
    s.merges.append((2, 1, 2, 2))
    s.put(3, 1, "主管部门", (3, 2)), s.put(3, 3, p["主管部门"], (3, 5)), s.put(3, 6, "实施单位\n（盖章）", (3, 7)), s.put(3, 8, p["实施单位"], (3, last))
    s.put(4, 1, "项目基本情况", (6, 1)), s.put(4, 2, "1.项目年度目标完成情况", (5, 2))
    s.put(4, 3, "项目年度目标", (4, 7)), s.put(4, 8, "年度目标完成情况", (4, last))
    s.put(5, 3, p["年度总体目标"]["预期目标"], (5, 7)), s.put(5, 8, p["年度总体目标"]["实际完成情况"], (5, last))
    s.put(6, 2, "2.项目实施内容及过程概述"), s.put(6, 3, "2023年购买13台安可电脑，并于12月前完成资金支付。", (6, last))
    s.put(7, 1, "预算执行情况（10分）", (12, 1)), s.put(7, 2, "年度预算数（万元）", (7, 3))
    for c, text in zip(range(4, 11), ["年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因"]):
        s.put(7, c, text)
    s.put(8, 10, "1.预算执行率=预算执行数/调整后预算数，预算执行率未达到90%的需说明原因（100字以内）；2.年中发生预算调整的，应单独说明理由；3.其他资金包括：社会投入资金、银行贷款。", (12, 11))
    for n, f in enumerate(p["项目资金"] + [{"资金来源": "其他资金"}]):
        r = 8 + n
        s.put(r, 2, {0: "总额", 1: "其中：财政资金"}.get(n, f["资金来源"]), (r, 3))
        for c, k in zip(range(4, 7), ["年初预算数", "全年预算数", "全年执行数"]):
            s.put(r, c, f.get(k), fmt="0.00")
        if "年初预算数" in f:
            s.put(r, 7, f.get("执行率", 1 if n == 1 else 0), fmt="0.00%")
        s.put(r, 8, f.get("分值", "/")), s.put(r, 9, f.get("得分", "/"))
    r = 13
    heads = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析"]
    s.put(r, 1, "绩效指标（90分）", (r + len(p["绩效指标"]), 1))
    for c, h in enumerate(heads, 2):
        s.put(r, c, h)
    split = {"≥13台": ("≥", 13, "台", 13), "=100%": ("=", 100, "%", 100), "良": ("定性", "良", "", "良"), "≥95%": ("≥", 95, "%", "95%")}
    for x in p["绩效指标"]:
        r += 1
        sign, number, unit, actual = split[x["年度指标值"]]
        for c, v in enumerate([x["一级指标"], x["二级指标"], x["三级指标"], sign, number, unit, actual, x["分值"], x["得分"]], 2):
            s.put(r, c, v)
    r += 1
    s.put(r, 1, "合计", (r, 8)), s.put(r, 9, 100), s.put(r, 10, 100)
    for label, text in [("评价结论", "项目自评总分100分，完成了设备采购。"), ("存在问题", "无"), ("改进措施", "无")]:
        r += 1
        s.put(r, 1, label), s.put(r, 2, text, (r, last))
    s.put(r + 1, 1, "项目负责人：查晓兵", (r + 1, 5)), s.put(r + 1, 6, "财务负责人：唐勇", (r + 1, last))
    q = copy(p)
    q["项目名称"] = "51092324T000010263357-" + p["项目名称"]
    for n, f in enumerate(q["项目资金"][1:]):
        f["执行率"] = 0 if n else 1
    return s, q


@variant("exceljs", "sichuan")
def _():
    s, q = sichuan(SECURE)
    return s, [q]


@variant("exceljs", "pairs")
def _():
    s = Sheet("附件2")
    p = copy(MEALS, **{"项目资金": [{k: v for k, v in MEALS["项目资金"][0].items() if k != "年初预算数"}]})
    draw(s, p, order=["goal", "indicators"], at=(1, 1), head=[["项目名称"], ["主管部门", "实施单位"], ["项目负责人", "联系电话"], ["年度"]],
         labels={"年度": "预算执行情况\n（万元）", "三级指标": "指标内容", "年度指标值": "预期指标值", "实际完成值": "实际完成指标值", "得分": "自评得分"},
         year="{}年度")
    r = 6
    s.merges = [m for m in s.merges if m[0] != r]
    f = p["项目资金"][0]
    for c in range(2, 10):
        s.cells.pop((r, c), None)
    for c, v in zip(range(2, 12), ["预算数", f["全年预算数"], "执行数", f["全年执行数"], "执行率", percent(f["执行率"]), "分值", 10, "得分", f["得分"]]):
        s.put(r, c, v)
    return s, [p]


@variant("exceljs", "formats")
def _():
    def show(field, v, part):
        if field == "年初预算数":
            return v, '#,##0.00"万元"'
        if field == "全年预算数":
            return v * 10000, '0!.0,"万"'     # 11219200 is shown as 1121.9万
        if field == "全年执行数" and part["资金来源"] == "当年财政拨款":
            return v * 1000, "#,##0.00,"        # 1120520 is shown as 1,120.52
        if field == "全年执行数":
            return v, '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)'
        if field == "执行率":
            return v * 100, '0.00"%"'
        if field == "分值":
            return (v / 100, "0%") if "三级指标" in part else v
        if field == "得分":
            return v, '0.00"分"'
        if part.get("三级指标") == "计划接待参观团组总数" and field == "实际完成值":
            return 182, '0" 场"'
        if part.get("三级指标") == "服务响应度" and field == "实际完成值":
            return 1, "0%"
        return v
    return one(EXHIBITION, show=show, labels={"分值": "权重"})


@variant("exceljs", "dates")
def _():
    s = Sheet()

    def show(field, v, part):
        if part.get("三级指标") == "完成时间" and field == "实际完成值":
            return Day((2022, 11, 20)), 'yyyy"年"m"月"d"日"'
        if part.get("三级指标") == "完成时间" and field == "年度指标值":
            return Day((2022, 11, 30)), "yyyy/m/d"
        if part.get("资金来源") == "上年结转资金" and field == "年初预算数":
            return 60, "yyyy/m/d"               # shown as 29 February 1900
        if part.get("三级指标") == "积水点减少数量" and field == "得分":
            return 20, "m月d日"
        if part.get("三级指标") == "积水点减少数量" and field == "实际完成值":
            return 12, "yyyy-mm-dd"
        return v
    draw(s, RAIN, show=show)
    p = copy(RAIN)
    p["绩效指标"][3].update({"年度指标值": "2022年11月30日", "实际完成值": "2022年11月20日"})
    del p["项目资金"][2]["年初预算数"], p["绩效指标"][4]["得分"], p["绩效指标"][4]["实际完成值"]
    return s, [p]


@variant("exceljs", "rich-text")
def _():
    s = Sheet()
    draw(s, EXHIBITION, blank_sources=[])
    for at, v in list(s.cells.items()):
        if isinstance(v, str) and len(v) > 2:
            s.cells[at] = Rich([v[:1], v[1:3], v[3:]] if len(v) > 3 else [v[:1], v[1:]])
    return s, [EXHIBITION]


@variant("exceljs", "shared-formulas")
def _():
    s = Sheet()
    p = STREET
    draw(s, p, blank_sources=[])
    s.cells[6, 4] = F("SUM(D7:D9)")
    s.cells[6, 5] = F("=D6"), 245           # shares the formula of D6
    s.cells[6, 6] = F("=D6"), None          # without a result
    for n, r in enumerate(range(13, 18)):
        s.cells[r, 8] = F("G13") if n == 0 else (F("=H13"), p["绩效指标"][n]["得分"] if n % 2 else None)
    s.cells[18, 8] = F("SUM(H13:H17)+I6")
    return s, [p]


@variant("exceljs", "calendar-1904", date1904=True)
def _():
    def show(field, v, part):
        if part.get("三级指标") == "采购完成时间" and field == "实际完成值":
            return Day((2023, 12, 15)), 'm"月"d"日"'
        return v
    p = copy(BOOKS)
    p["绩效指标"][1]["实际完成值"] = "2023年12月15日"
    s = Sheet()
    draw(s, p, show=show, head=[["项目名称"], ["项目编码"], ["主管部门", "实施单位"]])
    return s, [p]


@variant("exceljs", "no-weight-column")
def _():
    p = copy(RAIN)
    return one(p, fund_cols=["年初预算数", "全年预算数", "全年执行数", "执行率", "得分"], fund_label="预算执行情况（{}）（10分）",
               labels={"年初预算数": "年初预算", "全年预算数": "全年预算（A）", "全年执行数": "全年执行（B）", "执行率": "预算执行率（B/A×100%）"})


@variant("exceljs", "title-elsewhere")
def _():
    cover = Sheet("封面")
    cover.put(8, 2, "2022年度项目支出绩效自评表", (8, 8)), cover.put(15, 2, "填报单位（盖章）：市排水管理中心"), cover.put(16, 2, "填报日期：2023年3月10日")
    s = Sheet("表1")
    draw(s, RAIN, title=None, year=None)
    return [cover, s], [RAIN]


@variant("exceljs", "columns-under-one-head")
def _():
    s = Sheet()
    p = copy(EXHIBITION)
    draw(s, p, blank_sources=[], cols=["一级指标", "二级指标", "三级指标", "年度指标值", "x", "y", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
         labels={"x": "", "y": ""})
    s.merges.append((10, 5, 10, 7))
    for r, (a, b, c) in zip(range(11, 16), [("=", 400, " 场"), (None, "党政、企业、社会团体等", None), ("=", "100", "%"), ("≥", 50, " 家"), ("≥95%", None, None)]):
        for n, v in enumerate((a, b, c)):
            s.cells.pop((r, 5 + n), None)
            s.put(r, 5 + n, v)
    return s, [p]


# ---- xlsxwriter ----

@variant("xlsxwriter", "inline-labels")
def _():
    return one(MEALS, inline=True, head=[["项目名称"], ["主管部门", "实施单位"], ["项目负责人", "联系电话"]], title="2022年度项目支出绩效自评表", year=None)


@variant("xlsxwriter", "inline-in-one-cell")
def _():
    s = Sheet()
    draw(s, BOOKS, head=[["项目名称"], ["主管部门"]], inline=True, year="二〇二三年度")
    s.cells[3, 1] = "项目名称:公共图书馆购书经费  项目编码:310115230000102"
    s.cells[4, 1] = "主 管 部 门：区文化和旅游局    项目实施单位：区图书馆"
    return s, [BOOKS]


@variant("xlsxwriter", "no-total")
def _():
    p = copy(STREET)
    del p["总分"]
    s = Sheet()
    draw(s, p, total=None, blank_sources=[], foot=[
        ["填报人：李明", "联系电话：63210002", "填报日期：2022年3月1日"],
        "填表说明：1.定量指标填写数值；2.定性指标分为三档，分值分别为100%-80%、80%-60%、60%-0%。",
        "3.得分低于分值的，应说明原因和改进措施。"])
    return s, [p]


@variant("xlsxwriter", "more-columns")
def _():
    s = Sheet()
    p = copy(EXHIBITION)
    draw(s, p, blank_sources=[], cols=["序号", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施", "备注"])
    for r, n in zip(range(11, 16), range(1, 6)):
        s.put(r, 2, n)
    s.put(12, 11, "见附件")
    return s, [p]


@variant("xlsxwriter", "head-in-two-rows")
def _():
    s = Sheet()
    p = copy(RAIN)
    top = draw(s, p, order=["funds", "goal"])
    for c, (text, to) in {2: ("一级指标", 2), 3: ("二级指标", 3), 4: ("三级指标", 4), 5: ("指标值", 6), 7: ("分值", 7), 8: ("得分", 8), 9: ("未完成原因和改进措施", 9)}.items():
        s.put(top, c, text, (top, 6) if c == 5 else (top + 1, c))
    s.put(top + 1, 5, "年初目标值"), s.put(top + 1, 6, "全年完成值")
    r = top + 1
    keys = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    for x in p["绩效指标"]:
        r += 1
        for c, k in enumerate(keys, 2):
            s.put(r, c, x.get(k))
    s.put(top, 1, "绩效\n指标", (r, 1))
    s.put(r + 1, 1, "总分", (r + 1, 6)), s.put(r + 1, 7, 100), s.put(r + 1, 8, 98.74)
    return s, [p]


@variant("xlsxwriter", "more-sources")
def _():
    p = copy(RAIN)
    names = ["资金来源", "年初预算数", "全年预算数", "全年执行数"]
    p["项目资金"] = [p["项目资金"][0]] + [dict(zip(names, f)) for f in [
        ("当年财政拨款", 800, 800, 790.81), ("中央补助", 300, 300, 300), ("省级补助", 200, 200, 198.5), ("市级配套", 300, 300, 292.31),
        ("上年结转资金", 60, 105.5, 95.5)]]
    return one(p, sources={"年度资金总额": "合计", "当年财政拨款": "其中：财政拨款"},
               blank_sources=["其他资金", "社会资金"], dash="／")


@variant("xlsxwriter", "level-rows")
def _():
    p = copy(RAIN)
    s = Sheet()
    top = draw(s, p, order=["funds", "goal"])
    keys = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    for c, k in enumerate(keys, 2):
        s.put(top, c, k)
    r, level = top, None
    for x in p["绩效指标"]:
        r += 1
        if x["一级指标"] != level:
            level = x["一级指标"]
            of = [y for y in p["绩效指标"] if y["一级指标"] == level]
            s.put(r, 2, {"产出指标": "一、", "效益指标": "二、", "满意度指标": "三、"}[level] + level)
            s.put(r, 7, sum(y["分值"] for y in of)), s.put(r, 8, round(sum(y["得分"] for y in of), 2))
            r += 1
        for c, k in enumerate(keys[1:], 3):
            s.put(r, c, x.get(k))
    s.put(r + 1, 1, "总 得 分"), s.put(r + 1, 7, 100), s.put(r + 1, 8, 98.74)
    return s, [p]


@variant("xlsxwriter", "constant-memory", constant_memory=True)
def _():
    return one(MEALS, head=[["项目名称"], ["主管部门", "实施单位"], ["项目负责人", "联系电话"]], merge=False, levels="each", blank_sources=[])


@variant("xlsxwriter", "code-before-name")
def _():
    return one(BOOKS, head=[["项目编码", "项目名称"], ["主管部门", "实施单位"]], unit_line="单位：{}", fund_label="项目资金",
               labels={"项目编码": "项目代码", "实施单位": "预算单位", "项目名称": "项目名称*"})


# ---- LibreOffice ----

@variant("libreoffice", "beijing")
def _():
    return one(MEALS, at=(2, 1), head=[["项目名称"], ["主管部门", "实施单位"], ["项目负责人", "联系电话"]], year="（  {}  年度）",
               labels={"全年预算数": "全年预算数(A)", "全年执行数": "全年执行数(B)", "年度指标值": "年度\n指标值", "实际完成值": "实际\n完成值"},
               sources={"年度资金总额": "年度资金总额：", "当年财政拨款": "  其中：当年财政拨款", "上年结转资金": "      上年结转资金"},
               show=lambda f, v, part: (v, "0.00%") if f == "执行率" else v, blank_sources=["上年结转资金", "其他资金"])


@variant("libreoffice", "zhejiang")
def _():
    p = copy(STREET, **{"项目资金": [{"资金来源": "年度资金总额", "全年预算数": 245, "全年执行数": 245, "执行率": 1}]})
    return one(p, title="2021年度财政支出项目绩效自评表", year=None, unit_line="金额单位：{}", fund_label="预算执行情况",
               fund_cols=["全年预算数", "全年执行数", "执行率"], labels={"全年预算数": "预算数", "全年执行数": "实际支出", "执行率": "支出执行率", "分值": "权重", "得分": "自评分"},
               sources={"年度资金总额": "总额"}, blank_sources=[], total="合计", show=lambda f, v, part: (v, "0%") if f == "执行率" else v,
               foot=[["填表人：周丽", "审核人：陈刚", "填表日期：2022-03-01"]])


@variant("libreoffice", "placeholders")
def _():
    def extra(s, r, c, heads, last):
        s.put(r, c + 3, "指标2：")

    def dots(s, r, c, heads, last):
        s.put(r, c + 3, "……")
    p = copy(EXHIBITION)
    for x in p["绩效指标"]:
        x["三级指标"] = "指标1：" + x["三级指标"]
    return one(p, levels="first", after={0: [extra, dots], 3: [extra, dots], 4: [dots]})


@variant("libreoffice", "formulas-calculated")
def _():
    s, p = Sheet(), copy(STREET)
    draw(s, STREET, blank_sources=["社会资金"])
    for c in "DEF":
        s.cells[6, ord(c) - 64] = F(f"SUM({c}7:{c}10)")
    for r in range(6, 11):
        s.put(r, 8, F(f"F{r}/E{r}"), fmt="0.00%")  # #DIV/0! where there is no budget
    s.cells[19, 7], s.cells[19, 8] = F("SUM(G14:G18)+G6"), F("SUM(H14:H18)+I6")
    for f in p["项目资金"]:
        f["执行率"] = 1
    return s, [p]


@variant("libreoffice", "stacked")
def _():
    s = Sheet()
    s.put(1, 2, "2022年度项目支出绩效自评表汇编", (1, 10))
    r = draw(s, RAIN, at=(2, 2), foot=["注：1.本表由项目单位填写。2.表中指标值应与批复一致。"])
    draw(s, MEALS, at=(r, 2), head=[["项目名称"], ["主管部门", "实施单位"], ["项目负责人", "联系电话"]], title="项目支出绩效自评表")
    return s, [RAIN, MEALS]


@variant("libreoffice", "rich-labels")
def _():
    s = Sheet()
    draw(s, RAIN, at=(3, 2))
    for at, v in list(s.cells.items()):
        if isinstance(v, str) and len(v) > 3:
            s.cells[at] = Rich([v[:2], v[2:]])
    return s, [RAIN]


@variant("libreoffice", "guangdong")
def _():
    p = copy(EXHIBITION)
    return one(p, title="项目支出绩效自评表", labels={
        "项目名称": "项目（政策）名称", "主管部门": "主管部门及代码", "实施单位": "项目实施单位", "年初预算数": "年初预算金额", "全年预算数": "调整后预算数",
        "全年执行数": "全年支出数", "执行率": "预算执行率", "预期目标": "年初设定目标", "实际完成情况": "全年实际完成情况", "年度指标值": "年初指标值",
        "实际完成值": "全年实际值", "得分": "自评得分", "偏差原因分析及改进措施": "未完成原因分析及改进措施"},
        fund_label="预算执行情况\n（单位：{}）", goal_below=False, blank_sources=["上级补助", "其它资金"], total="自评总分")


@variant("libreoffice", "rows-to-spare")
def _():
    def blank(s, r, c, heads, last):
        pass
    return one(BOOKS, head=[["项目名称"], ["项目编码"], ["主管部门", "实施单位"]], after={i: [blank, blank] for i in range(4)}, levels="first",
               foot=["", "备注：本表一式两份。", "项目负责人签字：", "单位公章："])


# ---- by hand ----

@variant("hand", "left-under-merges")
def _():
    # Programs can merge cells and leave in them what nobody sees any more.
    s = Sheet()
    draw(s, EXHIBITION, blank_sources=[])
    for r, c, v in [(3, 5, "旧项目名称"), (11, 1, "合计"), (12, 2, "效益指标"), (13, 2, "旧指标"), (4, 3, "旧部门"), (8, 3, 7), (16, 2, 88)]:
        assert (r, c) not in s.cells
        s.put(r, c, v)
    return s, [EXHIBITION]


@variant("hand", "inline-phonetic", phonetic=True, unnamed=True)
def _():
    return one(EXHIBITION)


@variant("hand", "prefixed-str", prefix=True, strings=True)
def _():
    return one(RAIN)


@variant("hand", "shared-not-calculated", date1904=True, shared={(6, 4): ("D6:F6", "SUM(D7:D9)"), (13, 8): ("H13:H17", "G13")})
def _():
    s = Sheet()
    draw(s, STREET, blank_sources=[])
    s.cells[6, 4] = F("x")
    for at in ((6, 5), (6, 6)):
        s.cells[at] = Shared((6, 4))
    s.cells[13, 8] = F("x")
    for r in range(14, 18):
        s.cells[r, 8] = Shared((13, 8))
    return s, [STREET]


def exceljs_cell(r, c, v, fmt):
    cell = {"r": r, "c": c}
    result = None
    if isinstance(v, tuple) and isinstance(v[0], F):
        v, result = v
    if isinstance(v, F):
        cell["shares" if v.startswith("=") else "formula"] = v.lstrip("=")
        if result is not None:
            cell["result"] = result
    elif isinstance(v, Rich):
        cell["rich"] = list(v)
    elif isinstance(v, Day):
        cell["day"] = list(v)
    else:
        cell["value"] = v
    if fmt:
        cell["format"] = fmt
    return cell


def main(js):
    for old in glob.glob(os.path.join(HERE, "*.xlsx")) + glob.glob(os.path.join(HERE, "*.json")):
        os.remove(old)
    libre, ejs = [], []
    for writer, name, sheets, tables, book in MADE:
        stem = os.path.join(HERE, f"{writer}-{name}")
        path = stem + ".xlsx"
        try:
            check(sheets)
        except AssertionError as e:
            raise AssertionError(name) from e
        for n, table in enumerate(tables, 1):
            end = f".{n}.json" if len(tables) > 1 else ".json"
            with open(stem + end, "w", encoding="utf-8") as f:
                json.dump(table, f, ensure_ascii=False, indent=1)
                f.write("\n")
        if writer == "openpyxl":
            writers.with_openpyxl(sheets, path, book)
        elif writer == "xlsxwriter":
            writers.with_xlsxwriter(sheets, path, book)
        elif writer == "hand":
            writers.with_hand(sheets, path, book)
        elif writer == "libreoffice":
            libre.append((sheets, path, book))
        else:
            ejs.append({"path": path, "book": book, "sheets": [{
                "name": s.name, "state": s.state, "merges": s.merges, "hidden_rows": s.hidden_rows, "hidden_cols": s.hidden_cols,
                "cells": [exceljs_cell(r, c, v, s.formats.get((r, c))) for (r, c), v in sorted(s.cells.items(), key=lambda x: x[0])]} for s in sheets]})
    writers.with_libreoffice(libre)
    jobs = os.path.join(js, "jobs.json")
    with open(jobs, "w", encoding="utf-8") as f:
        json.dump(ejs, f, ensure_ascii=False)
    subprocess.run(["node", os.path.join(js, "exceljs.js"), jobs], check=True)


if __name__ == "__main__":
    main(sys.argv[1])
