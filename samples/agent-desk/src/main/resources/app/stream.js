// @ts-check
import { Refusal, url } from './api.js';

/**
 * Follows the unified stream over server-sent events by `fetch`, since `EventSource` cannot send a token. After a loss it
 * goes on from the last cursor, with growing and scattered pauses; nothing is missed and what comes twice is the store's to
 * pass over.
 *
 * @typedef {{
 *   events: (events: import('./store.js').StreamEvent[]) => void,
 *   state: (state: 'live' | 'reconnecting' | 'offline') => void,
 *   recovered: () => void,
 *   expired: () => void,
 *   refused: (refusal: Refusal) => void,
 * }} Listener
 *   `state('reconnecting')` comes only when a loss lasts; `recovered` when a loss that was told is made good;
 *   `expired` when the cursor is of no use any more: load anew and follow from there.
 */

const SILENT_MILLIS = 5_000;
const DEAD_MILLIS = 45_000; // three heartbeats
const LONGEST_PAUSE_MILLIS = 20_000;
const SETTLED_MILLIS = 250;

export class Stream {
  #api;
  #listener;
  #cursor;
  #tries = 0;
  #told = false;
  #stopped = false;
  /** @type {AbortController | null} */
  #request = null;
  /** @type {(() => void) | null} */
  #wake = null;
  /** @type {number | undefined} */
  #silence;

  /** @param {import('./api.js').Api} api @param {string} cursor @param {Listener} listener */
  constructor(api, cursor, listener) {
    this.#api = api;
    this.#cursor = cursor;
    this.#listener = listener;
    window.addEventListener('offline', this.#offline);
    window.addEventListener('online', this.#hurry);
    document.addEventListener('visibilitychange', this.#hurry);
    if (!navigator.onLine) {
      this.#offline();
    }
    this.#run();
  }

  stop() {
    this.#stopped = true;
    window.removeEventListener('offline', this.#offline);
    window.removeEventListener('online', this.#hurry);
    document.removeEventListener('visibilitychange', this.#hurry);
    window.clearTimeout(this.#silence);
    this.#request?.abort();
    this.#wake?.();
  }

  #offline = () => {
    this.#told = true;
    this.#listener.state('offline');
  };

  #hurry = (/** @type {Event} */ event) => {
    if (event.type === 'online') {
      this.#listener.state('reconnecting');
      this.#tries = 0;
      this.#request?.abort(); // what was open before the loss may hang for minutes
    }
    if (event.type === 'online' || !document.hidden) {
      this.#wake?.();
    }
  };

  async #run() {
    while (!this.#stopped) {
      try {
        await this.#follow();
      } catch (failure) {
        if (this.#stopped) {
          return;
        }
        if (failure instanceof Refusal && this.#final(failure)) {
          return;
        }
      }
      if (!this.#stopped) {
        this.#lost();
        await this.#pause();
      }
    }
  }

  /** @param {Refusal} refusal */
  #final(refusal) {
    if (refusal.status === 410 || refusal.slug === 'bad-cursor' || refusal.slug === 'cursor-expired') {
      this.stop();
      this.#listener.expired();
      return true;
    }
    if (refusal.status === 401 || refusal.status === 403) {
      this.stop();
      this.#listener.refused(refusal);
      return true;
    }
    return false;
  }

  /** Reads one response to its end. */
  async #follow() {
    const request = new AbortController();
    this.#request = request;
    let watch = window.setTimeout(() => request.abort(), DEAD_MILLIS);
    let settled = 0;
    try {
      const response = await fetch(url('/v1/stream', { after: this.#cursor }), {
        headers: this.#api.headers({ Accept: 'text/event-stream' }), cache: 'no-store', credentials: 'omit', signal: request.signal,
      });
      if (!response.ok || !response.body) {
        throw await Refusal.of(response);
      }
      const settle = () => {
        window.clearTimeout(settled);
        settled = window.setTimeout(() => this.#live(), SETTLED_MILLIS);
      };
      settle(); // once what was missed has come in
      const frames = new Frames();
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done || this.#stopped) {
          return;
        }
        window.clearTimeout(watch);
        watch = window.setTimeout(() => request.abort(), DEAD_MILLIS);
        if (this.#told) {
          settle();
        }
        this.#tries = 0;
        this.#take(frames.push(decoder.decode(value, { stream: true })));
      }
    } finally {
      window.clearTimeout(watch);
      window.clearTimeout(settled);
      request.abort();
    }
  }

  /** @param {Frame[]} frames */
  #take(frames) {
    const events = [];
    let cursor = this.#cursor;
    let ended = null;
    for (const frame of frames) {
      const message = frame.data === '' ? null : JSON.parse(frame.data);
      if (message?.type === 'io.tributary.ended.v1') {
        ended = message.problem ?? {};
      } else if (message?.data) {
        events.push(message);
      }
      cursor = frame.id || cursor;
    }
    if (events.length > 0) {
      this.#listener.events(events);
    }
    this.#cursor = cursor; // only now: what was not taken comes again
    if (ended) {
      throw new Refusal(ended.status ?? 503, ended);
    }
  }

  #live() {
    window.clearTimeout(this.#silence);
    this.#silence = undefined;
    if (!navigator.onLine) {
      return;
    }
    this.#listener.state('live');
    if (this.#told) {
      this.#told = false;
      this.#listener.recovered();
    }
  }

  #lost() {
    if (this.#silence === undefined && navigator.onLine) {
      // most losses heal within a second: nothing is said of them
      this.#silence = window.setTimeout(() => {
        this.#told = true;
        this.#listener.state(navigator.onLine ? 'reconnecting' : 'offline');
      }, SILENT_MILLIS);
    }
  }

  #pause() {
    const most = Math.min(LONGEST_PAUSE_MILLIS, 400 * 2 ** this.#tries++);
    return new Promise((/** @type {(value: void) => void} */ resolve) => {
      const timer = window.setTimeout(resolve, most / 4 + Math.random() * most * 0.75);
      this.#wake = () => {
        window.clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** @typedef {{id: string, data: string}} Frame */

/** Cuts what arrives, in whatever portions, into events. */
export class Frames {
  #rest = '';
  #id = '';
  /** @type {string[]} */
  #data = [];

  /** @param {string} text @returns {Frame[]} */
  push(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    const frames = [];
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line === '') {
        if (this.#id !== '' || this.#data.length > 0) {
          frames.push({ id: this.#id, data: this.#data.join('\n') });
        }
        this.#id = '';
        this.#data = [];
      } else if (line.startsWith('id:')) {
        this.#id = value(line, 3);
      } else if (line.startsWith('data:')) {
        this.#data.push(value(line, 5));
      }
    }
    return frames;
  }
}

/** @param {string} line @param {number} from */
function value(line, from) {
  return line.charAt(from) === ' ' ? line.slice(from + 1) : line.slice(from);
}
