// @ts-check
import { LitElement, html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import * as icons from './icons.js';
import * as keep from './keep.js';

/** Where one writes: to the customer, or a note to colleagues. What is not sent yet stays, over reloads as well. */
class DeskComposer extends LitElement {
  static properties = {
    desk: { attribute: false }, conversation: { attribute: false }, hindrance: { attribute: false }, open: { attribute: false },
    name: { attribute: false }, draft: { state: true },
  };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk} */ this.desk;
    this.conversation = '';
    this.hindrance = '';
    this.open = true;
    this.name = '';
    /** @type {keep.Draft} */ this.draft = { text: '', kind: 'text' };
    this.given = (/** @type {Event} */ event) => {
      if (/** @type {CustomEvent} */ (event).detail === this.conversation) {
        this.draft = keep.draft(this.conversation);
      }
    };
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.desk?.addEventListener('draft', this.given);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.desk?.removeEventListener('draft', this.given);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('desk')) {
      this.desk.addEventListener('draft', this.given);
    }
    if (changed.has('conversation')) {
      this.draft = keep.draft(this.conversation);
    }
    if (!this.open && this.draft.kind === 'text' && this.draft.text === '') {
      this.draft = { text: '', kind: 'note' };
    }
  }

  render() {
    const note = this.draft.kind === 'note';
    return html`
      <form class="composer ${note ? 'note' : ''}" @submit=${this.#submit}>
        ${this.hindrance === '' ? nothing : html`<p class="warning" dir="auto">${this.hindrance}</p>`}
        <div class="kinds" role="group" aria-label="Write">
          <button type="button" aria-pressed=${!note} ?disabled=${!this.open} @click=${() => this.write('text')}>Reply</button>
          <button type="button" aria-pressed=${note} @click=${() => this.write('note')}>Note</button>
          <span class="hint">${this.open ? html`<kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> begins a line`
            : 'The conversation is closed; notes are still possible.'}</span>
        </div>
        <div class="field">
          <textarea rows="1" dir="auto" aria-label=${note ? 'Note for colleagues' : `Reply to ${this.name}`}
            placeholder=${note ? 'A note that only colleagues see' : 'Write a reply'}
            .value=${live(this.draft.text)} @input=${this.#input} @keydown=${this.#key}></textarea>
          <button class="primary send" type="submit" aria-label=${note ? 'Add note' : 'Send'} ?disabled=${this.draft.text.trim() === '' || (!note && !this.open)}>
            ${icons.send()}<span>${note ? 'Add note' : 'Send'}</span></button>
        </div>
      </form>`;
  }

  get #area() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }

  /** @param {'text' | 'note'} kind */
  write(kind) {
    if (kind === 'note' || this.open) {
      this.#keep({ ...this.draft, kind });
    }
    this.#area?.focus();
  }

  /** @param {keep.Draft} draft */
  #keep(draft) {
    this.draft = draft;
    keep.keepDraft(this.conversation, draft);
  }

  #input() {
    this.#keep({ ...this.draft, text: this.#area.value });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && !event.isComposing && event.keyCode !== 229) {
      this.#submit(event);
    }
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const { text, kind } = this.draft;
    if (text.trim() === '' || (kind === 'text' && !this.open)) {
      return;
    }
    this.#keep({ text: '', kind: 'text' });
    this.desk.send(this.conversation, kind, text.trimEnd());
    this.#area?.focus();
  }
}

customElements.define('desk-composer', DeskComposer);
