// A table whose rows are divided differently. A cell reaches from one edge to
// another, in percent of the width; the columns are what lies between all edges.

import {el} from './dom.js';

const exactly = (edge) => Math.round(edge * 10) / 10;

// cellAt is a node of a row, from one edge to another.
export function cellAt(node, from, to) {
  return {node, from: exactly(from), to: exactly(to)};
}

// gridOf draws rows of cells as a table.
export function gridOf(rows) {
  const edges = new Set();
  for (const row of rows) for (const {from, to} of row) edges.add(from).add(to);
  const sorted = Array.from(edges).sort((a, b) => a - b);
  for (const row of rows) {
    for (const {node, from, to} of row) {
      const n = sorted.indexOf(to) - sorted.indexOf(from);
      if (n > 1) node.colSpan = n;
    }
  }
  return el('table', {class: 'form'},
    el('colgroup', {}, ...sorted.slice(1).map((edge, i) => el('col', {width: exactly(edge - sorted[i]) + '%'}))),
    el('tbody', {}, ...rows.map((row) => el('tr', {}, ...row.map((c) => c.node)))));
}

// inOrder sorts things by a number, each that has none after the one before it.
export function inOrder(things, numberOf) {
  let last = -1;
  const keyed = things.map((thing) => {
    const n = numberOf(thing);
    last = n === undefined ? last : n;
    return [last, thing];
  });
  return keyed.sort((a, b) => a[0] - b[0]).map(([, thing]) => thing);
}
