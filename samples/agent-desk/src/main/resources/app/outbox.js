// @ts-check
import { Refusal, Unreachable, sentence } from './api.js';
import { expectedPosition, newestPosition } from './store.js';

const LATER_MILLIS = 1_500;

/**
 * @typedef {import('./store.js').Outgoing} Outgoing
 * @typedef {{
 *   api: () => import('./api.js').Api | null,
 *   state: () => import('./store.js').State,
 *   apply: (action: import('./store.js').Action) => void,
 *   taken: (interaction: import('./store.js').Interaction) => void,
 *   givenBack: (entry: Outgoing, refusal: Refusal) => void,
 *   ended: (failure: unknown) => boolean,
 * }} Surroundings
 *   `api`: null while nothing can be sent; `givenBack`: the member will not have it as it is; `ended`: whether the token is
 *   no good any more.
 */

/**
 * Sends what was written: of each conversation one after the other, each under a key of its own, until the member has
 * taken it or said why not.
 */
export class Outbox {
  #around;
  /** The conversations of which something is on its way. @type {Set<string>} */
  #busy = new Set();
  #timer = 0;

  /** @param {Surroundings} around */
  constructor(around) {
    this.#around = around;
  }

  /** @param {string} conversation @param {'text' | 'note'} kind @param {string} text */
  add(conversation, kind, text) {
    this.#around.apply({
      type: 'outgoing',
      entry: {
        key: newKey(), conversation, kind, text, at: new Date().toISOString(),
        expected: newestPosition(this.#around.state().threads.get(conversation)), state: 'queued', problem: null,
      },
    });
    this.flush();
  }

  /** @param {string} key */
  retry(key) {
    this.#around.apply({ type: 'outgoingIs', key, state: 'queued' });
    this.flush();
  }

  /** @param {string} key */
  discard(key) {
    this.#around.apply({ type: 'outgoingGone', key });
    this.flush();
  }

  /** Sends what waits, as far as it may. What failed stays where it is and holds up what was written after it. */
  flush() {
    const held = new Set(this.#busy);
    for (const entry of this.#around.state().outgoing) {
      if (entry.state === 'queued' && !held.has(entry.conversation)) {
        this.#post(entry);
      }
      held.add(entry.conversation);
    }
  }

  /** @param {Outgoing} entry */
  async #post(entry) {
    const api = this.#around.api();
    if (!api) {
      return;
    }
    // the same key goes with the same body, to the letter: a second try is not a second request
    const body = entry.body ?? this.#body(entry);
    this.#busy.add(entry.conversation);
    this.#around.apply({ type: 'outgoingIs', key: entry.key, state: 'sending', body });
    let later = false;
    try {
      const interaction = await api.post(
        `/v1/conversations/${entry.conversation}/interactions`, body, { 'Idempotency-Key': entry.key });
      this.#around.taken(interaction);
      this.#around.apply({ type: 'acknowledged', key: entry.key, interaction });
    } catch (failure) {
      later = this.#notTaken(entry, failure);
    } finally {
      this.#busy.delete(entry.conversation);
    }
    if (later) {
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => this.flush(), LATER_MILLIS * (1 + Math.random()));
    } else {
      this.flush();
    }
  }

  /** @param {Outgoing} entry */
  #body(entry) {
    const state = this.#around.state();
    return {
      parts: [{ type: entry.kind, text: entry.text }],
      ...(state.me === null ? {} : { agent: state.me }),
      ...(entry.kind === 'text' ? { expectedPosition: expectedPosition(state, entry) } : {}),
    };
  }

  /**
   * @param {Outgoing} entry
   * @param {unknown} failure
   * @returns {boolean} whether it goes again by itself, under the same key
   */
  #notTaken(entry, failure) {
    const { key } = entry;
    if (failure instanceof Unreachable || (failure instanceof Refusal && failure.slug === 'in-flight')) {
      this.#around.apply({ type: 'outgoingIs', key, state: 'queued' });
      return true;
    }
    if (failure instanceof Refusal && failure.status === 401) {
      this.#around.apply({ type: 'outgoingIs', key, state: 'queued' });
      this.#around.ended(failure);
    } else if (failure instanceof Refusal && failure.status < 500 && failure.status !== 429) {
      this.#around.apply({ type: 'outgoingGone', key });
      this.#around.givenBack(entry, failure);
    } else {
      this.#around.apply({ type: 'outgoingIs', key, state: 'failed', problem: sentence(failure) });
    }
    return false;
  }
}

/** Where the page comes by plain HTTP from another machine, browsers keep `randomUUID` from it. */
function newKey() {
  return crypto.randomUUID?.()
    ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
