// The page on which a channel is tried: state of the bench, what the provider sends, what became of it, the stream.

import {dev, read, reply, signIn, webhook} from './member.js';
import {call, complaint, headersOf, parsed, pretty, row} from './shown.js';

const MOST_ROWS = 500;
const at = (id) => document.getElementById(id);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

let account = 'dev';
let chosen = null;
const events = new Map();

// ---- the bench

async function followState() {
  let number = -1;
  for (;;) {
    try {
      const state = await dev(`/dev/state?after=${number}`);
      number = state.number;
      show(state);
      await once(state);
    } catch (failure) {
      at('state').dataset.phase = 'gone';
      at('state').textContent = failure instanceof TypeError
        ? 'The member does not answer; is `tributary dev` running?'
        : failure.message;
      await pause(1000);
    }
  }
}

let begun = false;

async function once(state) {
  account = state.account;
  signIn(state.token);
  if (!begun) {
    begun = true;
    at('project').textContent = state.project;
    document.title = `${state.project} – Tributary dev`;
    await offerExamples();
    followStream();
  }
}

function show(state) {
  at('state').dataset.phase = state.phase;
  at('state').textContent = state.phase === 'serving' && state.took > 0
    ? `${state.text} ${state.took} ms after the save`
    : state.text;
  if (state.phase !== 'preparing') {
    at('complaints').replaceChildren(...state.complaints.map(complaint));
    at('overlay').hidden = state.complaints.length === 0;
  }
}

// ---- what the provider sends

const REMEMBERED = () => `tributary-dev-${at('project').textContent}`;
let examples = [];

async function offerExamples() {
  const own = JSON.parse(localStorage.getItem(REMEMBERED()) ?? '[]');
  examples = [...(await dev('/dev/examples')).items, ...own];
  at('example').replaceChildren(...examples.map((each, index) => new Option(each.name, index)));
  fill();
}

function fill() {
  const example = examples[at('example').value];
  if (example) {
    const {headers, body} = parsed(example.text);
    at('headers').value = headers;
    at('body').value = body;
  }
}

function remember() {
  const own = JSON.parse(localStorage.getItem(REMEMBERED()) ?? '[]');
  const name = `${new Date().toLocaleTimeString()} ${at('body').value.slice(0, 30)}`;
  const example = {name, text: `${at('headers').value.trim()}\n\n${at('body').value}`};
  localStorage.setItem(REMEMBERED(), JSON.stringify([...own, example].slice(-20)));
  examples.push(example);
  at('example').append(new Option(name, examples.length - 1, true, true));
}

async function send(event) {
  event.preventDefault();
  const id = crypto.randomUUID();
  const filled = (text) => text.replaceAll('{{id}}', id);
  const answer = at('answer');
  try {
    const {status, text} = await webhook(account, {
      method: at('method').value,
      path: at('path').value,
      headers: headersOf(filled(at('headers').value)),
      body: filled(at('body').value),
    });
    answer.className = status < 300 ? '' : 'bad';
    answer.textContent = `Answered ${status} ${text}`;
    await deadLetters(answer);
  } catch (failure) {
    answer.className = 'bad';
    answer.textContent = String(failure.message ?? failure);
  }
}

let lettersBefore = null;

/** An event that could not be translated was taken, and is in no stream. */
async function deadLetters(answer) {
  const {items} = await read(`/admin/v1/dead-letters?account=${account}&direction=inbound&limit=1`);
  const newest = items[0]?.id ?? '';
  if (lettersBefore !== null && newest !== lettersBefore && items[0]) {
    answer.className = 'bad';
    answer.textContent += `\nIt could not be translated: ${items[0].reason?.text ?? items[0].id}`;
  }
  lettersBefore = newest;
}

// ---- the stream

async function followStream() {
  let next = null;
  for (;;) {
    try {
      const page = await read(next === null
        ? '/v1/interactions?last=100'
        : `/v1/interactions?wait=20&after=${encodeURIComponent(next)}`);
      next = page.next;
      page.items.forEach(add);
      if (page.items.length > 0) {
        await showCalls();
      }
    } catch {
      await pause(1000);
    }
  }
}

function add(event) {
  const follows = chosen === null || chosen === at('stream').lastElementChild?.id;
  const item = row(event);
  events.set(item.id, event);
  at('stream').append(item);
  while (at('stream').childElementCount > MOST_ROWS) {
    events.delete(at('stream').firstElementChild.id);
    at('stream').firstElementChild.remove();
  }
  if (follows) {
    choose(item);
  }
}

async function choose(item) {
  at('stream').querySelector('[aria-selected="true"]')?.removeAttribute('aria-selected');
  item.setAttribute('aria-selected', 'true');
  at('stream').setAttribute('aria-activedescendant', item.id);
  item.scrollIntoView({block: 'nearest'});
  chosen = item.id;
  const {data} = events.get(item.id);
  at('interaction').textContent = pretty(data);
  try {
    const raw = await dev(`/dev/raw/${data.id}`);
    if (chosen === item.id) {
      at('raw').textContent = pretty(raw);
    }
  } catch (none) {
    if (chosen === item.id) {
      at('raw').textContent = none.message;
    }
  }
}

async function showCalls() {
  const {items} = await dev('/dev/calls');
  if (items.length > 0) {
    at('calls').textContent = items.slice(-5).reverse().map(call).join('\n\n────\n\n');
  }
}

async function answerThem(event) {
  event.preventDefault();
  const output = at('replied');
  try {
    if (chosen === null) {
      throw new Error('Choose an interaction first.');
    }
    await reply(events.get(chosen).data.conversationId, at('text').value);
    output.className = '';
    output.textContent = '';
    at('text').value = '';
  } catch (failure) {
    output.className = 'bad';
    output.textContent = String(failure.message ?? failure);
  }
}

function walk(event) {
  const now = at('stream').querySelector('[aria-selected="true"]');
  const to = {
    ArrowUp: now?.previousElementSibling,
    ArrowDown: now?.nextElementSibling,
    Home: at('stream').firstElementChild,
    End: at('stream').lastElementChild,
  }[event.key];
  if (to) {
    event.preventDefault();
    choose(to);
  }
}

at('webhook').addEventListener('submit', send);
at('webhook').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    at('webhook').requestSubmit();
  }
});
at('remember').addEventListener('click', remember);
at('example').addEventListener('change', fill);
at('reply').addEventListener('submit', answerThem);
at('stream').addEventListener('keydown', walk);
at('stream').addEventListener('click', (event) => {
  const item = event.target.closest('li');
  if (item) {
    choose(item);
  }
});
followState();
