/* The button and the chat that it opens. */
const FULL_SCREEN = "(max-width: 480px), (max-height: 420px)";

class Panel {
  /* @param on say(text), typing(bool), file(file), choose(message, choice), fill(message, part, values), lead(values), skipLead(),
     transcript(email), end(), here(), retry(message), look(event, part, message), opened(), asked(), read() */
  constructor(root, language, words, on) {
    this.root = root;
    this.language = language;
    this.words = words;
    this.on = on;
    this.shown = new Map();
    this.isOpen = false;
    this.badge = node("span", { class: "badge", "aria-hidden": "true", hidden: true });
    this.launcher = node("button", {
      type: "button", class: "launcher", "aria-label": words("open"), "aria-expanded": "false", "aria-haspopup": "dialog",
      click: () => (this.isOpen ? this.close() : this.open()),
    }, icon(ICONS.chat), this.badge);
    root.append(this.launcher);
  }

  build() {
    const { words } = this;
    this.log = node("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": words("log"), tabindex: "0" },
      node("p", { class: "welcome", dir: "auto" }, words("welcome")));
    this.status = node("div", { class: "status", role: "status" });
    this.typing = node("p", { class: "typing", hidden: true });
    this.asking = node("div", { class: "asking" });
    this.input = node("textarea", {
      id: "write", rows: 1, maxlength: SETTINGS.longestText, placeholder: words("placeholder"), enterkeyhint: "send",
      input: () => this.written(), blur: () => this.on.typing(false), keydown: (event) => this.key(event),
    });
    this.composer = node("form", { class: "composer", submit: (event) => { event.preventDefault(); this.submit(); } },
      SETTINGS.largestFile > 0 ? this.attachment() : null,
      node("label", { class: "hidden", for: "write" }, words("write")), this.input,
      node("button", { type: "submit", class: "send", "aria-label": words("send") }, icon(ICONS.send)));
    const privacy = SETTINGS.privacy ? node("p", { class: "privacy" }, link(SETTINGS.privacy, words, words("privacy"))) : null;
    this.panel = node("section", { class: "panel", role: "dialog", "aria-labelledby": "title", hidden: true, keydown: (event) => this.panelKey(event) },
      node("header", {}, node("h2", { id: "title", dir: "auto" }, words("title")), this.menu(),
        node("button", { type: "button", class: "icon", "aria-label": words("close"), click: () => this.close() }, icon(ICONS.close))),
      this.status, this.log, this.typing, this.asking, this.composer, privacy);
    this.root.prepend(this.panel);
  }

  menu() {
    const { words } = this;
    const items = [node("button", { type: "button", click: () => { close(); this.on.end(); this.input.focus(); } }, words("end"))];
    if (SETTINGS.transcript) items.unshift(node("button", { type: "button", click: () => { close(); this.askTranscript(); } }, words("transcript")));
    const list = node("div", { class: "menu", hidden: true }, items);
    const button = node("button", {
      type: "button", class: "icon", "aria-label": words("more"), "aria-expanded": "false",
      click: () => {
        list.hidden = !list.hidden;
        button.setAttribute("aria-expanded", String(!list.hidden));
        if (!list.hidden) items[0].focus();
      },
    }, icon(ICONS.more));
    const close = () => {
      list.hidden = true;
      button.setAttribute("aria-expanded", "false");
    };
    const whole = node("div", { class: "more", keydown: (event) => {
      if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
        button.focus();
      }
    } }, button, list);
    whole.addEventListener("focusout", (event) => !whole.contains(event.relatedTarget) && close());
    return whole;
  }

  attachment() {
    const picker = node("input", { type: "file", class: "hidden", tabindex: "-1", "aria-hidden": "true", change: () => {
      for (const file of picker.files) this.on.file(file);
      picker.value = "";
      this.input.focus();
    } });
    return [picker, node("button", { type: "button", class: "icon", "aria-label": this.words("attach"), click: () => picker.click() }, icon(ICONS.attach))];
  }

  open() {
    if (!this.panel) {
      this.build();
      this.on.opened();
      this.drawAll();
    } else {
      this.on.opened();
    }
    this.isOpen = true;
    this.panel.hidden = false;
    this.panel.setAttribute("aria-modal", String(matchMedia(FULL_SCREEN).matches));
    this.launcher.setAttribute("aria-expanded", "true");
    this.root.classList.add("open");
    this.scroll(true);
    this.focus();
    this.on.read();
  }

  /* Where one goes on: in what is asked, else in what is written. */
  focus() {
    (this.asking.querySelector("input, select, textarea") || this.input).focus();
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.panel.hidden = true;
    this.root.classList.remove("open");
    this.launcher.setAttribute("aria-expanded", "false");
    this.launcher.focus();
    this.on.typing(false);
  }

  isSeen() {
    return this.isOpen && document.visibilityState === "visible";
  }

  unread(count) {
    this.badge.hidden = count === 0 || this.isOpen;
    this.badge.textContent = count > 9 ? "9+" : String(count);
    this.launcher.setAttribute("aria-label", this.words("open") + (count ? ", " + this.words("unread", { n: count }) : ""));
  }

  panelKey(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && matchMedia(FULL_SCREEN).matches) {
      this.keepFocus(event);
    }
  }

  /* What covers the whole page keeps the focus, until it is closed. */
  keepFocus(event) {
    const all = [...this.panel.querySelectorAll("button, a[href], input, select, textarea, [tabindex='0']")]
      .filter((each) => !each.disabled && each.tabIndex >= 0 && each.getClientRects().length);
    const at = this.root.getRootNode().activeElement;
    const last = event.shiftKey ? all[0] : all.at(-1);
    if (at === last) {
      event.preventDefault();
      (event.shiftKey ? all.at(-1) : all[0]).focus();
    }
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
  }

  written() {
    this.input.dir = this.input.value ? "auto" : "";
    this.input.style.height = "auto";
    this.input.style.height = Math.min(this.input.scrollHeight + 2, 120) + "px";
    this.on.typing(this.input.value.trim() !== "");
  }

  submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.written();
    this.on.say(text);
  }

  /* A form in the place of the composer. */
  ask(made) {
    this.asking.replaceChildren(made);
    this.composer.hidden = true;
  }

  asked() {
    this.endAsking();
    if (this.isOpen) this.focus();
  }

  endAsking() {
    this.asking.replaceChildren();
    this.composer.hidden = false;
    this.on.asked();
  }

  /* What one visitor began, and who comes next is not to see. */
  forget() {
    if (!this.panel) return;
    this.input.value = "";
    this.input.style.height = "auto";
    this.tell("");
    this.writes("");
    this.drawAll();
    this.endAsking();
  }

  askTranscript() {
    const { words } = this;
    if (this.asking.firstChild) return this.focus();
    const fields = [{ name: "email", label: words("email"), input: "email", required: true, choices: [] }];
    const cancel = node("button", { type: "button", click: () => this.asked() }, words("cancel"));
    this.ask(form(fields, words("wanted"), words("submit"), this, (values) => {
      this.asked();
      this.on.transcript(values.email);
    }, cancel));
    this.focus();
  }

  tell(text, action) {
    if (this.panel) this.status.replaceChildren(...(text ? [node("span", {}, text)] : []), ...(action ? [action] : []));
  }

  writes(name) {
    if (!this.panel) return;
    this.typing.hidden = !name;
    this.typing.textContent = name ? this.words("typing", { name }) : "";
  }

  drawAll() {
    if (!this.panel) return;
    for (const each of this.shown.values()) each.remove();
    this.shown.clear();
    for (const message of store.visitor.log) this.draw(message);
  }

  /* Adds a message, or draws it anew in its place. */
  draw(message) {
    if (!this.panel) return;
    const atEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 60;
    const key = message.cid || message.id;
    const before = this.shown.get(key) || this.shown.get(message.id);
    const made = messageNode(message, this);
    if (before) before.replaceWith(made);
    else this.log.append(made);
    this.shown.set(key, made);
    if (message.id) this.shown.set(message.id, made);
    this.scroll(atEnd || message.from === "customer");
  }

  /* Only the word below it changes: it is not to be read out again. */
  drawState(message) {
    const there = this.shown.get(message.cid || message.id);
    if (there) stateInto(there.querySelector(".state"), message, this);
  }

  scroll(toEnd) {
    if (toEnd && this.log) this.log.scrollTop = this.log.scrollHeight;
  }
}

