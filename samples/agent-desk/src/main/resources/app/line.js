// @ts-check
import { html, nothing } from 'lit';
import * as icons from './icons.js';
import { deliveryWord, eventSentence, mediaWord, moment, pieces, safeLink, size, timeOfDay, who } from './words.js';

/** Lines of a thread. Whatever a customer wrote becomes text nodes; a link is made only of a web address. */

/**
 * @param {import('./reading.js').Line} line
 * @param {import('./desk.js').Desk} desk
 * @param {import('./store.js').State} state
 * @param {boolean} goesOn the line above is by the same author, a moment ago
 */
export function lineOf(line, desk, state, goesOn) {
  const { interaction } = line;
  if (line.kind === 'event') {
    return html`<p class="event" dir="auto">${eventSentence(interaction, state.me)} <time datetime=${interaction.receivedAt}
      title=${moment(interaction.receivedAt)}>${timeOfDay(interaction.receivedAt)}</time></p>`;
  }
  const side = line.kind === 'note' ? 'note' : interaction.direction === 'outbound' ? 'outbound' : 'inbound';
  return html`
    <div class="line ${side} ${goesOn ? 'goes-on' : ''}" data-id=${interaction.id}>
      <p class="who ${goesOn ? 'unseen' : ''}"><bdi>${who(interaction.actor, state.me)}</bdi>${line.kind === 'note' ? html` <span class="label">Note, colleagues only</span>` : nothing}</p>
      <div class="bubble">
        ${line.deleted
          ? html`<p class="gone">Taken back</p>`
          : line.parts.map((part) => partOf(part, line, desk))}
      </div>
      ${line.reactions.length === 0 ? nothing : html`<p class="reactions" aria-label="Reactions">${line.reactions.map((each) => html`<bdi>${each}</bdi>`)}</p>`}
      <p class="foot">
        <time datetime=${interaction.receivedAt} title=${moment(interaction.receivedAt)}>${timeOfDay(interaction.receivedAt)}</time>
        ${line.edited ? html`<span>Edited</span>` : nothing}
        ${interaction.possibleDuplicate ? html`<span title="Something that looks the same came shortly before.">Maybe twice</span>` : nothing}
        ${line.delivery === null ? nothing : deliveryOf(line.delivery.status, line.delivery.reason)}
        ${line.delivery?.status === 'failed' && text(line) !== ''
          ? html`<button type="button" class="inline" @click=${() => desk.send(String(interaction.conversationId), 'text', text(line))}>Send again</button>`
          : nothing}
      </p>
    </div>`;
}

/**
 * @param {import('./store.js').Outgoing} entry
 * @param {import('./desk.js').Desk} desk
 * @param {import('./store.js').State} state
 */
export function outgoingLine(entry, desk, state) {
  return html`
    <div class="line ${entry.kind === 'note' ? 'note' : 'outbound'} on-its-way">
      <p class="who"><bdi>${who({ kind: 'agent', ...(state.me ?? { name: 'You' }) }, state.me)}</bdi>${entry.kind === 'note' ? html` <span class="label">Note, colleagues only</span>` : nothing}</p>
      <div class="bubble"><p class="text" dir="auto">${linked(entry.text)}</p></div>
      <p class="foot" role=${entry.state === 'failed' ? 'alert' : nothing}>
        <time datetime=${entry.at}>${timeOfDay(entry.at)}</time>
        ${deliveryOf(entry.state, entry.problem)}
        ${entry.state === 'failed' ? html`
          <button type="button" class="inline" @click=${() => desk.retry(entry.key)}>Retry</button>
          <button type="button" class="inline" @click=${() => desk.discard(entry.key)}>Discard</button>` : nothing}
      </p>
    </div>`;
}

/** @param {string} status @param {string | null} reason */
function deliveryOf(status, reason) {
  return html`<span class="delivery ${status}">${icons.tick(status)}<span>${deliveryWord(status)}${reason ? html`: <bdi>${reason}</bdi>` : nothing}</span></span>`;
}

