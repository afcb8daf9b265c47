// What a customer says and reads is text and never markup: everything is set as textContent.
const element = (id) => document.getElementById(id);
const from = element('from');
const to = element('to');
const text = element('text');
const picture = element('picture');
const thread = element('thread');

const messages = new Map();
const shown = new Map();

const TROUBLE = { failed: 'not sent', undelivered: 'not delivered', canceled: 'canceled' };

function belongsHere(message) {
  const [customer, company] =
    message.origin === 'customer' ? [message.from, message.to] : [message.to, message.from];
  return customer === from.value.trim() && (company === to.value || company === null);
}

function note(message) {
  if (message.origin === 'twilio') {
    return ['Twilio answers this by itself', false];
  }
  if (message.origin === 'customer') {
    if (message.webhook === 0) {
      return ['Sending …', false];
    }
    if (message.webhook < 0) {
      return ['Nobody at the company answers', true];
    }
    return message.webhook < 300
      ? ['Taken by the company', false]
      : [`The company's server answered ${message.webhook}`, true];
  }
  const trouble = TROUBLE[message.status];
  if (trouble) {
    return [message.error ? `${trouble}, error ${message.error}` : trouble, true];
  }
  return [message.status, false];
}

function medium(item) {
  if (item.picture) {
    const image = document.createElement('img');
    image.src = item.url;
    image.alt = 'Picture';
    return image;
  }
  const link = document.createElement('a');
  link.href = item.url;
  link.download = '';
  link.textContent = 'Attachment';
  return link;
}

function render(message) {
  const line = document.createElement('div');
  line.className = message.origin;
  const bubble = document.createElement('div');
  bubble.className = 'bubble';
  if (message.media.length > 0) {
    bubble.append(...message.media.map(medium));
  }
  bubble.append(message.body);
  const below = document.createElement('span');
  line.append(bubble, below);
  annotate(below, message);
  return line;
}

function annotate(below, message) {
  const [words, bad] = note(message);
  const time = new Date(message.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  below.className = bad ? 'note bad' : 'note';
  below.textContent = `${words} · ${time}`;
}

function show(message) {
  const line = shown.get(message.sid);
  if (!belongsHere(message)) {
    return;
  }
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
  if (line) {
    const known = line.querySelectorAll('img, a').length;
    if (known === message.media.length) {
      annotate(line.lastElementChild, message);
    } else {
      const fresh = render(message);
      line.replaceWith(fresh);
      shown.set(message.sid, fresh);
    }
  } else {
    const fresh = render(message);
    shown.set(message.sid, fresh);
    thread.append(fresh);
  }
  if (atEnd) {
    thread.scrollTop = thread.scrollHeight;
  }
}

function showAll() {
  thread.replaceChildren();
  shown.clear();
  element('peer').textContent = to.value || 'The company';
  for (const message of messages.values()) {
    show(message);
  }
  thread.scrollTop = thread.scrollHeight;
}

function say(words, lamp) {
  element('state').textContent = words;
  element('lamp').className = lamp;
}

function listen() {
  const events = new EventSource('/phone/events');
  events.onopen = () => say('Connected', 'on');
  events.onerror = () => say('Connection lost, trying again …', 'off');
  events.onmessage = (event) => {
    const message = JSON.parse(event.data);
    messages.set(message.sid, message);
    show(message);
  };
}

async function post(path, options) {
  const answer = await fetch(path, { method: 'POST', ...options });
  if (!answer.ok) {
    say(`Not sent: ${await answer.text()}`, 'off');
  }
  return answer.ok;
}

function fields(body) {
  return new URLSearchParams({ from: from.value.trim(), to: to.value, body });
}

async function send() {
  const body = text.value;
  if (body.trim() === '') {
    return;
  }
  if (await post('/phone/messages', { body: fields(body) })) {
    text.value = '';
    grow();
  }
}

async function sendPicture() {
  const [file] = picture.files;
  if (file) {
    await post(`/phone/messages?${fields(text.value)}`, { headers: { 'Content-Type': file.type }, body: file });
    text.value = '';
    picture.value = '';
  }
}

function grow() {
  text.rows = Math.min(5, text.value.split('\n').length);
}

element('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
text.addEventListener('input', grow);
text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
});
picture.addEventListener('change', sendPicture);
to.addEventListener('change', showAll);
from.addEventListener('change', () => {
  from.setAttribute('aria-invalid', String(!/^\+[1-9]\d{7,14}$/.test(from.value.trim())));
  showAll();
});

const line = await (await fetch('/phone/line')).json();
to.append(...line.numbers.map((number) => new Option(number, number)));
showAll();
listen();
text.focus({ preventScroll: true });
