// @ts-check
/**
 * All that the desk knows, and how it changes: pure functions, nothing of the browser. `reduce(state, action)` gives the
 * next state and leaves the one before as it was; what is the same stays the same object, so that a view can tell.
 *
 * @typedef {{id: string, name?: string}} Agent
 * @typedef {{kind: string, id?: string, name?: string}} Actor
 * @typedef {{number?: number, type: string, [member: string]: any}} Part
 * @typedef {{id: string, position: number, conversationId?: string, channel: string, account: string, line: string,
 *   address: string, direction: string, actor: Actor, occurredAt: string, receivedAt: string, target?: any,
 *   possibleDuplicate?: boolean, parts: Part[], fallbackText: string}} Interaction
 * @typedef {{cursor: string, data: Interaction}} StreamEvent
 * @typedef {{agent: Agent, since?: string}} Claim
 * @typedef {{id: string, name: string, channel: string, account: string, line: string, address: string, open: boolean,
 *   lastAt: string, lastPosition: number, contentPosition: number, text: string, from: string, claim: Claim | null,
 *   unread: number, partial: boolean}} Row
 *   One conversation in the list. `partial`: only what the stream told; the member knows more.
 * @typedef {{items: Interaction[], previous: string | null, loading: boolean, failed: string | null,
 *   freshFrom: number | null}} Thread
 *   `freshFrom`: the position after which everything came while the agent was writing.
 * @typedef {{key: string, conversation: string, kind: 'text' | 'note', text: string, at: string, expected: number,
 *   state: 'queued' | 'sending' | 'failed', problem: string | null, body?: any}} Outgoing
 *   What was written here and is not known to be in the log yet. `body`: the request, once it was tried.
 * @typedef {{me: Agent | null, loaded: boolean, rows: Map<string, Row>, order: string[], held: boolean,
 *   next: string | null, filter: 'open' | 'mine' | 'closed', closedLoaded: boolean, selected: string | null,
 *   threads: Map<string, Thread>, outgoing: Outgoing[], seen: Record<string, number>,
 *   connection: 'connecting' | 'live' | 'reconnecting' | 'offline', now: number}} State
 * @typedef {{type: string, [member: string]: any}} Action
 */

const MOST_ROWS = 500;
const MOST_THREADS = 12;

/** Types that say something about what is there already, rather than being something to read. */
export const ABOUT = new Set(['receipt', 'mediaStored', 'mediaFailed', 'reaction', 'edited', 'deleted', 'changed', 'handover']);

/** @returns {State} */
export function initial() {
  return {
    me: null, loaded: false, rows: new Map(), order: [], held: false, next: null, filter: 'open', closedLoaded: false,
    selected: null, threads: new Map(), outgoing: [], seen: {}, connection: 'connecting', now: Date.now(),
  };
}

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  switch (action.type) {
    case 'signedIn': return { ...initial(), me: action.me, seen: action.seen, outgoing: action.outgoing, now: state.now };
    case 'me': return { ...state, me: action.me };
    case 'snapshot': return snapshot(state, action.page, action.keep);
    case 'more': return arranged({ ...withRows(state, action.page.items), next: action.page.next ?? null });
    case 'closed': return arranged({ ...withRows(state, action.page.items), closedLoaded: true });
    case 'conversation': return arranged(withRows(state, [action.conversation], true));
    case 'events': return events(state, action.events, action.watching);
    case 'select': return select(state, action.id);
    case 'loading': return withThread(state, action.id, (thread) => ({ ...thread, loading: true, failed: null }));
    case 'page': return page(state, action.id, action.page, action.earlier);
    case 'pageFailed':
      return withThread(state, action.id, (thread) => ({ ...thread, loading: false, failed: action.text }));
    case 'fresh': return withThread(state, action.id, (thread) => ({ ...thread, freshFrom: action.position }));
    case 'seen': return seen(state, action.id);
    case 'hold': return state.held === action.held ? state : arranged({ ...state, held: action.held });
    case 'arrange': return { ...state, order: sorted(state) };
    case 'filter': return arranged({ ...state, filter: action.filter }, true);
    case 'outgoing': return { ...state, outgoing: [...state.outgoing, action.entry] };
    case 'outgoingIs':
      return {
        ...state,
        outgoing: state.outgoing.map((each) =>
          each.key === action.key
            ? { ...each, state: action.state, problem: action.problem ?? null, body: action.body ?? each.body }
            : each),
      };
    case 'outgoingGone': return { ...state, outgoing: state.outgoing.filter((each) => each.key !== action.key) };
    case 'acknowledged': {
      const without = { ...state, outgoing: state.outgoing.filter((each) => each.key !== action.key) };
      return events(without, [{ cursor: '', data: action.interaction }], true);
    }
    case 'connection': return state.connection === action.connection ? state : { ...state, connection: action.connection };
    case 'tick': return { ...state, now: action.now };
    default: throw new Error(`no such action: ${action.type}`);
  }
}

