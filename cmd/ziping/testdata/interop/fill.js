// Fills cells of a workbook as a department's system does: fill.js IN OUT CELLS.json
const fs = require('fs');
const { Workbook } = require('exceljs');

const [source, target, cells] = process.argv.slice(2);
(async () => {
  const workbook = new Workbook();
  await workbook.xlsx.readFile(source);
  const sheet = workbook.worksheets[0];
  for (const [ref, value] of Object.entries(JSON.parse(fs.readFileSync(cells, 'utf8')))) sheet.getCell(ref).value = value;
  await workbook.xlsx.writeFile(target);
})();
