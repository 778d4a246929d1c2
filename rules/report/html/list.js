// The list of entries.

import {byId, clear, el} from './dom.js';
import {entries, isClean, nameOf, severities, whereOf} from './entries.js';
import {detailsOf} from './findings.js';
import {say} from './words.js';

const PAGE = 50; // entries that are shown at a time

let listed = []; // what the filter leaves
let page = 0;

// list shows entries from the first page on.
export function list(some) {
  listed = some;
  page = 0;
  showList();
}

function showList() {
  clear(byId('entries')).append(...listed.slice(page * PAGE, (page + 1) * PAGE).map(entryOf));
  const last = Math.max(0, Math.ceil(listed.length / PAGE) - 1);
  for (const nav of document.querySelectorAll('.pages')) {
    clear(nav);
    if (last === 0) continue;
    nav.append(
      el('button', {type: 'button', 'data-page': page - 1, disabled: page === 0}, say('上一页')),
      el('span', {}, say('第 {page} / {last} 页', {page: page + 1, last: last + 1})),
      el('button', {type: 'button', 'data-page': page + 1, disabled: page === last}, say('下一页')));
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
      el('span', {class: 'department'}, say(entry.department)),
      el('span', {class: 'score'}, entry.table && (entry.table.total === null ? say('没有总分') : say('{n} 分', {n: entry.table.total}))),
      el('span', {class: 'grade'}, entry.table && say(entry.table.grade)),
      el('span', {class: 'marks'}, ...marksOf(entry))));
  const item = el('li', {}, el('h3', {}, button), el('div', {id, class: 'open', role: 'region', 'aria-labelledby': id + 'button'}));
  setOpen(item, entry, entry.open);
  return item;
}

function marksOf(entry) {
  if (entry.error) return [el('span', {class: 'mark unreadable'}, say('读不出'))];
  if (isClean(entry)) return [standingOf(entry), el('span', {class: 'mark clean'}, say('✓ 无问题'))];
  return [standingOf(entry)].concat(severities.filter((s) => entry.count.has(s.id))
    .map((s) => el('span', {class: 'mark ' + s.id}, say(s.label) + ' ' + entry.count.get(s.id))));
}

// standingOf says of a table that does not count why.
function standingOf(entry) {
  return entry.table.standing && el('span', {class: 'mark', title: entry.table.reason}, say(entry.table.standing));
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
export function goTo(entry) {
  page = Math.floor(listed.indexOf(entry) / PAGE);
  entry.open = true;
  showList();
  const button = byId('entry' + entry.index + 'button');
  button.focus();
  button.scrollIntoView();
}

function entryAt(node) {
  return entries[Number(node.getAttribute('data-entry'))];
}

// listenToList lets the list be opened and turned, and a point of a chart opened.
export function listenToList() {
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
  byId('charts').addEventListener('click', (event) => {
    const point = event.target.closest('.point');
    if (point) goTo(entryAt(point));
  });
}
