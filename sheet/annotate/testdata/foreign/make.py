#!/usr/bin/python3
"""Makes the workbooks of this folder but exceljs.xlsx, for which see make.js.

openpyxl.xlsx and tables.xlsx are written by openpyxl, libreoffice.xlsx is what
LibreOffice makes of the former. The others are openpyxl.xlsx taken apart and
put together as other programs write it; nothing in them was made by those
programs. The vbaProject.bin of macros.xlsm is a few bytes that are no macro.
"""
import datetime, io, json, os, re, shutil, subprocess, sys, tempfile, zipfile, zlib, struct

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import range_boundaries, get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

os.chdir(os.path.dirname(os.path.abspath(__file__)))
FORM = json.load(open("form.json"))


def png():
    """A red square."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\xc0\x20\x20" * 8 for _ in range(8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def form(ws, down=0, project=None):
    """Writes the form so many rows down."""
    side = Side(style="thin", color="FF444444")
    for ref, value in FORM["cells"].items():
        col, row, _, _ = range_boundaries(ref)
        cell = ws.cell(row + down, col, project if ref == "B3" and project else value)
        cell.data_type = "s" if isinstance(value, str) else "n"  # "=400 场" is no formula
        cell.border = Border(left=side, right=side, top=side, bottom=side)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.font = Font(name="宋体", size=10, bold=row == 1)
        if ref == "H13":
            cell.fill = PatternFill("solid", fgColor="FFDDEEFF")
            cell.number_format = "0.00"
    for ref in FORM["merges"]:
        c1, r1, c2, r2 = range_boundaries(ref)
        ws.merge_cells(start_row=r1 + down, start_column=c1, end_row=r2 + down, end_column=c2)


def department():
    """A form with all that a department may have put into its workbook."""
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "自评表"
    form(ws)
    for row in range(13, 18):
        ws.cell(row, 8).protection = Protection(locked=False)
    ws.protection.sheet = True
    ws["H13"].comment = Comment("张三：\n已核对 & <无误>", "张三")
    ws["B3"].comment = Comment("项目名称与批复一致", "李四")
    ws["K2"].comment = Comment("表外的批注", "李四")
    ws["K2"] = "表外"
    ws["L20"] = "=SUM(H13:H17)"
    dv = DataValidation(type="decimal", operator="between", formula1="0", formula2="100", allow_blank=True)
    dv.error, dv.prompt = "得分应在 0 到 100 之间", "请填得分"
    dv.add("H13:H17")
    ws.add_data_validation(dv)
    ws.conditional_formatting.add("I13:I17", FormulaRule(formula=["AND(H13<G13,I13=\"\")"], fill=PatternFill(bgColor="FFFFC7CE")))
    ws.conditional_formatting.add("H13:H17", CellIsRule(operator="greaterThan", formula=["50"], font=Font(color="FFFF0000")))
    ws.print_area, ws.print_title_rows = "A1:I18", "1:2"
    ws.page_setup.orientation, ws.page_setup.paperSize = "landscape", 9
    ws.page_margins.left = 0.33
    ws.oddFooter.center.text = "第 &P 页"
    ws.freeze_panes = "A3"
    ws["B3"].hyperlink = "https://example.org/?a=1&b=2"
    ws.column_dimensions["I"].width = 30
    ws.column_dimensions["M"].hidden = True
    ws.row_dimensions[19].height = 30
    ws.add_image(image(), "K4")
    chart = BarChart()
    chart.add_data(Reference(ws, min_col=8, min_row=13, max_row=17))
    ws.add_chart(chart, "K10")

    ledger = wb.create_sheet("台账 '21")
    for row in [["日期", "团组", "人数"], [datetime.date(2021, 3, 1), "甲", 20], [datetime.date(2021, 4, 1), "乙", 30]]:
        ledger.append(row)
    ledger.add_table(Table(displayName="团组表", ref="A1:C3"))
    ledger["B2"].comment = Comment("台账的批注", "王五")
    ledger.add_image(image(), "E2")
    hidden = wb.create_sheet("底稿")
    hidden["A1"] = "=自评表!H18*2"
    hidden.sheet_state = "hidden"
    wb.create_chartsheet("图").add_chart(chart_of(ws))
    wb.defined_names.append(DefinedName("总额", attr_text="自评表!$E$6"))
    wb.calculation.fullCalcOnLoad = None
    return wb


def image():
    return Image(io.BytesIO(png()))


def chart_of(ws):
    chart = BarChart()
    chart.add_data(Reference(ws, min_col=7, min_row=13, max_row=17))
    return chart


def tables():
    """Two forms on one sheet, a third on another."""
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "两张表"
    form(ws)
    form(ws, 20, "未来公园展厅维护经费")
    ws["H33"].comment = Comment("第二张表的批注", "张三")
    other = wb.create_sheet("第三张表")
    form(other, 2, "未来公园绿化经费")
    return wb


def save(wb, name):
    stamp = datetime.datetime(2022, 1, 1)
    wb.properties.created = wb.properties.modified = stamp
    wb.properties.creator = "张三"
    buffer = io.BytesIO()
    wb.save(buffer)
    parts = read(buffer)
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(r">\d{4}-\d\d-\d\dT[\d:]+Z<", ">2022-01-01T00:00:00Z<", core).encode()
    write(parts, name)
    return parts


def read(file):
    with zipfile.ZipFile(file) as z:
        return {n: z.read(n) for n in z.namelist()}


def write(parts, name):
    with zipfile.ZipFile(name, "w") as z:
        for part, content in parts.items():
            info = zipfile.ZipInfo(part, (2022, 1, 1, 0, 0, 0))
            z.writestr(info, content, zipfile.ZIP_DEFLATED, 9)


def edit(parts, part, *changes):
    """Replaces texts of a part, each of which must be there."""
    text = parts[part].decode()
    for old, new in changes:
        if old not in text:
            sys.exit(f"{part} has no {old!r}")
        text = text.replace(old, new, 1)
    parts[part] = text.encode()


HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES, BOOK, BOOK_RELS, SHEET = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
SHEET_RELS = "xl/worksheets/_rels/sheet1.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def declare(parts, part, kind):
    edit(parts, TYPES, ("</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'))


def relate(parts, rels, id, kind, target):
    edit(parts, rels, ("</Relationships>", f'<Relationship Id="{id}" Type="{kind}" Target="{target}"/></Relationships>'))


def macros(parts):
    """As Excel saves a workbook with macros and a button on the sheet."""
    edit(parts, TYPES, ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
         ("</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'))
    parts["xl/vbaProject.bin"] = bytes(range(256)) * 4
    relate(parts, BOOK_RELS, "rIdVba", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")
    edit(parts, BOOK, ("<workbookPr", '<workbookPr codeName="ThisWorkbook"'))
    parts["xl/ctrlProps/ctrlProp1.xml"] = HEAD + b'<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="Button" lockText="1"/>'
    declare(parts, "xl/ctrlProps/ctrlProp1.xml", "application/vnd.ms-excel.controlproperties+xml")
    relate(parts, SHEET_RELS, "rIdCtrl", OFFICE + "/ctrlProp", "../ctrlProps/ctrlProp1.xml")
    edit(parts, SHEET_RELS, ("/xl/comments/comment1.xml", "../comments/comment%31.xml"))  # a target is a URI; LibreOffice does not know
    vml = next(p for p in parts if p.endswith("commentsDrawing1.vml"))
    edit(parts, vml, ("</xml>", '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="_x0000_s2049" type="#_x0000_t201" style="position:absolute;margin-left:600pt;margin-top:300pt;width:72pt;height:24pt;z-index:9">'
         '<x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Button"><x:Anchor>12, 0, 20, 0, 13, 40, 22, 0</x:Anchor><x:FmlaMacro>[0]!检查</x:FmlaMacro></x:ClientData></v:shape></xml>'))
    controls = ('<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><controls>'
                f'<control xmlns:r="{OFFICE}" shapeId="2049" r:id="rIdCtrl" name="按钮 1"><controlPr defaultSize="0" print="0" autoFill="0" autoPict="0" macro="[0]!检查"><anchor moveWithCells="1">'
                '<from><xdr:col xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">12</xdr:col><xdr:colOff xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:colOff><xdr:row xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">20</xdr:row><xdr:rowOff xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:rowOff></from>'
                '<to><xdr:col xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">13</xdr:col><xdr:colOff xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:colOff><xdr:row xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">22</xdr:row><xdr:rowOff xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">0</xdr:rowOff></to></anchor></controlPr></control></controls></mc:Choice></mc:AlternateContent>')
    edit(parts, SHEET, ("</worksheet>", controls + "</worksheet>"))


def wps(parts):
    """As WPS saves a workbook: its namespaces, its properties, a picture in a cell."""
    etc = ('xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
           'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" mc:Ignorable="xr etc" ')
    edit(parts, SHEET, ("<worksheet ", "<worksheet " + etc),
         ("</worksheet>", '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
          '<x14:cfRule type="expression" priority="9"><xm:f>自评表!$H13&gt;99</xm:f></x14:cfRule><xm:sqref>H13:H17</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>'))
    # A cell without an address, as streaming writers have it.
    sheet = parts[SHEET].decode()
    sheet = sheet.replace('<c r="B18"', '<c')
    sheet = sheet.replace('<c r="K2"', '<c r="J2" t="str"><f>_xlfn.DISPIMG("ID_0123456789ABCDEF",1)</f><v>=DISPIMG("ID_0123456789ABCDEF",1)</v></c><c r="K2"', 1)
    parts[SHEET] = sheet.encode()
    edit(parts, BOOK, ("<workbook ", "<workbook " + etc),
         ("<bookViews>", '<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="D:\\"/></mc:Choice></mc:AlternateContent><bookViews>'))
    parts["docProps/custom.xml"] = HEAD + ('<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.16729</vt:lpwstr></property></Properties>').encode()
    declare(parts, "docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml")
    relate(parts, "_rels/.rels", "rIdCustom", OFFICE + "/custom-properties", "docProps/custom.xml")
    parts["xl/cellimages.xml"] = HEAD + b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    declare(parts, "xl/cellimages.xml", "application/vnd.wps-officedocument.cellimage+xml")
    relate(parts, BOOK_RELS, "rIdCell", "http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml")


def threaded(parts):
    """As Microsoft 365 saves comments that are conversations."""
    note = "xl/comments/comment1.xml"
    guid = "{11111111-2222-3333-4444-555555555555}"
    edit(parts, note, ("<authors>", f"<authors><author>tc={guid}</author>"))
    text = re.sub(r'authorId="(\d+)"', lambda m: f'authorId="{int(m[1]) + 1}"', parts[note].decode())
    text = re.sub(r'(<comment ref="H13" authorId=")\d+', r"\g<1>0", text)
    parts[note] = text.encode()
    parts["xl/threadedComments/threadedComment1.xml"] = HEAD + ('<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        f'<threadedComment ref="H13" dT="2022-01-01T00:00:00.00" personId="{{66666666-7777-8888-9999-000000000000}}" id="{guid}"><text>已核对</text></threadedComment></ThreadedComments>').encode()
    parts["xl/persons/person.xml"] = HEAD + ('<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<person displayName="张三" id="{66666666-7777-8888-9999-000000000000}" userId="zhangsan" providerId="None"/></personList>').encode()
    declare(parts, "xl/threadedComments/threadedComment1.xml", "application/vnd.ms-excel.threadedcomments+xml")
    declare(parts, "xl/persons/person.xml", "application/vnd.ms-excel.person+xml")
    relate(parts, SHEET_RELS, "rIdThread", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "../threadedComments/threadedComment1.xml")
    relate(parts, BOOK_RELS, "rIdPerson", "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml")


def strict(parts):
    """As Excel saves a "Strict Open XML Workbook"."""
    spaces = {"http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
              OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
              "http://schemas.openxmlformats.org/drawingml/2006/": "http://purl.oclc.org/ooxml/drawingml/"}
    for part, content in parts.items():
        if part.endswith((".xml", ".rels")) and part != TYPES:
            for old, new in spaces.items():
                content = content.replace(old.encode(), new.encode())
            parts[part] = content
    edit(parts, BOOK, ("<workbook ", '<workbook conformance="strict" '))


def prefixed(parts):
    """As the Open XML SDK and others write it: every element with a prefix."""
    text = parts["xl/comments/comment1.xml"].decode()
    parts["xl/comments/comment1.xml"] = re.sub(r"<text><t[^>]*>", "<text><r><rPr><b/><sz val=\"9\"/></rPr><t>", text).replace("</t></text>", "</t></r></text>").encode()
    for part, content in parts.items():
        if part.endswith(".rels"):
            prefix = b"rel:"
        elif part == TYPES:
            prefix = b"ct:"
        elif part in (BOOK, "xl/styles.xml", "xl/sharedStrings.xml") or part.startswith(("xl/worksheets/sheet", "xl/comments/")):
            prefix = b"x:"
        else:
            continue
        content = re.sub(rb"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])", rb"<\1" + prefix + rb"\2", content)
        parts[part] = content.replace(b" xmlns=", b" xmlns:" + prefix[:-1] + b"=")


def libreoffice():
    with tempfile.TemporaryDirectory() as dir:
        shutil.copy("openpyxl.xlsx", dir + "/libreoffice.xlsx")
        subprocess.run(["soffice", f"-env:UserInstallation=file://{dir}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                        "--outdir", dir + "/out", dir + "/libreoffice.xlsx"], check=True, stdout=subprocess.DEVNULL)
        parts = read(dir + "/out/libreoffice.xlsx")
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = re.sub(r">\d{4}-\d\d-\d\dT[\d:]+Z<", ">2022-01-01T00:00:00Z<", core).encode()
    write(parts, "libreoffice.xlsx")


save(tables(), "tables.xlsx")
parts = save(department(), "openpyxl.xlsx")
libreoffice()
for make, name in [(macros, "macros.xlsm"), (wps, "wps.xlsx"), (threaded, "threaded.xlsx"), (strict, "strict.xlsx"), (prefixed, "prefixed.xlsx")]:
    copy = dict(parts)
    make(copy)
    write(copy, name)
