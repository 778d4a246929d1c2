"""A sheet as cells, before a program writes it; and the form drawn as cells."""
import re


def ref(r, c):
    s = ""
    while c:
        c, m = divmod(c - 1, 26)
        s = chr(65 + m) + s
    return f"{s}{r}"


class F(str):
    """A formula, without its result."""


class Shared(F):
    """A cell that shares the formula of another, the first of them."""

    def __new__(cls, first):
        cell = F.__new__(cls)
        cell.first = first
        return cell


class Rich(list):
    """A text in runs, each in another font."""


class Day(tuple):
    """A date: year, month, day."""


class Sheet:
    def __init__(self, name="自评表", state="visible"):
        self.name, self.state = name, state
        self.cells, self.merges, self.formats = {}, [], {}
        self.hidden_rows, self.hidden_cols = [], []

    def put(self, r, c, v, to=None, fmt=None):
        """Writes v at row r, column c, merged to (row, column)."""
        if v is not None and v != "":
            self.cells[r, c] = v
        if fmt:
            self.formats[r, c] = fmt
        if to and to != (r, c):
            self.merges.append((r, c, *to))


# How the plain form is drawn; every variant changes some of it.
PLAIN = dict(
    at=(1, 1),
    title="财政项目支出绩效自评表", year="（{}年度）", unit_line=None,
    head=[["项目名称"], ["主管部门", "实施单位"]],
    inline=False,
    labels={},                                  # another word for a label
    order=["funds", "goal", "indicators"],
    fund_cols=["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    fund_label="项目资金\n（{}）",
    sources={},                                 # another word for a source
    blank_sources=["其他资金"],
    dash="—",
    cols=["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
    levels="merged",                            # merged, first, each
    level_text=lambda name: name,
    merge=True,
    show=lambda field, v, part: v,              # a value as it is typed; (value, format) too
    after={},                                   # rows after an indicator: functions (sheet, row, column)
    total="总分", foot=[],
    goal_below=True,
)


def draw(s, p, **options):
    """Draws the form of project p. Returns the row below it."""
    o = dict(PLAIN, **options)
    r, c0 = o["at"]
    width = 1 + len(o["cols"])
    last = c0 + width - 1
    lab = lambda name: o["labels"].get(name, name)

    def put(r, c, v, to=None):
        s.put(r, c, v, to if o["merge"] else None)

    def value(r, c, field, v, part, to=None):
        if v is None:
            return
        v = o["show"](field, v, part)
        fmt = None
        if isinstance(v, tuple) and not isinstance(v, Day):
            v, fmt = v
        s.put(r, c, v, to if o["merge"] else None, fmt)

    if o["title"]:
        put(r, c0, o["title"], (r, last)); r += 1
    if o["year"]:
        put(r, c0, o["year"].format(p.get("年度", "")), (r, last)); r += 1
    if o["unit_line"]:
        s.put(r, last, o["unit_line"].format(p["金额单位"])); r += 1
    for fields in o["head"]:
        part = width // len(fields)
        for i, f in enumerate(fields):
            c = c0 + i * part
            end = last if i == len(fields) - 1 else c + part - 1
            if o["inline"]:
                put(r, c, f"{lab(f)}：{p.get(f, '')}", (r, end))
            else:
                s.put(r, c, lab(f))
                value(r, c + 1, f, p.get(f), p, (r, end))
                if p.get(f) is None:
                    put(r, c + 1, None, (r, end))
        r += 1
    for part in o["order"]:
        r = {"funds": _funds, "goal": _goal, "indicators": _indicators}[part](s, p, o, r, c0, last, lab, put, value)
    for line in o["foot"]:
        line = [line] if isinstance(line, str) else line
        for i, text in enumerate(line):
            s.put(r, c0 + i * 3, text, (r, last) if len(line) == 1 and o["merge"] else None)
        r += 1
    return r


def _funds(s, p, o, r, c0, last, lab, put, value):
    first = last - len(o["fund_cols"]) + 1
    funds = p["项目资金"] + [{"资金来源": x} for x in o["blank_sources"]]
    put(r, c0, o["fund_label"].format(p["金额单位"]), (r + len(funds), c0))
    put(r, c0 + 1, None, (r, first - 1))
    for i, f in enumerate(o["fund_cols"]):
        s.put(r, first + i, lab(f))
    for n, fund in enumerate(funds):
        r += 1
        name = fund["资金来源"]
        name = o["sources"].get(name, ("其中：" if n == 1 else "") + name)
        put(r, c0 + 1, name, (r, first - 1))
        for i, f in enumerate(o["fund_cols"]):
            if f in fund:
                value(r, first + i, f, fund[f], fund)
            elif n and f in ("分值", "得分"):
                s.put(r, first + i, o["dash"])
    return r + 1


def _goal(s, p, o, r, c0, last, lab, put, value):
    mid = (c0 + 1 + last) // 2
    g = p["年度总体目标"]
    put(r, c0, lab("年度总体目标"), (r + 1, c0))
    if not o["goal_below"]:
        for i, f in enumerate(("预期目标", "实际完成情况")):
            s.put(r + i, c0 + 1, lab(f))
            value(r + i, c0 + 2, f, g[f], g, (r + i, last))
        return r + 2
    put(r, c0 + 1, lab("预期目标"), (r, mid))
    put(r, mid + 1, lab("实际完成情况"), (r, last))
    value(r + 1, c0 + 1, "预期目标", g["预期目标"], g, (r + 1, mid))
    value(r + 1, mid + 1, "实际完成情况", g["实际完成情况"], g, (r + 1, last))
    return r + 2


def _indicators(s, p, o, r, c0, last, lab, put, value):
    list_ = p["绩效指标"]
    top = r
    heads = [lab(f) for f in o["cols"]]
    for i, h in enumerate(heads):
        s.put(r, c0 + 1 + i, h)
    begun = {}
    runs = []

    def close(f, r):
        if f in begun and begun[f][1] < r:
            runs.append((begun[f][1], r, c0 + 1 + o["cols"].index(f)))

    for n, x in enumerate(list_):
        r += 1
        for i, f in enumerate(o["cols"]):
            c = c0 + 1 + i
            if f in ("一级指标", "二级指标"):
                key = (x["一级指标"],) if f == "一级指标" else (x["一级指标"], x["二级指标"])
                same = begun.get(f, (None,))[0] == key
                if same and o["levels"] == "merged":
                    begun[f] = (key, begun[f][1])
                elif not same or o["levels"] == "each":
                    close(f, r - 1)
                    begun[f] = (key, r)
                    s.put(r, c, o["level_text"](x[f]))
            elif f in x:
                value(r, c, f, x[f], x)
        for draw_row in o["after"].get(n, []):
            if o["levels"] == "merged":
                close("一级指标", r), close("二级指标", r)
                begun = {}
            r += 1
            draw_row(s, r, c0, heads, last)
    close("一级指标", r), close("二级指标", r)
    if o["levels"] == "merged" and o["merge"]:
        s.merges += [(a, c, b, c) for a, b, c in runs]
    put(top, c0, lab("绩效指标"), (top if o["after"] else r, c0))
    if o["total"]:
        r += 1
        weight = c0 + 1 + o["cols"].index("分值")
        put(r, c0, o["total"], (r, weight - 1))
        value(r, weight, "分值", p["总分"]["分值"], p["总分"])
        value(r, weight + 1, "得分", p["总分"]["得分"], p["总分"])
    return r + 1


def check(sheets):
    """No two merged areas may overlap: Excel would call the workbook broken."""
    for s in sheets:
        for i, a in enumerate(s.merges):
            for b in s.merges[:i]:
                apart = a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
                assert apart, (s.name, ref(a[0], a[1]), ref(b[0], b[1]))
