// What went wrong, and what ought to be known.

import {byId, clear, el} from '/report/dom.js';
import {say} from '/report/words.js';

const MOST = 100; // that are shown of a list

const told = new Map(); // what the program tells, by the list
const refused = new Map(); // what it said to something that was asked here

function draw(id) {
  const texts = (refused.get(id) || []).concat(told.get(id) || []);
  const list = clear(byId(id));
  list.append(...texts.slice(0, MOST).map((text) => el('li', {}, text)));
  if (texts.length > MOST) list.append(el('li', {}, say('……共 {n} 个', {n: texts.length})));
}

// showTexts shows what the program tells in a list.
export function showTexts(id, texts) {
  if (JSON.stringify(told.get(id)) === JSON.stringify(texts)) return;
  told.set(id, texts);
  draw(id);
}

// attempt does something, and shows in a list why it can't be done.
export async function attempt(id, work) {
  let texts = [];
  try {
    await work();
  } catch (error) {
    texts = error.problems || [error.message];
  }
  refused.set(id, texts);
  draw(id);
}
