/* The way to the server: opened when there is something to say or to hear, and opened again when it was lost. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;
const QUIET = 30000;
const PATIENCE = 10000;
const TAKEN_OVER = 1000;

class Way {
  /* @param on state(name), lost(code), frame(json), mayOpen(), credentials(): a promise of {secret, token, cursor, language} */
  constructor(on) {
    this.on = on;
    this.state = "off";
    this.wanted = false;
    this.tries = 0;
    this.generation = 0;
    addEventListener("online", () => this.state !== "elsewhere" && this.hurry());
    addEventListener("offline", () => this.state !== "elsewhere" && this.drop("offline"));
    addEventListener("focus", () => this.state === "elsewhere" && this.hurry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
  }

  want() {
    this.wanted = true;
    if (this.state === "off" || this.state === "elsewhere") this.open();
  }

  /* Not to wait any longer, if anything is waited for. */
  hurry() {
    if (this.wanted && this.state !== "live" && this.state !== "connecting") this.open();
  }

  again() {
    this.drop("off");
    this.tries = 0;
    if (this.wanted) this.open();
  }

  become(state, code) {
    const before = this.state;
    if (before === state) return;
    this.state = state;
    if (before === "live") this.on.lost(code || 0);
    this.on.state(state);
  }

  async open() {
    if (!this.on.mayOpen()) return;
    clearTimeout(this.timer);
    const generation = ++this.generation;
    this.become("connecting");
    this.watch(PATIENCE);
    let given;
    try {
      given = await this.on.credentials();
    } catch {
      given = null;
    }
    if (generation !== this.generation) return;
    if (!given || !navigator.onLine) return this.later();
    const offered = [SETTINGS.protocol, "visitor." + given.secret];
    if (given.token) offered.push("identity." + given.token);
    const query = new URLSearchParams({ lang: given.language, after: given.cursor });
    let socket;
    try {
      socket = new WebSocket(SETTINGS.connect + "?" + query, offered);
    } catch {
      return this.later();
    }
    this.socket = socket;
    socket.addEventListener("message", (event) => this.socket === socket && this.heard(event.data));
    socket.addEventListener("close", (event) => this.socket === socket && this.closed(event.code));
  }

  heard(text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return;
    }
    this.watch(QUIET);
    if (frame.t === "ready") {
      this.tries = 0;
      this.become("live");
    }
    this.on.frame(frame);
  }

  closed(code) {
    this.drop(code === TAKEN_OVER ? "elsewhere" : "connecting", code);
    if (code !== TAKEN_OVER) this.later();
  }

  later() {
    if (!navigator.onLine) return this.become("offline");
    this.become("waiting");
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.tries++);
    this.timer = setTimeout(() => this.open(), wait * (0.5 + Math.random() / 2));
  }

  /* A socket whose other side is gone may not notice for minutes. */
  watch(time) {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => {
      if (time === QUIET && this.state === "live") {
        this.send({ t: "ping" });
        this.watch(PATIENCE);
      } else {
        this.closed(0);
      }
    }, time);
  }

  drop(state, code) {
    this.generation++;
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    const socket = this.socket;
    this.socket = null;
    if (socket) socket.close();
    if (this.wanted || state === "off") this.become(state, code);
  }

  send(frame) {
    if (this.state !== "live") return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }
}
