"""What writes the workbooks, but for exceljs, which exceljs.js drives."""
import datetime
import os
import subprocess
import tempfile
import zipfile
from xml.sax.saxutils import escape

from model import Day, F, Rich, Shared, ref


def with_openpyxl(sheets, path, book=None):
    import openpyxl
    from openpyxl.styles import Alignment, Border, Side
    thin = Side(style="thin")
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    for s in sheets:
        ws = wb.create_sheet(s.name)
        ws.sheet_state = s.state
        for (r, c), v in s.cells.items():
            text = isinstance(v, str) and not isinstance(v, F)
            if isinstance(v, F):
                v = "=" + v
            elif isinstance(v, Day):
                v = datetime.date(*v)
            cell = ws.cell(r, c, v)
            if text:
                cell.data_type = "s"  # also of =400 场
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = Border(thin, thin, thin, thin)
            if (r, c) in s.formats:
                cell.number_format = s.formats[r, c]
        for m in s.merges:
            ws.merge_cells(start_row=m[0], start_column=m[1], end_row=m[2], end_column=m[3])
        for r in s.hidden_rows:
            ws.row_dimensions[r].hidden = True
        for c in s.hidden_cols:
            ws.column_dimensions[ref(1, c)[:-1]].hidden = True
    stamp = datetime.datetime(2024, 1, 1)
    wb.properties.created = wb.properties.modified = stamp
    wb.save(path)


def with_xlsxwriter(sheets, path, book=None):
    import xlsxwriter
    wb = xlsxwriter.Workbook(path, book or {})
    wb.set_properties({"created": datetime.datetime(2024, 1, 1)})
    plain = {"text_wrap": True, "border": 1, "valign": "vcenter"}
    formats = {}

    def format_of(code):
        if code not in formats:
            formats[code] = wb.add_format(dict(plain, **({"num_format": code} if code else {})))
        return formats[code]

    for s in sheets:
        ws = wb.add_worksheet(s.name)
        if s.state == "hidden":
            ws.hide()
        merged = {(m[0], m[1]): m for m in s.merges}
        for (r, c), m in merged.items():
            if (r, c) not in s.cells:
                ws.merge_range(r - 1, c - 1, m[2] - 1, m[3] - 1, "", format_of(None))
        for (r, c), v in sorted(s.cells.items()):
            fmt = format_of(s.formats.get((r, c)))
            if (r, c) in merged:
                m = merged[r, c]
                ws.merge_range(r - 1, c - 1, m[2] - 1, m[3] - 1, "", fmt)
            if isinstance(v, Rich):
                bold = wb.add_format({"bold": True, "color": "red"})
                parts = []
                for i, run in enumerate(v):
                    parts += [bold, run] if i % 2 else [run]
                ws.write_rich_string(r - 1, c - 1, *parts, fmt)
            elif isinstance(v, Day):
                ws.write_datetime(r - 1, c - 1, datetime.datetime(*v), fmt)
            elif isinstance(v, str):
                ws.write_string(r - 1, c - 1, v, fmt)
            else:
                ws.write(r - 1, c - 1, v, fmt)
        for r in s.hidden_rows:
            ws.set_row(r - 1, None, None, {"hidden": True})
        for c in s.hidden_cols:
            ws.set_column(c - 1, c - 1, None, None, {"hidden": True})
    wb.close()


def with_libreoffice(jobs):
    """Lets LibreOffice open and save workbooks: jobs are (sheets, path, book)."""
    with tempfile.TemporaryDirectory() as tmp:
        src, out = os.path.join(tmp, "src"), os.path.join(tmp, "out")
        os.mkdir(src)
        files = []
        for sheets, path, book in jobs:
            name = os.path.join(src, os.path.basename(path))
            (with_xlsxwriter if any(isinstance(v, Rich) for s in sheets for v in s.cells.values()) else with_openpyxl)(sheets, name, book)
            files.append(name)
        profile = "-env:UserInstallation=file://" + os.path.join(tmp, "profile")
        # to its own format first: nothing of the first writer stays
        for to, directory, given in (("ods", os.path.join(tmp, "ods"), files), ("xlsx:Calc MS Excel 2007 XML", out, None)):
            given = given or [os.path.join(tmp, "ods", f) for f in sorted(os.listdir(os.path.join(tmp, "ods")))]
            subprocess.run(["soffice", profile, "--headless", "--convert-to", to, "--outdir", directory, *given],
                           check=True, capture_output=True, timeout=240)
        for _, path, _ in jobs:
            os.replace(os.path.join(out, os.path.basename(path)), path)


CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>%s<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""
RELATIONS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_hand(sheets, path, book=None):
    """Writes the XML itself, as smaller libraries do: texts inline, and with

    prefix     every element in a namespace prefix (OpenXML SDK, ClosedXML)
    unnamed    no references on rows and cells
    phonetic   phonetic runs behind each text, as Japanese input methods leave them
    strings    texts as the results of formulas would be (t="str")
    date1904   dates count from 1904
    shared     {first: (ref, formula)} formulas that cells share, none calculated
    """
    book = book or {}
    x = "x:" if book.get("prefix") else ""
    ns = f'xmlns:x="{MAIN}"' if x else f'xmlns="{MAIN}"'
    codes = sorted({f for s in sheets for f in s.formats.values()})
    parts = {}
    styles = "".join(f'<{x}numFmt numFmtId="{200 + i}" formatCode="{escape(f, {chr(34): "&quot;"})}"/>' for i, f in enumerate(codes))
    xfs = "".join(f'<{x}xf numFmtId="{200 + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' for i in range(len(codes)))
    parts["xl/styles.xml"] = (
        f'<{x}styleSheet {ns}>' + (f'<{x}numFmts count="{len(codes)}">{styles}</{x}numFmts>' if codes else "") +
        f'<{x}fonts count="1"><{x}font><{x}sz val="11"/><{x}name val="宋体"/></{x}font></{x}fonts>'
        f'<{x}fills count="2"><{x}fill><{x}patternFill patternType="none"/></{x}fill><{x}fill><{x}patternFill patternType="gray125"/></{x}fill></{x}fills>'
        f'<{x}borders count="1"><{x}border/></{x}borders><{x}cellStyleXfs count="1"><{x}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></{x}cellStyleXfs>'
        f'<{x}cellXfs count="{len(codes) + 1}"><{x}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{xfs}</{x}cellXfs></{x}styleSheet>')

    def text(v):
        def t(s):
            return f'<{x}t xml:space="preserve">{escape(s)}</{x}t>'
        if isinstance(v, Rich):
            runs = "".join(f"<{x}r><{x}rPr><{x}b/></{x}rPr>{t(run)}</{x}r>" if i % 2 else f"<{x}r>{t(run)}</{x}r>" for i, run in enumerate(v))
        else:
            runs = t(v)
        if book.get("phonetic"):
            runs += f'<{x}rPh sb="0" eb="1">{t("ふりがな")}</{x}rPh><{x}phoneticPr fontId="0"/>'
        return runs

    def cell(s, r, c):
        v = s.cells[r, c]
        at = "" if book.get("unnamed") else f' r="{ref(r, c)}"'
        if (r, c) in s.formats:
            at += f' s="{codes.index(s.formats[r, c]) + 1}"'
        sharing = book.get("shared", {})
        for n, (first, (area, formula)) in enumerate(sharing.items()):
            if (r, c) == first:
                return f'<{x}c{at}><{x}f t="shared" ref="{area}" si="{n}">{escape(formula)}</{x}f></{x}c>'
            if isinstance(v, Shared) and v.first == first:
                return f'<{x}c{at}><{x}f t="shared" si="{n}"/></{x}c>'
        if isinstance(v, F):
            return f"<{x}c{at}><{x}f>{escape(v)}</{x}f></{x}c>"
        if isinstance(v, Day):
            start = datetime.date(1904, 1, 1) if book.get("date1904") else datetime.date(1899, 12, 30)
            return f"<{x}c{at}><{x}v>{(datetime.date(*v) - start).days}</{x}v></{x}c>"
        if isinstance(v, (int, float)):
            return f"<{x}c{at}><{x}v>{v!r}</{x}v></{x}c>"
        if book.get("strings"):
            return f'<{x}c{at} t="str"><{x}v>{escape(v)}</{x}v></{x}c>'
        return f'<{x}c{at} t="inlineStr"><{x}is>{text(v)}</{x}is></{x}c>'

    for n, s in enumerate(sheets, 1):
        rows = []
        height = max(r for r, _ in s.cells)
        for r in range(1, height + 1):
            width = max((c for q, c in s.cells if q == r), default=0)
            named = "" if book.get("unnamed") else f' r="{r}"'
            if book.get("unnamed"):
                row = "".join(cell(s, r, c) if (r, c) in s.cells else f"<{x}c/>" for c in range(1, width + 1))
            else:
                row = "".join(cell(s, r, c) for c in range(1, width + 1) if (r, c) in s.cells)
            rows.append(f"<{x}row{named}>{row}</{x}row>")
        merges = "".join(f'<{x}mergeCell ref="{ref(m[0], m[1])}:{ref(m[2], m[3])}"/>' for m in s.merges)
        merges = f'<{x}mergeCells count="{len(s.merges)}">{merges}</{x}mergeCells>' if merges else ""
        parts[f"xl/worksheets/sheet{n}.xml"] = f'<{x}worksheet {ns}><{x}sheetData>{"".join(rows)}</{x}sheetData>{merges}</{x}worksheet>'
    pr = f'<{x}workbookPr date1904="1"/>' if book.get("date1904") else ""
    listed = "".join(f'<{x}sheet name="{escape(s.name)}" sheetId="{n}" r:id="rId{n}"/>' for n, s in enumerate(sheets, 1))
    parts["xl/workbook.xml"] = f'<{x}workbook {ns} xmlns:r="{OFFICE}">{pr}<{x}sheets>{listed}</{x}sheets></{x}workbook>'
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' for n in range(1, len(sheets) + 1))
    parts["[Content_Types].xml"] = CONTENT_TYPES % overrides
    parts["_rels/.rels"] = RELATIONS % f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    parts["xl/_rels/workbook.xml.rels"] = RELATIONS % ("".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, len(sheets) + 1)) +
        f'<Relationship Id="rId{len(sheets) + 1}" Type="{OFFICE}/styles" Target="styles.xml"/>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name in ["[Content_Types].xml", "_rels/.rels", *sorted(n for n in parts if n.startswith("xl/"))]:
            body = parts[name]
            if not body.startswith("<?xml"):
                body = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body
            z.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
