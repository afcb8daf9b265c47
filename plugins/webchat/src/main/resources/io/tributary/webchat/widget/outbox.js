/* What the visitor said and the server has not stored yet. One at a time, in order; under the same id when it is said again. */
const MOST_TRIES = 3;

class Outbox {
  /* @param on settled(id, state, frame) */
  constructor(way, on) {
    this.way = way;
    this.on = on;
    this.underWay = null;
    this.tries = {};
  }

  add(frame) {
    const whole = { ...frame, id: frame.id || randomText(12), at: Date.now(), page: location.origin + location.pathname.slice(0, 400) };
    store.settled.delete(whole.id);
    store.visitor.outbox.push(whole);
    store.save();
    this.way.want();
    this.next();
    return whole.id;
  }

  next() {
    const first = store.visitor.outbox[0];
    if (first && !this.underWay && this.way.send(first)) this.underWay = first.id;
  }

  settle(id, state) {
    const { outbox } = store.visitor;
    const at = outbox.findIndex((each) => each.id === id);
    if (at < 0) return;
    const [frame] = outbox.splice(at, 1);
    store.settled.add(id);
    store.save();
    if (this.underWay === id) this.underWay = null;
    this.on.settled(id, state, frame);
    this.next();
  }

  slow(id, after) {
    if (this.underWay !== id) return;
    setTimeout(() => {
      if (this.underWay === id) {
        this.underWay = null;
        this.next();
      }
    }, after);
  }

  /* What is under way is somebody else's. */
  forget() {
    this.underWay = null;
    this.tries = {};
  }

  /* What the server breaks at again and again is not said for ever. */
  lost(code) {
    const id = this.underWay;
    this.underWay = null;
    if (id && code === 1011) {
      this.tries[id] = (this.tries[id] || 0) + 1;
      if (this.tries[id] >= MOST_TRIES) this.settle(id, "failed");
    }
  }
}
