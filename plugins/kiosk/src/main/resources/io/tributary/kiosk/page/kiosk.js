// The kiosk: nobody is there, or somebody is; and when they go, nothing of them is left.

import { Screen } from './screen.js';
import { Socket } from './socket.js';
import { Store } from './store.js';
import { speak, spoken, word } from './words.js';

const WARNING = 15;
const TYPING_EVERY = 4_000;
const SCAN_PAUSE = 100;
const SHORTEST_SCAN = 4;
/** The largest QR code has fewer. */
const LONGEST_SCAN = 4_400;
/** A JSON Web Token begins with an object in Base64; also one of which a field took the beginning alone. The name of a site has no capitals. */
const TOKEN = /(?<![\w-])e(?:y[JA]|w[o0k])(?=[\w-]*[A-Z])[\w-]{9,}(?:\.[\w-]*){1,2}/;

class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

class Kiosk {
  #account;
  #store;
  #socket;
  #screen;
  #session = null;
  #idle = 0;
  #still = null;
  #typed = 0;

  constructor(account, store) {
    this.#account = account;
    this.#store = store;
    this.#screen = new Screen(account);
    this.#socket = new Socket(account, store, {
      onCall: (action, payload) => this.#told(action, payload),
      onLive: (live) => this.#screen.live(live),
      onConfirmed: (id) => this.#screen.confirmed(id),
      onRevoked: () => this.#revoked(),
    });
  }

  async start() {
    for (const event of ['pointerdown', 'keydown', 'input']) addEventListener(event, () => this.#touched(), true);
    addEventListener('keydown', scanner((code) => this.#scanned(code)));
    addEventListener('keydown', (event) => {
      // for staff, who know of it
      if (event.ctrlKey && event.altKey && event.key.toLowerCase() === 'k') this.#forget();
    });
    // what was begun before the browser was loaded anew is over
    const left = await this.#store.get('session');
    if (left) await this.#over(left, 'restart');
    if (await this.#store.get('device')) {
      this.#socket.start();
      this.#attract();
    } else {
      this.#setup();
    }
  }

  #setup() {
    const code = new URLSearchParams(location.hash.slice(1)).get('code') ?? '';
    history.replaceState(null, '', location.pathname);
    this.#screen.setup(code, async (typed) => {
      await this.#socket.provision(typed);
      this.#socket.start();
      this.#attract();
    });
  }

  /** Only who knows the device's name may take it away, and while nobody uses it. */
  async #forget() {
    if (document.body.dataset.state !== 'attract' || document.querySelector('dialog')) return;
    const typed = await this.#screen.ask({ title: word('forget'), hint: word('forgetHint'), label: word('device') });
    const device = await this.#store.get('device');
    if (typed && typed === device?.device && !this.#session) await this.#revoked();
    else if (!this.#session) this.#attract();
  }

  async #revoked() {
    const session = this.#session;
    this.#session = null;
    this.#stopIdling();
    if (session) await this.#over(session, 'revoked');
    await this.#store.forgetDevice();
    location.reload();
  }

  #attract() {
    this.#screen.attract(
      () => this.#begin(),
      (language) => {
        speak(language);
        this.#attract();
      },
    );
    document.title = this.#account.title || word('welcome');
  }

  async #begin() {
    if (this.#session) return;
    this.#session = crypto.randomUUID();
    await this.#store.set('session', this.#session);
    this.#screen.session({
      onEnd: () => this.#end('button'),
      onSay: (text) => this.#said(text),
      onTyping: () => this.#typing(),
      help: () => this.#help(),
      scan: () => this.#scan(),
      ticket: () => this.#do('TakeTicket', {}, word('ticket')),
      checkin: () => this.#checkIn(),
    });
    this.#touched();
    await this.#say('BeginSession', {});
  }

  async #end(reason) {
    const session = this.#session;
    if (!session) return;
    this.#session = null;
    this.#stopIdling();
    this.#screen.wipe();
    await this.#over(session, reason);
    speak(this.#account.languages[0]);
    this.#attract();
  }

  async #over(session, reason) {
    await this.#socket.say('EndSession', { session, reason });
    await this.#store.set('session', null);
    await this.#store.forgetOld();
  }

  #say(action, payload) {
    return this.#socket.say(action, { session: this.#session, language: spoken(), ...payload });
  }

  /** Says it, and shows what was said. */
  async #do(action, payload, shown) {
    const session = this.#session;
    const id = await this.#say(action, payload);
    if (session === this.#session) this.#screen.mine(id, shown);
  }

  #said(text) {
    return introduced(text) ? this.#checkIn(text) : this.#do('Say', { text }, text);
  }

  async #help() {
    await this.#do('AskForHelp', {}, word('help'));
    this.#screen.notice(word('helpSent'));
  }

  async #scan() {
    const value = await this.#screen.ask({ title: word('scan'), hint: word('scanHint') });
    if (value) this.#scanned(value);
  }

  #scanned(value) {
    if (introduced(value)) this.#checkIn(value);
    else if (this.#session) this.#do('Scan', { symbology: symbology(value), value }, `${word('scan')}: ${value}`);
  }

  /** @param shown what the reader has read already: nothing of it is said before they agree */
  async #checkIn(shown = '') {
    if (!this.#session || !this.#account.services.includes('checkin')) return;
    const read = await this.#screen.ask({ title: word('checkin'), hint: word('checkinHint'), agree: word('consent'), value: shown });
    if (read && this.#session) {
      this.#do('CheckIn', { ...handed(read), consent: { purpose: 'identity', granted: true } }, word('checkin'));
    }
  }

  #typing() {
    if (Date.now() - this.#typed < TYPING_EVERY || !this.#session) return;
    this.#typed = Date.now();
    this.#socket.mention('Typing', { session: this.#session });
  }

  async #told(action, payload) {
    if (action === 'Status') return { state: (await this.#store.has(payload.key)) ? 'taken' : 'unknown' };
    if (payload.session !== this.#session) throw new Refused('SessionOver');
    if (action === 'Signal') {
      this.#screen.typing(payload.kind === 'typing');
      return {};
    }
    const show = {
      Show: () => this.#screen.theirs(payload.from, payload.content, (choice) => this.#chose(payload.key, choice)),
      Ticket: () => this.#screen.ticket(payload.data),
      Screen: () => this.#screen.pushed(payload.data),
      Print: () => this.#print(payload),
    }[action];
    if (!show) throw new Refused('NotSupported');
    const answer = action === 'Print' ? { reached: 'accepted' } : {};
    if (await this.#store.has(payload.key)) return answer;
    await this.#store.take(payload.key);
    if (payload.session !== this.#session) throw new Refused('SessionOver');
    try {
      show();
    } catch (broken) {
      await this.#store.giveBack(payload.key);
      throw broken;
    }
    if (action === 'Show' && document.visibilityState === 'visible') this.#socket.say('Seen', { key: payload.key });
    return answer;
  }

  #print({ key, data }) {
    addEventListener('afterprint', () => this.#socket.say('Printed', { key, done: true }), { once: true });
    // after the answer: printing may stop everything
    setTimeout(() => this.#screen.print(data), 0);
  }

  #chose(key, choice) {
    return this.#do('Choose', { key, id: choice.id, label: choice.label }, choice.label);
  }

  #touched() {
    if (!this.#session || this.#still) return;
    this.#stopIdling();
    const warning = Math.min(WARNING, Math.floor(this.#account.idle / 2));
    this.#idle = setTimeout(() => this.#warn(warning), (this.#account.idle - warning) * 1_000);
  }

  #warn(seconds) {
    this.#still = this.#screen.still(seconds, () => {
      this.#still = null;
      this.#touched();
    });
    this.#idle = setTimeout(() => this.#end('idle'), seconds * 1_000);
  }

  #stopIdling() {
    clearTimeout(this.#idle);
    this.#still?.();
    this.#still = null;
  }
}

/** A scanner types quickly, and ends with Enter; nobody does so where there is no field. */
function scanner(onCode) {
  let typed = '';
  let last = 0;
  return (event) => {
    if (event.target instanceof HTMLInputElement || document.querySelector('dialog')) return;
    const now = performance.now();
    if (now - last > SCAN_PAUSE || typed.length > LONGEST_SCAN) typed = '';
    last = now;
    if (event.key.length === 1) {
      // within a code it presses no button
      if (typed && event.key === ' ') event.preventDefault();
      typed += event.key;
    } else if (event.key === 'Enter' && typed.length >= SHORTEST_SCAN) {
      event.preventDefault();
      onCode(typed);
      typed = '';
    }
  };
}

/** By length and check digit (GS1 General Specifications, section 7.9). */
function symbology(value) {
  const kinds = { 8: 'ean-8', 12: 'upc-a', 13: 'ean-13' };
  const kind = kinds[value.length];
  if (!kind || !/^\d+$/.test(value)) return 'code';
  const sum = [...value].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0 ? kind : 'code';
}

/** A text of it; a number that JSON did not round, as text. */
function text(value) {
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** Whom a code says that it is of, by a token of the app, or an object with type and value, or with a token; null: nobody. */
function introduced(read) {
  try {
    const { type, value, token, challenge, code, name } = JSON.parse(read);
    const identity = { type: text(type), value: text(value), challenge: text(challenge), code: text(code) };
    // one that is no text is refused
    if (token !== undefined) identity.token = text(token) ?? '';
    if ((identity.type && identity.value) || token !== undefined) return { name: text(name), identity };
  } catch {
    // a token alone, or in one line of an object or in what a field has left of it; else a card's number, say
    const token = TOKEN.exec(read)?.[0];
    if (token) return { identity: { token } };
  }
  return null;
}

/** What a customer's code hands over who checks in; a mere text may be a card's number. */
function handed(read) {
  return introduced(read) ?? { identity: { type: 'code', value: read } };
}

/** What it needs to know of the account. A member that starts says so, and is asked again. */
async function asked() {
  for (let wait = 1_000; ; wait = Math.min(30_000, wait * 2)) {
    try {
      const answer = await fetch(new URL('account.json', import.meta.url));
      if (answer.ok) return await answer.json();
    } catch {
      // there is no connection
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

const account = await asked();
speak(account.languages[0]);
await new Kiosk(account, await Store.open(account.account)).start();
