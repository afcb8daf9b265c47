// @ts-check
import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import * as icons from './icons.js';
import { lineOf, outgoingLine } from './line.js';
import { lines, outgoingOf } from './reading.js';
import { isMine } from './store.js';
import { dayKey, dayName, initials, tint } from './words.js';

const NEAR = 48;
const BREATH_MILLIS = 5 * 60_000;

/** Whether one goes on talking: then the name is not said again. @param {import('./reading.js').Line} above @param {import('./reading.js').Line} line */
function sameBreath(above, line) {
  const [one, other] = [above.interaction, line.interaction];
  return above.kind === line.kind && one.direction === other.direction && one.actor.kind === other.actor.kind
    && one.actor.id === other.actor.id && one.actor.name === other.actor.name
    && Date.parse(other.receivedAt) - Date.parse(one.receivedAt) < BREATH_MILLIS;
}

/** One conversation, live. It stays at the end as long as one is there, and stays put when one reads further up. */
class DeskThread extends LitElement {
  static properties = { desk: { attribute: false }, state: { attribute: false }, hindrance: { attribute: false }, below: { state: true } };

  #shown = '';
  #stick = true;
  #height = 0;
  #first = '';

  constructor() {
    super();
    /** @type {import('./desk.js').Desk} */ this.desk;
    /** @type {import('./store.js').State} */ this.state;
    this.hindrance = '';
    /** Something came in below what one reads. */
    this.below = false;
  }

  createRenderRoot() {
    return this;
  }

