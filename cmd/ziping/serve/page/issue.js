// 发出: the project lists, what is understood of them, and the templates.

import {byId, clear, el, option} from '/report/dom.js';
import {drawForm} from '/report/form.js';
import {say} from '/report/words.js';
import {valueOf} from '/report/entries.js';
import {ask} from './api.js';
import {attempt, showTexts} from './texts.js';

const PAGE = 100; // projects that are shown at a time

let version = 0; // of the lists that are shown
let projects = [];
let shownProjects = 0;
let layouts = '';

export function render(state) {
  const {lists, issue} = state;
  clear(byId('list-files')).append(...lists.files.map((name) => el('li', {}, name)));
  byId('clear-lists').hidden = lists.files.length === 0;
  showTexts('list-problems', lists.problems);
  showTexts('list-notices', lists.notices);
  showTexts('issue-problems', issue.problems);
  showTexts('issue-notices', issue.notices.filter((text) => !lists.notices.includes(text)));
  byId('make-templates').disabled = Boolean(state.job) || lists.projects === 0;
  byId('make-blank').disabled = Boolean(state.job);
  showLayouts(issue);
  byId('understood').hidden = lists.projects === 0;
  byId('understood-counts').textContent = say('{projects} 个项目，{departments} 个主管部门，{indicators} 条绩效指标；全年预算数合计 {budget}', lists);
  if (lists.version !== version) {
    version = lists.version;
    load();
  }
}

// spoken draws anew in another language.
export function spoken() {
  layouts = '';
  draw();
}

function showLayouts(issue) {
  const all = (issue.own ? [issue.own] : []).concat(issue.layouts);
  const key = JSON.stringify(all);
  byId('own-layout').textContent = issue.own ? say('自己的版式：{title}', issue.own) : '';
  if (key === layouts) return;
  const was = byId('layout').value;
  layouts = key;
  clear(byId('layout')).append(...all.map((l) => option(l.name, say('{title}（{name}）', l))));
  if (!issue.own && all.some((l) => l.name === was)) byId('layout').value = was;
  else if (!issue.own && all.some((l) => l.name === 'shanghai')) byId('layout').value = 'shanghai';
}

async function load() {
  projects = await ask('GET', 'lists');
  draw();
}

function draw() {
  clear(byId('projects'));
  shownProjects = 0;
  more();
}

function more() {
  byId('projects').append(...projects.slice(shownProjects, shownProjects + PAGE).map(projectOf));
  shownProjects = Math.min(projects.length, shownProjects + PAGE);
  byId('more-projects').hidden = shownProjects === projects.length;
}

function projectOf(table) {
  const fund = table.parts.find((p) => p.path === '项目资金[年度资金总额].');
  const budget = fund && fund.cells['全年预算数'] ? fund.cells['全年预算数'][0] : '';
  const indicators = table.parts.filter((p) => p.path.startsWith('绩效指标[')).length;
  const box = el('details', {}, el('summary', {},
    el('b', {}, table.project), el('span', {}, valueOf(table, '主管部门')),
    el('small', {}, [valueOf(table, '年度') && say('{year} 年度', {year: valueOf(table, '年度')}),
      budget && say('全年预算数 {budget}', {budget}), say('{n} 条指标', {n: indicators})].filter(Boolean).join(say('，')))));
  box.addEventListener('toggle', () => {
    if (box.open && box.children.length === 1) box.append(el('div', {class: 'paper', tabindex: 0, role: 'region', 'aria-label': table.project}, drawForm(table).node));
  });
  return el('li', {}, box);
}

export function listen({make}) {
  const doing = (work) => attempt('issue-problems', work);
  const asked = (more) => Object.assign({layout: byId('layout').value, password: byId('password').value}, more);
  byId('issue-form').addEventListener('submit', (event) => {
    event.preventDefault();
    doing(() => make('issue', asked({})));
  });
  byId('make-blank').addEventListener('click', () => doing(() => make('issue', asked({blank: true}))));
  byId('make-key').addEventListener('click', () => doing(() => make('key')));
  byId('example').addEventListener('click', () => doing(() => make('example')));
  byId('clear-lists').addEventListener('click', () => doing(() => ask('DELETE', 'lists')));
  byId('more-projects').addEventListener('click', more);
  byId('show-password').addEventListener('change', (event) => {
    byId('password').type = event.target.checked ? 'text' : 'password';
  });
}
