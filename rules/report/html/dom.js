// The elements of a page. Whatever a form says is put into the page as text, by
// textContent and attributes that no browser runs; nothing is parsed as HTML.

export const byId = (id) => document.getElementById(id);

// el makes an element. What is false, empty or undefined is left out.
export function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

export function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children) {
    if (child) node.append(child);
  }
  return node;
}

export function clear(node) {
  node.textContent = '';
  return node;
}

export function option(value, text) {
  return el('option', {value}, text);
}

// at returns what an object has for a key that comes from a form: constructor is a name
// like any other.
export const at = (object, key) => (Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined);

export const percent = (v) => String(+(v * 100).toFixed(2)) + '%';