// ---- the list

/** @param {State} state @param {any} answer @param {boolean} keep threads stay: nothing was lost in between */
function snapshot(state, answer, keep) {
  const fresh = { ...state, loaded: true, rows: new Map(), closedLoaded: false, threads: keep ? state.threads : new Map() };
  const selected = state.selected ? state.rows.get(state.selected) : undefined;
  if (selected) {
    fresh.rows.set(selected.id, selected);
  }
  return arranged({ ...withRows(fresh, answer.items, true), next: answer.next ?? null }, true);
}

/** @param {State} state @param {any[]} conversations @param {boolean} [newest] what was known gives way in any case */
function withRows(state, conversations, newest = false) {
  const rows = new Map(state.rows);
  for (const each of conversations) {
    const known = rows.get(each.id);
    if (newest || !known || known.partial || known.lastPosition <= each.lastPosition) {
      rows.set(each.id, rowOf(each, known, state));
    }
  }
  return { ...state, rows };
}

/** @param {any} conversation @param {Row | undefined} known @param {State} state @returns {Row} */
function rowOf(conversation, known, state) {
  const last = conversation.last;
  const unseen = last?.direction === 'inbound' && last.position > (state.seen[conversation.id] ?? 0);
  /** @type {Row} */
  const row = {
    id: conversation.id,
    name: conversation.customer?.name || known?.name || conversation.address,
    channel: conversation.channel, account: conversation.account, line: conversation.line, address: conversation.address,
    open: conversation.open,
    lastAt: last?.receivedAt ?? conversation.lastAt,
    lastPosition: conversation.lastPosition,
    contentPosition: conversation.contentPosition,
    text: last?.fallbackText ?? '',
    from: from(last),
    claim: conversation.claim ?? null,
    unread: known ? known.unread : unseen ? 1 : 0,
    partial: false,
  };
  // the stream may have been faster than this answer
  return known && known.contentPosition > row.contentPosition
    ? { ...row, text: known.text, from: known.from, lastAt: known.lastAt, contentPosition: known.contentPosition,
      lastPosition: Math.max(known.lastPosition, row.lastPosition) }
    : row;
}

/** @param {Interaction | undefined} interaction */
function from(interaction) {
  if (!interaction) {
    return '';
  }
  return isNote(interaction) ? 'note' : interaction.direction;
}

/** @param {State} state */
function sorted(state) {
  return [...state.rows.values()]
    .sort((one, other) => (other.contentPosition || other.lastPosition) - (one.contentPosition || one.lastPosition))
    .map((row) => row.id);
}

/**
 * Brings the order up to date, unless somebody points at the list: then rows keep their places and new ones wait.
 *
 * @param {State} state
 * @param {boolean} [anyway]
 * @returns {State}
 */
function arranged(state, anyway = false) {
  const trimmed = state.rows.size > MOST_ROWS ? trim(state) : state;
  if (trimmed.held && !anyway) {
    const order = trimmed.order.filter((id) => trimmed.rows.has(id));
    return order.length === trimmed.order.length ? trimmed : { ...trimmed, order };
  }
  const order = sorted(trimmed);
  const same = order.length === trimmed.order.length && order.every((id, index) => id === trimmed.order[index]);
  return same ? trimmed : { ...trimmed, order };
}

