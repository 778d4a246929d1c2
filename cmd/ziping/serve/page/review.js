// 审核: what came back, what was found in it, and what can be made of that.

import {byId, clear, el} from '/report/dom.js';
import {begin, take} from '/report/entries.js';
import {listen as listenToReport, show} from '/report/report.js';
import {say} from '/report/words.js';
import {ask, lines} from './api.js';
import {attempt, showTexts} from './texts.js';

let version = 0; // of the report that is shown
let reading; // stops the reading of a report
let there = false; // there is a report
let limits = []; // of reading, that are shown

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export function render(state) {
  const {returns} = state;
  clear(byId('rounds')).append(...returns.rounds.map((r, i) => el('li', {}, [
    say('第 {n} 次拖入：{files} 个文件', {n: i + 1, files: r.files}),
    r.replaced > 0 && say('其中 {replaced} 个已被替换或不计入', r),
    r.same > 0 && say('另有 {same} 个与已有的完全相同，没有重复计入', r),
  ].filter(Boolean).join(say('，')))));
  byId('returns-drop').classList.toggle('small', returns.rounds.length > 0);
  byId('returned').hidden = returns.rounds.length === 0;
  showTexts('return-problems', returns.problems);
  showTexts('return-notices', returns.notices);
  byId('password-count').textContent = returns.passwords > 0 ? say('已有 {passwords} 个密码', returns) : '';
  if (document.activeElement !== byId('limits') && !same(limits, returns.limits)) byId('limits').value = returns.limits.join('\n');
  limits = returns.limits;
  byId('stale').hidden = !(returns.stale && returns.rounds.length > 0) || Boolean(state.job);
  byId('stale').querySelector('span').textContent = say('规则、密钥、密码、表样、上限或名单有变化，下面还是原来的结果。');
  byId('make').hidden = returns.rounds.length === 0;
  for (const button of byId('make').querySelectorAll('button')) button.disabled = Boolean(state.job) || returns.found === 0 && button.dataset.make;
  if (returns.version === version) return;
  version = returns.version;
  load(returns.found > 0);
  if (byId('returned').open) list();
}

export function spoken() {
  if (there) show();
}

// shown draws the charts, which are as wide as there is room.
export function shown() {
  if (there) show();
}

async function load(any) {
  if (reading) reading.abort();
  reading = new AbortController();
  const {signal} = reading;
  byId('reading').hidden = !any;
  byId('report').hidden = !any;
  there = false;
  if (!any) return;
  const parts = [];
  try {
    await lines('report', signal, (line) => parts.push(line));
  } catch (error) {
    if (!signal.aborted) byId('reading').textContent = say('报告没有载入，请重新载入页面。');
    return;
  }
  if (signal.aborted) return;
  begin(parts[0]);
  parts.slice(1).forEach(take);
  there = true;
  byId('reading').hidden = true;
  show();
  for (const f of waiting.splice(0)) f();
}

const waiting = [];

// whenThere calls a function when the report is there, and each time it is there
// anew.
export function whenThere(f) {
  if (there) f();
  else waiting.push(f);
}

async function list() {
  const files = await ask('GET', 'returns');
  clear(byId('returned-list')).append(...files.map((f) => {
    const counts = !f.gone;
    const button = el('button', {type: 'button', class: 'plain'}, counts ? say('不计入') : say('计入'));
    button.setAttribute('aria-label', (counts ? say('不计入') : say('计入')) + ' ' + f.name);
    button.addEventListener('click', () => doing(() => ask('POST', 'returns/count', {round: f.round, name: f.name, count: !counts})));
    return el('li', {class: counts ? '' : 'gone'}, el('b', {}, f.name), el('small', {}, say('第 {n} 次', {n: f.round}) + (f.gone ? say('，') + f.gone : '')), button);
  }));
}

const doing = (work) => attempt('return-problems', work);

export function listen({make, state}) {
  listenToReport();
  byId('returned').addEventListener('toggle', () => {
    if (byId('returned').open) list();
  });
  byId('password-form').addEventListener('submit', (event) => {
    event.preventDefault();
    doing(async () => {
      await ask('PUT', 'settings/passwords?name=passwords', new Blob([byId('passwords').value]));
      byId('passwords').value = '';
    });
  });
  byId('limit-form').addEventListener('submit', (event) => {
    event.preventDefault();
    doing(() => ask('PUT', 'settings/limits?name=limits', new Blob([byId('limits').value])));
  });
  byId('review-again').addEventListener('click', () => doing(() => ask('POST', 'review')));
  byId('clear-returns').addEventListener('click', () => {
    if (state().returns.rounds.length > 0 && window.confirm(say('清除这里所有交回的表？原来的文件不受影响。'))) doing(() => ask('DELETE', 'returns'));
  });
  for (const button of byId('make').querySelectorAll('[data-make]')) {
    button.addEventListener('click', () => doing(() => make('make/' + button.dataset.make, {due: byId('due').value})));
  }
}
