// How much the filter leaves.

import {byId, clear, el} from './dom.js';
import {counted, entries, isClean, severities} from './entries.js';
import {choices, setFilters} from './filter.js';
import {say} from './words.js';

export function showCounts(shown) {
  const tables = counted(shown);
  const earlier = shown.filter((e) => e.table).length - tables.length;
  const findings = new Map();
  for (const e of tables) for (const [s, n] of e.count) findings.set(s, (findings.get(s) || 0) + n);
  const counts = [
    ['工作簿', new Set(shown.map((e) => e.number)).size, ''],
    ['自评表', tables.length, ''],
  ].concat(earlier > 0 ? [['前一轮', earlier, '']] : [], severities.map((s) => [s.label, findings.get(s.id) || 0, s.id]), [
    ['无问题', tables.filter(isClean).length, 'clean'],
    ['读不出', shown.filter((e) => e.error).length, 'unreadable'],
  ]);
  clear(byId('counts')).append(...counts.map(([label, n, kind]) =>
    el('li', {class: n > 0 ? kind : '', 'data-count': label}, el('b', {}, String(n)), el('span', {}, say(label)))));

  const set = setFilters().length > 0;
  byId('shown').textContent = entries.length === 0 ? say('没有审核任何工作簿。')
    : set ? say('筛选出 {n} 项，共 {all} 项。{choices}', {n: shown.length, all: entries.length, choices: choices()}) : '';
  byId('printing').textContent = say('打印（{n} 张表）', {n: tables.length + earlier});
  byId('reset').disabled = !set;
}
