// @ts-check
import { ABOUT, isContent } from './store.js';

/** A thread as one reads it: what was said, with what became of it folded in. Pure functions as well. */

/**
 * @typedef {import('./store.js').Interaction} Interaction
 * @typedef {import('./store.js').Part} Part
 * @typedef {import('./store.js').Thread} Thread
 * @typedef {import('./store.js').State} State
 */

/** How far a message got: a later word never gives way to an earlier one. Arrived beats failed. */
const RANK = ['unknown', 'accepted', 'sent', 'failed', 'delivered', 'read'];

/**
 * @typedef {{status: string, reason: string | null}} Delivery
 * @typedef {{kind: 'message' | 'note' | 'event', key: string, interaction: Interaction, parts: Part[], edited: boolean,
 *   deleted: boolean, reactions: string[], delivery: Delivery | null, fresh: boolean}} Line
 */

/**
 * A thread as one reads it: what was said, with what became of it folded in.
 *
 * @param {Thread} thread
 * @returns {Line[]}
 */
export function lines(thread) {
  const later = afterwards(thread.items);
  /** @type {Line[]} */
  const result = [];
  for (const each of thread.items) {
    const type = each.parts[0].type;
    if (ABOUT.has(type) && type !== 'changed' && type !== 'handover') {
      continue;
    }
    const note = later.get(each.id);
    const talk = isContent(each) && each.direction !== 'internal';
    result.push({
      kind: type === 'note' ? 'note' : talk ? 'message' : 'event',
      key: each.id,
      interaction: each,
      parts: (note?.edited ?? each.parts).map((part) => withMedia(part, later)),
      edited: note?.edited !== undefined,
      deleted: note?.deleted ?? false,
      reactions: note ? [...note.reactions.values()] : [],
      delivery: talk && each.direction === 'outbound' ? delivery(each, note, later) : null,
      fresh: thread.freshFrom !== null && each.position > thread.freshFrom && each.direction === 'inbound',
    });
  }
  return result;
}

/** @typedef {{edited?: Part[], deleted: boolean, reactions: Map<string, string>, receipts: Map<number, Part>, media?: Part}} After */

/**
 * What later interactions say about earlier ones, by the id of the earlier one (or of a medium).
 *
 * @param {Interaction[]} items
 */
function afterwards(items) {
  /** @type {Map<string, After>} */
  const found = new Map();
  const of = (/** @type {string} */ id) => {
    const known = found.get(id);
    if (known) {
      return known;
    }
    /** @type {After} */
    const made = { deleted: false, reactions: new Map(), receipts: new Map() };
    found.set(id, made);
    return made;
  };
  for (const each of items) {
    const part = each.parts[0];
    if (part.type === 'mediaStored' || part.type === 'mediaFailed') {
      of(part.media).media = part;
      continue;
    }
    const target = each.target?.interaction;
    if (part.type === 'receipt') {
      const targets = target ? [target] : sentUntil(items, each.target?.until);
      targets.forEach((id) => receipt(of(id), part, each.target?.part ?? 0));
      continue;
    }
    if (!target) {
      continue;
    }
    switch (part.type) {
      case 'edited': of(target).edited = part.parts; break;
      case 'deleted': of(target).deleted = true; break;
      case 'reaction': {
        const who = `${each.actor.kind} ${each.actor.id ?? ''} ${part.emoji}`;
        if (part.added === false) {
          of(target).reactions.delete(who);
        } else {
          of(target).reactions.set(who, String(part.emoji));
        }
        break;
      }
      default:
    }
  }
  return found;
}

/** @param {Interaction[]} items @param {string | undefined} until */
function sentUntil(items, until) {
  if (!until) {
    return [];
  }
  const end = Date.parse(until);
  return items
    .filter((each) => each.direction === 'outbound' && isContent(each) && Date.parse(each.occurredAt) <= end)
    .map((each) => each.id);
}

/** @param {After} after @param {Part} part @param {number} number */
function receipt(after, part, number) {
  const known = after.receipts.get(number);
  if (!known || RANK.indexOf(part.status) > RANK.indexOf(known.status)) {
    after.receipts.set(number, part);
  }
}

/**
 * How far the whole message got: as far as its slowest part, and failed where one part is.
 *
 * @param {Interaction} message
 * @param {After | undefined} after
 * @param {Map<string, After>} later
 * @returns {Delivery}
 */
function delivery(message, after, later) {
  const receipts = after?.receipts ?? later.get(message.id)?.receipts;
  if (!receipts || receipts.size === 0) {
    return { status: 'sending', reason: null };
  }
  /** @type {Part | undefined} */
  let slowest;
  for (const part of message.parts) {
    const all = [receipts.get(0), receipts.get(part.number ?? 0)].filter((each) => each !== undefined);
    const best = all.sort((one, other) => RANK.indexOf(other.status) - RANK.indexOf(one.status))[0];
    if (!best) {
      continue; // nothing was reported of it: several parts may travel as one message
    }
    if (best.status === 'failed') {
      slowest = best;
      break;
    }
    if (!slowest || RANK.indexOf(best.status) < RANK.indexOf(slowest.status)) {
      slowest = best;
    }
  }
  return slowest
    ? { status: slowest.status, reason: slowest.reason?.text ?? null }
    : { status: 'sending', reason: null };
}

/** @param {Part} part @param {Map<string, After>} later */
function withMedia(part, later) {
  const said = part.type === 'media' && part.id ? later.get(part.id)?.media : undefined;
  if (!said) {
    return part;
  }
  return said.type === 'mediaStored'
    ? { ...part, state: 'stored', mediaType: said.mediaType ?? part.mediaType, bytes: said.bytes ?? part.bytes }
    : { ...part, state: 'failed', reason: said.reason };
}

/**
 * What was written here and is not in the thread yet. While the answer is under way, or was lost, the stream may be faster:
 * then the one in the thread is the one to show.
 *
 * @param {State} state
 * @param {string} id
 */
export function outgoingOf(state, id) {
  const arrived = new Map();
  for (const each of state.threads.get(id)?.items ?? []) {
    if (each.direction !== 'inbound' && each.actor.kind === 'agent') {
      arrived.set(each.parts[0].text, each.position);
    }
  }
  return state.outgoing.filter((each) =>
    each.conversation === id && !(each.body && each.state !== 'failed' && (arrived.get(each.text) ?? 0) > each.expected));
}
