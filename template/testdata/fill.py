"""Fills cells of a workbook as a department's script would: fill.py IN OUT CELLS.json

Prints what openpyxl sees in the formula cells of IN: the cached values, by cell.
"""
import json
import sys

import openpyxl

source, target, cells = sys.argv[1:]
sheet = openpyxl.load_workbook(source)
cached = openpyxl.load_workbook(source, data_only=True).worksheets[0]
form = sheet.worksheets[0]
seen = {}
for row in form.iter_rows():
    for cell in row:
        if cell.data_type == "f":
            seen[cell.coordinate] = cached[cell.coordinate].value
with open(cells, encoding="utf-8") as f:
    for ref, value in json.load(f).items():
        if isinstance(value, str):
            form[ref] = value
            form[ref].data_type = "s"  # "=400 场" is a text
        else:
            form[ref] = value
sheet.save(target)
print(json.dumps(seen))
