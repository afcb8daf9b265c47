/* Joins the parts, and is what the page may call: TributaryChat. */
const TYPING_AGAIN = 4000;
const TYPING_ENDS = 6000;
const TYPING_LASTS = 12000;

class Chat {
  constructor(script) {
    const given = script ? script.dataset : {};
    this.language = languageOf([given.language, document.documentElement.lang, ...(navigator.languages || []), SETTINGS.language]);
    this.words = wordsOf(this.language);
    // undefined: the page has not said yet who is signed in; null: nobody is
    this.identity = given.identity || undefined;
    store.load();
    this.way = new Way({
      state: (name) => this.stateIs(name), lost: (code) => this.lost(code), frame: (frame) => this.heard(frame),
      mayOpen: () => this.identity !== undefined || !store.visitor.user, credentials: () => this.credentials(),
    });
    this.outbox = new Outbox(this.way, { settled: (id, state, frame) => this.settled(id, state, frame) });
    this.files = new Files(this.way, { uploaded: (file) => this.uploaded(file), failed: (id, why) => this.fileFailed(id, why) });
  }

  begin() {
    const host = document.createElement("tributary-chat");
    host.lang = this.language;
    host.dir = RIGHT_TO_LEFT.includes(this.language) ? "rtl" : "ltr";
    const shadow = host.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [style];
    this.root = node("aside", { class: "root " + SETTINGS.position + " " + SETTINGS.theme, dir: host.dir, "aria-label": this.words("title") });
    this.root.style.setProperty("--accent", SETTINGS.color);
    this.root.style.setProperty("--on-accent", readableOn(SETTINGS.color));
    shadow.append(this.root);
    this.panel = new Panel(this.root, this.language, this.words, this.reactions());
    this.invitations = new Invitations(this.root, this.language, this.words, {
      mayInvite: () => !this.panel.isOpen && !store.hasChat(), accepted: (name) => this.invited(name),
    });
    document.body.append(host);
    document.addEventListener("visibilitychange", () => {
      this.read();
      if (this.way.state === "off") this.goOn();
    });
    this.dropLostFiles();
    this.countUnread();
    this.goOn();
  }

  /* A page that is opened in the background leaves the chat to the one in use. */
  goOn() {
    if (store.hasChat() && document.visibilityState === "visible") this.way.want();
  }

  /* A file is in hand only as long as its page. */
  dropLostFiles() {
    const lost = store.unsettled().filter((message) => !store.visitor.outbox.some((each) => each.id === message.cid));
    for (const message of lost) message.state = "failed";
    if (lost.length) store.save();
  }

  reactions() {
    return {
      say: (text) => this.say(text), typing: (on) => this.typing(on), file: (file) => this.file(file),
      choose: (message, choice) => this.choose(message, choice), fill: (message, part, values) => this.fill(message, part, values),
      transcript: (email) => this.askTranscript(email), end: () => store.hasChat() && this.outbox.add({ t: "end" }), retry: (message) => this.retry(message),
      look: (event, part, message) => this.look(event, part, message), opened: () => this.opened(), asked: () => this.askLead(), read: () => this.read(),
    };
  }

  opened() {
    this.invitations.hide();
    this.way.want();
    this.askLead();
    this.stateIs(this.way.state);
  }

  /* Before the first word, whatever else was asked meanwhile. */
  askLead() {
    if (SETTINGS.lead.asked === "off" || this.skipped || store.visitor.lead || this.identity || store.hasChat()) return;
    this.panel.ask(leadForm(this.panel, (values) => this.lead(values), () => {
      this.skipped = true;
      this.panel.asked();
    }));
  }

  invited(name) {
    this.invitation = name;
    this.panel.open();
  }

  /* Anew for each connection: a token that the site gave may have ended. */
  async credentials() {
    const { identity } = this;
    const token = typeof identity === "function" ? await identity() : identity;
    if (identity !== this.identity) throw new Error("somebody else was signed in meanwhile");
    const before = store.visitor.secret;
    store.load();
    // a site that cannot tell now has not signed anybody out
    if (!token && identity !== null && store.visitor.user) throw new Error("it is not known who is signed in");
    store.belongTo(token ? subjectOf(token) : "");
    if (store.visitor.secret !== before) this.forget();
    this.panel.drawAll();
    store.save();
    const { secret, cursor } = store.visitor;
    return { secret, token, cursor, language: this.language };
  }

  /* What is on this page of somebody whom the store does not know any more. */
  forget() {
    for (const timer of [this.idle, this.reading, this.writing]) clearTimeout(timer);
    this.typed = 0;
    this.invitation = null;
    this.looking = null;
    this.skipped = false;
    this.files.forget();
    this.outbox.forget();
    this.panel.forget();
    this.countUnread();
  }

  lost(code) {
    if (!this.outbox.underWay) this.files.lost(code);
    this.outbox.lost(code);
  }

