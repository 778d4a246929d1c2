// What is printed: what the filter leaves, drawn whole.

import {PAPER_WIDTH, screenWidth, showCharts} from './charts.js';
import {byId, clear, el} from './dom.js';
import {nameOf, whereOf} from './entries.js';
import {detailsOf} from './findings.js';
import {say} from './words.js';

const MANY = 300; // to print without asking

// listenToPrint draws the entries that are shown when they are to be printed.
export function listenToPrint(shown) {
  window.addEventListener('beforeprint', () => drawPrint(shown()));
  window.addEventListener('afterprint', () => {
    clear(byId('print'));
    showCharts(shown(), screenWidth());
  });
  byId('printing').addEventListener('click', () => {
    const n = shown().length;
    if (n <= MANY || window.confirm(say('要打印 {n} 项，每张表至少一页，可能要等几分钟。继续吗？', {n}))) window.print();
  });
}

function drawPrint(shown) {
  showCharts(shown, PAPER_WIDTH);
  const box = clear(byId('print'));
  const unreadable = shown.filter((e) => e.error);
  if (unreadable.length > 0) {
    box.append(el('section', {class: 'unreadable'}, el('h2', {}, say('读不出的工作簿')),
      ...unreadable.map((e) => el('p', {}, el('b', {}, e.file), say('：') + e.error))));
  }
  for (const e of shown) {
    if (!e.table) continue;
    box.append(el('article', {}, el('p', {class: 'source'}, whereOf(e)),
      e.table.parts.length === 0 && el('h2', {}, nameOf(e)), detailsOf(e)));
  }
}
