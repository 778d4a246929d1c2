// The report: its entries, filtered, counted, charted, listed and printed.

import {screenWidth, showCharts} from './charts.js';
import {showCounts} from './counts.js';
import {byId} from './dom.js';
import {chosen, fillFilters, filters} from './filter.js';
import {list, listenToList} from './list.js';
import {listenToPrint} from './print.js';

let shown = []; // what the filter leaves, in the order of the list

// show shows what was reported anew.
export function show() {
  fillFilters();
  apply();
}

function apply() {
  shown = chosen();
  showCounts(shown);
  showCharts(shown, screenWidth());
  list(shown);
}

// narrow sets one filter, or takes it off when it is set so already. What was
// chosen in a chart stays chosen, for the keyboard, although it is drawn anew.
export function narrow(id, value) {
  byId(id).value = byId(id).value === value ? '' : value;
  apply();
  const same = Array.from(document.querySelectorAll('.choose')).find((x) =>
    x.getAttribute('data-filter') === id && x.getAttribute('data-value') === value);
  if (same) same.querySelector('.cover').focus();
}

// listen lets the report answer to its controls. It is called once.
export function listen() {
  const form = byId('filters');
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  for (const control of filters()) control.addEventListener(control.id === 'text' ? 'input' : 'change', apply);
  byId('order').addEventListener('change', apply);

  const choose = (event) => {
    const part = event.target.closest('.choose');
    if (part) narrow(part.getAttribute('data-filter'), part.getAttribute('data-value'));
    return part;
  };
  byId('charts').addEventListener('click', choose);
  byId('charts').addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && choose(event)) event.preventDefault();
  });

  listenToList();
  listenToPrint(() => shown);
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    showCharts(shown, screenWidth());
  });
}
