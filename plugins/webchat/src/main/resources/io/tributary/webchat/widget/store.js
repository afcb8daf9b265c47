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

const store = {
  visitor: newVisitor(),

  /* Another tab may have gone on meanwhile. Where nothing can be kept, the chat lives as long as the page. */
  load() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE_KEY) || "null");
      if (kept && /^[A-Za-z0-9_-]{43}$/.test(kept.secret) && Array.isArray(kept.log) && Array.isArray(kept.outbox)) {
        this.visitor = { ...newVisitor(), ...kept };
      }
    } catch { /* as it was */ }
    return this.visitor;
  },

  save() {
    const visitor = this.visitor;
    visitor.log = visitor.log.slice(-MOST_KEPT);
    try {
      localStorage.setItem(STORE_KEY, JSON.stringify(visitor));
    } catch { /* lives as long as the page */ }
  },

  /* Whoever signs in goes on with what they said before; whoever comes after somebody else sees nothing of theirs. */
  belongTo(user) {
    const before = this.visitor.user;
    if (before === user) return false;
    if (before) {
      const { dismissed } = this.visitor;
      this.visitor = { ...newVisitor(), dismissed };
    }
    this.visitor.user = user;
    this.save();
    return Boolean(before);
  },

  reset() {
    this.visitor = newVisitor();
    this.save();
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
