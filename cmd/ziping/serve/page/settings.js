// Files that say how to work: a layout, the key, rules.

import {say} from '/report/words.js';
import {ask} from './api.js';
import {attempt} from './texts.js';

const PROBLEMS = {rules: 'rules-problems'}; // where they are told, if not where it was asked


export function listenToSettings() {
  const change = (button, work) => attempt(PROBLEMS[button.dataset.setting] || (button.closest('#step-review') ? 'return-problems' : 'issue-problems'), work);
  for (const button of document.querySelectorAll('.pick')) {
    const kind = button.dataset.setting;
    const input = button.nextElementSibling;
    button.addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      const files = Array.from(input.files);
      input.value = '';
      change(button, async () => {
        for (const file of files) await ask('PUT', 'settings/' + kind + '?name=' + encodeURIComponent(file.name), file);
      });
    });
  }
  for (const button of document.querySelectorAll('.unset')) {
    const kind = button.dataset.setting;
    button.addEventListener('click', () => change(button, () => ask('DELETE', 'settings/' + kind)));
  }
}

export function showSettings(state) {
  for (const node of document.querySelectorAll('.key-name')) {
    node.textContent = state.issue.key ? say('密钥：{key}', state.issue) : say('没有用密钥');
  }
  const {key, own, forms} = state.issue;
  for (const node of document.querySelectorAll('.form-names')) {
    node.textContent = forms.length > 0 ? say('自己的表样：{names}', {names: forms.map((f) => f.title + '（' + f.name + '）').join('、')}) : '';
  }
  for (const [setting, there] of [['key', key], ['layout', own], ['form', forms.length > 0]]) {
    for (const button of document.querySelectorAll('.unset[data-setting=' + setting + ']')) button.hidden = !there;
  }
}
