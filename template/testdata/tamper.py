"""Does to a workbook what departments do, with openpyxl: tamper.py IN OUT"""
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
form = book.worksheets[0]
form.protection.sheet = False
form["G13"] = 30  # a weight
form["H18"] = 100  # a formula
form["E6"] = "=SUM(E7,E8,E9)"
form["J3"] = "beside the form"
form["A20"] = "below the form"
for ref in ("B16", "C16", "D16", "E16", "G16"):
    form[ref] = None
book.save(sys.argv[2])
