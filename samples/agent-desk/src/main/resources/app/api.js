// @ts-check
/** The member's API, on the origin that this page came from. */

/** A refusal by the member: RFC 9457. */
export class Refusal extends Error {
  /** @param {number} status @param {any} problem */
  constructor(status, problem) {
    super(problem.detail || problem.title || `The member answered ${status}.`);
    this.status = status;
    /** The last word of the problem's type, such as `newer-content`. */
    this.slug = String(problem.type ?? '').split('/').pop() ?? '';
    this.problem = problem;
  }

  /** @param {Response} response */
  static async of(response) {
    /** @type {any} */
    let problem = {};
    try {
      problem = await response.json();
    } catch {
      // not a problem document: a proxy speaks, and its status is all there is
    }
    return new Refusal(response.status, problem ?? {});
  }
}

/** The member could not be reached, or went away before it answered: whether it took the request is not known. */
export class Unreachable extends Error {}

/** What to show of a failure. @param {unknown} failure */
export function sentence(failure) {
  return failure instanceof Error ? failure.message : String(failure);
}

const PATIENCE_MILLIS = 30_000;

export class Api {
  #token;

  /** @param {string} token */
  constructor(token) {
    this.#token = token;
  }

  /** @param {Record<string, string>} [more] */
  headers(more = {}) {
    return { Authorization: `Bearer ${this.#token}`, ...more };
  }

  /** @param {string} path @param {Record<string, string | number | boolean | null>} [query] */
  get(path, query = {}) {
    return this.#ask(url(path, query), { headers: this.headers({ Accept: 'application/json' }) });
  }

  /** @param {string} path @param {any} body @param {Record<string, string>} [headers] */
  post(path, body, headers = {}) {
    return this.#ask(url(path), {
      method: 'POST',
      headers: this.headers({ 'Content-Type': 'application/json', Accept: 'application/json', ...headers }),
      body: JSON.stringify(body),
    });
  }

  /** @param {URL} target @param {RequestInit} init */
  async #ask(target, init) {
    let response;
    let text;
    try {
      response = await fetch(target, {
        ...init, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MILLIS),
      });
      if (response.ok) {
        text = await response.text();
      }
    } catch (lost) {
      throw new Unreachable('The member cannot be reached.', { cause: lost });
    }
    if (text === undefined) {
      throw await Refusal.of(response);
    }
    return JSON.parse(text);
  }
}

/** @param {string} path @param {Record<string, string | number | boolean | null>} [query] */
export function url(path, query = {}) {
  const target = new URL(path, window.location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null) {
      target.searchParams.set(name, String(value));
    }
  }
  return target;
}
