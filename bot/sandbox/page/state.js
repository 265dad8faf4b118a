/**
 * What the page knows: one person's view of the sandbox. Changed by feed.js and place.js only;
 * everybody may listen.
 */

export const state = {
  connected: false,
  seat: null,
  seats: [],
  bot: null,
  chats: new Map(),
  messages: new Map(),
  commands: [],
  clock: { now: 0, at: 0 },
  blocked: false,
  /** Id of the open chat, or null. */
  open: null,
  /** `t.me/<bot>?start=` payload that waits for the START button, or null. */
  payload: null,
};

/** What the person has opened (spoilers, quotes, explanations); outlives redrawing of a message. */
export const opened = new Set();

const listeners = new Map();

/** Call `listener(detail)` whenever `name` happens. */
export function on(name, listener) {
  if (!listeners.has(name)) listeners.set(name, []);
  listeners.get(name).push(listener);
}

/** Tell everybody that `name` happened. */
export function emit(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

/** The sandbox's time in unix seconds, ticking between the server's words. */
export function now() {
  return state.clock.now + (performance.now() - state.clock.at) / 1000;
}

/** Messages of a chat, oldest first. */
export function history(chatId) {
  return [...(state.messages.get(chatId)?.values() ?? [])].sort(
    (a, b) => a.message_id - b.message_id,
  );
}

/**
 * Chats as the list shows them: the newest word first, but one that waits for its first word on
 * top.
 */
export function chatsInOrder() {
  return [...state.chats.values()].sort(
    (a, b) => (b.last?.date ?? Number.MAX_SAFE_INTEGER) - (a.last?.date ?? Number.MAX_SAFE_INTEGER),
  );
}

/** The open chat, or undefined. */
export const openChat = () => state.chats.get(state.open);

/** Whether a chat is this person's own talk with the bot. */
export const isPrivate = (chat) => chat?.type === "private";

/** Whether a chat is a group of either kind. */
export const isGroup = (chat) => chat?.type === "group" || chat?.type === "supergroup";
