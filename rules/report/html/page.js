// The page of a check. Whatever a form says is put into the page as text, by
// textContent and attributes that no browser runs; nothing is parsed as HTML.
(function () {
'use strict';

const PAGE = 50; // entries of the list that are shown at a time
const MANY = 300; // to print without asking
const GRADES = ['优', '良', '中', '差'];
const UNKNOWN = '未知';
const NO_DEPARTMENT = '（未填主管部门）';
const NO_PROJECT = '（没有项目名称）';

const byId = (id) => document.getElementById(id);

// el makes an element. What is false, empty or undefined is left out.
function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

function svg(name, attributes, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children) {
    if (child) node.append(child);
  }
  return node;
}

function clear(node) {
  node.textContent = '';
  return node;
}

const percent = (v) => String(+(v * 100).toFixed(2)) + '%';

// ---- what the page holds -------------------------------------------------

function blocks(name) {
  return Array.from(document.querySelectorAll('script.' + name), (s) => JSON.parse(s.textContent));
}

const terms = blocks('terms')[0];
const severityLabels = new Map(terms.severities.map((s) => [s.id, s.label]));
const severityRank = new Map(terms.severities.map((s, i) => [s.id, i]));
const ruleTitles = new Map(terms.rules.map((r) => [r.id, r.title]));
const labelOf = (severity) => severityLabels.get(severity) || severity;
const titleOf = (rule) => ruleTitles.get(rule) || rule;

// An entry of the list is a table, or a workbook that could not be read.
const entries = [];
blocks('file').forEach((file, number) => {
  if (file.error) entries.push({file: file.file, number, error: file.error, tables: file.tables.length});
  for (const table of file.tables) {
    entries.push({
      file: file.file, number, table,
      department: valueOf(table, '主管部门') || NO_DEPARTMENT,
      grade: table.grade || UNKNOWN,
      count: countBy(table.findings, (f) => f.severity),
    });
  }
});
entries.forEach((entry, i) => { entry.index = i; });

function countBy(list, key) {
  const counts = new Map();
  for (const x of list) counts.set(key(x), (counts.get(key(x)) || 0) + 1);
  return counts;
}

// sortedByCount returns [key, count] pairs, the most frequent first.
function sortedByCount(counts) {
  return Array.from(counts).sort((a, b) => b[1] - a[1]);
}

function head(table) {
  const part = table.parts.find((p) => p.path === '');
  return part ? part.cells : {};
}

function valueOf(table, label) {
  const cell = head(table)[label];
  return cell ? cell[0].trim() : '';
}

// textOf returns what free text is looked for in, made when it is first needed.
function textOf(entry) {
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
function folded(text) {
  return text.normalize('NFKC').toLowerCase();
}

// ---- filter --------------------------------------------------------------

const filters = ['department', 'severity', 'rule', 'grade', 'text'].map(byId);
let shown = entries; // what the filter leaves, in the order of the list
let page = 0;

function option(value, text) {
  return el('option', {value}, text);
}

function fillFilters() {
  const tables = entries.filter((e) => e.table);
  const departments = Array.from(countBy(tables, (e) => e.department));
  departments.sort((a, b) => a[0].localeCompare(b[0], 'zh'));
  clear(byId('department')).append(option('', '全部'));
  for (const [name, n] of departments) byId('department').append(option('=' + name, name + '（' + n + '）'));

  const has = (test) => entries.filter(test).length;
  clear(byId('severity')).append(option('', '全部'));
  for (const s of terms.severities) {
    byId('severity').append(option(s.id, '有' + s.label + '（' + has((e) => e.table && e.count.has(s.id)) + '）'));
  }
  byId('severity').append(
    option('clean', '无问题（' + has(isClean) + '）'),
    option('unreadable', '读不出（' + has((e) => e.error) + '）'));

  const rules = new Map();
  const severities = new Map();
  for (const e of tables) {
    for (const id of new Set(e.table.findings.map((f) => f.rule))) rules.set(id, (rules.get(id) || 0) + 1);
    for (const f of e.table.findings) if (!severities.has(f.rule)) severities.set(f.rule, f.severity);
  }
  clear(byId('rule')).append(option('', '全部'));
  for (const [id, n] of sortedByCount(rules)) {
    byId('rule').append(option('=' + id, labelOf(severities.get(id)) + '：' + titleOf(id) + '（' + n + '）'));
  }

  const grades = countBy(tables, (e) => e.grade);
  clear(byId('grade')).append(option('', '全部'));
  for (const grade of new Set(GRADES.concat(UNKNOWN, Array.from(grades.keys())))) {
    if (grades.has(grade)) byId('grade').append(option('=' + grade, grade + '（' + grades.get(grade) + '）'));
  }

  clear(byId('order')).append(option('file', '按文件'), option('grave', '问题多的在前'), option('score', '得分低的在前'));
}

function isClean(entry) {
  return entry.table !== undefined && entry.table.findings.length === 0;
}

// matcher returns the test of the filter as it is set.
function matcher() {
  const [department, severity, rule, grade] = filters.slice(0, 4).map((f) => f.value);
  const words = folded(byId('text').value).split(/\s+/).filter(Boolean);
  const graveness = severityLabels.has(severity) ? severity : '';
  return (e) => {
    if (department && department !== '=' + e.department) return false;
    if (grade && grade !== '=' + e.grade) return false;
    if (severity === 'clean' && !isClean(e)) return false;
    if (severity === 'unreadable' && !e.error) return false;
    if ((graveness || rule) && !(e.table && e.table.findings.some((f) =>
      (!graveness || f.severity === graveness) && (!rule || rule === '=' + f.rule)))) return false;
    return words.every((word) => textOf(e).includes(word));
  };
}

const orders = {
  file: () => 0,
  grave: (a, b) => {
    if (!a.table || !b.table) return (a.table ? 1 : 0) - (b.table ? 1 : 0);
    for (const s of terms.severities) {
      const d = (b.count.get(s.id) || 0) - (a.count.get(s.id) || 0);
      if (d !== 0) return d;
    }
    return 0;
  },
  score: (a, b) => scoreOf(a) - scoreOf(b),
};

const scoreOf = (e) => (e.table && e.table.total !== null ? e.table.total : -1);

function apply() {
  const order = orders[byId('order').value];
  shown = entries.filter(matcher()).sort((a, b) => order(a, b) || a.index - b.index);
  page = 0;
  showCounts();
  showCharts(screenWidth());
  showList();
}

// narrow sets one filter, or takes it off when it is set so already. What was
// chosen in a chart stays chosen, for the keyboard, although it is drawn anew.
function narrow(id, value) {
  byId(id).value = byId(id).value === value ? '' : value;
  apply();
  const same = Array.from(document.querySelectorAll('.choose')).find((x) =>
    x.getAttribute('data-filter') === id && x.getAttribute('data-value') === value);
  if (same) same.focus();
}

// ---- counts --------------------------------------------------------------

function showCounts() {
  const tables = shown.filter((e) => e.table);
  const findings = new Map();
  for (const e of tables) for (const [s, n] of e.count) findings.set(s, (findings.get(s) || 0) + n);
  const counts = [
    ['工作簿', new Set(shown.map((e) => e.number)).size, ''],
    ['自评表', tables.length, ''],
  ].concat(terms.severities.map((s) => [s.label, findings.get(s.id) || 0, s.id]), [
    ['无问题', tables.filter(isClean).length, 'clean'],
    ['读不出', shown.filter((e) => e.error).length, 'unreadable'],
  ]);
  clear(byId('counts')).append(...counts.map(([label, n, kind]) =>
    el('li', {class: n > 0 ? kind : '', 'data-count': label}, el('b', {}, String(n)), el('span', {}, label))));

  const set = filters.filter((f) => f.value);
  byId('shown').textContent = entries.length === 0 ? '没有审核任何工作簿。'
    : set.length === 0 ? '' : '筛选出 ' + shown.length + ' 项，共 ' + entries.length + ' 项。'
      + set.map((f) => f.parentNode.firstChild.textContent.trim() + '：' + choice(f)).join('；');
  byId('printing').textContent = '打印（' + tables.length + ' 张表）';
  byId('reset').disabled = set.length === 0;
}

function choice(control) {
  return control.tagName === 'SELECT' ? control.options[control.selectedIndex].text : control.value;
}

// ---- charts --------------------------------------------------------------

// The grades differ in lightness too, for a printer without colours, and 差 has
// a line around it; each bar has its number besides.
const GRADE_COLORS = {
  优: {fill: '#1f4e79', stroke: '#fff'},
  良: {fill: '#5b8db8', stroke: '#fff'},
  中: {fill: '#b9cfe2', stroke: '#fff'},
  差: {fill: '#fde9dd', stroke: '#b3541e'},
};
const NO_GRADE = {fill: '#d9dee4', stroke: '#fff'};
const colorsOf = (grade) => GRADE_COLORS[grade] || NO_GRADE;
const SEVERITY_COLORS = {error: '#b42318', warning: '#c77700', info: '#3b6ea5'};

const FONT = 12;
const LINE = 24; // of a chart of bars

// wide returns about how wide a text is drawn.
function wide(text) {
  let w = 0;
  for (const c of text) w += c.charCodeAt(0) < 0x2000 ? FONT * 0.58 : FONT;
  return w;
}

function cut(text, most) {
  if (wide(text) <= most) return text;
  let s = '';
  for (const c of text) {
    if (wide(s + c + '…') > most) break;
    s += c;
  }
  return s + '…';
}

function write(x, y, text, attributes) {
  return svg('text', Object.assign({x, y, 'font-size': FONT, fill: '#33404d'}, attributes), text);
}

const PAPER_WIDTH = 325; // of a chart on A4, as style.css makes them

// screenWidth returns the width of a chart, as style.css makes them.
function screenWidth() {
  const room = byId('charts').clientWidth;
  const two = window.matchMedia('(min-width: 808px)').matches;
  return Math.max(260, two ? Math.floor((room - 16) / 2) - 34 : room - 34);
}

function showCharts(width) {
  const box = clear(byId('charts'));
  const tables = shown.filter((e) => e.table);
  if (tables.length === 0) return;
  box.append(
    chart('各部门等级', gradesByDepartment(tables, width), '点部门可以筛选'),
    chart('最常见的问题', frequentFindings(tables, width), '点规则可以筛选'),
    chart('得分分布', scores(tables, width)),
    chart('执行率与得分', rateAndScore(tables, width), '一点一张表，点开可看'));
}

function chart(title, drawing, hint) {
  return el('figure', {}, el('figcaption', {}, title, drawing.note && el('small', {}, drawing.note),
    hint && el('small', {class: 'screen'}, hint)), drawing.picture || el('p', {}, '没有可画的数据。'));
}

function picture(width, height, label) {
  return svg('svg', {viewBox: '0 0 ' + width + ' ' + height, role: 'group', 'aria-label': label});
}

// choosable makes a part of a chart set a filter.
function choosable(node, id, value, label) {
  return fill(node, {role: 'button', tabindex: 0, class: 'choose', 'data-filter': id, 'data-value': value, 'aria-label': label}, [
    svg('title', {}, label)]);
}

function gradesByDepartment(tables, width) {
  const MOST = 10;
  const all = sortedByCount(countBy(tables, (e) => e.department));
  const rows = all.slice(0, all.length > MOST + 1 ? MOST : all.length).map(([name, n]) => [name, n, name]);
  const named = new Set(rows.map((r) => r[0]));
  if (rows.length < all.length) {
    rows.push(['其余 ' + (all.length - rows.length) + ' 个部门', tables.length - rows.reduce((sum, r) => sum + r[1], 0)]);
  }
  const kinds = GRADES.concat(UNKNOWN);
  const of = new Map();
  for (const e of tables) {
    const row = named.has(e.department) ? e.department : undefined;
    if (!of.has(row)) of.set(row, new Map());
    const grade = GRADES.includes(e.grade) ? e.grade : UNKNOWN;
    of.get(row).set(grade, (of.get(row).get(grade) || 0) + 1);
  }
  const left = Math.min(width * 0.4, Math.max(...rows.map((r) => wide(r[0]))) + 10);
  const scale = (width - left - 34) / Math.max(...rows.map((r) => r[1]));
  const root = picture(width, rows.length * LINE + LINE, '各部门等级');
  rows.forEach(([name, n, department], i) => {
    const y = i * LINE;
    const counts = of.get(department);
    const words = kinds.filter((k) => counts.has(k)).map((k) => k + ' ' + counts.get(k));
    const row = svg('g', {}, write(0, y + 16, cut(name, left - 8)));
    let x = left;
    for (const kind of kinds) {
      const w = (counts.get(kind) || 0) * scale;
      if (w === 0) continue;
      row.append(svg('rect', Object.assign({x: x + 0.5, y: y + 3, width: Math.max(0.5, w - 1), height: LINE - 6}, colorsOf(kind))));
      const label = String(counts.get(kind));
      if (wide(label) + 4 < w) {
        row.append(write(x + w / 2, y + 16, label, {'text-anchor': 'middle', fill: kind === '优' || kind === '良' ? '#fff' : '#1b2733'}));
      }
      x += w;
    }
    row.append(write(x + 5, y + 16, String(n)));
    const title = name + '：' + words.join('，');
    root.append(department === undefined ? fill(row, {}, [svg('title', {}, title)])
      : choosable(row, 'department', '=' + department, title));
  });
  let x = Math.min(left, width - 220);
  for (const kind of kinds) {
    if (!Array.from(of.values()).some((c) => c.has(kind))) continue;
    root.append(
      svg('rect', Object.assign({x, y: rows.length * LINE + 7, width: 11, height: 11}, colorsOf(kind))),
      write(x + 15, rows.length * LINE + 17, kind));
    x += 24 + wide(kind);
  }
  return {picture: root};
}

function frequentFindings(tables, width) {
  const severities = new Map();
  const counts = new Map();
  for (const e of tables) {
    for (const f of e.table.findings) {
      counts.set(f.rule, (counts.get(f.rule) || 0) + 1);
      if (!severities.has(f.rule)) severities.set(f.rule, f.severity);
    }
  }
  const rows = sortedByCount(counts).slice(0, 10);
  if (rows.length === 0) return {};
  const titles = rows.map(([rule]) => labelOf(severities.get(rule)) + ' ' + titleOf(rule));
  const left = Math.min(width * 0.6, Math.max(...titles.map(wide)) + 10);
  const scale = (width - left - 40) / rows[0][1];
  const root = picture(width, rows.length * LINE, '最常见的问题');
  rows.forEach(([rule, n], i) => {
    const y = i * LINE;
    const row = svg('g', {},
      write(0, y + 16, cut(titles[i], left - 8)),
      svg('rect', {x: left, y: y + 4, width: Math.max(1, n * scale), height: LINE - 8,
        fill: SEVERITY_COLORS[severities.get(rule)] || NO_GRADE.fill}),
      write(left + n * scale + 5, y + 16, String(n)));
    root.append(choosable(row, 'rule', '=' + rule, titles[i] + '：' + n + ' 处'));
  });
  return {picture: root, note: counts.size > rows.length ? '前 ' + rows.length + ' 种，共 ' + counts.size + ' 种' : ''};
}

function without(n, what) {
  return n > 0 ? n + ' 张表没有' + what : '';
}

function scores(tables, width) {
  const totals = tables.map((e) => e.table.total).filter((v) => v !== null);
  if (totals.length === 0) return {};
  const bins = [{label: '<60', range: '不到 60 分', grade: '差', n: 0}];
  for (let from = 60; from < 100; from += 5) {
    bins.push({label: String(from), range: from + ' 至 ' + (from + 5) + ' 分', grade: from >= 90 ? '优' : from >= 80 ? '良' : '中', n: 0});
  }
  bins.push({label: '>100', range: '超过 100 分', n: 0});
  for (const v of totals) {
    // 100 itself is in the bin that ends there.
    bins[v > 100 ? bins.length - 1 : v < 60 ? 0 : Math.min(Math.floor((v - 60) / 5), 7) + 1].n++;
  }
  if (bins[bins.length - 1].n === 0) bins.pop();
  const height = 200;
  const bottom = height - 22;
  const most = Math.max(...bins.map((b) => b.n));
  const step = width / bins.length;
  const root = picture(width, height, '得分分布');
  bins.forEach((bin, i) => {
    const h = bin.n / most * (bottom - 22);
    root.append(svg('g', {}, svg('title', {}, bin.range + '：' + bin.n + ' 张'),
      svg('rect', Object.assign({x: i * step + 2, y: bottom - h, width: step - 4, height: h}, colorsOf(bin.grade))),
      bin.n > 0 ? write((i + 0.5) * step, bottom - h - 5, String(bin.n), {'text-anchor': 'middle'}) : '',
      write((i + 0.5) * step, height - 6, bin.label, {'text-anchor': 'middle'})));
  });
  root.append(svg('line', {x1: 0, x2: width, y1: bottom, y2: bottom, stroke: '#8a97a4'}));
  return {picture: root, note: ['每 5 分一档', without(tables.length - totals.length, '总分')].filter(Boolean).join('，')};
}

function rateAndScore(tables, width) {
  const points = tables.filter((e) => e.table.rate !== null && e.table.total !== null);
  if (points.length === 0) return {};
  // An axis begins at a multiple of 10, and is no shorter than 20.
  const begin = (least, v) => Math.max(0, Math.min(least, Math.floor(v / 10) * 10));
  const fromRate = points.map((e) => e.table.rate * 100).reduce(begin, 80);
  const fromScore = points.map((e) => e.table.total).reduce(begin, 80);
  const height = 200;
  const left = 34;
  const bottom = height - 22;
  const toRate = points.some((e) => e.table.rate > 1) ? 120 : 100; // what is beyond is drawn at the edge
  const within = (v) => Math.max(0, Math.min(1, v));
  const x = (rate) => left + within((rate - fromRate) / (toRate - fromRate)) * (width - left - 18);
  const y = (score) => bottom - within((score - fromScore) / (100 - fromScore)) * (bottom - 12);
  const root = picture(width, height, '执行率与得分');
  for (let v = fromScore; v <= 100; v += 10 * Math.ceil((100 - fromScore) / 50)) {
    root.append(svg('line', {x1: left, x2: width, y1: y(v), y2: y(v), stroke: '#e1e6eb'}),
      write(left - 6, y(v) + 4, String(v), {'text-anchor': 'end'}));
  }
  for (let v = fromRate; v <= toRate; v += 10 * Math.ceil((toRate - fromRate) / 50)) {
    root.append(svg('line', {x1: x(v), x2: x(v), y1: 8, y2: bottom, stroke: '#e1e6eb'}),
      write(x(v), height - 6, v + '%', {'text-anchor': 'middle'}));
  }
  for (const e of points) {
    root.append(svg('circle', Object.assign({cx: x(e.table.rate * 100).toFixed(1), cy: y(e.table.total).toFixed(1), r: 4,
      class: 'point', 'data-entry': e.index}, colorsOf(e.grade)),
    svg('title', {}, nameOf(e) + '：执行率 ' + percent(e.table.rate) + '，' + e.table.total + ' 分')));
  }
  return {picture: root, note: ['横轴执行率，纵轴得分', without(tables.length - points.length, '这两项')].filter(Boolean).join('；')};
}

// ---- list ----------------------------------------------------------------

const nameOf = (e) => (e.table ? e.table.project.trim() || NO_PROJECT : e.file);

function showList() {
  clear(byId('entries')).append(...shown.slice(page * PAGE, (page + 1) * PAGE).map(entryOf));
  const last = Math.max(0, Math.ceil(shown.length / PAGE) - 1);
  for (const nav of document.querySelectorAll('.pages')) {
    clear(nav);
    if (last === 0) continue;
    nav.append(
      el('button', {type: 'button', 'data-page': page - 1, disabled: page === 0}, '上一页'),
      el('span', {}, '第 ' + (page + 1) + ' / ' + (last + 1) + ' 页'),
      el('button', {type: 'button', 'data-page': page + 1, disabled: page === last}, '下一页'));
  }
}

function turnTo(n) {
  page = n;
  showList();
  byId('entries').querySelector('.row').focus();
  byId('list').scrollIntoView();
}

function entryOf(entry) {
  const id = 'entry' + entry.index;
  const button = el('button', {type: 'button', class: 'row', id: id + 'button', 'data-entry': entry.index, 'aria-controls': id},
    el('span', {class: 'columns'},
      el('span', {class: 'name'}, el('b', {}, nameOf(entry)), el('small', {}, whereOf(entry))),
      el('span', {class: 'department'}, entry.department),
      el('span', {class: 'score'}, entry.table && (entry.table.total === null ? '没有总分' : entry.table.total + ' 分')),
      el('span', {class: 'grade'}, entry.table && entry.table.grade),
      el('span', {class: 'marks'}, ...marksOf(entry))));
  const item = el('li', {}, el('h3', {}, button), el('div', {id, class: 'open', role: 'region', 'aria-labelledby': id + 'button'}));
  setOpen(item, entry, entry.open);
  return item;
}

// whereOf tells the file and the sheet; a file that could not be read is called by
// its name already.
function whereOf(entry) {
  if (!entry.table) return entry.tables > 0 ? '另有 ' + entry.tables + ' 张表已读出' : '';
  return entry.file + (entry.table.sheet ? '，工作表“' + entry.table.sheet + '”' : '');
}

function marksOf(entry) {
  if (entry.error) return [el('span', {class: 'mark unreadable'}, '读不出')];
  if (isClean(entry)) return [el('span', {class: 'mark clean'}, '✓ 无问题')];
  return terms.severities.filter((s) => entry.count.has(s.id))
    .map((s) => el('span', {class: 'mark ' + s.id}, s.label + ' ' + entry.count.get(s.id)));
}

// setOpen shows or hides what belongs to an entry; it is drawn when it is shown.
function setOpen(item, entry, open) {
  entry.open = Boolean(open);
  item.querySelector('.row').setAttribute('aria-expanded', String(entry.open));
  const box = clear(item.querySelector('.open'));
  box.hidden = !entry.open;
  if (entry.open) box.append(detailsOf(entry));
}

// goTo opens an entry wherever in the list it is.
function goTo(entry) {
  page = Math.floor(shown.indexOf(entry) / PAGE);
  entry.open = true;
  showList();
  const button = byId('entry' + entry.index + 'button');
  button.focus();
  button.scrollIntoView();
}

// ---- one form ------------------------------------------------------------

const SOURCES = ['年度资金总额', '当年财政拨款', '上年结转资金', '其他资金'];
const FUND_LABELS = ['年初预算数', '全年预算数', '全年执行数', '分值', '执行率', '得分'];
const INDICATOR_LABELS = ['一级指标', '二级指标', '三级指标', '年度指标值', '实际完成值', '分值', '得分', '偏差原因分析及改进措施'];
const EXTRA_LABELS = ['项目编码', '项目负责人', '联系电话']; // of regional forms
const WIDTHS = [9, 10, 11, 15, 12, 12, 6.5, 8.5, 16]; // of the columns, as printed, in percent
const LONG = new Set(['预期目标', '实际完成情况', '偏差原因分析及改进措施']);
const MONEY = new Set(['年初预算数', '全年预算数', '全年执行数']);

function detailsOf(entry) {
  if (entry.error) return el('p', {class: 'fault'}, entry.error);
  const box = el('div', {class: 'details'});
  let form;
  if (entry.table.parts.length > 0) {
    form = drawForm(entry.table);
    box.append(el('div', {class: 'paper'}, form.node));
  } else {
    box.append(el('p', {class: 'paper'}, '这份报告没有这张表的内容，只列出问题。'));
  }
  box.append(findingsOf(entry.table, form));
  return box;
}

// drawForm draws a table as it is printed. The cells can be looked up by what a
// finding says of them.
function drawForm(table) {
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
    node: el('div', {class: 'sheet'}, el('p', {class: 'title'}, '财政项目支出绩效自评表'), year, drawn),
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

// findingsOf lists the findings of a table and marks the cells that they are of.
function findingsOf(table, form) {
  if (table.findings.length === 0) return el('p', {class: 'findings nothing'}, '✓ 没有发现问题。');
  const list = el('ol', {class: 'findings'});
  table.findings.forEach((f, i) => {
    const name = labelOf(f.severity) + ' ' + (i + 1);
    const cell = form && form.cellOf(f);
    const notes = [f.value && '填报：' + f.value, f.suggest && '应为：' + f.suggest].filter(Boolean);
    const item = el('li', {class: f.severity},
      el('p', {class: 'about'}, el('span', {class: 'mark ' + f.severity}, name),
        cell ? el('button', {type: 'button', class: 'to', title: '在表中指出'}, f.cell || '在表中指出') : f.cell && el('b', {}, f.cell),
        el('span', {class: 'field'}, f.field || '整张表')),
      el('p', {class: 'message'}, f.message),
      notes.length > 0 && el('p', {class: 'note'}, notes.join('　')),
      el('p', {class: 'basis'}, titleOf(f.rule) + (f.basis ? '。依据：' + f.basis : '')));
    list.append(item);
    if (cell) connect(item, cell, f, name);
  });
  return list;
}

// connect lets a finding and its cell show each other.
function connect(item, cell, finding, name) {
  if (!cell.title) cell.title = finding.cell;
  const worst = cell.dataset.severity;
  if (worst === undefined || severityRank.get(finding.severity) < severityRank.get(worst)) {
    cell.dataset.severity = finding.severity;
  }
  const badge = el('button', {type: 'button', class: 'badge ' + finding.severity, title: finding.message,
    'aria-label': name + '：' + finding.message}, name);
  cell.append(badge);
  const light = (on) => () => {
    item.classList.toggle('lit', on);
    cell.classList.toggle('lit', on);
  };
  for (const node of [item, badge]) {
    node.addEventListener('mouseenter', light(true));
    node.addEventListener('mouseleave', light(false));
    node.addEventListener('focusin', light(true));
    node.addEventListener('focusout', light(false));
  }
  item.addEventListener('click', () => point(cell, item));
  badge.addEventListener('click', () => point(item, item));

  // point brings one of the two into sight and leaves both marked.
  function point(target) {
    for (const old of item.closest('.details').querySelectorAll('.chosen')) old.classList.remove('chosen');
    item.classList.add('chosen');
    cell.classList.add('chosen');
    target.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }
}

// ---- print ---------------------------------------------------------------

// What the filter leaves is drawn whole before it is printed.
function beforePrint() {
  showCharts(PAPER_WIDTH);
  const box = clear(byId('print'));
  const unreadable = shown.filter((e) => e.error);
  if (unreadable.length > 0) {
    box.append(el('section', {class: 'unreadable'}, el('h2', {}, '读不出的工作簿'),
      ...unreadable.map((e) => el('p', {}, el('b', {}, e.file), '：' + e.error))));
  }
  for (const e of shown) {
    if (!e.table) continue;
    box.append(el('article', {}, el('p', {class: 'source'}, whereOf(e)),
      e.table.parts.length === 0 && el('h2', {}, nameOf(e)), detailsOf(e)));
  }
}

function afterPrint() {
  clear(byId('print'));
  showCharts(screenWidth());
}

// ---- begin ---------------------------------------------------------------

function entryAt(node) {
  return entries[Number(node.getAttribute('data-entry'))];
}

function listen() {
  const form = byId('filters');
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  for (const control of filters) control.addEventListener(control.id === 'text' ? 'input' : 'change', apply);
  byId('order').addEventListener('change', apply);
  byId('printing').addEventListener('click', () => {
    if (shown.length <= MANY || window.confirm('要打印 ' + shown.length + ' 项，每张表至少一页，可能要等几分钟。继续吗？')) window.print();
  });

  byId('entries').addEventListener('click', (event) => {
    const button = event.target.closest('.row');
    if (button) setOpen(button.closest('li'), entryAt(button), button.getAttribute('aria-expanded') !== 'true');
  });
  for (const nav of document.querySelectorAll('.pages')) {
    nav.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (button) turnTo(Number(button.getAttribute('data-page')));
    });
  }

  const choose = (event) => {
    const point = event.target.closest('.point');
    if (point) goTo(entryAt(point));
    const part = event.target.closest('.choose');
    if (part) narrow(part.getAttribute('data-filter'), part.getAttribute('data-value'));
    return part;
  };
  byId('charts').addEventListener('click', choose);
  byId('charts').addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && choose(event)) event.preventDefault();
  });

  window.addEventListener('beforeprint', beforePrint);
  window.addEventListener('afterprint', afterPrint);
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    showCharts(screenWidth());
  });
}

byId('loading').hidden = true;
byId('app').hidden = false;
fillFilters();
listen();
apply();
})();
