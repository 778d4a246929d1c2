// The language of what stands in the page from the beginning.

import {say} from '/report/words.js';

const ATTRIBUTES = ['aria-label', 'placeholder', 'title'];
const written = []; // what stands there in Chinese: [change, text]

// remember notes what a page says before anything is added to it.
export function remember(root) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const text = node.data.trim();
    if (text) written.push([(said) => { node.data = node.data.replace(node.data.trim(), () => said); }, text]);
  }
  for (const name of ATTRIBUTES) {
    for (const node of root.querySelectorAll('[' + name + ']')) {
      written.push([(said) => node.setAttribute(name, said), node.getAttribute(name)]);
    }
  }
}

// translate says it in the language of the page.
export function translate() {
  for (const [change, text] of written) change(say(text));
}
