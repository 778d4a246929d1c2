// Files that say how to work: a layout, the key, rules.

import {say} from '/report/words.js';
import {ask} from './api.js';
import {attempt} from './texts.js';

const PROBLEMS = {layout: 'issue-problems', key: 'issue-problems', rules: 'rules-problems'};

export function listenToSettings() {
  const change = (kind, work) => attempt(PROBLEMS[kind], work);
  for (const button of document.querySelectorAll('.pick')) {
    const kind = button.dataset.setting;
    const input = button.nextElementSibling;
    button.addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      const [file] = input.files;
      input.value = '';
      if (file) change(kind, () => ask('PUT', 'settings/' + kind + '?name=' + encodeURIComponent(file.name), file));
    });
  }
  for (const button of document.querySelectorAll('.unset')) {
    const kind = button.dataset.setting;
    button.addEventListener('click', () => change(kind, () => ask('DELETE', 'settings/' + kind)));
  }
}

export function showSettings(state) {
  for (const node of document.querySelectorAll('.key-name')) {
    node.textContent = state.issue.key ? say('密钥：{key}', state.issue) : say('没有用密钥');
  }
  for (const button of document.querySelectorAll('.unset[data-setting=key]')) button.hidden = !state.issue.key;
}
