// @ts-check
import { LitElement, html } from 'lit';

/** Which keys there are. */
class DeskKeys extends LitElement {
  static properties = { desk: { attribute: false }, preferences: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk} */ this.desk;
    /** @type {import('./keep.js').Preferences} */ this.preferences;
  }

  createRenderRoot() {
    return this;
  }

  open() {
    this.querySelector('dialog')?.showModal();
  }

  render() {
    const key = (/** @type {string} */ letter, /** @type {string} */ what) =>
      html`<div><dt><kbd>Alt</kbd> <kbd>${letter}</kbd></dt><dd>${what}</dd></div>`;
    return html`
      <dialog aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl class="keys">
          ${key('J', 'Next conversation')}
          ${key('K', 'Previous conversation')}
          ${key('L', 'Write a reply')}
          ${key('P', 'Write a note')}
          ${key('A', 'Take or release')}
          ${key('T', 'Transfer')}
          ${key('E', 'Close and go on')}
          <div><dt><kbd>Enter</kbd></dt><dd>Send</dd></div>
          <div><dt><kbd>Shift</kbd> <kbd>Enter</kbd></dt><dd>New line</dd></div>
          <div><dt><kbd>Esc</kbd></dt><dd>To the list</dd></div>
          <div><dt><kbd>↑</kbd> <kbd>↓</kbd></dt><dd>Through the list, <kbd>Enter</kbd> opens</dd></div>
          <div><dt><kbd>?</kbd></dt><dd>These keys</dd></div>
        </dl>
        <label class="check"><input type="checkbox" .checked=${this.preferences.letters}
          @change=${(/** @type {any} */ event) => this.desk.prefer({ letters: event.target.checked })}>
          Single letters as well, without Alt (and R to reply, N for a note)</label>
        <label class="check"><input type="checkbox" .checked=${this.preferences.question}
          @change=${(/** @type {any} */ event) => this.desk.prefer({ question: event.target.checked })}>
          <span><kbd>?</kbd> opens this list</span></label>
        <form method="dialog"><button class="primary" autofocus>Done</button></form>
      </dialog>`;
  }
}

/** To whom, and what they should know. */
class DeskTransfer extends LitElement {
  static properties = { desk: { attribute: false }, row: { state: true } };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk} */ this.desk;
    /** @type {import('./store.js').Row | null} */ this.row = null;
  }

  createRenderRoot() {
    return this;
  }

  /** @param {import('./store.js').Row} row */
  open(row) {
    this.row = row;
    this.updateComplete.then(() => this.querySelector('dialog')?.showModal());
  }

  render() {
    return html`
      <dialog aria-labelledby="transfer-title">
        <form @submit=${this.#submit} autocomplete="off">
          <h2 id="transfer-title">Transfer</h2>
          <label>To the agent with the id
            <input name="to" required maxlength="200" list="colleagues" spellcheck="false"></label>
          <datalist id="colleagues">${this.#colleagues().map((each) => html`<option value=${each.id}>${each.name ?? each.id}</option>`)}</datalist>
          <label><span>What they should know <small>may be empty</small></span>
            <textarea name="note" rows="3" maxlength="2000" dir="auto"></textarea></label>
          <div class="buttons">
            <button type="button" @click=${() => this.querySelector('dialog')?.close()}>Cancel</button>
            <button class="primary" type="submit">Hand over</button>
          </div>
        </form>
      </dialog>`;
  }

  /** Whom this desk has met. */
  #colleagues() {
    /** @type {Map<string, import('./store.js').Agent>} */
    const met = new Map();
    const { state } = this.desk;
    for (const row of state.rows.values()) {
      if (row.claim && row.claim.agent.id !== state.me?.id) {
        met.set(row.claim.agent.id, row.claim.agent);
      }
    }
    return [...met.values()];
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const given = new FormData(form);
    const id = String(given.get('to') ?? '').trim();
    const colleague = this.#colleagues().find((each) => each.id === id);
    this.querySelector('dialog')?.close();
    form.reset();
    if (this.row && id !== '') {
      this.desk.transfer(this.row.id, colleague ?? { id }, String(given.get('note') ?? '').trim());
    }
  }
}

customElements.define('desk-keys', DeskKeys);
customElements.define('desk-transfer', DeskTransfer);