/** @param {State} state the oldest rows go; they can be loaded again */
function trim(state) {
  const rows = new Map(state.rows);
  for (const id of sorted(state).slice(MOST_ROWS)) {
    if (id !== state.selected && !state.outgoing.some((each) => each.conversation === id)) {
      rows.delete(id);
    }
  }
  return { ...state, rows };
}

/**
 * The rows that the list shows, in their order.
 *
 * @param {State} state
 * @returns {Row[]}
 */
export function shownRows(state) {
  const rows = [];
  for (const id of state.order) {
    const row = state.rows.get(id);
    if (row && shown(state, row)) {
      rows.push(row);
    }
  }
  return rows;
}

/** @param {State} state @param {Row} row */
function shown(state, row) {
  switch (state.filter) {
    case 'mine': return row.open && isMine(state, row);
    case 'closed': return !row.open;
    default: return row.open || row.id === state.selected;
  }
}

/**
 * How many conversations would move up if nobody pointed at the list.
 *
 * @param {State} state
 */
export function waiting(state) {
  if (!state.held) {
    return 0;
  }
  const visible = (/** @type {string} */ id) => {
    const row = state.rows.get(id);
    return row !== undefined && shown(state, row);
  };
  const now = state.order.filter(visible);
  const place = new Map(now.map((id, index) => [id, index]));
  let count = 0;
  let highest = now.length;
  // from the bottom of the new order: whoever stood below somebody that comes after it has moved up
  for (const id of sorted(state).filter(visible).reverse()) {
    const was = place.get(id) ?? now.length;
    count += was > highest || !place.has(id) ? 1 : 0;
    highest = Math.min(highest, was);
  }
  return count;
}

/** @param {State} state @param {Row} row */
export function isMine(state, row) {
  return row.claim !== null && state.me !== null && row.claim.agent.id === state.me.id;
}

/** @param {State} state */
export function unreadTotal(state) {
  let total = 0;
  for (const row of state.rows.values()) {
    total += row.open ? row.unread : 0;
  }
  return total;
}

/** @param {State} state @param {string} id */
function seen(state, id) {
  const row = state.rows.get(id);
  if (!row || (row.unread === 0 && (state.seen[id] ?? 0) >= row.contentPosition)) {
    return state;
  }
  const rows = new Map(state.rows).set(id, { ...row, unread: 0 });
  return { ...state, rows, seen: { ...state.seen, [id]: row.contentPosition } };
}

// ---- the stream

/**
 * What happened, in order. What was known already changes nothing, so a stream may repeat itself.
 *
 * @param {State} state
 * @param {StreamEvent[]} list
 * @param {boolean} watching the agent looks at the selected conversation
 */
function events(state, list, watching) {
  const rows = new Map(state.rows);
  const threads = new Map(state.threads);
  for (const { data: each } of list) {
    const id = each.conversationId;
    if (!id) {
      continue; // about an account, not about a customer
    }
    const row = rows.get(id) ?? rowFrom(each);
    if (each.position > row.lastPosition) {
      rows.set(id, moved(row, each, watching && id === state.selected));
    }
    const thread = threads.get(id);
    if (thread) {
      threads.set(id, { ...thread, items: added(thread.items, [each]) });
    }
  }
  return arranged({ ...state, rows, threads });
}

/** @param {Interaction} each @returns {Row} */
function rowFrom(each) {
  return {
    id: String(each.conversationId), name: (each.direction === 'inbound' && each.actor.name) || each.address,
    channel: each.channel, account: each.account, line: each.line, address: each.address, open: true,
    lastAt: each.receivedAt, lastPosition: 0, contentPosition: 0, text: '', from: '', claim: null, unread: 0, partial: true,
  };
}

