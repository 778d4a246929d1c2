// A form, drawn as it is printed: the parts that all kinds of forms have, and what
// only its own kind has, each where the workbook has it.

import {at, el} from './dom.js';
import {cellAt, gridOf, inOrder} from './grid.js';

const USUAL = {title: '财政项目支出绩效自评表', words: {}, optional: [], own: {}, lists: []};
const SOURCES = ['年度资金总额', '当年财政拨款', '上年结转资金', '其他资金'];
const EXTRA_LABELS = ['项目编码', '项目负责人', '联系电话']; // of regional forms
const MERGED = ['一级指标', '二级指标']; // over the rows that say the same
const LONG = new Set(['预期目标', '实际完成情况', '偏差原因分析及改进措施']);
const MONEY = new Set(['年初预算数', '全年预算数', '全年执行数']);

// The columns of the form, as printed, in percent of its width.
const SIDE = 9; // what a part is called
const NAME = 30; // the right edge of a 资金来源
const GOAL = 57; // between the two of 年度总体目标
const FUND_WIDTHS = {年初预算数: 15, 全年预算数: 12, 全年执行数: 12, 分值: 6.5, 执行率: 8.5, 得分: 16};
const INDICATOR_WIDTHS = {一级指标: 10, 二级指标: 11, 三级指标: 15, 年度指标值: 12, 实际完成值: 12, 分值: 6.5, 得分: 8.5, 偏差原因分析及改进措施: 16};
const POINTS = {分值: [69, 75.5], 得分: [75.5, 84]}; // where the indicators have none
const OWN_WIDTHS = {文字: 13, 数字: 8.5, 比率: 8.5};
const LINES = [[0, SIDE, 100], [0, SIDE, 45, GOAL, 100], [0, SIDE, NAME, 45, GOAL, 69, 100]]; // edges of lines of one to three values

