# Makes the workbooks of this directory as offices have them: by openpyxl, and by
# LibreOffice from one of those and from a CSV.
#
#   python3 make.py        (needs openpyxl and soffice)
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment

here = os.path.dirname(os.path.abspath(__file__))
when = datetime(2022, 1, 4)


def save(wb, name):
    wb.properties.created = wb.properties.modified = when
    wb.save(os.path.join(here, name))


def merged():
    """A title over all columns, a head of two rows, departments merged over their
    projects, names merged over their indicators, text numbers, a sum."""
    wb = Workbook()
    ws = wb.active
    ws.title = "2021年项目"
    ws.append(["2021年度市级部门项目支出绩效自评项目清单"])
    ws.merge_cells("A1:J1")
    ws.append(["单位：万元"])
    ws.append(["序号", "主管部门", "实施单位", "项目名称", "年初预算数", None, None, "全年预算数", None, "经办人"])
    ws.append([None, None, None, None, "合计", "其中：当年财政拨款", "上年结转资金", "合计", "其中：当年财政拨款", None])
    for col in "ABCDJ":
        ws.merge_cells(f"{col}3:{col}4")
    ws.merge_cells("E3:G3")
    ws.merge_cells("H3:I3")
    for row in [
        [1, "市教育局", "第一中学", "教学楼\n修缮", "1,121.92", 1000, 121.92, "1,000.00", "1,000.00", "张三"],
        [2, None, None, "课桌更新", 5.5, 5.5, None, 6, 6, "张三"],
        [3, None, "第二中学", "校车", 20, 20, None, 20, 20, "李四"],
        [None] * 10,
        [4, "市文旅局", "图书馆", "=1+1 展", 8, 8, None, 8, 8, "王五"],
        [5, None, "博物馆", "夜场", None, None, None, None, None, "王五"],
        ["合计", None, None, None, "=SUM(E5:E10)", None, None, "=SUM(H5:H10)", None, None],
        ["注：以上项目以人大批复为准"],
    ]:
        ws.append(row)
    ws["D9"].data_type = "s"
    ws.merge_cells("B5:B7")
    ws.merge_cells("C5:C6")
    ws.merge_cells("B9:B10")
    ws.merge_cells("A11:D11")
    ws.merge_cells("A12:J12")
    ws["D5"].alignment = Alignment(wrap_text=True)

    ws = wb.create_sheet("绩效指标")
    ws.append(["三级指标", "年度指标值", "权重", "项目名称", "一级指标", "二级指标"])
    for row in [
        ["修缮面积", "≥3000平方米", 0.5, "教学楼修缮", "产出指标\n（50分）", "数量指标"],
        ["受益学生", 1200, 0.3, None, "效益指标", "社会效益指标"],
        ["学生满意度", 0.9, 0.1, None, "满意度指标", "服务对象满意度指标"],
        ["校车", "3辆", 0.5, "校车", "产出指标", "数量指标"],
        ["到位时间", datetime(2021, 9, 1), 0.4, None, None, "时效指标"],
    ]:
        ws.append(row)
    for r in range(2, 7):
        ws[f"C{r}"].number_format = "0%"
    ws["B4"].number_format = "0%"
    ws["B6"].number_format = "yyyy/m/d"
    ws.merge_cells("D2:D4")
    ws.merge_cells("D5:D6")
    ws.merge_cells("E5:E6")
    hidden = wb.create_sheet("往年")
    hidden.append(["项目名称", "主管部门"])
    hidden.append(["旧项目", "市教育局"])
    hidden.sheet_state = "hidden"
    save(wb, "merged.xlsx")


def wrong():
    """Mistakes that only a workbook can have."""
    wb = Workbook()
    ws = wb.active
    ws.title = "项目"
    ws.append(["项目名称", "主管部门", "项目编码", "全年预算数(万元)", "年度"])
    for row in [
        ["甲", "教育局", 310000201234567890, 10, 2021],
        ["乙", "教育局", None, None, 2021],
        ["丙", "教育局", "31000020123456789X", "=1/0", 2021],
        ["丁", "教育局", None, "=D2*2", "二〇二一"],
        ["戊", "教育局", None, True, datetime(2021, 1, 1)],
    ]:
        ws.append(row)
    ws.merge_cells("D2:D3")
    ws["D4"] = "#DIV/0!"
    ws["D4"].data_type = "e"
    ws = wb.create_sheet("指标")
    ws.append(["项目编码", "三级指标", "分值"])
    ws.append(["31000020123456789X", "一", 90])
    ws.append(["31000020123456789Y", "一", 90])
    save(wb, "wrong.xlsx")


def office(source, name):
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(["soffice", "--headless", "--infilter=CSV:44,34,76,1", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                        "--outdir", out, os.path.join(here, source)], check=True, stdout=subprocess.DEVNULL)
        shutil.move(os.path.join(out, os.path.splitext(source)[0] + ".xlsx"), os.path.join(here, name))


merged()
wrong()
if "--no-office" not in sys.argv:
    office("merged.xlsx", "merged-libreoffice.xlsx")
    csv = os.path.join(here, "typed.csv")
    with open(csv, "w", encoding="utf-8") as f:
        f.write("年度,主管部门,项目名称,年初预算数（元）,全年预算数（元）,项目编码\n2021,教育局,培训,\"1,200\",1200.50,00123\n2021,教育局,1-2月采购,300,300,12345678901234567890\n")
    office("typed.csv", "typed-libreoffice.xlsx")
    os.remove(csv)
