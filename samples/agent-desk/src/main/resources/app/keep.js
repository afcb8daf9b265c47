// @ts-check
/**
 * What the browser keeps. The token and what is on its way live as long as the tab; drafts, what was read and how the desk
 * looks stay. A browser that forbids to keep anything costs the comfort, not the desk.
 *
 * @typedef {{token: string, agent: import('./store.js').Agent | null}} Session
 */

const PREFIX = 'tributary.desk.';
const MOST_SEEN = 1_000;

/** @param {Storage} storage @param {string} key @returns {any} */
function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(PREFIX + key) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {Storage} storage @param {string} key @param {any} value null: nothing to keep */
function write(storage, key, value) {
  try {
    if (value === null || value === '') {
      storage.removeItem(PREFIX + key);
    } else {
      storage.setItem(PREFIX + key, JSON.stringify(value));
    }
  } catch {
    // full or forbidden
  }
}

/** @returns {Session | null} */
export function session() {
  const kept = read(window.sessionStorage, 'session');
  return typeof kept?.token === 'string' ? kept : null;
}

/** @param {Session | null} value */
export function keepSession(value) {
  write(window.sessionStorage, 'session', value);
}

/**
 * A session out of the address, such as `#token=…&agent=a-7&name=Maria`, which is then taken out of it: a token must not
 * stay in the history.
 *
 * @returns {Session | null}
 */
export function sessionInAddress() {
  const given = new URLSearchParams(window.location.hash.slice(1));
  const token = given.get('token');
  if (!token) {
    return null;
  }
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  const id = given.get('agent');
  const name = given.get('name');
  return { token, agent: id ? { id, ...(name ? { name } : {}) } : null };
}

/** Whose desk it was the last time. @returns {import('./store.js').Agent | null} */
export function lastAgent() {
  return read(window.localStorage, 'agent');
}

/** @param {import('./store.js').Agent | null} agent */
export function keepAgent(agent) {
  write(window.localStorage, 'agent', agent);
}

/** @typedef {{text: string, kind: 'text' | 'note'}} Draft */

/** @param {string} conversation @returns {Draft} */
export function draft(conversation) {
  const kept = read(window.localStorage, `draft.${conversation}`);
  return { text: typeof kept?.text === 'string' ? kept.text : '', kind: kept?.kind === 'note' ? 'note' : 'text' };
}

/** @param {string} conversation @param {Draft} value */
export function keepDraft(conversation, value) {
  write(window.localStorage, `draft.${conversation}`, value.text === '' ? null : value);
}

/** What had not been taken when the page went away; it is sent again under its key. @returns {import('./store.js').Outgoing[]} */
export function outgoing() {
  const kept = read(window.sessionStorage, 'outgoing');
  return Array.isArray(kept) ? kept.map((each) => (each.state === 'sending' ? { ...each, state: 'queued' } : each)) : [];
}

/** @param {import('./store.js').Outgoing[]} value */
export function keepOutgoing(value) {
  write(window.sessionStorage, 'outgoing', value.length === 0 ? null : value);
}

/** The last position that was read, by conversation. @returns {Record<string, number>} */
export function seen() {
  return read(window.localStorage, 'seen') ?? {};
}

/** @param {Record<string, number>} value */
export function keepSeen(value) {
  const newest = Object.entries(value).sort((one, other) => other[1] - one[1]).slice(0, MOST_SEEN);
  write(window.localStorage, 'seen', Object.fromEntries(newest));
}

/** @typedef {{theme: 'system' | 'light' | 'dark', letters: boolean, question: boolean}} Preferences */

/** @returns {Preferences} */
export function preferences() {
  const kept = read(window.localStorage, 'preferences') ?? {};
  return {
    theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
    letters: kept.letters === true,
    question: kept.question !== false,
  };
}

/** @param {Preferences} value */
export function keepPreferences(value) {
  write(window.localStorage, 'preferences', value);
}
