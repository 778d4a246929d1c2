// Files that are dropped, or chosen, and sent to the program.

import {say} from '/report/words.js';
import {ask, Refused} from './api.js';

const AT_ONCE = 4; // files that are sent at one time
const TRIES = 3;

let sending = false;

export const isSending = () => sending;

// filesOf returns what was dropped as [name, file], with the folders that it is in.
async function filesOf(transfer) {
  // What is dropped is only there until the first await.
  const entries = Array.from(transfer.items || [], (item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (entries.length === 0) return chosenFiles(transfer.files);
  const files = [];
  const walk = async (entry) => {
    if (entry.isDirectory) {
      const reader = entry.createReader();
      for (;;) { // it gives a hundred at a time
        const some = await new Promise((done, fail) => reader.readEntries(done, fail));
        if (some.length === 0) break;
        for (const e of some) await walk(e);
      }
    } else {
      files.push([entry.fullPath.replace(/^\//, ''), await new Promise((done, fail) => entry.file(done, fail))]);
    }
  };
  for (const entry of entries) await walk(entry);
  return files;
}

const chosenFiles = (files) => Array.from(files, (f) => [f.webkitRelativePath || f.name, f]);

// send sends files as one drop. What could not be sent is told, and the others
// count all the same.
async function send(kind, files, state, tell) {
  const {id} = await ask('POST', 'drops/' + kind + '?files=' + files.length);
  const queue = files.slice();
  const failed = [];
  let done = 0;
  const one = async ([name, file]) => {
    const known = kind === 'lists' || state.kinds.some((end) => name.toLowerCase().endsWith(end));
    const size = known ? file.size : 0;
    const whole = known && (size <= state.limit || name.toLowerCase().endsWith('.zip'));
    const path = 'drops/' + id + '/file?name=' + encodeURIComponent(name) + '&size=' + size;
    for (let tried = 1; ; tried++) {
      try {
        return await ask('PUT', path, whole ? file : '');
      } catch (error) {
        if (tried === TRIES || !(error instanceof Refused)) throw error;
      }
    }
  };
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        await one(next);
      } catch (error) {
        failed.push(...(error.problems || [next[0] + say('：') + say('没有传上')]));
      }
      tell(++done, files.length);
    }
  };
  await Promise.all(Array.from({length: AT_ONCE}, worker));
  await ask('POST', 'drops/' + id + '/end');
  return failed;
}

// listenToDrops lets the places of the page take files.
export function listenToDrops(current, tell, fail) {
  const take = async (place, gather) => {
    if (sending) return;
    sending = true;
    place.classList.remove('over');
    try {
      const files = await gather;
      if (files.length > 0) {
        const failed = await send(place.dataset.kind, files, current(), (n, all) => tell(say('传送'), n, all));
        if (failed.length > 0) fail(failed);
      }
    } catch (error) {
      fail(error.problems || [say('读不出拖入的文件：{why}', {why: error.message})]);
    } finally {
      sending = false;
      tell('');
    }
  };
  for (const place of document.querySelectorAll('.drop')) {
    place.addEventListener('dragover', (event) => {
      event.preventDefault();
      place.classList.add('over');
    });
    place.addEventListener('dragleave', () => place.classList.remove('over'));
    place.addEventListener('drop', (event) => {
      event.preventDefault();
      take(place, filesOf(event.dataTransfer));
    });
    for (const button of place.querySelectorAll('.choose-files, .choose-folder')) {
      const input = button.nextElementSibling;
      button.addEventListener('click', () => input.click());
      input.addEventListener('change', () => {
        const files = chosenFiles(input.files);
        input.value = '';
        take(place, files);
      });
    }
  }
  // A file beside these places must not be opened in place of the page.
  for (const type of ['dragover', 'drop']) window.addEventListener(type, (event) => event.preventDefault());
}
