#!/bin/sh
# Makes the workbooks anew. It wants soffice, Python with openpyxl and
# xlsxwriter, and npm, which fetches exceljs into a temporary directory.
set -e
cd "$(dirname "$0")"
js=$(mktemp -d)
trap 'rm -rf "$js"' EXIT
cp exceljs.js "$js"
(cd "$js" && npm install --silent --no-save exceljs@4.4.0 >/dev/null)
PYTHONDONTWRITEBYTECODE=1 ${PYTHON:-/usr/bin/python3} make.py "$js"
