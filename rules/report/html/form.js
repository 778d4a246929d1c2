// A form, drawn as it is printed.

import {el} from './dom.js';

const SOURCES = ['年度资金总额', '当年财政拨款', '上年结转资金', '其他资金'];
const FUND_LABELS = ['年初预算数', '全年预算数', '全年执行数', '分值', '执行率', '得分'];
const INDICATOR_LABELS = ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施'];
const EXTRA_LABELS = ['项目编码', '项目负责人', '联系电话']; // of regional forms
const WIDTHS = [9, 10, 11, 15, 12, 12, 6.5, 8.5, 16]; // of the columns, as printed, in percent
const LONG = new Set(['预期目标', '实际完成情况', '偏差原因分析及改进措施']);
const MONEY = new Set(['年初预算数', '全年预算数', '全年执行数']);

// drawForm draws a table as it is printed. The cells can be looked up by what a
// finding says of them.
export function drawForm(table) {
  const byRef = new Map();
  const byPath = new Map();
  const startingWith = (path) => table.parts.filter((p) => p.path.startsWith(path));
  const whole = table.parts.find((p) => p.path === '');
  const [goal] = startingWith('年度总体目标.');
  const [total] = startingWith('总分.');
  const funds = startingWith('项目资金[');
  const indicators = startingWith('绩效指标[');

  // know lets a cell of the page be found as the value of a part.
  function know(node, part, label) {
    const [text, ref] = part && part.cells[label] || ['', ''];
    if (part && !byPath.has(part.path + label)) byPath.set(part.path + label, node);
    if (ref) {
      if (!byRef.has(ref)) byRef.set(ref, node);
      if (!node.title) node.title = ref;
    }
    return text;
  }

  function value(part, label, attributes) {
    const kind = LONG.has(label) ? 'long' : MONEY.has(label) ? 'money' : '';
    const td = el('td', Object.assign({class: kind}, attributes));
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

  const rows = [];
  const row = (...cells) => rows.push(el('tr', {}, ...cells));

  row(th('项目名称'), value(whole, '项目名称', {colspan: 8}));
  for (const label of EXTRA_LABELS) {
    const hasFinding = table.findings.some((f) => f.field === label);
    if (whole.cells[label] && whole.cells[label][0] || hasFinding) row(th(label), value(whole, label, {colspan: 8}));
  }
  row(th('主管部门'), value(whole, '主管部门', {colspan: 3}), th('实施单位'), value(whole, '实施单位', {colspan: 4}));

  // The four rows of the form, then what else there is.
  const pathOf = (source) => '项目资金[' + source + '].';
  const official = SOURCES.map((source) => funds.find((p) => p.path === pathOf(source)) || {path: pathOf(source), cells: {}});
  const money = official.concat(funds.filter((p) => !official.includes(p)));
  const unit = heading('项目资金', '项目资金', {rowspan: money.length + 1});
  const unitText = know(unit, whole, '金额单位');
  if (unitText) unit.append('\n(' + unitText + ')');
  row(unit, th('', {colspan: 2}), ...FUND_LABELS.map((label) => th(label)));
  for (const part of money) {
    const name = th('', {colspan: 2});
    name.textContent = know(name, part, '资金来源') || part.path.slice('项目资金['.length, -2);
    row(name, ...FUND_LABELS.map((label) => value(part, label)));
  }

  row(heading('年度总体目标', '年度\n总体\n目标', {rowspan: 2}), th('预期目标', {colspan: 4}), th('实际完成情况', {colspan: 4}));
  row(value(goal, '预期目标', {colspan: 4}), value(goal, '实际完成情况', {colspan: 4}));

  const lines = indicators.length > 0 ? indicators : [{path: '绩效指标', cells: {}}];
  row(heading('绩效指标', '绩效\n指标', {rowspan: lines.length + 1}), ...INDICATOR_LABELS.map((label) => th(label.replace('及', '\n及'))));
  lines.forEach((part, i) => {
    const cells = [];
    INDICATOR_LABELS.forEach((label, level) => {
      const above = lines[i - 1];
      if (level < 2 && above && sameLevels(above, part, level)) {
        know(byPath.get(above.path + label), part, label);
        byPath.set(part.path + label, byPath.get(above.path + label));
        return;
      }
      let n = 1;
      while (level < 2 && lines[i + n] && sameLevels(part, lines[i + n], level)) n++;
      cells.push(value(part, label, n > 1 ? {rowspan: n} : {}));
    });
    row(...cells);
  });
  row(heading('总分', '总分', {colspan: 6}), value(total, '分值'), value(total, '得分'), el('td'));

  const year = el('p', {class: 'year'});
  const yearText = know(year, whole, '年度');
  year.textContent = '（' + (yearText || '　　') + (/年/.test(yearText) ? '' : ' 年度') + '）';
  const drawn = el('table', {class: 'form'},
    el('colgroup', {}, ...WIDTHS.map((w) => el('col', {width: w + '%'}))), el('tbody', {}, ...rows));
  return {
    node: el('div', {class: 'sheet', lang: 'zh-CN'}, el('p', {class: 'title'}, '财政项目支出绩效自评表'), year, drawn),
    cellOf: (finding) => byRef.get(finding.cell) || byPath.get(finding.field),
  };
}

// sameLevels reports whether two rows of 绩效指标 share their names down to a level,
// and so the cells in which these are printed.
function sameLevels(a, b, level) {
  return INDICATOR_LABELS.slice(0, level + 1).every((label) => {
    const [x, y] = [a.cells[label] || ['', ''], b.cells[label] || ['', '']];
    return x[0] === y[0] && (x[0] !== '' || x[1] === y[1] && x[1] !== '');
  });
}
