#!/usr/bin/python3
"""Makes openpyxl.xlsx with openpyxl, and libreoffice.xlsx by having
LibreOffice load and save that: python3 make.py, here."""

import datetime
import os
import subprocess
import tempfile

import openpyxl
from openpyxl.styles import Border, PatternFill, Side

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "自评表"
sheet["A1"] = "财政项目支出绩效自评表\n（2021 年度）"
sheet.merge_cells("A1:F1")
sheet["A2"] = "项目名称"
sheet["B2"] = "未来公园 <展厅> & 运营"
sheet.merge_cells("B2:F2")
sheet["A3"] = "年度资金总额"
sheet["B3"] = 1121.92
sheet["B3"].number_format = "#,##0.00"
sheet["C3"] = 1120.52
sheet["D3"] = "=C3/B3"
sheet["D3"].number_format = "0.00%"
sheet["E3"] = 0.9811
sheet["E3"].number_format = "0.00%"
sheet["F3"] = True
sheet["A4"] = datetime.date(2021, 12, 31)
sheet["A4"].number_format = 'yyyy"年"m"月"d"日"'
sheet["B4"] = 182
sheet["B4"].number_format = '0"场"'
sheet["C4"] = datetime.time(15, 4)
sheet["C4"].number_format = "h:mm"
sheet["D4"] = "=1/0"
sheet["E4"] = '=B4&"场"'
sheet["F4"] = "  前后  "
thin = Side(style="thin")
for row in sheet.iter_rows(min_row=1, max_row=30, max_col=9):
    for cell in row:
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        cell.fill = PatternFill("solid", fgColor="FFFFEE")
sheet["XFD1048576"] = "末"
sheet.protection.sheet = True
hidden = book.create_sheet("说明")
hidden.sheet_state = "hidden"
hidden["B2"] = "第二张"
veryHidden = book.create_sheet("_ziping")
veryHidden.sheet_state = "veryHidden"
book.save("openpyxl.xlsx")

with tempfile.TemporaryDirectory() as out:
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, "openpyxl.xlsx"], check=True)
    os.replace(os.path.join(out, "openpyxl.xlsx"), "libreoffice.xlsx")
