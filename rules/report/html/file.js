// A report that is a file of its own: what it holds stands in it.

import {byId} from './dom.js';
import {begin, take} from './entries.js';
import {listen, show} from './report.js';

function blocks(name) {
  return Array.from(document.querySelectorAll('script.' + name), (s) => JSON.parse(s.textContent));
}

begin(blocks('terms')[0]);
blocks('file').forEach(take);
byId('loading').hidden = true;
byId('app').hidden = false;
listen();
show();
