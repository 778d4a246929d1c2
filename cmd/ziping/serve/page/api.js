// What the page asks of the program.

import {say} from '/report/words.js';

// Refused is why something was not done; its problems say so one by one. It may be
// asked for again where the program did not answer.
export class Refused extends Error {
  constructor(problems, again) {
    super(problems.join('\n'));
    this.problems = problems;
    this.again = again;
  }
}

// ask asks for something, and returns the answer.
export async function ask(method, path, body) {
  const json = body !== undefined && typeof body === 'object' && !(body instanceof Blob) && !(body instanceof FormData);
  let response;
  try {
    response = await fetch('/api/' + path, {method, body: json ? JSON.stringify(body) : body});
  } catch (error) {
    throw new Refused([say('没有连上程序，可能已经结束。')], true);
  }
  const text = await response.text();
  let answer;
  try {
    answer = JSON.parse(text);
  } catch (error) {
    throw new Refused([text.trim()]);
  }
  if (!response.ok) throw new Refused(answer.problems);
  return answer;
}

// lines asks for lines of JSON, and hands over each as it comes.
export async function lines(path, signal, take) {
  const response = await fetch('/api/' + path, {signal});
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    const parts = (rest + (done ? decoder.decode() : decoder.decode(value, {stream: true}))).split('\n');
    rest = parts.pop();
    parts.forEach((line) => take(JSON.parse(line)));
    if (done) return;
  }
}
