// What stands on the screen. Every word goes in as text: nothing that anybody wrote is ever markup.

import { nameOf, spoken, word } from './words.js';

/** @param more properties, and attributes where there is a dash or no such property */
export function element(name, more = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(more)) {
    if (key in made && key !== 'list') made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((each) => each !== null));
  return made;
}

export function button(label, onclick, className = '') {
  return element('button', { type: 'button', className, onclick }, label);
}

export class Screen {
  #root = document.getElementById('kiosk');
  #account;
  #live = true;
  #log = null;
  #typing = null;
  #typingUntil = 0;
  #panels = null;
  #offline = null;

  constructor(account) {
    this.#account = account;
  }

  get account() {
    return this.#account;
  }

  #show(state, ...children) {
    this.wipe();
    this.#offline = element('p', { className: 'offline', role: 'status' });
    document.body.dataset.state = state;
    this.#root.replaceChildren(this.#offline, ...children);
    this.live(this.#live);
  }

  /** Nothing of anybody is left, also not in what was printed last. */
  wipe() {
    clearTimeout(this.#typingUntil);
    this.#log = this.#typing = this.#panels = null;
    document.querySelectorAll('dialog').forEach((each) => each.remove());
    this.#root.replaceChildren();
    document.getElementById('paper').replaceChildren();
  }

  live(live) {
    this.#live = live;
    if (!this.#offline) return;
    this.#offline.textContent = live || document.body.dataset.state === 'setup' ? '' : word('offline');
  }

  /** Staff sets the device up. */
  setup(code, onCode) {
    const field = element('input', { id: 'code', value: code, autocomplete: 'off', spellcheck: false, required: true });
    const wrong = element('p', { className: 'wrong', role: 'alert' });
    const form = element(
      'form',
      {
        className: 'sheet',
        onsubmit: async (event) => {
          event.preventDefault();
          wrong.textContent = '';
          try {
            await onCode(field.value);
          } catch {
            wrong.textContent = word('refused');
            field.focus();
          }
        },
      },
      element('h1', {}, word('setup')),
      element('label', { htmlFor: 'code' }, word('code')),
      field,
      wrong,
      element('button', { type: 'submit', className: 'main' }, word('connect')),
    );
    this.#show('setup', element('main', {}, form));
    field.focus();
  }

  /** Nobody is there. */
  attract(onBegin, onLanguage) {
    const begin = button(word('begin'), onBegin, 'main begin');
    const languages = this.#account.languages.map((each) => {
      const choose = button(nameOf(each), () => onLanguage(each));
      choose.lang = each;
      choose.setAttribute('aria-pressed', String(each === spoken()));
      return choose;
    });
    this.#show(
      'attract',
      element(
        'main',
        { className: 'attract' },
        element('h1', {}, this.#account.title || word('welcome')),
        begin,
        element('nav', { className: 'languages', 'aria-label': word('language') }, ...languages),
      ),
    );
    begin.focus();
  }

