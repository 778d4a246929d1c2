// Files that are dropped, or chosen, and sent to the program.

import {say} from '/report/words.js';
import {ask} from './api.js';

const AT_ONCE = 2; // requests at one time
const BATCH = 100; // files of a request
const BYTES = 8 << 20; // of them together, about
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

// batchesOf puts files together that are sent with one request: many small ones, or
// one that is large. Of one that is too large, or that nobody looks at, only what it
// is called is sent.
function batchesOf(kind, files, state) {
  const batches = [];
  let last;
  files.forEach(([name, file], place) => {
    const known = kind === 'lists' || state.kinds.some((end) => name.toLowerCase().endsWith(end));
    const size = known ? file.size : 0;
    const whole = known && (size <= state.limit || name.toLowerCase().endsWith('.zip'));
    if (!last || last.files === BATCH || last.bytes + size > BYTES) {
      last = {form: new FormData(), names: [], files: 0, bytes: 0};
      batches.push(last);
    }
    last.form.append([place, size, file.lastModified, encodeURIComponent(name)].join(':'), whole ? file : new Blob([]), 'f');
    last.names.push(name);
    last.files++;
    last.bytes += size;
  });
  return batches;
}

// send sends files as one drop. What could not be sent is told, and the others
// count all the same.
async function send(kind, files, state, tell) {
  const {id} = await ask('POST', 'drops/' + kind + '?files=' + files.length);
  const queue = batchesOf(kind, files, state);
  const failed = [];
  let done = 0;
  const deliver = async (batch) => {
    for (let tried = 1; ; tried++) {
      try {
        return await ask('POST', 'drops/' + id + '/files', batch.form);
      } catch (error) {
        if (tried === TRIES || !error.again) throw error;
      }
    }
  };
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      try {
        await deliver(next);
      } catch (error) {
        failed.push(...(error.again ? next.names.map((name) => name + say('：') + say('没有传上')) : error.problems));
      }
      done += next.files;
      tell(done, files.length);
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
