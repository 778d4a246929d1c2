// The page: its steps, what is going on, and what can be downloaded.

import {byId, clear, el} from '/report/dom.js';
import {say, speak} from '/report/words.js';
import {ask} from './api.js';
import {isSending, listenToDrops} from './drop.js';
import {english} from './english.js';
import * as issue from './issue.js';
import * as review from './review.js';
import * as rules from './rules.js';
import {listenToSettings, showSettings} from './settings.js';
import * as summary from './summary.js';
import {remember, translate} from './translate.js';

const STEPS = {issue, review, summary, rules};

let state; // of the session, as the program last told it
let quitted = false;
let events; // by which the program tells its state
let wanted = false; // what is made next is to be downloaded

// ---- steps ---------------------------------------------------------------

const stepNow = () => (location.hash.slice(1) in STEPS ? location.hash.slice(1) : 'issue');

function showStep() {
  const now = stepNow();
  for (const name of Object.keys(STEPS)) byId('step-' + name).hidden = name !== now;
  for (const link of byId('steps').children) {
    if (link.hash === '#' + now) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (state && STEPS[now].shown) STEPS[now].shown(state);
}

// ---- state ---------------------------------------------------------------

// What could not be sent of the last drop stands until the next one, whatever else changes.
let unsent = '';

function showBroken() {
  const text = [unsent, state && state.broken].filter(Boolean).join('\n');
  byId('broken').textContent = text;
  byId('broken').hidden = !text;
}

function render() {
  byId('about').textContent = say('ziping {version}。只在这台电脑上运行，不联网；关闭页面后，拖入的文件随之清除。', state);
  showBroken();
  document.body.classList.toggle('working', Boolean(state.job));
  showJob(state.job);
  showOutputs();
  showSettings(state);
  for (const step of Object.values(STEPS)) step.render(state);
}

let told = '';

function showJob(job) {
  byId('busy').hidden = !job && !isSending();
  if (!job) {
    if (told) byId('said').textContent = say('完成');
    told = '';
    return;
  }
  show(say(job.verb), job.done, job.n, job.rate);
  byId('stop').hidden = false;
  if (told !== job.verb) byId('said').textContent = say('正在{verb}', {verb: say(job.verb)});
  told = job.verb;
}

// show shows how far something is; a rate is in things a second.
function show(verb, done, n, rate) {
  byId('doing').textContent = say('正在{verb}', {verb});
  const bar = byId('progress');
  if (n > 0) {
    bar.max = n;
    bar.value = done;
  } else {
    bar.removeAttribute('value');
  }
  byId('rate').textContent = n > 0 ? say('{done} / {n}', {done, n}) + (rate > 0 ? say('，每秒 {rate} 个', {rate: rate.toFixed(rate < 10 ? 1 : 0)}) : '') : '';
}

// sent shows how far the files that were dropped are.
function sent(verb, done, n) {
  byId('busy').hidden = !verb && !(state && state.job);
  byId('stop').hidden = true;
  if (verb) show(verb, done, n, 0);
}

const sizeOf = (bytes) => (bytes < 1 << 20 ? Math.ceil(bytes / 1024) + ' KB' : (bytes / (1 << 20)).toFixed(1) + ' MB');
const pathOf = (o) => '/api/outputs/' + o.id + '/' + encodeURIComponent(o.name);

function showOutputs() {
  byId('outputs').hidden = state.outputs.length === 0;
  const items = state.outputs.map((o) => el('li', {class: o.taken ? 'taken' : ''},
    el('a', {href: pathOf(o), download: o.name, class: 'button'}, say('下载')),
    el('b', {}, o.name), el('small', {}, sizeOf(o.size) + (o.taken ? say('，已下载') : ''))));
  const was = document.activeElement && document.activeElement.getAttribute('href');
  clear(byId('output-list')).append(...items);
  const again = was && Array.from(byId('output-list').querySelectorAll('a')).find((a) => a.getAttribute('href') === was);
  if (again) again.focus();
  const last = state.outputs[state.outputs.length - 1];
  if (wanted && !state.job && last && !last.taken && last.id > wanted) {
    wanted = false;
    byId('output-list').querySelector('li:last-child a').click();
  }
}

// make has something made, and downloads it when it is there.
async function make(path, body) {
  wanted = Math.max(0, ...state.outputs.map((o) => o.id)) || 0.5;
  try {
    return await ask('POST', path, body);
  } catch (error) {
    wanted = false;
    throw error;
  }
}

function listenToProgram() {
  events = new EventSource('/api/events');
  let lost;
  events.onmessage = (event) => {
    clearTimeout(lost);
    lost = undefined;
    byId('lost').hidden = true;
    state = JSON.parse(event.data);
    const first = !document.body.classList.contains('ready');
    document.body.classList.add('ready');
    if (first && !location.hash && state.returns.rounds.length > 0) location.hash = '#review';
    render();
    if (first) showStep();
  };
  events.onerror = () => {
    if (lost || quitted) return;
    lost = setTimeout(() => {
      byId('lost').textContent = say('程序已经结束，或者没有回应。还没有下载的结果不能再下载；请重新打开程序，再拖入文件。');
      byId('lost').hidden = false;
    }, 3000);
  };
}

// ---- begin ---------------------------------------------------------------

function setLanguage(name) {
  speak(name === 'en' ? english : undefined);
  document.documentElement.lang = name === 'en' ? 'en' : 'zh-CN';
  byId('language').textContent = name === 'en' ? '中文' : 'English';
  byId('language').lang = name === 'en' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem('language', name);
  } catch (error) { /* a browser may keep nothing */ }
  translate();
  if (!state) return;
  for (const step of Object.values(STEPS)) if (step.spoken) step.spoken();
  render();
  showStep();
}

async function quit() {
  if (state && (state.unsaved || isSending()) && !window.confirm(say('还有没下载的结果。现在退出，它们就没有了。退出吗？'))) return;
  quitted = true;
  try {
    await ask('POST', 'quit');
  } catch (error) { /* it is gone already */ }
  events.close();
  for (const part of document.body.children) part.hidden = true;
  document.body.append(el('p', {class: 'farewell', role: 'status'}, say('程序已经结束，可以关闭这个页面。')));
}

remember(document.body);
for (const step of Object.values(STEPS)) step.listen({make, state: () => state});
listenToSettings();
listenToDrops(() => state, sent, (problems) => {
  unsent = problems.join('\n');
  showBroken();
});
for (const begin of ['drop', 'change']) document.addEventListener(begin, () => { unsent = ''; }, true);
byId('stop').addEventListener('click', () => ask('POST', 'stop'));
byId('quit').addEventListener('click', quit);
byId('language').addEventListener('click', () => setLanguage(document.documentElement.lang === 'en' ? 'zh' : 'en'));
window.addEventListener('hashchange', showStep);
window.addEventListener('beforeunload', (event) => {
  if (quitted || !(state && state.unsaved || isSending())) return;
  event.preventDefault();
  event.returnValue = '';
});
window.addEventListener('pagehide', () => navigator.sendBeacon('/api/goodbye'));
let language;
try {
  language = localStorage.getItem('language');
} catch (error) { /* a browser may keep nothing */ }
if (language === 'en') setLanguage('en');
showStep();
listenToProgram();
