// Which entries are looked at, and in what order.

import {byId, clear, option} from './dom.js';
import {GRADES, UNKNOWN, countBy, counted, entries, folded, isClean, isSeverity, labelOf, severities, sortedByCount, textOf, titleOf} from './entries.js';
import {say} from './words.js';

const CHOICES = ['department', 'severity', 'rule', 'grade'];

// filters are the controls.
export const filters = () => CHOICES.concat('text').map(byId);

// setFilters are those of them that are set.
export const setFilters = () => filters().filter((f) => f.value);

// fillFilters offers what there is to choose. What is chosen stays so where it is
// still there.
export function fillFilters() {
  const tables = counted(entries);
  const departments = Array.from(countBy(tables, (e) => e.department));
  departments.sort((a, b) => a[0].localeCompare(b[0], 'zh'));
  offer('department', departments.map(([name, n]) => option('=' + name, say('{what}（{n}）', {what: say(name), n}))));

  const has = (what, test) => say('{what}（{n}）', {what, n: entries.filter(test).length});
  offer('severity', severities.map((s) =>
    option(s.id, has(say('有{label}', {label: say(s.label)}), (e) => e.count && !e.table.earlier && e.count.has(s.id)))).concat(
    option('clean', has(say('无问题'), isClean)),
    option('unreadable', has(say('读不出'), (e) => e.error))));

  const rules = new Map();
  const graveness = new Map();
  for (const e of tables) {
    for (const id of new Set(e.table.findings.map((f) => f.rule))) rules.set(id, (rules.get(id) || 0) + 1);
    for (const f of e.table.findings) if (!graveness.has(f.rule)) graveness.set(f.rule, f.severity);
  }
  offer('rule', sortedByCount(rules).map(([id, n]) =>
    option('=' + id, say('{what}（{n}）', {what: say('{label}：{title}', {label: labelOf(graveness.get(id)), title: titleOf(id)}), n}))));

  const grades = countBy(tables, (e) => e.grade);
  offer('grade', Array.from(new Set(GRADES.concat(UNKNOWN, Array.from(grades.keys())))).filter((g) => grades.has(g))
    .map((grade) => option('=' + grade, say('{what}（{n}）', {what: say(grade), n: grades.get(grade)}))));

  const order = byId('order').value;
  clear(byId('order')).append(option('file', say('按文件')), option('grave', say('问题多的在前')), option('score', say('得分低的在前')));
  if (order) byId('order').value = order;
}

function offer(id, options) {
  const control = byId(id);
  const chosen = control.value;
  clear(control).append(option('', say('全部')), ...options);
  if (options.some((o) => o.value === chosen)) control.value = chosen;
}

// matcher returns the test of the filter as it is set.
function matcher() {
  const [department, severity, rule, grade] = CHOICES.map((id) => byId(id).value);
  const words = folded(byId('text').value).split(/\s+/).filter(Boolean);
  const graveness = isSeverity(severity) ? severity : '';
  return (e) => {
    if (department && department !== '=' + e.department) return false;
    if (grade && grade !== '=' + e.grade) return false;
    if (severity === 'clean' && !isClean(e)) return false;
    if (severity === 'unreadable' && !e.error) return false;
    if ((graveness || rule) && !(e.table && !e.table.earlier && e.table.findings.some((f) =>
      (!graveness || f.severity === graveness) && (!rule || rule === '=' + f.rule)))) return false;
    return words.every((word) => textOf(e).includes(word));
  };
}

const orders = {
  file: () => 0,
  grave: (a, b) => {
    if (!a.table || !b.table) return (a.table ? 1 : 0) - (b.table ? 1 : 0);
    for (const s of severities) {
      const d = (b.count.get(s.id) || 0) - (a.count.get(s.id) || 0);
      if (d !== 0) return d;
    }
    return 0;
  },
  score: (a, b) => scoreOf(a) - scoreOf(b),
};

const scoreOf = (e) => (e.table && e.table.total !== null ? e.table.total : -1);

// chosen returns the entries that the filter leaves, in the order of the list.
export function chosen() {
  const order = orders[byId('order').value];
  return entries.filter(matcher()).sort((a, b) => order(a, b) || a.index - b.index);
}

// choices says how the filter is set.
export function choices() {
  return setFilters().map((f) => say('{label}：{title}', {
    label: f.parentNode.firstChild.textContent.trim(),
    title: f.tagName === 'SELECT' ? f.options[f.selectedIndex].text : f.value,
  })).join(say('；'));
}
