// What is said of a form, beside it and on its cells.

import {el} from './dom.js';
import {labelOf, severityRank, titleOf} from './entries.js';
import {drawForm} from './form.js';
import {say} from './words.js';

// detailsOf draws what belongs to an entry.
export function detailsOf(entry) {
  if (entry.error) return el('p', {class: 'fault'}, entry.error);
  const box = el('div', {class: 'details'}, entry.table.standing &&
    el('p', {class: 'standing'}, say('不计入汇总　{standing}：{reason}', entry.table)));
  let form;
  if (entry.table.parts.length > 0) {
    form = drawForm(entry.table);
    box.append(el('div', {class: 'paper'}, form.node));
  } else {
    box.append(el('p', {class: 'paper'}, say('这份报告没有这张表的内容，只列出问题。')));
  }
  box.append(findingsOf(entry.table, form));
  return box;
}

// findingsOf lists the findings of a table and marks the cells that they are of.
function findingsOf(table, form) {
  if (table.findings.length === 0) return el('p', {class: 'findings nothing'}, say('✓ 没有发现问题。'));
  const list = el('ol', {class: 'findings'});
  table.findings.forEach((f, i) => {
    const name = labelOf(f.severity) + ' ' + (i + 1);
    const cell = form && form.cellOf(f);
    const notes = [f.value && say('填报：{value}', f), f.suggest && say('应为：{suggest}', f)].filter(Boolean);
    const item = el('li', {class: f.severity},
      el('p', {class: 'about'}, el('span', {class: 'mark ' + f.severity}, name),
        cell ? el('button', {type: 'button', class: 'to', title: say('在表中指出')}, f.cell || say('在表中指出')) : f.cell && el('b', {}, f.cell),
        el('span', {class: 'field'}, f.field || say('整张表'))),
      el('p', {class: 'message'}, f.message),
      notes.length > 0 && el('p', {class: 'note'}, notes.join('　')),
      el('p', {class: 'basis'}, f.basis ? say('{title}。依据：{basis}', {title: titleOf(f.rule), basis: f.basis}) : titleOf(f.rule)));
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
    'aria-label': say('{label}：{title}', {label: name, title: finding.message})}, name);
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
