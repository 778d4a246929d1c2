// Opens workbooks with exceljs and prints of each, as a line of JSON, how many
// cells of each sheet hold something: exceljs.js FILES
const { Workbook } = require('exceljs');

const texts = (v) => (v && typeof v === 'object' && 'result' in v ? v.result : v);

async function open(file) {
  const workbook = new Workbook();
  await workbook.xlsx.readFile(file);
  const sheets = {};
  workbook.eachSheet((sheet) => {
    let cells = 0;
    sheet.eachRow((row) => row.eachCell((cell) => {
      const v = texts(cell.value);
      if (cell.master === cell && v !== null && v !== undefined && v !== '') cells++;
    }));
    sheets[sheet.name] = cells;
  });
  return sheets;
}

(async () => {
  for (const file of process.argv.slice(2)) {
    let line;
    try {
      line = { sheets: await open(file) };
    } catch (e) {
      line = { error: String(e) };
    }
    console.log(JSON.stringify({ file, ...line }));
  }
})();
