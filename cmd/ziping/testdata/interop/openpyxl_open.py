"""Opens workbooks with openpyxl and prints of each, as a line of JSON, how many
cells of each sheet hold something: openpyxl_open.py whole|read-only FILES"""
import json
import sys

import openpyxl


def cells(sheet):
    return sum(v is not None and v != "" for row in sheet.iter_rows(values_only=True) for v in row)


way, *files = sys.argv[1:]
for file in files:
    line = {"file": file}
    try:
        book = openpyxl.load_workbook(file, read_only=way == "read-only", data_only=True)
        line["sheets"] = {sheet.title: cells(sheet) for sheet in book.worksheets}
    except Exception as e:  # whatever it can't do with a workbook of ours
        line["error"] = repr(e)
    print(json.dumps(line))
