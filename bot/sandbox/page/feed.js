/**
 * The line to the sandbox: events in (with reconnection and a fresh snapshot each time), the
 * person's acts out.
 */

import { emit, state } from "./state.js";
import { setLanguage } from "./strings.js";

const SLOWEST_RETRY = 5_000;
const ANSWER_WITHIN = 20_000;

let source = null;
let retry = 0;
let timer = 0;

/** Listen as this person; a line to somebody else is closed first. */
export function listenAs(seatId) {
  clearTimeout(timer);
  source?.close();
  setConnected(false);
  source = new EventSource(`/page/api/events?seat=${encodeURIComponent(seatId)}`);
  for (const [name, apply] of Object.entries(EVENTS)) {
    source.addEventListener(name, (event) => apply(JSON.parse(event.data)));
  }
  source.addEventListener("error", () => retryLater(seatId));
}

/** The browser's own retrying gives up after an HTTP error, so the page keeps the rhythm itself. */
function retryLater(seatId) {
  source.close();
  setConnected(false);
  retry = Math.min(retry ? retry * 2 : 500, SLOWEST_RETRY);
  clearTimeout(timer);
  timer = setTimeout(() => listenAs(seatId), retry);
}

function setConnected(connected) {
  if (connected) retry = 0;
  if (state.connected === connected) return;
  state.connected = connected;
  emit("connection", connected);
}

const EVENTS = {
  snapshot(view) {
    state.seat = view.seat;
    state.seats = view.seats;
    state.bot = view.bot;
    state.chats = new Map(view.chats.map((chat) => [chat.id, chat]));
    state.messages = new Map();
    for (const [chatId, messages] of Object.entries(view.messages)) {
      state.messages.set(
        Number(chatId),
        new Map(messages.map((message) => [message.message_id, message])),
      );
    }
    state.commands = view.commands ?? [];
    state.blocked = Boolean(view.blocked);
    setClock(view.clock);
    setLanguage(view.seat.language);
    setConnected(true);
    emit("snapshot");
  },
  message(message) {
    if (!state.messages.has(message.chat_id)) state.messages.set(message.chat_id, new Map());
    const messages = state.messages.get(message.chat_id);
    const fresh = !messages.has(message.message_id);
    messages.set(message.message_id, message);
    emit("message", { message, fresh });
  },
  removed({ chat_id: chatId, message_id: messageId }) {
    state.messages.get(chatId)?.delete(messageId);
    emit("removed", { chatId, messageId });
  },
  chat(chat) {
    state.chats.set(chat.id, chat);
    emit("chats", chat);
  },
  typing({ chat_id: chatId, name }) {
    emit("typing", { chatId, name });
  },
  clock(clock) {
    setClock(clock);
    emit("clock");
  },
  commands(commands) {
    state.commands = commands;
    emit("commands");
  },
  blocked({ blocked }) {
    state.blocked = blocked;
    emit("blocked");
  },
};

function setClock(clock) {
  state.clock = { now: clock.now, at: performance.now() };
}

/**
 * Do something as the person of this seat.
 * @param {"send"|"location"|"press"|"vote"|"read"|"react"|"block"|"clock"} name
 * @param {object} body  without the seat
 * @returns {Promise<any>} the sandbox's answer
 * @throws {Refusal} with the sandbox's own sentence, or an empty one when it cannot be reached
 */
export async function act(name, body, { within = ANSWER_WITHIN } = {}) {
  const response = await fetch(`/page/api/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ seat: state.seat.id, ...body }),
    signal: within ? AbortSignal.timeout(within) : undefined,
  }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!response?.ok) throw new Refusal(answer?.error ?? "");
  return answer ?? {};
}

/** The sandbox said no. */
export class Refusal extends Error {}
