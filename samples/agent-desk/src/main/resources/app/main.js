// @ts-check
import { LitElement, html, nothing } from 'lit';
import { Desk } from './desk.js';
import * as icons from './icons.js';
import { unreadTotal } from './store.js';
import './composer.js';
import './dialogs.js';
import './list.js';
import './sign-in.js';
import './thread.js';

/** @type {Record<string, string>} */
const CONNECTION = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting', offline: 'Offline' };

/** The page: it holds the desk, draws it anew when something changed, and listens to the keyboard. */
class TributaryDesk extends LitElement {
  constructor() {
    super();
    this.desk = new Desk();
    this.desk.addEventListener('change', () => this.requestUpdate());
    document.addEventListener('keydown', (event) => this.#key(event));
    this.desk.start();
  }

  createRenderRoot() {
    return this; // one style sheet serves all
  }

  render() {
    const { desk } = this;
    const { state } = desk;
    return html`
      ${desk.signedIn
        ? html`
          <div class="desk ${state.selected === null ? '' : 'reading'}">
            ${this.#bar()}
            <desk-list .desk=${desk} .state=${state} @opened=${() => this.#opened()}></desk-list>
            <main class="middle">
              ${state.selected === null
                ? this.#nothingOpen()
                : html`<desk-thread .desk=${desk} .state=${state} .hindrance=${desk.hindrances.get(state.selected) ?? ''}></desk-thread>`}
            </main>
          </div>`
        : html`<desk-sign-in .desk=${desk} .farewell=${desk.farewell}></desk-sign-in>`}
      <desk-keys .desk=${desk} .preferences=${desk.preferences}></desk-keys>
      <desk-transfer .desk=${desk}></desk-transfer>
      ${desk.toast === '' ? nothing : html`<div class="toast">${desk.toast}</div>`}
      <div id="announcer" class="unseen" role="status" aria-live="polite">${desk.announcement}</div>`;
  }

  #bar() {
    const { desk } = this;
    const { me, connection } = desk.state;
    const theme = { system: 'System', light: 'Light', dark: 'Dark' }[desk.preferences.theme];
    return html`
      <header class="bar">
        <div class="brand">${icons.mark()}<h1>Desk</h1></div>
        <span class="connection ${connection}"><span class="dot"></span>${CONNECTION[connection]}</span>
        <span class="me" title=${me?.id ?? ''} dir="auto">${me?.name ?? me?.id ?? ''}</span>
        <button class="quiet" type="button" aria-label="Theme: ${theme}" title="Theme: ${theme}" @click=${() => this.#theme()}>
          ${icons.half()}<span class="wide">${theme}</span></button>
        <button class="quiet" type="button" aria-label="Keys" title="Keys (?)" @click=${() => this.#keys()}>${icons.keys()}</button>
        <button class="quiet" type="button" aria-label="Sign out" title="Sign out" @click=${() => desk.signOut()}>${icons.leave()}</button>
      </header>`;
  }

  #nothingOpen() {
    return html`
      <div class="empty">
        ${icons.mark()}
        <h2>${this.desk.state.loaded ? 'Choose a conversation' : 'One moment'}</h2>
        <p>${this.desk.state.loaded
          ? html`<kbd>Alt</kbd> <kbd>J</kbd> opens the next one. <kbd>?</kbd> shows all keys.`
          : 'The conversations are on their way.'}</p>
      </div>`;
  }

  updated() {
    const count = this.desk.signedIn ? unreadTotal(this.desk.state) : 0;
    document.title = `${count > 0 ? `(${count}) ` : ''}Desk · Tributary`;
    document.documentElement.dataset.theme = this.desk.preferences.theme;
  }

  #theme() {
    const { theme } = this.desk.preferences;
    this.desk.prefer({ theme: theme === 'system' ? 'light' : theme === 'light' ? 'dark' : 'system' });
  }

  #keys() {
    /** @type {any} */ (this.querySelector('desk-keys')).open();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!this.desk.signedIn || event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) {
      return;
    }
    const { letters, question } = this.desk.preferences;
    const typing = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    if (plain && question && event.key === '?') {
      event.preventDefault();
      this.#keys();
      return;
    }
    if (event.key === 'Escape') {
      this.#escape();
      return;
    }
    const alt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if ((alt || (plain && letters && !event.shiftKey)) && this.#command(event.code)) {
      event.preventDefault();
    }
  }

  /** By the key's place, since Alt changes the letter on some keyboards. @param {string} code */
  #command(code) {
    const id = this.desk.state.selected;
    switch (code) {
      case 'KeyJ': this.desk.step(1); return true;
      case 'KeyK': this.desk.step(-1); return true;
      default:
    }
    if (id === null) {
      return false;
    }
    const composer = /** @type {any} */ (this.querySelector('desk-composer'));
    const thread = /** @type {any} */ (this.querySelector('desk-thread'));
    switch (code) {
      case 'KeyL': case 'KeyR': composer?.write('text'); return true;
      case 'KeyP': case 'KeyN': composer?.write('note'); return true;
      case 'KeyA': thread?.toggleClaim(); return true;
      case 'KeyT': thread?.transfer(); return true;
      case 'KeyE': thread?.close(); return true;
      default: return false;
    }
  }

  /** Whoever opens a conversation wants to read and to answer. Under a finger no keyboard should jump up. */
  #opened() {
    const finger = window.matchMedia('(pointer: coarse)').matches;
    /** @type {HTMLElement | null} */ (this.querySelector(finger ? '.log' : 'desk-composer textarea'))?.focus();
  }

  /** Out of the composer to the list; out of the conversation where only one of both fits. */
  #escape() {
    const narrow = window.matchMedia('(max-width: 48rem)').matches;
    const list = /** @type {any} */ (this.querySelector('desk-list'));
    if (narrow) {
      this.desk.select(null);
    }
    this.updateComplete.then(() => list?.focusSelected());
  }
}

customElements.define('tributary-desk', TributaryDesk);
