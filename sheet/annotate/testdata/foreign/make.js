// Makes exceljs.xlsx: node make.js, where exceljs can be found (npm install exceljs).
const fs = require("fs"), path = require("path"), ExcelJS = require("exceljs");
process.chdir(__dirname);
const form = JSON.parse(fs.readFileSync("form.json", "utf8"));
const stamp = new Date("2022-01-01T00:00:00Z");
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");

(async () => {
  const wb = new ExcelJS.Workbook();
  wb.creator = "张三";
  wb.created = wb.modified = stamp;
  const ws = wb.addWorksheet("自评表", {
    pageSetup: { paperSize: 9, orientation: "landscape", printArea: "A1:I18", printTitlesRow: "1:2" },
    headerFooter: { oddFooter: "第 &P 页" }, views: [{ state: "frozen", ySplit: 2 }],
  });
  const thin = { style: "thin", color: { argb: "FF444444" } };
  for (const [ref, value] of Object.entries(form.cells)) {
    const cell = ws.getCell(ref);
    cell.value = value;
    cell.border = { left: thin, right: thin, top: thin, bottom: thin };
    cell.alignment = { wrapText: true, vertical: "middle" };
  }
  form.merges.forEach((m) => ws.mergeCells(m));
  ws.getCell("H18").value = { formula: "I6+SUM(H13:H17)", result: 96.99 };
  ws.getCell("H13").note = { texts: [{ font: { bold: true }, text: "张三：" }, { text: "\n已核对" }] };
  ws.getCell("K2").note = "表外的批注";
  for (let row = 13; row <= 17; row++) {
    ws.getCell(row, 8).protection = { locked: false };
    ws.getCell(row, 8).dataValidation = { type: "decimal", operator: "between", formulae: [0, 100], showErrorMessage: true, error: "得分应在 0 到 100 之间" };
  }
  ws.addConditionalFormatting({ ref: "H13:H17", rules: [{ type: "colorScale", cfvo: [{ type: "min" }, { type: "max" }], color: [{ argb: "FFFFFFFF" }, { argb: "FF638EC6" }], priority: 1 },
    { type: "cellIs", operator: "greaterThan", formulae: [50], style: { font: { color: { argb: "FFFF0000" } } }, priority: 2 }] });
  await ws.protect("123", { spinCount: 10 });
  ws.addImage(wb.addImage({ buffer: png, extension: "png" }), "K4:L6");
  const other = wb.addWorksheet("台账");
  other.addTable({ name: "Tuanzu", ref: "A1", headerRow: true, columns: [{ name: "团组" }, { name: "人数" }], rows: [["甲", 20], ["乙", 30]] });
  wb.definedNames.add("自评表!$E$6", "总额");
  await wb.xlsx.writeFile("exceljs.xlsx");
})();