function messageNode(message, panel) {
  const { words } = panel;
  if (message.closed) return node("p", { class: "closed" }, words("ended"));
  const own = message.from === "customer";
  const name = own ? words("you") : message.name || words(message.from === "bot" ? "bot" : "us");
  const time = new Date(message.at).toLocaleTimeString(panel.language, { hour: "2-digit", minute: "2-digit" });
  const on = {
    words, language: panel.language, message,
    choose: (choice) => panel.on.choose(message, choice),
    fill: (part, values) => panel.on.fill(message, part, values),
    look: (event, part) => panel.on.look(event, part, message),
  };
  const content = message.deleted ? node("p", { class: "text removed" }, words("removed")) : (message.parts || []).map((part) => shownPart(part, on));
  const state = node("span", { class: "state" });
  stateInto(state, message, panel);
  return node("div", { class: "message " + (own ? "own" : "ours") },
    node("p", { class: "who" + (own ? " hidden" : "") }, node("bdi", {}, name)),
    node("div", { class: "bubble" }, content),
    node("p", { class: "meta" }, node("time", { datetime: message.at }, time), message.edited ? " · " + words("edited") : null, state));
}

function stateInto(place, message, panel) {
  if (message.from !== "customer" || !message.state) return;
  place.replaceChildren(" · " + panel.words(message.state));
  if (message.state === "failed" && message.frame) {
    place.append(" ", node("button", { type: "button", class: "again", click: () => panel.on.retry(message) }, panel.words("again")));
  }
}
