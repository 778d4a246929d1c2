// Opens a workbook with exceljs and saves it: resave.js IN OUT
const { Workbook } = require('exceljs');
const [source, target] = process.argv.slice(2);
const workbook = new Workbook();
workbook.xlsx.readFile(source).then(() => workbook.xlsx.writeFile(target));
