/**
 * Where the person is: seat and chat, kept in the address (#seat=1001&chat=1001) so that any place
 * can be opened directly.
 */

import { narrow } from "./dom.js";
import { listenAs } from "./feed.js";
import { chatsInOrder, emit, isGroup, isPrivate, on, state } from "./state.js";

const FIRST_SEAT = 1001;

let seatId = FIRST_SEAT;
let wanted = null;
let wantedTitle = null;

function readAddress() {
  const place = new URLSearchParams(location.hash.slice(1));
  return { seat: Number(place.get("seat")) || FIRST_SEAT, chat: Number(place.get("chat")) || null };
}

function writeAddress(replace) {
  const hash = `#seat=${seatId}${state.open === null ? "" : `&chat=${state.open}`}`;
  if (hash === location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", hash);
}

/** Follow the address: at the start, and when it is changed by hand or by the back button. */
export function followAddress() {
  const place = readAddress();
  wanted = place.chat;
  if (place.seat !== seatId || !state.seat)
    return takeSeat(place.seat, { keepAddress: true, chat: place.chat });
  if (place.chat !== state.open) show(place.chat);
}

/** Be somebody else: the private chat changes with the person, shared chats stay open. */
export function takeSeat(id, { keepAddress = false, chat = undefined } = {}) {
  const open = state.open;
  wanted =
    chat !== undefined
      ? chat
      : open !== null && open < 0
        ? open
        : narrow() && open === null
          ? null
          : id;
  seatId = id;
  state.payload = null;
  if (!keepAddress) {
    state.open = wanted;
    writeAddress(false);
  }
  listenAs(id);
}

/** Open a chat (null: back to the list). */
export function openChatById(id, { replace = false } = {}) {
  if (id !== state.open) state.payload = null;
  show(id);
  writeAddress(replace);
}

function show(id) {
  state.open = state.chats.has(id) ? id : null;
  wanted = state.open;
  wantedTitle = state.chats.get(wanted)?.title ?? null;
  document.body.dataset.view = state.open === null ? "list" : "chat";
  emit("open");
}

/** Go `step` chats down (or up, when negative) the list. */
export function stepChat(step) {
  const chats = chatsInOrder();
  if (!chats.length) return;
  const at = chats.findIndex((chat) => chat.id === state.open);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), chats.length - 1);
  openChatById(chats[next].id, { replace: true });
}

on("snapshot", () => {
  if (state.seat.id !== seatId) seatId = state.seat.id;
  const fallback = narrow() ? null : seatId;
  show(state.chats.has(wanted) ? wanted : (successor() ?? fallback));
  writeAddress(true);
});

/** The supergroup that a group has become: another id, the same title. */
function successor() {
  if (wanted === null || wanted > 0) return undefined;
  return [...state.chats.values()].find((chat) => chat.title === wantedTitle)?.id;
}

/**
 * Open what a t.me or tg:// address of our own bot means inside the sandbox.
 * @returns {boolean} false when the address leads elsewhere
 */
export function openOwnAddress(address) {
  const place = parseOwnAddress(address);
  if (!place) return false;
  if (place.group) {
    openChatById([...state.chats.values()].find(isGroup)?.id ?? state.open);
    return true;
  }
  openChatById([...state.chats.values()].find(isPrivate)?.id ?? null);
  state.payload = place.payload;
  emit("payload");
  return true;
}

function parseOwnAddress(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const shared = ["t.me", "telegram.me", "www.t.me"].includes(url.hostname);
  const domain =
    url.protocol === "tg:" ? url.searchParams.get("domain") : shared && url.pathname.slice(1);
  if (!domain || domain.toLowerCase() !== state.bot?.username.toLowerCase()) return null;
  return { group: url.searchParams.has("startgroup"), payload: url.searchParams.get("start") };
}
