// Plays a headset: the pointer is where the visitor looks, a click takes something into the hand.
const PROTOCOL = 'vr-showroom.v1';
const SHORTEST_LOOK = 500;

const find = (id) => document.getElementById(id);
const pass = decodeURIComponent(location.hash.slice(1));
const door = document.documentElement.dataset.door.replace(/^http/, 'ws');
const products = [...document.querySelectorAll('.product')];

let socket = null;
let visit = null;
let outbox = [];
let brings = new Map();
let shown = new Map();
let recorder = null;

/** As long as there is no answer, a message is said again with every new socket: the same id is the same message. */
function say(what, more = {}) {
  const message = { id: random(), what, ...more };
  outbox.push(message);
  transmit(message);
  return message.id;
}

function transmit(message) {
  if (socket?.readyState === WebSocket.OPEN) {
    socket.send(JSON.stringify(message));
  }
}

function random() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((each) => each.toString(16).padStart(2, '0')).join('');
}

function connect() {
  const mine = new WebSocket(`${door}?visit=${visit}`, [PROTOCOL, `pass.${pass}`]);
  socket = mine;
  mine.onopen = () => {
    state('Connected.');
    outbox.forEach(transmit);
  };
  mine.onmessage = (event) => hear(JSON.parse(event.data));
  mine.onclose = (event) => {
    if (mine !== socket || visit === null) {
      return;
    }
    if (event.code === 1000) {
      return ended('This headset is worn elsewhere.');
    }
    state('Not connected. Is the pass behind # in the address right? Trying again …');
    setTimeout(() => mine === socket && visit !== null && connect(), 1500);
  };
}

function hear(message) {
  if (message.taken ?? message.refused ?? message.bring) {
    answered(message);
  } else if (message.show) {
    show(message.show, message.text);
  }
}

function answered(message) {
  const id = message.taken ?? message.refused ?? message.bring;
  const said = outbox.find((each) => each.id === id);
  outbox = outbox.filter((each) => each.id !== id);
  if (message.bring) {
    bring(id, message);
  } else if (message.refused) {
    note(`refused: ${message.why}`);
  } else if (said) {
    note(JSON.stringify({ ...said, id: undefined, seal: undefined }));
    if (said.what === 'leave') {
      ended('The headset lies on the shelf.');
    }
  }
}

/** Each key is shown once, however often it comes; it is confirmed each time. */
function show(key, text) {
  if (!shown.has(key)) {
    const line = document.createElement('p');
    line.textContent = text;
    find('panel').append(line);
    line.scrollIntoView({ block: 'nearest' });
    shown.set(key, false);
  }
  say('got', { key });
}

function looksAtPanel() {
  for (const [key, seen] of shown) {
    if (!seen) {
      shown.set(key, true);
      say('seen', { key });
    }
  }
}

function voice(recording) {
  const blob = new Blob([recording], { type: recording.type.split(';')[0] });
  brings.set(say('record', { type: blob.type, bytes: blob.size }), blob);
}

async function bring(id, { to, media, seal }) {
  const blob = brings.get(id);
  brings.delete(id);
  const answer = await fetch(to, { method: 'PUT', body: blob }).catch((failure) => ({ ok: false, status: failure }));
  if (answer.ok) {
    say('voice', { media, seal, type: blob.type });
  } else {
    note(`the recording was not taken: ${answer.status}`);
  }
}

async function record() {
  if (recorder) {
    recorder.stop();
    return;
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    recorder = new MediaRecorder(stream);
  } catch {
    note('There is no microphone: bring a sound file.');
    return;
  }
  const stream = recorder.stream;
  recorder.ondataavailable = (event) => voice(event.data);
  recorder.onstop = () => {
    stream.getTracks().forEach((each) => each.stop());
    recorder = null;
    find('record').setAttribute('aria-pressed', 'false');
  };
  recorder.start();
  find('record').setAttribute('aria-pressed', 'true');
}

function looks(product) {
  let since = 0;
  const begin = () => { since ||= performance.now(); };
  const end = () => {
    const time = performance.now() - since;
    if (since && visit !== null && time >= SHORTEST_LOOK) {
      say('look', { ...about(product), seconds: Number((time / 1000).toFixed(1)) });
    }
    since = 0;
  };
  product.addEventListener('pointerenter', begin);
  product.addEventListener('pointerleave', end);
  product.addEventListener('focus', begin);
  product.addEventListener('blur', end);
}

function picksUp(product) {
  const held = product.getAttribute('aria-pressed') === 'true';
  products.forEach((each) => each.setAttribute('aria-pressed', 'false'));
  product.setAttribute('aria-pressed', String(!held));
  find('hand').textContent = held ? 'Nothing in the hand.' : `In the hand: ${product.dataset.name}`;
  if (!held) {
    say('pick-up', about(product));
  }
}

function about(product) {
  return { product: product.dataset.product, name: product.dataset.name };
}

function wear() {
  if (visit !== null) {
    say('leave');
    return;
  }
  visit = random();
  outbox = [];
  brings = new Map();
  shown = new Map();
  find('panel').replaceChildren();
  find('said').replaceChildren();
  say('enter');
  connect();
  worn(true);
}

function ended(why) {
  visit = null;
  socket.close();
  worn(false);
  state(why);
}

function worn(now) {
  find('wear').textContent = now ? 'Take the headset off' : 'Put the headset on';
  document.querySelectorAll('.product, #help *, #voice *').forEach((each) => { each.disabled = !now; });
}

function state(text) {
  find('state').textContent = text;
}

function note(text) {
  const line = document.createElement('li');
  line.textContent = text;
  find('said').append(line);
  line.scrollIntoView({ block: 'nearest' });
}

products.forEach((product) => {
  looks(product);
  product.addEventListener('click', () => picksUp(product));
});
find('help').addEventListener('submit', (event) => {
  event.preventDefault();
  say('help', { words: find('words').value });
  find('words').value = '';
});
find('record').addEventListener('click', record);
find('file').addEventListener('change', (event) => {
  [...event.target.files].forEach(voice);
  event.target.value = '';
});
find('panel').addEventListener('pointerenter', looksAtPanel);
find('panel').addEventListener('focus', looksAtPanel);
find('view').addEventListener('pointermove', (event) => {
  const { left, width } = find('view').getBoundingClientRect();
  find('room').style.setProperty('--turn', String(((event.clientX - left) / width - 0.5) * 16));
});
find('wear').addEventListener('click', wear);
worn(false);
