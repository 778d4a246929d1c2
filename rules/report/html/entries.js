// What was reported. An entry of the list is a table, or a workbook that could not
// be read.

import {say} from './words.js';

export const GRADES = ['优', '良', '中', '差'];
export const UNKNOWN = '未知';
const NO_DEPARTMENT = '（未填主管部门）';
const NO_PROJECT = '（没有项目名称）';

export const entries = [];
export let severities = []; // the gravest first
export const severityRank = new Map();
const severityLabels = new Map();
const ruleTitles = new Map();
let files = 0;

export const isSeverity = (id) => severityLabels.has(id);
export const labelOf = (severity) => say(severityLabels.get(severity) || severity);
export const titleOf = (rule) => ruleTitles.get(rule) || rule;

// begin forgets what was reported, and takes the terms of a new report.
export function begin(terms) {
  entries.length = 0;
  files = 0;
  severities = terms.severities;
  for (const map of [severityLabels, severityRank, ruleTitles]) map.clear();
  severities.forEach((s, i) => {
    severityLabels.set(s.id, s.label);
    severityRank.set(s.id, i);
  });
  for (const r of terms.rules) ruleTitles.set(r.id, r.title);
}

// take adds a workbook to the report.
export function take(file) {
  const number = files++;
  if (file.error) entries.push({file: file.file, number, index: entries.length, error: file.error, tables: file.tables.length});
  for (const table of file.tables) {
    entries.push({
      file: file.file, number, index: entries.length, table,
      department: valueOf(table, '主管部门') || NO_DEPARTMENT,
      grade: table.grade || UNKNOWN,
      count: countBy(table.findings, (f) => f.severity),
    });
  }
}

export function countBy(list, key) {
  const counts = new Map();
  for (const x of list) counts.set(key(x), (counts.get(key(x)) || 0) + 1);
  return counts;
}

// sortedByCount returns [key, count] pairs, the most frequent first.
export function sortedByCount(counts) {
  return Array.from(counts).sort((a, b) => b[1] - a[1]);
}

function head(table) {
  const part = table.parts.find((p) => p.path === '');
  return part ? part.cells : {};
}

export function valueOf(table, label) {
  const cell = head(table)[label];
  return cell ? cell[0].trim() : '';
}

// textOf returns what free text is looked for in, made when it is first needed.
export function textOf(entry) {
  if (entry.text === undefined) {
    const texts = [entry.file, entry.error || ''];
    if (entry.table) {
      texts.push(entry.table.project, entry.table.sheet);
      for (const part of entry.table.parts) {
        for (const cell of Object.values(part.cells)) texts.push(cell[0]);
      }
      for (const f of entry.table.findings) texts.push(f.message, f.field, f.cell, f.rule, titleOf(f.rule));
    }
    entry.text = folded(texts.join('\n'));
  }
  return entry.text;
}

// folded takes full-width letters and capitals for the plain ones.
export function folded(text) {
  return text.normalize('NFKC').toLowerCase();
}

// counted returns the tables among entries that count: of a project the latest round.
export function counted(some) {
  return some.filter((e) => e.table && !e.table.earlier);
}

export function isClean(entry) {
  return entry.table !== undefined && !entry.table.earlier && entry.table.findings.length === 0;
}

export const nameOf = (e) => (e.table ? e.table.project.trim() || say(NO_PROJECT) : e.file);

// whereOf tells the file and the sheet; a file that could not be read is called by
// its name already.
export function whereOf(entry) {
  if (!entry.table) return entry.tables > 0 ? say('另有 {n} 张表已读出', {n: entry.tables}) : '';
  return entry.file + (entry.table.sheet ? say('，工作表“{name}”', {name: entry.table.sheet}) : '');
}