  stateIs(name) {
    const { words, panel } = this;
    if (!panel) return;
    if (name !== "waiting" && name !== "connecting") {
      clearTimeout(this.telling);
      this.telling = null;
    }
    if (name === "live") {
      panel.tell("");
      this.files.again();
      this.outbox.next();
      this.read();
    } else if (name === "offline") {
      panel.tell(words("offline"));
    } else if (name === "elsewhere") {
      panel.tell(words("elsewhere"), node("button", { type: "button", click: () => this.way.hurry() }, words("here")));
    } else if (name === "waiting") {
      // most cuts heal at once
      this.telling = this.telling || setTimeout(() => panel.tell(words(hasEnded(this.identity) ? "reload" : "away")), 3000);
    }
    this.drawStates();
  }

  heard(frame) {
    if (frame.t === "event" || frame.t === "msg") this.message(frame);
    else if (frame.t === "ok") this.outbox.settle(frame.id, "sent");
    else if (frame.t === "no") this.refused(frame);
    else if (frame.t === "slow") this.outbox.slow(frame.id, frame.after);
    else if (frame.t === "put") this.files.put(frame);
    else if (frame.t === "link") this.looked(frame);
    else if (frame.t === "typing") this.writes(frame.on);
    else if (frame.t === "seen") this.seen(frame.id);
  }

  /* Comes once as it is sent and once as it stands in the log, or more often; is shown once. */
  message({ cursor, key, i }) {
    const log = store.visitor.log;
    const known = store.find(i);
    if (i.edits || i.deletes) this.correct(i);
    else if (known) this.joined(known, i);
    else if (!i.closed || (log.length && !log.at(-1).closed)) {
      const message = { ...i, since: Date.now(), state: i.from === "customer" ? "sent" : undefined };
      log.push(message);
      this.panel.draw(message);
      if (i.from !== "customer") this.writes(false);
    }
    if (cursor) store.visitor.cursor = cursor;
    store.save();
    if (key) this.way.send({ t: "got", key });
    this.read();
    this.countUnread();
  }

  /* Several sends may bring the parts of one message. */
  joined(known, i) {
    const more = (i.parts || []).filter((part) => !(known.parts || []).some((each) => each.n === part.n));
    if (known.from !== "customer" && more.length) {
      known.parts = [...known.parts, ...more].sort((one, other) => one.n - other.n);
      this.panel.draw(known);
    }
    known.id = i.id;
    known.at = i.at || known.at;
    if (known.from === "customer" && (i.parts || []).some((part) => part.url)) {
      known.parts = i.parts;
      known.since = Date.now();
      this.panel.draw(known);
    }
    if (known.from === "customer" && known.state !== "seen") {
      known.state = "sent";
      this.panel.drawState(known);
    }
  }

  correct(i) {
    const about = store.find({ id: i.edits || i.deletes });
    if (!about) return;
    if (i.deletes) about.deleted = true;
    else {
      about.parts = i.parts;
      about.edited = true;
    }
    this.panel.draw(about);
  }

  /* @param parts shown at once, before anybody has stored it */
  own(frame, parts) {
    const message = { cid: randomText(12), from: "customer", at: new Date().toISOString(), parts, state: "sending" };
    store.visitor.log.push(message);
    this.outbox.add({ ...frame, id: message.cid });
    this.panel.draw(message);
    this.drawStates();
    return message;
  }

  say(text) {
    const frame = { t: "say", text };
    if (this.invitation) frame.invitation = this.invitation;
    this.invitation = null;
    this.typing(false);
    this.own(frame, [{ n: 1, k: "text", text }]);
  }

  choose(message, choice) {
    if (message.chosen) return;
    message.chosen = choice.id;
    this.panel.draw(message);
    this.panel.input.focus();
    this.own({ t: "choose", choice: choice.id, label: choice.label, of: message.id }, [{ n: 1, k: "text", text: choice.label }]);
  }

  fill(message, part, values) {
    message.filled = true;
    this.panel.draw(message);
    this.panel.input.focus();
    this.own({ t: "fill", form: part.form, values, of: message.id }, [{ n: 1, k: "filled" }]);
  }

  lead(values) {
    store.visitor.lead = true;
    this.panel.asked();
    if (Object.keys(values).length) this.own({ t: "fill", form: SETTINGS.lead.form, values }, [{ n: 1, k: "filled" }]);
    store.save();
  }

  askTranscript(email) {
    this.outbox.add({ t: "transcript", email });
    this.panel.tell(this.words("asked", { email }));
  }

  file(file) {
    const part = { n: 1, k: "media", name: file.name, type: file.type, bytes: file.size };
    if (file.size > SETTINGS.largestFile || file.size === 0) {
      return this.panel.tell(this.words("large", { size: size(SETTINGS.largestFile, this.language) }));
    }
    const message = { cid: randomText(12), from: "customer", at: new Date().toISOString(), parts: [part], state: "sending" };
    store.visitor.log.push(message);
    store.save();
    this.panel.draw(message);
    this.files.add(message.cid, file);
  }

  uploaded({ id, media, grant, name, type, bytes }) {
    this.outbox.add({ t: "file", id, media, grant, name, type, bytes });
  }