  get #log() {
    return /** @type {HTMLElement} */ (this.querySelector('.log'));
  }

  willUpdate() {
    const id = this.state.selected ?? '';
    if (id !== this.#shown) {
      this.#shown = id;
      this.#stick = true;
      this.#first = '';
      this.below = false;
    }
  }

  render() {
    const { state } = this;
    const id = state.selected;
    const row = id === null ? undefined : state.rows.get(id);
    const thread = id === null ? undefined : state.threads.get(id);
    if (id === null || !thread) {
      return nothing;
    }
    return html`
      <article class="thread" aria-labelledby="thread-name">
        ${this.#head(row)}
        <div class="log" role="log" aria-live="off" aria-label="Messages" tabindex="0" @scroll=${this.#scrolled}>
          <div class="lines">
            ${thread.previous === null ? nothing : html`
              <button type="button" class="more" ?disabled=${thread.loading} @click=${() => this.desk.earlier()}>Earlier messages</button>`}
            ${thread.loading && thread.items.length === 0 ? html`<p class="none">Loading…</p>` : nothing}
            ${this.#lines(thread)}
            ${outgoingOf(state, id).map((entry) => outgoingLine(entry, this.desk, state))}
            ${thread.failed === null ? nothing : html`
              <p class="warning" role="alert">${thread.failed} <button type="button" @click=${() => this.desk.again()}>Try again</button></p>`}
          </div>
        </div>
        ${this.below ? html`<button type="button" class="pill low" @click=${() => this.#toEnd()}>${icons.down()} New messages</button>` : nothing}
        <desk-composer .desk=${this.desk} .conversation=${id} .hindrance=${this.hindrance} .open=${row?.open ?? true}
          .name=${row?.name ?? ''}></desk-composer>
      </article>`;
  }

  /** @param {import('./store.js').Row | undefined} row */
  #head(row) {
    if (!row) {
      return html`<header class="head"><h2 id="thread-name">Conversation</h2></header>`;
    }
    const mine = isMine(this.state, row);
    const holder = row.claim?.agent;
    return html`
      <header class="head">
        <button type="button" class="quiet back" aria-label="Back to the list" @click=${() => this.desk.select(null)}>${icons.back()}</button>
        <span class="face tint-${tint(row.id)}" aria-hidden="true">${initials(row.name) || icons.person()}</span>
        <div class="whom">
          <h2 id="thread-name" dir="auto">${row.name}</h2>
          <p><span class="channel">${row.channel}</span> <bdi>${row.address}</bdi>${row.line === '' ? nothing : html` <span class="via">to <bdi>${row.line}</bdi></span>`}
            ${holder ? html`<span class="holder">· <bdi>${mine ? 'Yours' : `With ${holder.name ?? holder.id}`}</bdi></span>` : nothing}
            ${row.open ? nothing : html`<span class="holder">· Closed</span>`}</p>
        </div>
        ${row.open ? html`
          <div class="acts">
            ${holder && !mine ? nothing : html`
              <button type="button" title="Alt+A" @click=${() => this.toggleClaim()}>${holder ? 'Release' : 'Take'}</button>`}
            <button type="button" title="Alt+T" @click=${() => this.transfer()}>Transfer…</button>
            <button type="button" title="Alt+E" @click=${() => this.close()}>Close</button>
          </div>` : nothing}
      </header>`;
  }

  /** @param {import('./store.js').Thread} thread */
  #lines(thread) {
    let before = '';
    let fresh = false;
    /** @type {import('./reading.js').Line | null} */
    let above = null;
    return repeat(lines(thread), (/** @type {import('./reading.js').Line} */ line) => line.key, (/** @type {import('./reading.js').Line} */ line) => {
      const key = dayKey(line.interaction.receivedAt);
      const day = key === before ? nothing
        : html`<h3 class="day">${dayName(line.interaction.receivedAt, this.state.now)}</h3>`;
      const mark = line.fresh && !fresh ? html`<p class="fresh-mark">Came in while you were writing</p>` : nothing;
      const goesOn = above !== null && day === nothing && mark === nothing && sameBreath(above, line);
      before = key;
      fresh = fresh || line.fresh;
      above = line;
      return html`${day}${mark}${lineOf(line, this.desk, this.state, goesOn)}`;
    });
  }

  updated() {
    const log = this.#log;
    if (!log) {
      return;
    }
    const id = this.state.selected;
    const items = (id !== null && this.state.threads.get(id)?.items) || [];
    const first = items[0]?.id ?? '';
    if (this.#stick) {
      log.scrollTop = log.scrollHeight;
      this.below = false;
    } else if (first !== this.#first && this.#first !== '') {
      log.scrollTop += log.scrollHeight - this.#height; // what came in above pushes nothing away
    } else if (log.scrollHeight > this.#height + 8) {
      this.below = true;
    }
    this.#first = first;
    this.#height = log.scrollHeight;
  }

  #scrolled() {
    const log = this.#log;
    this.#stick = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;
    this.below = this.below && !this.#stick;
  }

  #toEnd() {
    this.#stick = true;
    this.#log.scrollTop = this.#log.scrollHeight;
    this.below = false;
    this.#log.focus();
  }

  async toggleClaim() {
    const row = this.#row();
    if (row?.open && (row.claim === null || isMine(this.state, row))) {
      const verb = row.claim === null ? 'claim' : 'release';
      if (await this.desk.act(row.id, verb)) {
        this.desk.announce(verb === 'claim' ? 'Yours' : 'Released');
      }
    }
  }

  transfer() {
    const row = this.#row();
    if (row?.open) {
      /** @type {any} */ (document.querySelector('desk-transfer')).open(row);
    }
  }

  /** Ends it and goes on with the next one. */
  async close() {
    const row = this.#row();
    if (row?.open && (await this.desk.act(row.id, 'close')) && this.desk.state.selected === row.id) {
      this.desk.say(`The conversation with ${row.name} is closed.`);
      if (!this.desk.step(1)) {
        this.desk.step(-1);
      }
      await this.updateComplete;
      this.#log?.focus();
    }
  }

  #row() {
    const id = this.state.selected;
    return id === null ? undefined : this.state.rows.get(id);
  }
}

customElements.define('desk-thread', DeskThread);