  /** @param does onEnd, onSay(text), onTyping, and by name what each service does */
  session(does) {
    const log = element('div', { className: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': word('conversation'), tabIndex: 0 });
    const typing = element('p', { className: 'typing', role: 'status' });
    const panels = element('aside', { className: 'panels', 'aria-live': 'polite', 'aria-label': word('yourTicket') });
    const field = element('input', {
      id: 'say', autocomplete: 'off', maxLength: 2000, oninput: () => does.onTyping(), placeholder: word('write'), 'aria-label': word('write'),
    });
    const form = element(
      'form',
      {
        className: 'composer',
        onsubmit: (event) => {
          event.preventDefault();
          if (field.value.trim()) does.onSay(field.value.trim());
          field.value = '';
          field.focus();
        },
      },
      field,
      element('button', { type: 'submit', className: 'main' }, word('send')),
    );
    const services = this.#account.services.map((each) => button(word(each), does[each], each === 'help' ? 'main' : ''));
    this.#show(
      'session',
      element('header', {}, element('h1', {}, this.#account.title || word('welcome')), button(word('end'), does.onEnd, 'end')),
      element('main', { className: 'session' }, element('nav', { className: 'services' }, ...services), panels, log, typing, form),
    );
    this.#log = log;
    this.#typing = typing;
    this.#panels = panels;
    field.focus();
  }

  /** What the customer said or did; it says that it waits until it was confirmed. */
  mine(id, text) {
    const line = element(
      'div',
      { className: 'mine', 'data-id': id },
      element('span', { className: 'who' }, word('you')),
      element('p', {}, text),
      element('span', { className: 'state' }, word('waiting')),
    );
    this.#add(line);
  }

  confirmed(id) {
    this.#log?.querySelector(`[data-id="${CSS.escape(id)}"] .state`)?.remove();
  }

  /** What our side said. */
  theirs(from, content, onChoice) {
    this.typing(false);
    const line = element('div', { className: 'theirs' }, element('span', { className: 'who' }, from?.name || word('staff')));
    if (content.title) line.append(element('h2', {}, content.title));
    if (content.image) line.append(this.#picture(content.image, content.text || content.title || ''));
    if (content.text) line.append(element('p', {}, content.text));
    if (content.choices?.length) line.append(this.#choices(content, onChoice));
    this.#add(line);
  }

  /** From where the page itself came, also where links call that place by another name: a page shows pictures of its own origin only. */
  #picture(address, alt) {
    const at = URL.canParse(address) ? new URL(address) : null;
    return element('img', { src: at?.origin === new URL(this.#account.origin).origin ? at.pathname + at.search : address, alt });
  }

  #choices(content, onChoice) {
    const group = element('div', { className: 'choices', role: 'group', 'aria-label': content.text || content.title || '' });
    let section;
    for (const choice of content.choices) {
      if (choice.section && choice.section !== section) group.append(element('p', { className: 'section' }, choice.section));
      section = choice.section;
      if (choice.url !== undefined) {
        // a kiosk leads nowhere: it is for the customer's own phone
        group.append(element('p', { className: 'elsewhere' }, [choice.label, choice.description, choice.url].filter(Boolean).join('\n')));
        continue;
      }
      const choose = button(choice.label, () => {
        group.querySelectorAll('button').forEach((each) => (each.disabled = true));
        choose.setAttribute('aria-pressed', 'true');
        onChoice(choice);
      });
      if (choice.description) choose.append(element('small', {}, choice.description));
      group.append(choose);
    }
    return group;
  }

  notice(text) {
    this.#add(element('div', { className: 'notice' }, text));
  }

  #add(line) {
    if (!this.#log) return;
    this.#log.append(line);
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  typing(on) {
    if (!this.#typing) return;
    clearTimeout(this.#typingUntil);
    this.#typing.textContent = on ? word('writing') : '';
    if (on) this.#typingUntil = setTimeout(() => this.typing(false), 10_000);
  }

  ticket(data) {
    const told = element('section', { className: 'ticket' }, element('h2', {}, word('yourTicket')));
    told.append(element('p', { className: 'number' }, String(data.number ?? '')));
    if (data.position !== undefined) told.append(element('p', {}, word('position', String(data.position))));
    if (data.minutes !== undefined) told.append(element('p', {}, word('minutes', String(data.minutes))));
    this.#panel('ticket', told);
  }

  pushed(data) {
    const told = element('section', { className: 'pushed' }, element('h2', {}, String(data.title ?? '')));
    if (data.image) told.append(this.#picture(String(data.image), String(data.alt ?? '')));
    if (data.text) told.append(element('p', {}, String(data.text)));
    told.append(button(word('close'), () => told.remove()));
    this.#panel('pushed', told);
  }

  #panel(kind, told) {
    this.#panels?.querySelector(`.${kind}`)?.remove();
    this.#panels?.append(told);
    if (this.#log) this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** Lets the browser print; one that runs as a kiosk does so without asking. */
  print(data) {
    const lines = Array.isArray(data.lines) ? data.lines : [String(data.text ?? '')];
    document.getElementById('paper').replaceChildren(
      ...(data.title ? [element('h1', {}, String(data.title))] : []),
      ...lines.map((line) => element('p', {}, String(line))),
    );
    this.notice(word('printing'));
    window.print();
  }

  /** Asks for one thing that is typed, or read by a scanner that types; null: the customer would rather not. @param value what was read already */
  ask({ title, hint, agree = '', label = word('number'), value = '' }) {
    return new Promise((resolve) => {
      const field = element('input', { id: 'asked', value, autocomplete: 'off', spellcheck: false, required: true, maxLength: 4400 });
      const agreed = element('input', { type: 'checkbox', id: 'agreed', required: true });
      const dialog = this.#dialog(() => resolve(null));
      dialog.append(
        element(
          'form',
          {
            className: 'sheet',
            onsubmit: (event) => {
              event.preventDefault();
              resolve(field.value.trim());
              // closed, not just taken away: who came by keyboard is back where they were
              dialog.close();
            },
          },
          element('h2', { id: 'asking' }, title),
          element('p', {}, hint),
          agree ? element('label', { className: 'agree' }, agreed, element('span', {}, agree)) : null,
          element('label', { htmlFor: 'asked' }, label),
          field,
          element(
            'div',
            { className: 'row' },
            element('button', { type: 'submit', className: 'main' }, word('ok')),
            button(word('cancel'), () => dialog.close()),
          ),
        ),
      );
      // whatever has the focus, such as the consent that was just given: what a scanner types is for the field
      dialog.addEventListener('keydown', (event) => {
        if (event.key.length === 1 && event.key !== ' ') field.focus();
      });
      dialog.showModal();
      (agree ? agreed : field).focus();
    });
  }

  /** Asks whether anybody is there still. @returns a function that takes the question away */
  still(seconds, onStay) {
    const left = element('p', {}, word('secondsLeft', String(seconds)));
    const dialog = this.#dialog(onStay);
    dialog.append(
      element('div', { className: 'sheet' }, element('h2', { id: 'asking' }, word('still')), left, button(word('stay'), () => dialog.close(), 'main')),
    );
    dialog.showModal();
    const ticking = setInterval(() => (left.textContent = word('secondsLeft', String(Math.max(0, --seconds)))), 1_000);
    dialog.addEventListener('close', () => clearInterval(ticking));
    return () => {
      clearInterval(ticking);
      dialog.remove();
    };
  }

  #dialog(onClose) {
    const dialog = element('dialog', { 'aria-labelledby': 'asking' });
    dialog.addEventListener('close', () => {
      dialog.remove();
      onClose();
    });
    document.body.append(dialog);
    return dialog;
  }
}
