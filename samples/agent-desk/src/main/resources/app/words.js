// @ts-check
/** How the desk says things: times, delivery, events, links. Text in, text out; nothing here makes markup. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const relativeDay = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const units = new Map(
  /** @type {const} */ (['minute', 'hour', 'day']).map((unit) =>
    [unit, new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'narrow' })]));

/** @param {string} instant */
export function timeOfDay(instant) {
  return clock.format(new Date(instant));
}

/** @param {string} instant */
export function moment(instant) {
  return whole.format(new Date(instant));
}

/** @param {string} instant @param {number} now */
export function age(instant, now) {
  const millis = now - Date.parse(instant);
  if (millis < MINUTE) {
    return 'now';
  }
  if (millis < HOUR) {
    return units.get('minute')?.format(Math.floor(millis / MINUTE));
  }
  if (millis < DAY) {
    return units.get('hour')?.format(Math.floor(millis / HOUR));
  }
  return millis < 7 * DAY ? units.get('day')?.format(Math.floor(millis / DAY)) : date.format(new Date(instant));
}

/** @param {string} instant */
export function dayKey(instant) {
  return new Date(instant).toDateString();
}

/** @param {string} instant @param {number} now */
export function dayName(instant, now) {
  const midnight = (/** @type {number} */ time) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(Date.parse(instant)) - midnight(now)) / DAY);
  return days === 0 || days === -1 ? capital(relativeDay.format(days, 'day')) : day.format(new Date(instant));
}

/** @param {string} text */
function capital(text) {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

// maps, not objects: what comes over the wire may be called `constructor`
const DELIVERY = new Map([
  ['queued', 'Queued'], ['sending', 'Sending'], ['accepted', 'Sent'], ['sent', 'Sent'], ['delivered', 'Delivered'],
  ['read', 'Read'], ['failed', 'Failed'], ['unknown', 'Not known whether it was sent'],
]);
const ACTORS = new Map([['customer', 'Customer'], ['agent', 'An agent'], ['bot', 'Bot']]);
const MEDIA = new Map([
  ['image', 'Picture'], ['sticker', 'Sticker'], ['voice', 'Voice message'], ['audio', 'Audio'], ['video', 'Video'],
]);

/** @param {string} status */
export function deliveryWord(status) {
  return DELIVERY.get(status) ?? status;
}

/** @param {string} kind */
export function mediaWord(kind) {
  return MEDIA.get(kind) ?? 'File';
}

/** @param {import('./store.js').Actor} actor @param {import('./store.js').Agent | null} me */
export function who(actor, me) {
  if (actor.kind === 'agent' && me !== null && actor.id === me.id) {
    return 'You';
  }
  return actor.name || actor.id || ACTORS.get(actor.kind) || 'Tributary';
}

/**
 * One sentence for what is neither a message nor a note.
 *
 * @param {import('./store.js').Interaction} interaction
 * @param {import('./store.js').Agent | null} me
 */
export function eventSentence(interaction, me) {
  const part = interaction.parts[0];
  const name = who(interaction.actor, me);
  if (part.type === 'handover') {
    const to = part.to ? who(part.to, me).replace(/^You$/, 'you') : 'somebody else';
    return `${name} handed over to ${to}${part.note ? `: ${part.note}` : ''}`;
  }
  if (part.type === 'changed') {
    switch (part.what) {
      case 'claimed': return `${name} took the conversation`;
      case 'released': return `${name} released the conversation`;
      case 'closed': return `${name} closed the conversation`;
      default: return interaction.fallbackText;
    }
  }
  return interaction.fallbackText;
}

/** @param {number | undefined} bytes */
export function size(bytes) {
  if (!bytes) {
    return '';
  }
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte';
  const amount = bytes / (unit === 'kilobyte' ? 1_000 : 1_000_000);
  return new Intl.NumberFormat(undefined, {
    style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: amount < 10 ? 1 : 0,
  }).format(amount);
}

/**
 * A link that may be followed, or null: web addresses only.
 *
 * @param {unknown} text
 * @returns {string | null}
 */
export function safeLink(text) {
  if (typeof text !== 'string' || !/^https?:\/\//i.test(text)) {
    return null;
  }
  try {
    const target = new URL(text);
    return target.protocol === 'http:' || target.protocol === 'https:' ? target.href : null;
  } catch {
    return null;
  }
}

/**
 * A text cut into what is a web address and what is not.
 *
 * @param {string} text
 * @returns {{text: string, link: string | null}[]}
 */
export function pieces(text) {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(/\bhttps?:\/\/[^\s<>"'`{}|\\^\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gi)) {
    const shown = match[0].replace(/[.,;:!?)\]]+$/, '');
    const link = safeLink(shown);
    if (link !== null) {
      found.push({ text: text.slice(from, match.index), link: null }, { text: shown, link });
      from = match.index + shown.length;
    }
  }
  found.push({ text: text.slice(from), link: null });
  return found.filter((piece) => piece.text !== '');
}

/** One of eight tints, always the same for the same id. @param {string} id */
export function tint(id) {
  let sum = 7;
  for (let i = 0; i < id.length; i++) {
    sum = (sum * 31 + id.charCodeAt(i)) % 9973;
  }
  return sum % 8;
}

/** The letter of a name, or a person's outline where the name is a number. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? [...words[words.length - 1]][0] : '';
  return (first + last).toLocaleUpperCase();
}