  fileFailed(id, why) {
    this.settled(id, "failed");
    this.panel.tell(this.words(why === "often" ? "often" : why === "size" ? "large" : "unsent", { size: size(SETTINGS.largestFile, this.language) }));
  }

  refused({ id, why }) {
    if (this.files.waiting.has(id)) this.files.fail(id, why);
    else this.outbox.settle(id, "failed");
  }

  settled(id, state, frame) {
    const message = store.find({ cid: id });
    if (!message || message.state === "seen") return;
    message.state = state;
    message.frame = state === "failed" ? frame : undefined;
    store.save();
    this.panel.drawState(message);
  }

  retry(message) {
    message.state = "sending";
    this.outbox.add(message.frame);
    this.panel.drawState(message);
  }

  drawStates() {
    const waits = this.way.state !== "live" && this.way.state !== "connecting";
    for (const message of store.unsettled()) {
      message.state = waits ? "waiting" : "sending";
      this.panel.drawState(message);
    }
  }

  seen(upTo) {
    const log = store.visitor.log;
    const last = upTo ? log.findIndex((each) => each.cid === upTo) : log.length - 1;
    log.slice(0, last + 1).filter((each) => each.from === "customer" && each.state === "sent").forEach((each) => {
      each.state = "seen";
      this.panel.drawState(each);
    });
    store.save();
  }

  writes(on) {
    clearTimeout(this.writing);
    const last = store.visitor.log.findLast((each) => each.from === "agent" && each.name);
    this.panel.writes(on ? (last ? last.name : this.words("us")) : "");
    if (on) this.writing = setTimeout(() => this.panel.writes(""), TYPING_LASTS);
  }

  typing(on) {
    clearTimeout(this.idle);
    if (on) {
      this.idle = setTimeout(() => this.typing(false), TYPING_ENDS);
      if (Date.now() - (this.typed || 0) < TYPING_AGAIN) return;
      this.typed = Date.now();
    } else {
      if (!this.typed) return;
      this.typed = 0;
    }
    this.way.send({ t: "typing", on });
  }

  ours() {
    return store.visitor.log.filter((each) => each.from !== "customer" && !each.closed);
  }

  countUnread() {
    this.panel.unread(this.ours().filter((each) => comparable(each.at) > comparable(store.visitor.read)).length);
  }

  /* What our side is told that the visitor has read: soon, and together. */
  read() {
    if (!this.panel.isSeen()) return;
    const until = this.ours().reduce((latest, each) => (comparable(each.at) > comparable(latest) ? each.at : latest), "");
    if (comparable(until) <= comparable(store.visitor.read)) return;
    clearTimeout(this.reading);
    this.reading = setTimeout(() => {
      if (!this.panel.isSeen() || !this.way.send({ t: "read", until })) return;
      store.visitor.read = until;
      store.save();
      this.countUnread();
    }, 500);
  }

  /* A link that has ended is asked for anew before it is followed. */
  look(event, part, message) {
    if (!part.media || Date.now() - message.since < LINK_LASTS) return;
    event.preventDefault();
    this.looking = part;
    this.way.send({ t: "look", media: part.media, grant: part.grant });
  }

  looked({ media, url }) {
    const part = this.looking;
    this.looking = null;
    if (part && part.media === media && safeLink(url)) open(safeLink(url), "_blank", "noopener,noreferrer");
  }
}

/* Times as the server writes them, all with nine digits behind the point. */
function comparable(time) {
  return time.replace(/(\.\d+)?Z$/, (_, digits) => (digits || ".").padEnd(10, "0") + "Z");
}

const LINK_LASTS = 10 * 60 * 1000;

function claimsOf(token) {
  try {
    return JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))) || {};
  } catch {
    return {};
  }
}

/* Only to notice that somebody else is signed in now; the server checks the token. */
function subjectOf(token) {
  return String(claimsOf(token).sub || "?");
}

/* A token that stands in the page is not renewed by itself. */
function hasEnded(identity) {
  return typeof identity === "string" && claimsOf(identity).exp * 1000 < Date.now();
}

/* Black or white, whichever has more contrast (WCAG 2.2, relative luminance). */
function readableOn(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

if (!window.TributaryChat) {
  const chat = new Chat(document.currentScript);
  const begun = new Promise((done) => {
    const begin = () => {
      chat.begin();
      done();
    };
    if (document.body) begin();
    else addEventListener("DOMContentLoaded", begin, { once: true });
  });
  Object.defineProperty(window, "TributaryChat", { value: Object.freeze({
    open: () => begun.then(() => chat.panel.open()),
    close: () => begun.then(() => chat.panel.close()),
    /* @param token of the signed-in user, or a function that answers one or a promise of it; null: nobody is signed in any more */
    identify: (token) => begun.then(() => {
      chat.identity = token;
      chat.way.again();
    }),
    /* Forgets who the visitor is, for whoever uses this browser next. */
    reset: () => begun.then(() => {
      chat.identity = null;
      store.reset();
      chat.forget();
      chat.way.again();
    }),
  }) });
}
