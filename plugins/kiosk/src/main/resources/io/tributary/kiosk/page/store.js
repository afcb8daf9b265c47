// What outlives a reload: who this device is, and what it said that nobody has confirmed yet.

const NAMES = ['settings', 'queue', 'taken'];

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Store {
  #db;

  constructor(db) {
    this.#db = db;
  }

  /** One per account: accounts share an origin. */
  static async open(account) {
    const request = indexedDB.open(`kiosk-${account}`, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('settings');
      request.result.createObjectStore('queue', { autoIncrement: true });
      request.result.createObjectStore('taken');
    };
    return new Store(await done(request));
  }

  #in(name, mode = 'readonly') {
    return this.#db.transaction(name, mode).objectStore(name);
  }

  get(key) {
    return done(this.#in('settings').get(key));
  }

  set(key, value) {
    return done(this.#in('settings', 'readwrite').put(value, key));
  }

  /** Adds a call behind all others; it is there when this resolves. */
  push(call) {
    return done(this.#in('queue', 'readwrite').add(call));
  }

  /** The call that is to be said next, with its place in the queue; undefined: none. */
  async first() {
    const cursor = await done(this.#in('queue').openCursor());
    return cursor ? { place: cursor.key, call: cursor.value } : undefined;
  }

  drop(place) {
    return done(this.#in('queue', 'readwrite').delete(place));
  }

  waiting() {
    return done(this.#in('queue').count());
  }

  /** Notes that a message was taken, so that it is not shown twice. */
  take(key) {
    return done(this.#in('taken', 'readwrite').put(Date.now(), key));
  }

  async has(key) {
    return (await done(this.#in('taken').getKey(key))) !== undefined;
  }

  /** Forgets what the session that ended was shown. What it said stays until it was confirmed. */
  forgetSession() {
    return done(this.#in('taken', 'readwrite').clear());
  }

  /** Forgets everything: the device was sent away. */
  async forgetAll() {
    for (const name of NAMES) {
      await done(this.#in(name, 'readwrite').clear());
    }
  }
}