// drawForm draws a table as it is printed. The cells can be looked up by what a
// finding says of them.
export function drawForm(table) {
  const byRef = new Map();
  const byPath = new Map();
  const kind = Object.assign({}, USUAL, table.form);
  const absent = new Set(table.absent || []);
  const startingWith = (path) => table.parts.filter((p) => p.path.startsWith(path));
  const whole = table.parts.find((p) => p.path === '');
  const [goal] = startingWith('年度总体目标.');
  const [total] = startingWith('总分.');
  const own = (part) => at(kind.own, part) || [];
  const word = (label) => at(kind.words, label) || label;

  const cellIn = (part, label) => part && at(part.cells, label) || ['', ''];
  const isThere = (part, label) => cellIn(part, label).some(Boolean);

  const places = new Map(); // of what the form prints: row and column
  (table.rows || []).forEach((names, row) => names.forEach((name, column) => places.set(name, [row, column])));
  const [rowOf, columnOf] = [0, 1].map((i) => (name) => (places.has(name) ? places.get(name)[i] : undefined));

  // printed reports whether the form prints a label, or has something there anyway, or
  // a finding is of it.
  const found = new Set(table.findings.map((f) => f.field.replace(/\[[^\]]*\]/, '')));
  const printed = (name, parts, label) => !absent.has(name) || found.has(name) || parts.some((p) => isThere(p, label));

  // know lets a cell of the page be found as the value of a part.
  function know(node, part, label) {
    const [text, ref] = cellIn(part, label);
    if (part && !byPath.has(part.path + label)) byPath.set(part.path + label, node);
    if (ref) {
      if (!byRef.has(ref)) byRef.set(ref, node);
      if (!node.title) node.title = ref;
    }
    return text;
  }

  // value is a cell of the page with a value; one of a field of the kind's own has a type.
  function value(part, {label, type}, attributes) {
    const long = LONG.has(label) || type === '文字' && cellIn(part, label)[0].length > 12;
    const td = el('td', Object.assign({class: long ? 'long' : MONEY.has(label) || type === '数字' ? 'money' : ''}, attributes));
    td.append(el('span', {class: 'value'}, know(td, part, label)));
    return td;
  }

  const th = (text, attributes) => el('th', attributes, text);

  // heading is a label that findings of a whole part of the form point at.
  function heading(label, text, attributes) {
    const node = th(text, attributes);
    byPath.set(label, node);
    return node;
  }

  const blocks = []; // rows that belong together, with the row of the sheet that they begin in
  const add = (rows, names) => blocks.push({rows, top: Math.min(...names.map(rowOf).filter((row) => row !== undefined))});

  // fieldsOf are those of a part of the form, with the widths of their columns.
  const fieldsOf = (part, widths, parts) => Object.entries(widths).map(([label, width]) => ({label, width}))
    .concat(own(part).map((o) => ({label: o.label, type: o.type, width: OWN_WIDTHS[o.type]})))
    .map((f) => Object.assign({name: part + '.' + f.label}, f)).filter((f) => printed(f.name, parts, f.label));

  // columnsOf shares the width that is left among fields, in the order of the sheet.
  function columnsOf(fields, from) {
    const sum = fields.reduce((n, f) => n + f.width, 0);
    let edge = from;
    return inOrder(fields, (f) => columnOf(f.name)).map((f) => {
      const left = edge;
      edge += f.width / sum * (100 - from);
      return Object.assign({}, f, {from: left, to: edge});
    });
  }

  const namesOf = (columns) => columns.map((c) => c.name);

  // lines are values beside their labels: those that stand in one row of the sheet, or
  // usually do, in one line.
  function lines(fields) {
    const together = new Map();
    for (const f of inOrder(fields, ({name}) => rowOf(name))) {
      const key = places.has(f.name) ? rowOf(f.name) : f.group;
      together.set(key, (together.get(key) || []).concat(f));
    }
    for (const list of together.values()) {
      for (let i = 0; i < list.length; i += LINES.length) {
        const some = list.slice(i, i + LINES.length);
        const edges = LINES[some.length - 1];
        add([some.flatMap((f, j) => [
          cellAt(th(word(f.label)), edges[2 * j], edges[2 * j + 1]), cellAt(value(f.part, f), edges[2 * j + 1], edges[2 * j + 2]),
        ])], namesOf(some));
      }
    }
  }

  function head() {
    const usual = (label) => printed(label, [whole], label) && (Boolean(table.absent) || !kind.optional.includes(label) || extra(label)); // a data file does not say what it lacks
    const extra = (label) => cellIn(whole, label)[0] !== '' || found.has(label);
    const alone = ['项目名称'].filter(usual).concat(EXTRA_LABELS.filter(extra)).map((label) => ({label, group: label}));
    const ofUnits = ['主管部门', '实施单位'].filter(usual).map((label) => ({label, group: '单位'}));
    lines(alone.concat(ownLines('表首', '', whole, (o) => o.label), ofUnits).map((f) => Object.assign({part: whole, name: f.label}, f)));
  }

  // ownLines are fields of the kind's own that stand beside their labels.
  function ownLines(part, prefix, values, group) {
    return own(part).filter((o) => printed(prefix + o.label, [values], o.label))
      .map((o, i) => ({part: values, name: prefix + o.label, label: o.label, type: o.type, group: group(o, i)}));
  }

  function funds() {
    const there = startingWith('项目资金[');
    const pathOf = (source) => '项目资金[' + source + '].';
    const official = (table.form ? SOURCES.slice(0, there.length > 0 ? 0 : 1) : SOURCES).map((source) =>
      there.find((p) => p.path === pathOf(source)) || {path: pathOf(source), cells: {}});
    const parts = official.concat(there.filter((p) => !official.includes(p)));
    const columns = columnsOf(fieldsOf('项目资金', FUND_WIDTHS, parts), NAME);
    if (columns.length === 0) return;
    const side = heading('项目资金', word('项目资金'), {rowspan: parts.length + 1});
    const unit = know(side, whole, '金额单位');
    if (unit) side.append('\n(' + unit + ')');
    add([[cellAt(side, 0, SIDE), cellAt(th(''), SIDE, NAME), ...columns.map((c) => cellAt(th(word(c.label)), c.from, c.to))],
      ...parts.map((part) => {
        const name = th('');
        name.textContent = know(name, part, '资金来源') || part.path.slice('项目资金['.length, -2);
        return [cellAt(name, SIDE, NAME), ...columns.map((c) => cellAt(value(part, c), c.from, c.to))];
      })], namesOf(columns));
  }

  function goals() {
    const labels = ['预期目标', '实际完成情况'].filter((label) => printed('年度总体目标.' + label, [goal], label));
    if (labels.length === 0) return;
    const edges = labels.length === 2 ? [SIDE, GOAL, 100] : [SIDE, 100];
    add([
      [cellAt(heading('年度总体目标', '年度\n总体\n目标', {rowspan: 2}), 0, SIDE), ...labels.map((label, i) => cellAt(th(word(label)), edges[i], edges[i + 1]))],
      labels.map((label, i) => cellAt(value(goal, {label}), edges[i], edges[i + 1])),
    ], labels.map((label) => '年度总体目标.' + label));
  }

  // indicators draws 绩效指标 and below it 总分, whose points stand below theirs.
  function indicators() {
    const there = startingWith('绩效指标[');
    const parts = there.length > 0 ? there : [{path: '绩效指标', cells: {}}];
    const columns = columnsOf(fieldsOf('绩效指标', INDICATOR_WIDTHS, parts), SIDE);
    if (columns.length > 0) {
      add([[cellAt(heading('绩效指标', '绩效\n指标', {rowspan: parts.length + 1}), 0, SIDE),
        ...columns.map((c) => cellAt(th(word(c.label).replace('及', '\n及')), c.from, c.to))],
      ...parts.map((part, i) => columns.flatMap((c) => indicator(parts, i, c)))], namesOf(columns));
    }
    const points = columns.some((c) => c.label in POINTS) ? columns.filter((c) => c.label in POINTS)
      : Object.entries(POINTS).map(([label, [from, to]]) => ({label, from, to}));
    if (!points.some((c) => printed('总分.' + c.label, [total], c.label))) return;
    const row = [cellAt(heading('总分', word('总分')), 0, points[0].from)];
    points.forEach((c, i) => {
      if (i > 0 && points[i - 1].to < c.from) row.push(cellAt(el('td'), points[i - 1].to, c.from));
      row.push(cellAt(value(total, c), c.from, c.to));
    });
    const {to} = points[points.length - 1];
    if (to < 99.9) row.push(cellAt(el('td'), to, 100));
    add([row], points.map((c) => '总分.' + c.label));
    lines(ownLines('总分', '总分.', total, (o) => o.label));
  }

  // indicator is a cell of a row, if it has its own there.
  function indicator(parts, i, column) {
    const {label, from, to} = column;
    const [above, part] = [parts[i - 1], parts[i]];
    const level = MERGED.indexOf(label);
    if (level >= 0 && above && sameLevels(above, part, level)) {
      know(byPath.get(above.path + label), part, label);
      byPath.set(part.path + label, byPath.get(above.path + label));
      return [];
    }
    let n = 1;
    while (level >= 0 && parts[i + n] && sameLevels(part, parts[i + n], level)) n++;
    return [cellAt(value(part, column, n > 1 ? {rowspan: n} : {}), from, to)];
  }

  // ownList draws a list that only this kind of form has.
  function ownList(name) {
    const there = startingWith(name + '[');
    if (there.length === 0 && absent.has(name)) return;
    const parts = there.length > 0 ? there : [{path: name, cells: {}}];
    const fields = fieldsOf(name, {}, parts)
      .filter((f) => table.absent || there.length === 0 || there.some((p) => isThere(p, f.label)));
    if (fields.length === 0) return;
    const columns = columnsOf(fields, SIDE);
    add([[cellAt(heading(name, name, {rowspan: parts.length + 1}), 0, SIDE), ...columns.map((c) => cellAt(th(c.label), c.from, c.to))],
      ...parts.map((part) => columns.map((c) => cellAt(value(part, c), c.from, c.to)))], namesOf(columns));
  }

  head();
  funds();
  kind.lists.forEach(ownList);
  goals();
  indicators();
  lines(ownLines('表尾', '', whole, (o, i) => '表尾' + Math.floor(i / LINES.length)));

  const year = el('p', {class: 'year'});
  const yearText = know(year, whole, '年度');
  year.textContent = '（' + (yearText || '　　') + (/年/.test(yearText) ? '' : ' 年度') + '）';
  const rows = inOrder(blocks, ({top}) => (top < Infinity ? top : undefined)).flatMap((b) => b.rows);
  return {
    node: el('div', {class: 'sheet', lang: 'zh-CN'}, el('p', {class: 'title'}, kind.title), year, gridOf(rows)),
    cellOf: (finding) => byRef.get(finding.cell) || byPath.get(finding.field),
  };
}

// sameLevels reports whether two rows of 绩效指标 share their names down to a level,
// and so the cells in which these are printed.
function sameLevels(a, b, level) {
  return MERGED.slice(0, level + 1).every((label) => {
    const [x, y] = [a.cells[label] || ['', ''], b.cells[label] || ['', '']];
    return x[0] === y[0] && (x[0] !== '' || x[1] === y[1] && x[1] !== '');
  });
}
