// The charts, and what they say of the entries that the filter leaves.

import {byId, clear, el, fill, percent, svg} from './dom.js';
import {GRADES, UNKNOWN, countBy, counted, labelOf, nameOf, sortedByCount, titleOf} from './entries.js';
import {say} from './words.js';

// The classes of style.css: the grades differ in lightness too, for a printer
// without colours, and 差 has a line around it; each bar has its number besides.
const GRADE_CLASSES = {优: 'excellent', 良: 'good', 中: 'fair', 差: 'poor'};
const classOf = (grade) => GRADE_CLASSES[grade] || 'ungraded';

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
  return svg('text', Object.assign({x, y, 'font-size': FONT, class: 'word'}, attributes), text);
}

export const PAPER_WIDTH = 325; // of a chart on A4, as style.css makes them

// screenWidth returns the width of a chart in a box, as style.css makes them.
export function screenWidth(box = byId('charts')) {
  const room = box.clientWidth;
  const two = window.matchMedia('(min-width: 808px)').matches;
  return Math.max(260, two ? Math.floor((room - 16) / 2) - 34 : room - 34);
}

// showCharts draws the charts of the entries that are shown.
export function showCharts(shown, width) {
  drawCharts(byId('charts'), shown, width);
}

// drawCharts draws the charts of entries into a box.
export function drawCharts(box, shown, width) {
  clear(box);
  const tables = counted(shown);
  if (tables.length === 0) return;
  box.append(
    chart(say('各部门等级'), gradesByDepartment(tables, width), say('点部门可以筛选')),
    chart(say('最常见的问题'), frequentFindings(tables, width), say('点规则可以筛选')),
    chart(say('得分分布'), scores(tables, width)),
    chart(say('执行率与得分'), rateAndScore(tables, width), say('一点一张表，点开可看')));
}

function chart(title, drawing, hint) {
  return el('figure', {}, el('figcaption', {}, title, drawing.note && el('small', {}, drawing.note),
    hint && el('small', {class: 'screen'}, hint)), drawing.picture || el('p', {}, say('没有可画的数据。')));
}

function picture(width, height, label) {
  return svg('svg', {viewBox: '0 0 ' + width + ' ' + height, role: 'group', 'aria-label': label});
}

// choosable makes a line of a chart set a filter: it is covered by a button whose
// label says all that is written there.
function choosable(line, y, width, id, value, label) {
  for (const text of line.querySelectorAll('text')) text.setAttribute('aria-hidden', 'true');
  return fill(line, {class: 'choose', 'data-filter': id, 'data-value': value}, [svg('title', {}, label),
    svg('rect', {x: 0, y, width, height: LINE, class: 'cover', role: 'button', tabindex: 0, 'aria-label': label})]);
}

