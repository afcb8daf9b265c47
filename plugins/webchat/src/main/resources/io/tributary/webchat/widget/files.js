/* Files go beside the socket: the server says where to, and then the message names them. */
const ANY_TYPE = "application/octet-stream";

class Files {
  /* @param on uploaded(file, media, grant), failed(id, why) */
  constructor(way, on) {
    this.way = way;
    this.on = on;
    this.waiting = new Map();
  }

  add(id, file) {
    const isType = /^[\x21-\x7e]{1,100}$/.test(file.type);
    this.waiting.set(id, { file, type: isType ? file.type : ANY_TYPE, tries: 0, lost: 0 });
    this.way.want();
    this.ask(id);
  }

  ask(id) {
    const one = this.waiting.get(id);
    const { file, type } = one;
    one.asked = this.way.send({ t: "wish", id, name: file.name.slice(0, 200), type, bytes: file.size });
  }

  /* Live again: what was asked for may be lost. */
  again() {
    for (const [id, one] of this.waiting) if (!one.busy) this.ask(id);
  }

  /* What the server breaks at again and again is not asked for ever. */
  lost(code) {
    if (code !== 1011) return;
    for (const [id, one] of [...this.waiting]) {
      if (one.asked && !one.busy && ++one.lost >= MOST_TRIES) this.fail(id, "file");
    }
  }

  forget() {
    this.waiting.clear();
  }

  async put({ id, media, grant, url }) {
    const one = this.waiting.get(id);
    if (!one || one.busy) return;
    one.busy = true;
    one.asked = false;
    let status = 0;
    try {
      status = (await fetch(url, { method: "PUT", body: one.file, headers: { "Content-Type": one.type }, credentials: "omit", referrerPolicy: "no-referrer" })).status;
    } catch { /* tried again below */ }
    one.busy = false;
    // whoever is there now has not sent it
    if (this.waiting.get(id) !== one) return;
    if (status === 204) {
      this.waiting.delete(id);
      this.on.uploaded({ id, media, grant, name: one.file.name.slice(0, 200), type: one.type, bytes: one.file.size });
    } else if (status === 415 && one.type !== ANY_TYPE) {
      // it is something else than its name says
      one.type = ANY_TYPE;
      this.ask(id);
    } else if (status === 413 || status === 415 || ++one.tries > 3) {
      this.fail(id, status === 413 ? "size" : "file");
    } else {
      setTimeout(() => this.waiting.has(id) && this.ask(id), 1000 * one.tries);
    }
  }

  fail(id, why) {
    if (this.waiting.delete(id)) this.on.failed(id, why);
  }
}
