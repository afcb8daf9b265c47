// The device's side of the protocol: calls and results, one call under way at a time, in order,
// each repeated under its own id until it was answered.

const CALL = 2;
const RESULT = 3;
const FAILURE = 4;

const PATIENCE = 20_000;
const FIRST_RETRY = 500;
const LONGEST_RETRY = 30_000;

/** Another page of this device is there; let it be. */
const REPLACED = 1000;
const REVOKED = 4001;
/** What was said last is more than a frame may have. */
const TOO_LARGE = 1009;
/** The member could not read which call it was: one at a time is under way. */
const NO_ID = '-1';

export class Socket {
  #account;
  #store;
  #events;
  #socket = null;
  #pending = null;
  #draining = false;
  #tries = 0;
  #timer = 0;
  #beat = 0;
  #heartbeat = 60_000;
  #live = false;

  /** @param events onCall(action, payload), onLive(live), onConfirmed(id), onRevoked() */
  constructor(account, store, events) {
    this.#account = account;
    this.#store = store;
    this.#events = events;
    addEventListener('online', () => this.#now());
    addEventListener('offline', () => this.#cut(this.#socket));
  }

  get live() {
    return this.#live;
  }

  /** Brings a code; resolves when the device has its token. */
  provision(code) {
    return new Promise((resolve, reject) => {
      const plain = code.replace(/[^0-9A-Za-z]/g, '');
      const socket = new WebSocket(this.#account.connect, [this.#account.protocol, `code.${plain}`]);
      socket.onmessage = async ({ data }) => {
        const [kind, id, action, payload] = JSON.parse(data);
        if (kind === CALL && action === 'Provision') {
          await this.#store.become(payload);
          socket.onclose = null;
          socket.send(JSON.stringify([RESULT, id, {}]));
          socket.close();
          resolve(payload);
        }
      };
      socket.onclose = () => reject(new Error('refused'));
    });
  }

  /** Connects, and comes back whenever it is cut. */
  async start() {
    const device = await this.#store.get('device');
    if (!device || this.#socket || !navigator.onLine) return;
    const url = `${this.#account.connect}/${encodeURIComponent(device.device)}`;
    const socket = new WebSocket(url, [this.#account.protocol, `token.${device.token}`]);
    this.#socket = socket;
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = ({ data }) => this.#heard(socket, data);
    socket.onclose = ({ code }) => this.#closed(socket, code);
  }

  /** Says it as soon as it can be said; it is kept when this resolves. */
  async say(action, payload) {
    const id = crypto.randomUUID();
    await this.#store.push({ id, action, payload: { ...payload, at: new Date().toISOString() } });
    this.#drain();
    return id;
  }

  /** Says it now or never. */
  async mention(action, payload) {
    if (this.#live && !this.#pending) await this.#ask(crypto.randomUUID(), action, payload).catch(() => {});
  }

  async #opened(socket) {
    this.#tries = 0;
    try {
      const welcome = await this.#ask(crypto.randomUUID(), 'Boot', { version: '1' });
      this.#heartbeat = (welcome.heartbeat ?? 60) * 1_000;
      this.#set(true);
      this.#rest();
      this.#drain();
    } catch {
      this.#cut(socket);
    }
  }

  /** At once: without a network nobody answers a close, and the browser waits for that. */
  #cut(socket) {
    if (!socket) return;
    this.#closed(socket, 0);
    socket.close();
  }

  #closed(socket, code) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    // said again it would be too large again
    if (code === TOO_LARGE) this.#pending?.resolve({});
    this.#pending?.reject(new Error('cut'));
    clearTimeout(this.#beat);
    this.#set(false);
    if (code === REVOKED) {
      this.#events.onRevoked();
      return;
    }
    const wait = code === REPLACED ? LONGEST_RETRY : Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#tries++);
    // not all at once, after a member went away that had thousands
    this.#timer = setTimeout(() => this.start(), wait * (0.5 + Math.random() / 2));
  }

  #now() {
    this.#tries = 0;
    clearTimeout(this.#timer);
    this.start();
  }

  #set(live) {
    this.#live = live;
    this.#events.onLive(live);
  }

  async #drain() {
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let next = await this.#store.first(); next && this.#live; next = await this.#store.first()) {
        await this.#idle();
        await this.#ask(next.call.id, next.call.action, next.call.payload);
        await this.#store.drop(next.place);
        this.#events.onConfirmed(next.call.id);
      }
    } catch {
      // it stays in the queue, and is said again when the socket is back
    } finally {
      this.#draining = false;
    }
    if (this.#live && (await this.#store.waiting()) > 0) setTimeout(() => this.#drain(), 0);
  }

  async #idle() {
    while (this.#pending) await this.#pending.over;
  }

  #ask(id, action, payload) {
    const socket = this.#socket;
    if (!socket || socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error('cut'));
    const pending = { id };
    pending.answer = new Promise((resolve, reject) => {
      pending.resolve = resolve;
      pending.reject = reject;
    });
    const late = setTimeout(() => this.#cut(socket), PATIENCE);
    pending.over = pending.answer.then(() => {}, () => {}).then(() => {
      clearTimeout(late);
      if (this.#pending === pending) this.#pending = null;
    });
    this.#pending = pending;
    this.#rest();
    socket.send(JSON.stringify([CALL, id, action, payload]));
    return pending.answer;
  }

  /** After silence, that it is there. */
  #rest() {
    clearTimeout(this.#beat);
    this.#beat = setTimeout(() => this.mention('Heartbeat', {}), this.#heartbeat);
  }

  async #heard(socket, data) {
    const [kind, id, ...rest] = JSON.parse(data);
    if (kind === CALL) {
      let answer;
      try {
        answer = [RESULT, id, (await this.#events.onCall(rest[0], rest[1])) ?? {}];
      } catch (refused) {
        answer = [FAILURE, id, refused.code ?? 'InternalError', '', {}];
      }
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(answer));
    } else if (this.#pending && (this.#pending.id === id || (kind === FAILURE && id === NO_ID))) {
      // a call that is refused is answered, too: said again it would be refused again
      this.#pending.resolve(kind === RESULT ? rest[0] : {});
    }
  }
}
