// @ts-check
import { Api, Refusal, sentence } from './api.js';
import { Herald } from './herald.js';
import * as keep from './keep.js';
import { Outbox } from './outbox.js';
import { initial, reduce, shownRows } from './store.js';
import { Stream } from './stream.js';
import { deliveryWord } from './words.js';

const ROWS = 100;
const LINES = 60;
const TICK_MILLIS = 20_000;
const MOST_LOOKUPS = 3;
const TOAST_MILLIS = 6_000;

/**
 * What the desk does: it asks the member, follows the stream, and lets the store say what is. Views listen for `change` and
 * call its methods.
 */
export class Desk extends EventTarget {
  /** @type {import('./store.js').State} */
  state = initial();
  /** Why nobody is signed in; empty where there is nothing to say. */
  farewell = '';
  /** A message that goes away by itself. */
  toast = '';
  /** What a screen reader is told. */
  announcement = '';
  /** What went wrong with the conversation's draft, by conversation. @type {Map<string, string>} */
  hindrances = new Map();
  preferences = keep.preferences();

  /** @type {Api | null} */
  #api = null;
  /** @type {Stream | null} */
  #stream = null;
  /** @type {Set<string>} */
  #lookups = new Set();
  /** @type {string[]} */
  #toLookUp = [];
  #toaster = 0;
  #herald = new Herald((text) => {
    this.announcement = text;
    this.#changed();
  });
  #outbox;

  constructor() {
    super();
    this.#outbox = new Outbox({
      api: () => (this.state.loaded && navigator.onLine ? this.#api : null),
      state: () => this.state,
      apply: (action) => this.#do(action),
      taken: (interaction) => this.#learn(interaction.actor),
      givenBack: (entry, refusal) => this.#givenBack(entry, refusal),
      ended: (failure) => this.#ended(failure),
    });
    window.setInterval(() => this.#do({ type: 'tick', now: Date.now() }), TICK_MILLIS);
    document.addEventListener('visibilitychange', () => this.look());
    window.addEventListener('focus', () => this.look());
  }

  get signedIn() {
    return this.#api !== null;
  }

  start() {
    this.#signInBy(keep.sessionInAddress() ?? keep.session());
    window.addEventListener('hashchange', () => this.#signInBy(keep.sessionInAddress()));
  }

  /** @param {keep.Session | null} session */
  #signInBy(session) {
    if (session) {
      this.#stream?.stop();
      this.signIn(session.token, session.agent);
    }
  }

  // ---- who

  /** @param {string} token @param {import('./store.js').Agent | null} agent null: as the token says */
  async signIn(token, agent) {
    this.#api = new Api(token);
    this.farewell = '';
    keep.keepSession({ token, agent });
    this.#do({ type: 'signedIn', me: agent, seen: keep.seen(), outgoing: keep.outgoing() });
    await this.#load(false);
  }

  /** @param {string} [why] */
  signOut(why = '') {
    this.#stream?.stop();
    this.#stream = null;
    this.#api = null;
    this.farewell = why;
    keep.keepSession(null);
    if (why === '') {
      keep.keepOutgoing([]);
    }
    this.state = initial();
    this.#changed();
  }

  /** @param {{id?: string, name?: string} | undefined} agent as the member calls the one who acts */
  #learn(agent) {
    if (agent?.id && this.state.me === null) {
      this.#do({ type: 'me', me: { id: agent.id, ...(agent.name ? { name: agent.name } : {}) } });
    }
  }

  // ---- the snapshot, then the stream

  /** @param {boolean} keepThreads */
  async #load(keepThreads) {
    const api = this.#api;
    if (!api) {
      return;
    }
    try {
      const page = await api.get('/v1/conversations', { open: true, limit: ROWS });
      if (api !== this.#api) {
        return;
      }
      this.#do({ type: 'snapshot', page, keep: keepThreads });
      this.#follow(page.cursor);
      const selected = this.state.selected;
      if (selected) {
        this.select(selected, false);
      }
      this.#outbox.flush();
    } catch (failure) {
      if (api !== this.#api) {
        return;
      }
      if (this.#ended(failure)) {
        return;
      }
      this.#do({ type: 'connection', connection: navigator.onLine ? 'reconnecting' : 'offline' });
      window.setTimeout(() => api === this.#api && this.#load(keepThreads), 1_000 + Math.random() * 2_000);
    }
  }

  /** @param {string} cursor */
  #follow(cursor) {
    const api = this.#api;
    if (!api) {
      return;
    }
    this.#stream?.stop();
    this.#stream = new Stream(api, cursor, {
      events: (events) => this.#happened(events),
      state: (connection) => {
        const before = this.state.connection;
        this.#do({ type: 'connection', connection });
        if (connection === 'offline' && before !== 'offline') {
          this.announce('You are offline. What you send waits.');
        } else if (connection === 'reconnecting' && before !== 'reconnecting') {
          this.announce('The connection is lost. Trying again.');
        } else if (connection === 'live' && before !== 'live') {
          this.#outbox.flush();
        }
      },
      recovered: () => this.say('Connected again. Nothing was missed.'),
      expired: () => {
        this.say('You were away for longer than the stream goes back. Everything was loaded anew.');
        this.#load(false);
      },
      refused: (refusal) => this.#ended(refusal),
    });
  }

  /** @param {import('./store.js').StreamEvent[]} events */
  #happened(events) {
    const before = this.state.rows;
    this.#do({ type: 'events', events, watching: this.#watching() });
    this.look();
    for (const { data } of events) {
      const row = data.conversationId ? this.state.rows.get(data.conversationId) : undefined;
      if (row?.partial) {
        this.#lookUp(row.id);
      }
      if (data.direction === 'inbound' && row && data.position === row.contentPosition && row !== before.get(row.id)) {
        this.#heard(row);
      }
      this.#failed(data);
    }
  }

  /** @param {import('./store.js').Row} row */
  #heard(row) {
    if (row.id === this.state.selected) {
      this.announce(`${row.name}: ${row.text}`);
    } else {
      this.#herald.elsewhere();
    }
  }

  /** @param {import('./store.js').Interaction} data */
  #failed(data) {
    const part = data.parts[0];
    if (part.type === 'receipt' && part.status === 'failed' && data.conversationId === this.state.selected) {
      this.announce(`A message was not delivered: ${part.reason?.text ?? deliveryWord('failed')}`);
    }
  }

  /** The stream names a conversation that the list does not know: the member knows more. @param {string} id */
  async #lookUp(id) {
    if (this.#lookups.has(id)) {
      return;
    }
    this.#lookups.add(id);
    this.#toLookUp.push(id);
    while (this.#api && this.#toLookUp.length > 0 && this.#lookups.size - this.#toLookUp.length < MOST_LOOKUPS) {
      const next = /** @type {string} */ (this.#toLookUp.shift());
      try {
        this.#do({ type: 'conversation', conversation: await this.#api.get(`/v1/conversations/${next}`) });
      } catch (failure) {
        this.#ended(failure); // anything else: the row stays as the stream told it
      } finally {
        this.#lookups.delete(next);
      }
    }
  }

  // ---- the list

  async loadMore() {
    const { next } = this.state;
    await this.#asking(async (api) => {
      this.#do({ type: 'more', page: await api.get('/v1/conversations', { open: true, limit: ROWS, before: next }) });
    });
  }

  /** @param {'open' | 'mine' | 'closed'} filter */
  async filter(filter) {
    this.#do({ type: 'filter', filter });
    if (filter === 'closed' && !this.state.closedLoaded) {
      await this.#asking(async (api) => {
        this.#do({ type: 'closed', page: await api.get('/v1/conversations', { open: false, limit: ROWS }) });
      });
    }
  }

  /** @param {boolean} held */
  hold(held) {
    this.#do({ type: 'hold', held });
  }

  arrange() {
    this.#do({ type: 'arrange' });
  }

  /** @param {string | null} id @param {boolean} [announce] */
  async select(id, announce = true) {
    const known = id !== null && this.state.threads.has(id) && this.state.threads.get(id)?.failed === null
      && (this.state.threads.get(id)?.items.length ?? 0) > 0;
    this.#do({ type: 'select', id });
    this.look();
    if (id === null) {
      return;
    }
    const row = this.state.rows.get(id);
    if (announce && row) {
      this.announce(`${row.name}, ${row.channel}`);
    }
    if (!known) {
      await this.#page(id, {});
    }
  }

  /** @param {1 | -1} step @returns {boolean} whether there was one */
  step(step) {
    const rows = shownRows(this.state);
    const index = rows.findIndex((row) => row.id === this.state.selected);
    const next = rows[index < 0 ? (step > 0 ? 0 : rows.length - 1) : index + step];
    if (next) {
      this.select(next.id);
    }
    return next !== undefined;
  }

  // ---- the thread

  async earlier() {
    const id = this.state.selected;
    const previous = id === null ? null : this.state.threads.get(id)?.previous;
    if (id !== null && previous) {
      await this.#page(id, { before: previous });
    }
  }

  async again() {
    if (this.state.selected !== null) {
      await this.#page(this.state.selected, {});
    }
  }

  /** @param {string} id @param {{before?: string}} where */
  async #page(id, where) {
    const api = this.#api;
    if (!api) {
      return;
    }
    this.#do({ type: 'loading', id });
    try {
      const page = await api.get(`/v1/conversations/${id}/interactions`, { limit: LINES, ...where });
      this.#do({ type: 'page', id, page, earlier: where.before !== undefined });
    } catch (failure) {
      if (!this.#ended(failure)) {
        this.#do({ type: 'pageFailed', id, text: sentence(failure) });
      }
    }
  }

  /** The selected conversation counts as read while the agent looks at it. */
  look() {
    const id = this.state.selected;
    if (id !== null && this.#watching()) {
      const before = this.state.seen;
      this.#do({ type: 'seen', id });
      if (this.state.seen !== before) {
        keep.keepSeen(this.state.seen);
      }
    }
  }

  #watching() {
    return !document.hidden && document.hasFocus();
  }

  /** A link to a medium's bytes, good for some minutes. @param {string} id @returns {Promise<string | null>} */
  async mediaLink(id) {
    let link = null;
    await this.#asking(async (api) => {
      const media = await api.get(`/v1/media/${encodeURIComponent(id)}`);
      link = media.link ?? null;
      if (link === null) {
        this.say(media.state === 'failed' ? `It could not be fetched: ${media.reason?.text ?? ''}` : 'It is still on its way.');
      }
    });
    return link;
  }

  // ---- writing

  /** @param {string} conversation @param {'text' | 'note'} kind @param {string} text */
  send(conversation, kind, text) {
    this.hindrances.delete(conversation);
    this.#do({ type: 'fresh', id: conversation, position: null });
    this.#outbox.add(conversation, kind, text);
  }

  /** @param {string} key */
  retry(key) {
    this.#outbox.retry(key);
  }

  /** @param {string} key */
  discard(key) {
    this.#outbox.discard(key);
  }

  /**
   * What the member will not have as it is becomes a draft again, before whatever was written since.
   *
   * @param {import('./store.js').Outgoing} entry
   * @param {Refusal} refusal
   */
  #givenBack(entry, refusal) {
    const since = keep.draft(entry.conversation);
    keep.keepDraft(entry.conversation, { text: since.text === '' ? entry.text : `${entry.text}\n${since.text}`, kind: entry.kind });
    const name = this.state.rows.get(entry.conversation)?.name ?? 'Somebody';
    let why = refusal.message;
    if (refusal.slug === 'newer-content') {
      this.#do({ type: 'fresh', id: entry.conversation, position: entry.expected });
      why = `Something came in while you were writing. Your text is still here: read what ${name} says, then send it as it is or change it.`;
      this.#page(entry.conversation, {});
    } else {
      this.#lookUp(entry.conversation);
    }
    this.hindrances.set(entry.conversation, why);
    this.announce(why);
    this.dispatchEvent(new CustomEvent('draft', { detail: entry.conversation }));
    this.#changed();
  }

  // ---- whose it is

  /** @param {string} id @param {'claim' | 'release' | 'close'} verb */
  async act(id, verb) {
    let done = false;
    await this.#asking(async (api) => {
      const conversation = await api.post(`/v1/conversations/${id}/${verb}`, this.#acting());
      if (verb === 'claim') {
        this.#learn(conversation.claim?.agent);
      }
      this.#do({ type: 'conversation', conversation });
      done = true;
    }, () => this.#lookUp(id));
    return done;
  }

  /** @param {string} id @param {import('./store.js').Agent} to @param {string} note */
  async transfer(id, to, note) {
    await this.#asking(async (api) => {
      const conversation = await api.post(`/v1/conversations/${id}/transfer`, {
        ...this.#acting(), to, ...(note === '' ? {} : { note }),
      });
      this.#do({ type: 'conversation', conversation });
      this.say(`Handed over to ${to.name ?? to.id}.`);
    }, () => this.#lookUp(id));
  }

  #acting() {
    return this.state.me === null ? {} : { agent: this.state.me };
  }

  // ---- telling

  /** Shows it for some seconds and says it. @param {string} text */
  say(text) {
    this.toast = text;
    window.clearTimeout(this.#toaster);
    this.#toaster = window.setTimeout(() => {
      this.toast = '';
      this.#changed();
    }, TOAST_MILLIS);
    this.announce(text);
    this.#changed();
  }

  /** Tells it to a screen reader. @param {string} text */
  announce(text) {
    this.#herald.say(text);
  }

  /** @param {Partial<keep.Preferences>} change */
  prefer(change) {
    this.preferences = { ...this.preferences, ...change };
    keep.keepPreferences(this.preferences);
    this.#changed();
  }

  // ---- inside

  /** @param {(api: Api) => Promise<void>} question @param {() => void} [refused] */
  async #asking(question, refused) {
    const api = this.#api;
    if (!api) {
      return;
    }
    try {
      await question(api);
    } catch (failure) {
      if (!this.#ended(failure)) {
        this.say(sentence(failure));
        refused?.();
      }
    }
  }

  /** @param {unknown} failure @returns {boolean} whether the token is no good any more */
  #ended(failure) {
    if (failure instanceof Refusal && failure.status === 401) {
      this.signOut('The token is not valid, or not any more. Sign in with another one.');
      return true;
    }
    if (failure instanceof Refusal && failure.status === 403 && !this.state.loaded) {
      this.signOut(`The token may not do this. ${failure.message}`);
      return true;
    }
    return false;
  }

  /** @param {import('./store.js').Action} action */
  #do(action) {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state.outgoing !== before.outgoing && action.type !== 'signedIn') {
      keep.keepOutgoing(this.state.outgoing);
    }
    if (this.state !== before) {
      this.#changed();
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
