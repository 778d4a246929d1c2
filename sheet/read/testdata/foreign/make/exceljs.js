// Writes the workbooks of a list of jobs (JSON) with exceljs.
const fs = require('fs');
const ExcelJS = require('exceljs');

async function main() {
  for (const job of JSON.parse(fs.readFileSync(process.argv[2]))) {
    const book = new ExcelJS.Workbook();
    book.created = book.modified = new Date(Date.UTC(2024, 0, 1));
    book.properties.date1904 = !!job.book.date1904;
    for (const s of job.sheets) {
      const sheet = book.addWorksheet(s.name, { state: s.state });
      for (const m of s.merges) sheet.mergeCells(...m);
      for (const c of s.cells) {
        const cell = sheet.getCell(c.r, c.c);
        if (c.formula) cell.value = { formula: c.formula, ...(c.result === undefined ? {} : { result: c.result }) };
        else if (c.shares) cell.value = { sharedFormula: c.shares, ...(c.result === undefined ? {} : { result: c.result }) };
        else if (c.rich) cell.value = { richText: c.rich.map((text, i) => (i % 2 ? { text, font: { bold: true, color: { argb: 'FFFF0000' } } } : { text })) };
        else if (c.day) cell.value = new Date(Date.UTC(c.day[0], c.day[1] - 1, c.day[2]));
        else cell.value = c.value;
        if (c.format) cell.numFmt = c.format;
        cell.alignment = { wrapText: true, vertical: 'middle' };
      }
      for (const r of s.hidden_rows) sheet.getRow(r).hidden = true;
      for (const c of s.hidden_cols) sheet.getColumn(c).hidden = true;
    }
    await book.xlsx.writeFile(job.path);
  }
}
main().catch((e) => { console.error(e); process.exit(1); });
