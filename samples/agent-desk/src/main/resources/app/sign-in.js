// @ts-check
import { LitElement, html, nothing } from 'lit';
import * as icons from './icons.js';
import * as keep from './keep.js';

/** Who sits here, and the token that an operator gave them. */
class DeskSignIn extends LitElement {
  static properties = { desk: { attribute: false }, farewell: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./desk.js').Desk} */ this.desk;
    this.farewell = '';
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const last = keep.lastAgent();
    return html`
      <main class="sign-in">
        <form @submit=${this.#submit} autocomplete="off">
          ${icons.mark()}
          <h1>Desk</h1>
          <p class="lead">Every channel in one place. Sign in with the token that an operator made for you.</p>
          ${this.farewell === '' ? nothing : html`<p class="warning" role="alert">${this.farewell}</p>`}
          <label>Token <input name="token" type="password" required autocomplete="off" spellcheck="false"></label>
          <label><span>Your name <small>as colleagues see it</small></span>
            <input name="name" maxlength="200" dir="auto" .value=${last?.name ?? ''}></label>
          <label><span>Your id <small>empty: made from your name</small></span>
            <input name="agent" maxlength="200" spellcheck="false" .value=${last?.id ?? ''}></label>
          <button class="primary" type="submit">Sign in</button>
          <p class="fine">The token is kept in this tab only, until you close it.</p>
        </form>
      </main>`;
  }

  firstUpdated() {
    this.querySelector('input')?.focus();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const text = (/** @type {string} */ name) => String(given.get(name) ?? '').trim();
    const name = text('name');
    const id = text('agent') || name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
    const agent = id === '' ? null : { id, ...(name === '' ? {} : { name }) };
    keep.keepAgent(agent);
    this.desk.signIn(text('token'), agent);
  }
}

customElements.define('desk-sign-in', DeskSignIn);
