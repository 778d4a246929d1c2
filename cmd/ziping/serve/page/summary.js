// 汇总: the whole campaign, and who has not returned anything.

import {PAPER_WIDTH, drawCharts, screenWidth} from '/report/charts.js';
import {byId, clear, el} from '/report/dom.js';
import {GRADES, entries} from '/report/entries.js';
import {goTo} from '/report/list.js';
import {narrow} from '/report/report.js';
import {say} from '/report/words.js';
import {ask} from './api.js';
import {whenThere} from './review.js';
import {attempt, showTexts} from './texts.js';

const COLUMNS = ['情况', '年度', '主管部门', '实施单位', '项目名称', '项目编码', '说明', '文件'];

let version = 0; // of the summary that is shown
let rows = []; // of those who have not returned, and the like
let drawn = -1; // the version of the returns whose charts are drawn

export function render(state) {
  const {lists, returns, summary} = state;
  byId('expected').textContent = lists.projects > 0 ? say('{projects} 个项目，{departments} 个主管部门', lists)
    : lists.files.length > 0 ? say('清单还有问题，请看“发出”一步') : say('没有清单：不列未报送的项目');
  byId('reviewed').textContent = returns.found > 0 ? say('{found} 个工作簿', returns) : say('还没有：请先在“审核”一步拖入交回的表');
  for (const button of document.querySelectorAll('[data-make=summary]')) button.disabled = Boolean(state.job) || returns.found === 0;
  showTexts('summary-problems', summary.problems);
  showTexts('summary-notices', (summary.made && summary.stale ? [say('交回的表、清单或规则有变化，请重新生成汇总。')] : []).concat(summary.notices));
  byId('summed').hidden = !summary.made;
  if (!summary.made) return;
  if (summary.version !== version) {
    version = summary.version;
    load(summary);
  } else if (returns.version !== drawn) {
    draw(summary);
  }
  drawn = returns.version;
}

async function load(summary) {
  rows = await ask('GET', 'summary');
  draw(summary);
}

export function spoken() {
  drawn = -1;
}

export function shown(state) {
  if (state.summary.made) draw(state.summary);
}

function draw(summary) {
  const c = summary.counts;
  clear(byId('summary-counts')).append(...[
    ['项目', c.projects, ''], ['部门', c.departments, ''], ['通过', c.passed, 'clean'], ['退回', c.sentBack, 'error'],
    ...(summary.listed ? [['未报送', c.notReturned, 'error']] : []), ...GRADES.map((g) => [g, c.grades[g] || 0, '']),
  ].map(([label, n, kind]) => el('li', {class: n > 0 ? kind : ''}, el('b', {}, String(n)), el('span', {}, say(label)))));
  const some = COLUMNS.filter((name) => rows.some((r) => r[name]));
  clear(byId('missing')).append(rows.length === 0 ? el('p', {}, summary.listed ? say('都交了，没有名单外和重复报送的。') : say('没有重复报送和读不出的。'))
    : el('table', {class: 'plain-table'}, el('thead', {}, el('tr', {}, ...some.map((name) => el('th', {scope: 'col'}, say(name))))),
      el('tbody', {}, ...rows.map((r) => el('tr', {}, ...some.map((name) => el('td', {}, String(r[name] || ''))))))));
  whenThere(() => charts(screenWidth(byId('summary-charts'))));
}

function charts(width) {
  drawCharts(byId('summary-charts'), entries, width);
}

export function listen({make}) {
  for (const button of document.querySelectorAll('[data-make=summary]')) {
    button.addEventListener('click', () => attempt('summary-problems', () => make('make/summary', {})));
  }
  window.addEventListener('beforeprint', () => charts(PAPER_WIDTH));
  window.addEventListener('afterprint', () => charts(screenWidth(byId('summary-charts'))));
  // What is chosen in a chart is shown among the tables that were checked.
  const choose = (event) => {
    const part = event.target.closest('.choose');
    const point = event.target.closest('.point');
    if (!part && !point) return false;
    location.hash = '#review';
    setTimeout(() => {
      if (part) narrow(part.getAttribute('data-filter'), part.getAttribute('data-value'));
      else goTo(entries[Number(point.getAttribute('data-entry'))]);
    });
    return true;
  };
  byId('summary-charts').addEventListener('click', choose);
  byId('summary-charts').addEventListener('keydown', (event) => {
    if ((event.key === 'Enter' || event.key === ' ') && choose(event)) event.preventDefault();
  });
}
