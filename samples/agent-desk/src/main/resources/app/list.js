// @ts-check
import { LitElement, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import * as icons from './icons.js';
import { isMine, shownRows, waiting } from './store.js';
import { age, initials, moment, tint } from './words.js';

const FILTERS = /** @type {const} */ ([['open', 'Open'], ['mine', 'Mine'], ['closed', 'Closed']]);

/** @type {Record<string, string>} */
const BEFORE = { outbound: '→ ', note: 'Note: ' };

/** The conversations, newest activity first. Nothing moves while somebody points at them or walks through them. */
class DeskList extends LitElement {
  static properties = { desk: { attribute: false }, state: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk} */ this.desk;
    /** @type {import('./store.js').State} */ this.state;
    this.addEventListener('pointerenter', (event) => event.pointerType !== 'touch' && this.desk.hold(true));
    this.addEventListener('pointerleave', () => this.#let());
    this.addEventListener('focusin', () => this.desk.hold(true));
    this.addEventListener('focusout', (event) => {
      if (!this.contains(/** @type {Node | null} */ (event.relatedTarget))) {
        this.#let();
      }
    });
  }

  createRenderRoot() {
    return this;
  }

  #let() {
    // focus may be on its way to another row
    queueMicrotask(() => this.desk.hold(this.matches(':hover') || this.contains(document.activeElement)));
  }

  focusSelected() {
    /** @type {HTMLElement | null} */ (this.querySelector('[role=option][tabindex="0"]'))?.focus();
  }

  render() {
    const { state } = this;
    const rows = shownRows(state);
    const fresh = waiting(state);
    const stop = rows.some((row) => row.id === state.selected) ? state.selected : rows[0]?.id;
    return html`
      <section class="list" aria-label="Conversations">
        <div class="filters" role="group" aria-label="Show">
          ${FILTERS.map(([filter, name]) => html`
            <button type="button" aria-pressed=${state.filter === filter} @click=${() => this.desk.filter(filter)}>${name}</button>`)}
        </div>
        ${fresh === 0 ? nothing : html`
          <button type="button" class="pill" @click=${this.#arrange}>${icons.up()} ${fresh} new</button>`}
        ${rows.length === 0
          ? html`<p class="none">${!state.loaded ? 'Loading…' : state.filter === 'mine' ? 'You hold none.' : 'Nobody waits.'}</p>`
          : html`
            <div class="rows" role="listbox" aria-label="Conversations" @keydown=${this.#key}>
              ${repeat(rows, (/** @type {import('./store.js').Row} */ row) => row.id,
                (/** @type {import('./store.js').Row} */ row) => this.#row(row, row.id === stop))}
            </div>`}
        ${state.next !== null && state.filter === 'open'
          ? html`<button type="button" class="more" @click=${() => this.desk.loadMore()}>Show older ones</button>` : nothing}
      </section>`;
  }

  /** @param {import('./store.js').Row} row @param {boolean} stop where the Tab key stops */
  #row(row, stop) {
    const selected = row.id === this.state.selected;
    return html`
      <div class="row ${row.unread > 0 ? 'unread' : ''}" role="option" id="row-${row.id}" tabindex=${stop ? 0 : -1}
          aria-selected=${selected} @click=${() => this.#open(row.id)}>
        <span class="face tint-${tint(row.id)}" aria-hidden="true">${initials(row.name) || icons.person()}</span>
        <span class="name"><bdi>${row.name}</bdi></span>
        <time class="age" datetime=${row.lastAt} title=${moment(row.lastAt)}>${age(row.lastAt, this.state.now)}</time>
        <span class="text"><span aria-hidden="true">${BEFORE[row.from] ?? ''}</span><bdi>${row.text}</bdi></span>
        <span class="count">${row.unread > 0 ? html`${row.unread}<span class="unseen"> unread</span>` : nothing}</span>
        <span class="tags">
          <span class="channel">${row.channel}</span>
          ${row.claim === null ? nothing
            : html`<span class="claim" dir="auto">${isMine(this.state, row) ? 'Yours' : row.claim.agent.name ?? row.claim.agent.id}</span>`}
          ${row.open ? nothing : html`<span class="claim">Closed</span>`}
        </span>
      </div>`;
  }

  /** @param {string} id */
  async #open(id) {
    this.desk.select(id);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    this.dispatchEvent(new CustomEvent('opened', { bubbles: true }));
  }

  #arrange() {
    this.desk.arrange();
    this.querySelector('.rows')?.scrollTo({ top: 0 });
    this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector('[role=option]'))?.focus());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const options = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[role=option]')]);
    const index = options.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: options.length - 1 }[event.key];
    if (to !== undefined) {
      options[to]?.focus();
      event.preventDefault();
    } else if ((event.key === 'Enter' || event.key === ' ') && index >= 0) {
      options[index].click();
      event.preventDefault();
    }
  }
}

customElements.define('desk-list', DeskList);
