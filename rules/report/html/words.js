// What the page says. It is written in Chinese; a page in another language brings
// a dictionary, from what would be said in Chinese.

let dictionary = new Map();

// speak changes the language; without a dictionary it is Chinese.
export function speak(words) {
  dictionary = words || new Map();
}

// say returns a text in the language of the page, {names} in it being values.
export function say(text, values) {
  const said = dictionary.get(text) || text;
  return values ? said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole)) : said;
}
