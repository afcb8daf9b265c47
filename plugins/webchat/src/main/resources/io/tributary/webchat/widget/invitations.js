/* Invites to a chat, as the settings say: once per visit at most, and not for a while after it was sent away. */
const RESPECTED = 30 * 24 * 3600 * 1000;

/* A path in which * stands for anything. */
function fits(pattern, path) {
  const pieces = pattern.split("*");
  if (pieces.length === 1) return path === pattern;
  if (!path.startsWith(pieces[0]) || !path.endsWith(pieces.at(-1))) return false;
  let at = pieces[0].length;
  for (const piece of pieces.slice(1, -1)) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= path.length - pieces.at(-1).length;
}

class Invitations {
  /* @param on mayInvite(), accepted(name) */
  constructor(root, language, words, on) {
    this.root = root;
    this.words = words;
    this.on = on;
    this.begun = Date.now();
    this.possible = SETTINGS.invitations.filter((each) => !each.language || each.language === language);
    if (!this.possible.length || visit.get("invited") || Date.now() - store.visitor.dismissed < RESPECTED) return;
    this.place = node("div", { class: "invitations", "aria-live": "polite" });
    root.append(this.place);
    this.look = this.look.bind(this);
    addEventListener("scroll", this.look, { passive: true });
    for (const each of this.possible) setTimeout(this.look, each.after * 1000 + 20);
  }

  look() {
    if (this.shown || visit.get("invited") || !this.on.mayInvite()) return;
    const invitation = this.possible.find((each) => this.holds(each));
    if (invitation) this.show(invitation);
  }

  holds(invitation) {
    const page = document.documentElement;
    const room = page.scrollHeight - innerHeight;
    const scrolled = room > 0 ? (scrollY / room) * 100 : 100;
    return Date.now() - this.begun >= invitation.after * 1000
      && (!invitation.page || fits(invitation.page, location.pathname))
      && (!invitation.scrolled || scrolled >= invitation.scrolled);
  }

  show(invitation) {
    visit.set("invited");
    this.stop();
    const { words } = this;
    this.shown = node("section", { class: "invitation", "aria-label": words("invitation") },
      node("p", { dir: "auto" }, invitation.text),
      node("div", { class: "buttons" },
        node("button", { type: "button", class: "main", click: () => { this.hide(); this.on.accepted(invitation.name); } }, words("accept")),
        node("button", { type: "button", click: () => this.dismiss() }, words("dismiss"))));
    this.shown.addEventListener("keydown", (event) => event.key === "Escape" && this.dismiss());
    this.place.append(this.shown);
  }

  dismiss() {
    store.load();
    store.visitor.dismissed = Date.now();
    store.save();
    this.hide();
  }

  /* Whoever opens the chat needs no invitation. */
  hide() {
    this.stop();
    visit.set("invited");
    if (this.shown) this.shown.remove();
  }

  stop() {
    if (this.look) removeEventListener("scroll", this.look);
  }
}