/** @param {Row} row @param {Interaction} each @param {boolean} watched @returns {Row} */
function moved(row, each, watched) {
  const next = { ...row, lastPosition: each.position };
  const first = each.parts[0];
  if (first.type === 'changed') {
    return changed(next, first);
  }
  if (first.type === 'handover') {
    return { ...next, claim: first.to?.kind === 'agent' && first.to.id ? { agent: agentOf(first.to) } : null };
  }
  if (!isContent(each)) {
    return next;
  }
  next.text = each.fallbackText;
  next.from = from(each);
  next.lastAt = each.receivedAt;
  next.contentPosition = each.position;
  if (each.direction === 'inbound') {
    next.unread = watched ? 0 : row.unread + 1;
  }
  return next;
}

/** @param {Row} row @param {Part} part @returns {Row} */
function changed(row, part) {
  const details = part.details ?? {};
  switch (part.what) {
    case 'claimed': return { ...row, claim: details.agent ? { agent: agentOf({ id: details.agent, name: details.name }) } : row.claim };
    case 'released': return { ...row, claim: null };
    case 'closed': return { ...row, open: false };
    default: return row;
  }
}

/** @param {{id: string, name?: string}} actor @returns {Agent} */
function agentOf(actor) {
  return actor.name ? { id: actor.id, name: actor.name } : { id: actor.id };
}

/** @param {Interaction} interaction */
export function isContent(interaction) {
  return !ABOUT.has(interaction.parts[0].type);
}

/** @param {Interaction} interaction */
export function isNote(interaction) {
  return interaction.parts[0].type === 'note';
}

// ---- one conversation

/** @returns {Thread} */
function emptyThread() {
  return { items: [], previous: null, loading: false, failed: null, freshFrom: null };
}

/** @param {State} state @param {string | null} id */
function select(state, id) {
  if (id === null) {
    return { ...state, selected: null };
  }
  const threads = new Map(state.threads);
  const thread = threads.get(id) ?? emptyThread();
  threads.delete(id);
  threads.set(id, thread); // the last one is the one used last
  for (const oldest of [...threads.keys()].slice(0, Math.max(0, threads.size - MOST_THREADS))) {
    threads.delete(oldest);
  }
  return { ...state, selected: id, threads };
}

/** @param {State} state @param {string} id @param {(thread: Thread) => Thread} change */
function withThread(state, id, change) {
  const thread = state.threads.get(id);
  return thread ? { ...state, threads: new Map(state.threads).set(id, change(thread)) } : state;
}

/** @param {State} state @param {string} id @param {any} answer @param {boolean} earlier */
function page(state, id, answer, earlier) {
  return withThread(state, id, (thread) => ({
    ...thread,
    loading: false,
    failed: null,
    items: added(thread.items, answer.items.map((/** @type {StreamEvent} */ each) => each.data)),
    previous: earlier || thread.items.length === 0 || thread.previous === null ? answer.previous ?? null : thread.previous,
  }));
}

/** In order of position, each once. @param {Interaction[]} items @param {Interaction[]} more */
function added(items, more) {
  const last = items.length > 0 ? items[items.length - 1].position : 0;
  if (more.length === 1 && more[0].position > last) {
    return [...items, more[0]];
  }
  const byPosition = new Map(items.map((each) => [each.position, each]));
  const size = byPosition.size;
  for (const each of more) {
    if (!byPosition.has(each.position)) {
      byPosition.set(each.position, each);
    }
  }
  return byPosition.size === size ? items : [...byPosition.values()].sort((one, other) => one.position - other.position);
}

/** The position of the newest thing that the thread shows. @param {Thread | undefined} thread */
export function newestPosition(thread) {
  return thread && thread.items.length > 0 ? thread.items[thread.items.length - 1].position : 0;
}

/**
 * What to expect when a message leaves that was written with everything up to `expected` in sight: what came after it from
 * this agent alone is no news to its author.
 *
 * @param {State} state
 * @param {Outgoing} entry
 */
export function expectedPosition(state, entry) {
  let position = entry.expected;
  for (const each of state.threads.get(entry.conversation)?.items ?? []) {
    if (each.position <= position) {
      continue;
    }
    const own = each.actor.kind === 'agent' && (state.me === null || each.actor.id === state.me.id);
    if (!own && isContent(each)) {
      break;
    }
    position = each.position;
  }
  return position;
}
