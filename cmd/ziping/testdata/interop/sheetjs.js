// Opens workbooks with SheetJS and prints of each, as a line of JSON, how many
// cells of each sheet hold something: sheetjs.js FILES
const XLSX = require('xlsx');

for (const file of process.argv.slice(2)) {
  let line;
  try {
    const workbook = XLSX.readFile(file);
    const sheets = {};
    for (const name of workbook.SheetNames) {
      const cells = Object.entries(workbook.Sheets[name]);
      sheets[name] = cells.filter(([ref, c]) => !ref.startsWith('!') && c.v !== undefined && c.v !== '').length;
    }
    line = { sheets };
  } catch (e) {
    line = { error: String(e) };
  }
  console.log(JSON.stringify({ file, ...line }));
}