/** @param {import('./reading.js').Line} line what could be sent once more */
function text(line) {
  return line.parts.every((part) => part.type === 'text') ? line.parts.map((part) => part.text).join('\n') : '';
}

/** @param {import('./store.js').Part} part @param {import('./reading.js').Line} line @param {import('./desk.js').Desk} desk */
function partOf(part, line, desk) {
  switch (part.type) {
    case 'text':
    case 'note': return html`<p class="text" dir="auto">${linked(part.text)}</p>`;
    case 'media': return medium(part, desk);
    case 'choices': return html`<p class="text" dir="auto">${linked(part.text)}</p>${choices(part.choices)}`;
    case 'card': return card(part, desk);
    case 'carousel': return html`<div class="cards">${list(part.cards).map((each) => card(each, desk))}</div>`;
    default: return other(part, line);
  }
}

/** What this desk has no form for, in the words that came with it. @param {any} part @param {import('./reading.js').Line} line */
function other(part, line) {
  const words = line.parts.length === 1 && !line.edited ? line.interaction.fallbackText : part.fallback ?? part.text ?? part.label;
  return html`<p class="text" dir="auto"><span class="kind">${part.name ?? part.type}</span>${linked(words ?? `[${part.type}]`)}</p>`;
}

/** @param {any} part @param {import('./desk.js').Desk} desk */
function medium(part, desk) {
  const picture = part.kind === 'image' || part.kind === 'sticker';
  const name = part.name || mediaWord(part.kind);
  const about = [part.mediaType, size(part.bytes)].filter((each) => each).join(', ');
  const state = part.state === 'pending' ? 'On its way' : part.state === 'failed' ? `Could not be fetched${part.reason?.text ? `: ${part.reason.text}` : ''}` : '';
  return html`
    <div class="medium">
      ${picture ? icons.image() : icons.file()}
      <span class="title"><bdi>${name}</bdi><small>${state || about}</small></span>
      ${state === '' && part.id
        ? html`<button type="button" @click=${() => open(part.id, desk)} aria-label="${picture ? 'Open' : 'Download'} ${name}">${picture ? 'Open' : 'Download'}</button>`
        : nothing}
    </div>
    ${part.caption ? html`<p class="text" dir="auto">${linked(part.caption)}</p>` : nothing}`;
}

/** @param {string} id @param {import('./desk.js').Desk} desk */
async function open(id, desk) {
  const given = await desk.mediaLink(id);
  const link = given === null ? null : safeLink(new URL(given, window.location.href).href);
  if (link !== null) {
    window.open(link, '_blank', 'noopener,noreferrer'); // another origin, and it gets no hold of this page
  }
}

/** @param {any} part @param {import('./desk.js').Desk} desk */
function card(part, desk) {
  return html`
    <div class="card">
      ${part.image ? medium({ kind: 'image', ...part.image }, desk) : nothing}
      <p class="text strong" dir="auto">${part.title ?? ''}</p>
      ${part.text ? html`<p class="text" dir="auto">${linked(part.text)}</p>` : nothing}
      ${choices(part.choices)}
    </div>`;
}

/** @param {any} given */
function choices(given) {
  return html`<ul class="choices">${list(given).map((each) => {
    const link = safeLink(each?.url);
    return html`<li dir="auto">${link === null ? each?.label : anchor(each.label, link)}</li>`;
  })}</ul>`;
}

/** @param {any} given @returns {any[]} */
function list(given) {
  return Array.isArray(given) ? given : [];
}

/** @param {unknown} given */
function linked(given) {
  return pieces(String(given ?? '')).map((piece) => (piece.link === null ? piece.text : anchor(piece.text, piece.link)));
}

/** @param {unknown} shown @param {string} link */
function anchor(shown, link) {
  return html`<a href=${link} target="_blank" rel="noopener noreferrer nofollow">${shown}</a>`;
}
