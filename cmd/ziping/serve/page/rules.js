// 规则: the rule book, its params, and a file of the office's own.

import {byId, clear, el} from '/report/dom.js';
import {folded} from '/report/entries.js';
import {say} from '/report/words.js';
import {ask} from './api.js';
import {attempt, showTexts} from './texts.js';

const PAUSE = 400; // milliseconds after the last key until a value is checked

let version = -1; // of the rules that are shown
let book = {rules: [], params: [], source: ''};
let ours = false; // the next change of the rules is one that was made here

export function render(state) {
  const {rules} = state;
  showTexts('rules-problems', rules.problems);
  byId('rules-name').textContent = rules.name === '' ? say('用的是内置规则。')
    : say('用的是 {name}', rules) + (rules.unsaved ? say('，改动还没有保存') : '');
  byId('save-rules').disabled = rules.name === '';
  document.querySelector('.unset[data-setting=rules]').hidden = rules.name === '';
  if (rules.version === version) return;
  version = rules.version;
  load();
}

export function spoken() {
  draw();
}

async function load() {
  book = await ask('GET', 'rules');
  byId('source').value = book.source;
  if (ours && byId('params').contains(document.activeElement)) {
    markChanged();
    drawBook();
  } else {
    draw();
  }
  ours = false;
}

function draw() {
  clear(byId('params')).append(...book.params.map(paramOf));
  markChanged();
  drawBook();
}

// ---- params --------------------------------------------------------------

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function markChanged() {
  for (const p of book.params) {
    const item = Array.from(byId('params').children).find((li) => li.dataset.param === p.name);
    if (!item) continue;
    const changed = p.default !== null && !same(p.value, p.default);
    item.classList.toggle('changed', changed);
    item.querySelector('.back').hidden = !changed;
    item.querySelector('.was').textContent = changed ? say('内置：{value}', {value: written(p.default)}) : '';
  }
}

function written(v) {
  if (Array.isArray(v)) return v.join('、');
  if (v !== null && typeof v === 'object') return Object.entries(v).map(([k, x]) => k + ' ' + x).join('、');
  return String(v);
}

function paramOf(p) {
  const id = 'param-' + book.params.indexOf(p);
  const problem = el('p', {class: 'problem', id: id + '-problem', role: 'alert'});
  const about = id + '-about ' + id + '-problem';
  const [control, read] = editorOf(p, id, about);
  const back = el('button', {type: 'button', class: 'plain back', hidden: true, 'aria-label': say('恢复内置的值') + ' ' + p.name}, say('恢复内置的值'));
  const by = Object.entries(p.by);
  const item = el('li', {'data-param': p.name},
    el('label', {for: id}, p.name), el('p', {id: id + '-about', class: 'hint'}, p.description), control,
    by.length > 0 && el('p', {class: 'hint'}, say('另定：{by}', {by: by.map(([name, v]) => name + ' ' + written(v)).join('；')})),
    el('p', {class: 'line'}, el('small', {class: 'was'}), back), problem);
  let pause;
  const check = async (value) => {
    try {
      if (value === undefined) throw Object.assign(new Error(), {problems: [say('应为{type}', {type: say(p.type)})]});
      ours = true;
      await ask('PUT', 'rules/param', {name: p.name, value});
      problem.textContent = '';
      control.removeAttribute('aria-invalid');
    } catch (error) {
      problem.textContent = error.problems.join('\n');
      control.setAttribute('aria-invalid', 'true');
    }
  };
  item.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => check(read()), PAUSE);
  });
  back.addEventListener('click', async () => {
    await check(p.default);
    version = -1; // drawn anew
  });
  return item;
}

// editorOf returns a control for a value, and what reads it; undefined is what can't
// be read.
function editorOf(p, id, about) {
  const number = (text) => (/^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined);
  const attributes = {id, 'aria-describedby': about, autocomplete: 'off', spellcheck: 'false'};
  const input = (value, more) => {
    const node = el('input', Object.assign({}, attributes, more));
    node.value = value;
    return node;
  };
  const area = (text) => {
    const node = el('textarea', Object.assign({rows: Math.min(8, text.split('\n').length + 1)}, attributes));
    node.value = text;
    return node;
  };
  const filled = (node) => node.value.split('\n').map((line) => line.trim()).filter(Boolean);
  switch (p.type) {
    case '数字': {
      const node = input(String(p.value), {inputmode: 'decimal', class: 'short'});
      return [node, () => number(node.value)];
    }
    case '是非值': {
      const node = el('input', Object.assign({type: 'checkbox'}, attributes));
      node.checked = p.value;
      return [node, () => node.checked];
    }
    case '文字清单': {
      const node = area(p.value.join('\n'));
      return [node, () => filled(node)];
    }
    case '数字清单': {
      const node = area(p.value.join('\n'));
      return [node, () => {
        const list = filled(node).map(number);
        return list.includes(undefined) ? undefined : list;
      }];
    }
    case '数字表': {
      const node = area(Object.entries(p.value).map(([k, v]) => k + ' = ' + v).join('\n'));
      return [node, () => {
        const table = {};
        for (const line of filled(node)) {
          const at = line.lastIndexOf('=');
          const v = at > 0 ? number(line.slice(at + 1)) : undefined;
          if (v === undefined) return undefined;
          table[line.slice(0, at).trim()] = v;
        }
        return table;
      }];
    }
    default: {
      const node = input(p.value, {});
      return [node, () => node.value];
    }
  }
}

// ---- the book ------------------------------------------------------------

function drawBook() {
  const words = folded(byId('find-rule').value).split(/\s+/).filter(Boolean);
  const some = book.rules.filter((r) => {
    const text = folded([r.id, r.title, r.label, r.explain, r.basis].concat(r.lines.map((l) => l.title)).join('\n'));
    return words.every((word) => text.includes(word));
  });
  byId('rule-count').textContent = say('{n} 条', {n: some.length});
  clear(byId('book')).append(...some.map(ruleOf));
}

function ruleOf(r) {
  const box = el('details', {}, el('summary', {}, el('span', {class: 'mark ' + r.severity}, say(r.label)), el('b', {}, r.title),
    el('small', {}, r.id + (r.disabled ? say('，已停用') : ''))));
  box.addEventListener('toggle', () => {
    if (!box.open || box.children.length > 1) return;
    const terms = r.lines.map((l) => [el('dt', {}, say(l.name)), el('dd', {class: 'code'}, l.title)]);
    box.append(el('div', {class: 'about-rule', lang: 'zh-CN'}, r.explain && el('p', {}, r.explain), el('dl', {}, ...terms.flat(),
      el('dt', {}, say('依据')), el('dd', {}, r.basis), ...exampleOf(say('反例'), r.fails), ...exampleOf(say('正例'), r.passes))));
  });
  return el('li', {}, box);
}

function exampleOf(title, e) {
  const texts = [e.Note].concat(e.Changes || [], e.Message && '→ ' + e.Message).filter(Boolean);
  return texts.length === 0 ? [] : [el('dt', {}, title), el('dd', {}, ...texts.map((text) => el('p', {}, text)))];
}

export function listen({make}) {
  byId('find-rule').addEventListener('input', drawBook);
  byId('save-rules').addEventListener('click', () => attempt('rules-problems', () => make('rules/save')));
  byId('raw-form').addEventListener('submit', (event) => {
    event.preventDefault();
    attempt('raw-problems', () => ask('PUT', 'rules/source?name=rules', new Blob([byId('source').value])));
  });
}
