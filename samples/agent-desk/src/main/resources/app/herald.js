// @ts-check

const PAUSE_MILLIS = 900;
const MOST = 3;

/** Tells a screen reader what happens, no faster than one can listen: several things together, the oldest left out. */
export class Herald {
  #tell;
  /** @type {string[]} */
  #waiting = [];
  #elsewhere = 0;
  #timer = 0;

  /** @param {(text: string) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /** @param {string} text */
  say(text) {
    this.#waiting = [...this.#waiting, text].slice(-MOST);
    this.#soon();
  }

  /** A message came into a conversation that is not open: told as a number. */
  elsewhere() {
    this.#elsewhere++;
    this.#soon();
  }

  #soon() {
    if (this.#timer === 0) {
      this.#timer = window.setTimeout(() => this.#now(), PAUSE_MILLIS);
    }
  }

  #now() {
    this.#timer = 0;
    const count = this.#elsewhere;
    const others = count === 0 ? [] : [count === 1 ? 'A new message elsewhere' : `${count} new messages elsewhere`];
    const text = [...this.#waiting, ...others].join('. ');
    this.#waiting = [];
    this.#elsewhere = 0;
    this.#tell(text);
  }
}
