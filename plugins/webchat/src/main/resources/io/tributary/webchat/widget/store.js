/* What outlives the page: who the visitor is, how far they have seen the chat, and what is not sent yet. */
const STORE_KEY = "tributary.chat." + SETTINGS.account;
const MOST_KEPT = 200;

function randomText(bytes) {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...random)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function newVisitor() {
  return { secret: randomText(32), user: "", cursor: "", log: [], outbox: [], lead: false, read: "", dismissed: 0 };
}

function keptText() {
  try {
    return localStorage.getItem(STORE_KEY);
  } catch {
    return null;
  }
}

/* Null: nothing is kept, or nothing that can be read. */
function keptVisitor() {
  try {
    const kept = JSON.parse(keptText() || "null");
    const isOne = kept && /^[A-Za-z0-9_-]{43}$/.test(kept.secret) && Array.isArray(kept.log) && Array.isArray(kept.outbox);
    return isOne ? { ...newVisitor(), ...kept } : null;
  } catch {
    return null;
  }
}

/* What the server has not: it cannot be had from there again. */
function isUnsent(message) {
  return message.from === "customer" && ["sending", "waiting", "failed"].includes(message.state);
}

const store = {
  visitor: newVisitor(),
  settled: new Set(),
  written: null,
  unkept: false,

  /* Another tab may have gone on meanwhile. Where nothing can be kept, the chat lives as long as the page. */
  load() {
    const kept = this.unkept ? null : keptVisitor();
    if (!kept) return;
    const before = this.visitor;
    this.visitor = kept;
    if (before.secret === kept.secret) this.join(before);
    kept.outbox = kept.outbox.filter((each) => !this.settled.has(each.id));
  },

  /* What another tab has not sent yet is kept, too; whoever came there meanwhile is not driven out. */
  save() {
    // read only what another tab has written
    const kept = keptText() === this.written ? null : keptVisitor();
    if (kept && kept.secret !== this.visitor.secret) return;
    if (kept) this.join(kept);
    this.write();
  },

  write() {
    const visitor = this.visitor;
    visitor.log = visitor.log.slice(-MOST_KEPT);
    try {
      const text = JSON.stringify(visitor);
      localStorage.setItem(STORE_KEY, text);
      this.written = text;
      this.unkept = false;
    } catch {
      this.unkept = true;
    }
  },

  /* @param other the same visitor, as another tab or this one knew them */
  join(other) {
    const { log, outbox } = this.visitor;
    const isSettled = (id) => this.settled.has(id) || log.some((each) => each.cid === id && !isUnsent(each));
    outbox.push(...other.outbox.filter((each) => !isSettled(each.id) && !outbox.some((own) => own.id === each.id)));
    log.push(...other.log.filter((each) => isUnsent(each) && !log.some((own) => own.cid === each.cid)));
  },

  unsettled() {
    return this.visitor.log.filter((each) => each.state === "sending" || each.state === "waiting");
  },

  /* Whoever signs in goes on with what they said before; whoever comes after somebody else sees nothing of theirs. */
  belongTo(user) {
    const before = this.visitor.user;
    if (before === user) return;
    if (before) {
      const { dismissed } = this.visitor;
      this.visitor = { ...newVisitor(), dismissed };
    }
    this.visitor.user = user;
    this.write();
  },

  reset() {
    this.visitor = newVisitor();
    this.write();
  },

  /* Whether they have ever said something: only then there is a chat to go on with. */
  hasChat() {
    return this.visitor.log.length > 0 || this.visitor.outbox.length > 0;
  },

  find(message) {
    return this.visitor.log.find(
      (each) => (message.cid && each.cid === message.cid) || (message.id && each.id === message.id),
    );
  },
};

const visit = {
  get(name) {
    try {
      return sessionStorage.getItem(STORE_KEY + "." + name);
    } catch {
      return this[name] || null;
    }
  },
  set(name) {
    this[name] = "1";
    try {
      sessionStorage.setItem(STORE_KEY + "." + name, "1");
    } catch { /* lives as long as the page */ }
  },
};
