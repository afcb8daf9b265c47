// What outlives a reload: who this device is, and what it said that nobody has confirmed yet.

const MOST_WAITING = 5_000;
const REMEMBERED = 24 * 3_600_000;

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

  /** Adds a call behind all others; it is there when this resolves. Of too many the oldest goes. */
  async push(call) {
    if ((await this.waiting()) >= MOST_WAITING) await this.drop((await this.first())?.place ?? 0);
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

  /** Forgets that a message was taken, since it could not be shown. */
  giveBack(key) {
    return done(this.#in('taken', 'readwrite').delete(key));
  }

  /** Forgets which messages were taken long ago: the member may still ask for one of a session that is over. */
  async forgetOld() {
    const taken = this.#in('taken');
    const [keys, times] = await Promise.all([done(taken.getAllKeys()), done(taken.getAll())]);
    for (const [at, key] of keys.entries()) {
      if (times[at] < Date.now() - REMEMBERED) await this.giveBack(key);
    }
  }

  /** Is this device from now on. What another one said and nobody confirmed is not said in its name. */
  async become(device) {
    const former = await this.get('former');
    if (former && former !== device.device) await done(this.#in('queue', 'readwrite').clear());
    await this.set('device', device);
  }

  /** Is no device any more. What was said stays, for when it is let in again. */
  async forgetDevice() {
    const device = await this.get('device');
    await done(this.#in('settings', 'readwrite').clear());
    await done(this.#in('taken', 'readwrite').clear());
    if (device) await this.set('former', device.device);
  }
}