function gradesByDepartment(tables, width) {
  const MOST = 10;
  const all = sortedByCount(countBy(tables, (e) => e.department));
  const rows = all.slice(0, all.length > MOST + 1 ? MOST : all.length).map(([name, n]) => [name, n, name]);
  const named = new Set(rows.map((r) => r[0]));
  if (rows.length < all.length) {
    rows.push([say('其余 {n} 个部门', {n: all.length - rows.length}), tables.length - rows.reduce((sum, r) => sum + r[1], 0)]);
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
  const root = picture(width, rows.length * LINE + LINE, say('各部门等级'));
  rows.forEach(([name, n, department], i) => {
    const y = i * LINE;
    const counts = of.get(department);
    const words = kinds.filter((k) => counts.has(k)).map((k) => say(k) + ' ' + counts.get(k));
    const row = svg('g', {}, write(0, y + 16, cut(say(name), left - 8)));
    let x = left;
    for (const kind of kinds) {
      const w = (counts.get(kind) || 0) * scale;
      if (w === 0) continue;
      row.append(svg('rect', {x: x + 0.5, y: y + 3, width: Math.max(0.5, w - 1), height: LINE - 6, class: classOf(kind)}));
      const label = String(counts.get(kind));
      if (wide(label) + 4 < w) {
        row.append(write(x + w / 2, y + 16, label, {'text-anchor': 'middle', class: 'word on-' + classOf(kind)}));
      }
      x += w;
    }
    row.append(write(x + 5, y + 16, String(n)));
    const title = say('{label}：{title}', {label: say(name), title: words.join(say('，'))});
    root.append(department === undefined ? fill(row, {}, [svg('title', {}, title)])
      : choosable(row, y, width, 'department', '=' + department, title));
  });
  let x = Math.min(left, width - 220);
  for (const kind of kinds) {
    if (!Array.from(of.values()).some((c) => c.has(kind))) continue;
    root.append(
      svg('rect', {x, y: rows.length * LINE + 7, width: 11, height: 11, class: classOf(kind)}),
      write(x + 15, rows.length * LINE + 17, say(kind)));
    x += 24 + wide(say(kind));
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
  const root = picture(width, rows.length * LINE, say('最常见的问题'));
  rows.forEach(([rule, n], i) => {
    const y = i * LINE;
    const row = svg('g', {},
      write(0, y + 16, cut(titles[i], left - 8)),
      svg('rect', {x: left, y: y + 4, width: Math.max(1, n * scale), height: LINE - 8, class: severities.get(rule)}),
      write(left + n * scale + 5, y + 16, String(n)));
    root.append(choosable(row, y, width, 'rule', '=' + rule, say('{title}：{n} 处', {title: titles[i], n})));
  });
  return {picture: root, note: counts.size > rows.length ? say('前 {n} 种，共 {all} 种', {n: rows.length, all: counts.size}) : ''};
}

function without(n, what) {
  return n > 0 ? say('{n} 张表没有{what}', {n, what: say(what)}) : '';
}

function scores(tables, width) {
  const totals = tables.map((e) => e.table.total).filter((v) => v !== null);
  if (totals.length === 0) return {};
  const bins = [{label: '<60', range: say('不到 60 分'), grade: '差', n: 0}];
  for (let from = 60; from < 100; from += 5) {
    bins.push({label: String(from), range: say('{from} 至 {to} 分', {from, to: from + 5}), grade: from >= 90 ? '优' : from >= 80 ? '良' : '中', n: 0});
  }
  bins.push({label: '>100', range: say('超过 100 分'), n: 0});
  for (const v of totals) {
    // 100 itself is in the bin that ends there.
    bins[v > 100 ? bins.length - 1 : v < 60 ? 0 : Math.min(Math.floor((v - 60) / 5), 7) + 1].n++;
  }
  if (bins[bins.length - 1].n === 0) bins.pop();
  const height = 200;
  const bottom = height - 22;
  const most = Math.max(...bins.map((b) => b.n));
  const step = width / bins.length;
  const root = picture(width, height, say('得分分布'));
  bins.forEach((bin, i) => {
    const h = bin.n / most * (bottom - 22);
    root.append(svg('g', {}, svg('title', {}, say('{range}：{n} 张', bin)),
      svg('rect', {x: i * step + 2, y: bottom - h, width: step - 4, height: h, class: classOf(bin.grade)}),
      bin.n > 0 ? write((i + 0.5) * step, bottom - h - 5, String(bin.n), {'text-anchor': 'middle'}) : '',
      write((i + 0.5) * step, height - 6, bin.label, {'text-anchor': 'middle'})));
  });
  root.append(svg('line', {x1: 0, x2: width, y1: bottom, y2: bottom, class: 'axis'}));
  return {picture: root, note: [say('每 5 分一档'), without(tables.length - totals.length, '总分')].filter(Boolean).join(say('，'))};
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
  const root = picture(width, height, say('执行率与得分'));
  for (let v = fromScore; v <= 100; v += 10 * Math.ceil((100 - fromScore) / 50)) {
    root.append(svg('line', {x1: left, x2: width, y1: y(v), y2: y(v), class: 'grid'}),
      write(left - 6, y(v) + 4, String(v), {'text-anchor': 'end'}));
  }
  for (let v = fromRate; v <= toRate; v += 10 * Math.ceil((toRate - fromRate) / 50)) {
    root.append(svg('line', {x1: x(v), x2: x(v), y1: 8, y2: bottom, class: 'grid'}),
      write(x(v), height - 6, v + '%', {'text-anchor': 'middle'}));
  }
  for (const e of points) {
    root.append(svg('circle', {cx: x(e.table.rate * 100).toFixed(1), cy: y(e.table.total).toFixed(1), r: 4,
      class: 'point ' + classOf(e.grade), 'data-entry': e.index},
    svg('title', {}, say('{name}：执行率 {rate}，{score} 分', {name: nameOf(e), rate: percent(e.table.rate), score: e.table.total}))));
  }
  return {picture: root, note: [say('横轴执行率，纵轴得分'), without(tables.length - points.length, '这两项')].filter(Boolean).join(say('；'))};
}
