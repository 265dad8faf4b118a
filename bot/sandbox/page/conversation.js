/**
 * The open chat: its messages by day and sender, the unread line, and where the eye is (kept at
 * the end while it is there).
 */

import { createMessage } from "./bubbles.js";
import { avatar, calm, el, icon, sync } from "./dom.js";
import { act } from "./feed.js";
import { effect } from "./festivity.js";
import { createHeader } from "./header.js";
import { history, isPrivate, on, openChat, state } from "./state.js";
import { t } from "./strings.js";
import { dayNumber, dayTitle } from "./times.js";

const AT_ONCE = 100;
const GROUPED_WITHIN = 600;
const NEAR_END = 60;

const view = {
  place: "",
  shown: AT_ONCE,
  nodes: new Map(),
  days: new Map(),
  unreadFrom: null,
  top: 0,
  atEnd: true,
  reading: false,
};
const parts = {};

/** Fill the main column (the composer comes from outside) and keep it. */
export function startConversation(root, composer) {
  parts.list = el("div", { class: "messages" });
  parts.log = el(
    "div",
    { class: "log", role: "log", tabindex: "0", "aria-live": "polite" },
    parts.list,
  );
  parts.badge = el("span", { class: "badge", hidden: true });
  parts.jump = el(
    "button",
    { type: "button", class: "jump", testid: "jump", onclick: toEnd },
    icon("down"),
    parts.badge,
  );
  parts.unreadLine = el("div", { class: "unread-line" }, el("span"));
  parts.earlier = el("button", { type: "button", class: "button earlier", onclick: showEarlier });
  parts.nothing = el("div", { class: "nothing" });
  root.append(
    createHeader(),
    el("div", { class: "log-box" }, parts.log, parts.jump, parts.nothing),
    composer,
  );
  parts.log.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(() => view.atEnd && toEnd()).observe(parts.list);
  new ResizeObserver(() => view.atEnd && toEnd()).observe(parts.log);
  document.addEventListener("visibilitychange", markRead);
  listen();
  draw();
}

function listen() {
  on("open", enter);
  on("message", ({ message, fresh }) => message.chat_id === state.open && changed(message, fresh));
  on("removed", ({ chatId }) => chatId === state.open && draw());
  on("clock", () => state.open !== null && draw());
  on("chats", (chat) => chat.id === state.open && (drawJump(), view.atEnd && markRead()));
  on("reveal", reveal);
}

function enter() {
  const chat = openChat();
  const place = `${state.seat?.id}:${state.open}`;
  // The same place again is a new snapshot after a lost line: the eye stays where it was.
  if (view.place === place) return refresh();
  view.place = place;
  Object.assign(view, {
    shown: AT_ONCE,
    nodes: new Map(),
    days: new Map(),
    unreadFrom: null,
    top: 0,
    atEnd: true,
  });
  parts.log.setAttribute("aria-busy", "true");
  parts.log.setAttribute(
    "aria-label",
    chat ? `${t("conversation")}: ${chat.title}` : t("conversation"),
  );
  parts.jump.setAttribute("aria-label", t("jump"));
  parts.jump.title = t("jump");
  parts.list.replaceChildren();
  if (chat?.unread) view.unreadFrom = firstUnread(chat);
  draw();
  if (view.unreadFrom) {
    view.atEnd = false;
    parts.unreadLine.scrollIntoView({ block: "start" });
  } else toEnd();
  look();
  markRead();
  setTimeout(() => parts.log.removeAttribute("aria-busy"), 300);
}

function refresh() {
  const top = parts.log.scrollTop;
  draw();
  if (view.atEnd) toEnd();
  else parts.log.scrollTop = top;
  markRead();
}

function firstUnread(chat) {
  const incoming = history(chat.id).filter((message) => !message.outgoing && !message.service);
  return incoming.at(-chat.unread)?.message_id ?? incoming[0]?.message_id ?? null;
}

function changed(message, fresh) {
  if (fresh && message.outgoing) Object.assign(view, { atEnd: true, unreadFrom: null });
  draw();
  if (view.atEnd) toEnd();
  if (!fresh) return;
  const node = view.nodes.get(message.message_id)?.node;
  if (!node) return;
  node.classList.add("fresh");
  if (message.effect) effect(message.effect, node);
}

function draw() {
  const chat = openChat();
  const all = chat ? history(chat.id) : [];
  if (!view.atEnd && view.shown < all.length && view.nodes.size)
    view.shown += Math.max(0, all.length - view.known);
  view.known = all.length;
  const shown = all.slice(-view.shown);
  const days = [];
  for (const [at, message] of shown.entries()) {
    const number = dayNumber(message.date);
    if (days.at(-1)?.number !== number) days.push({ number, date: message.date, nodes: [] });
    if (message.message_id === view.unreadFrom) days.at(-1).nodes.push(unreadLine());
    days.at(-1).nodes.push(drawMessage(message, shown[at - 1], shown[at + 1]));
  }
  forgetGone(shown);
  const earlier = all.length > shown.length ? [earlierButton()] : [];
  sync(parts.list, [...earlier, ...days.map(drawDay)]);
  drawNothing(chat, all);
  drawJump();
}

function drawMessage(message, before, after) {
  let known = view.nodes.get(message.message_id);
  if (known) known.update(message);
  else view.nodes.set(message.message_id, (known = createMessage(message)));
  known.node.classList.toggle(
    "first",
    !together(before, message) || message.message_id === view.unreadFrom,
  );
  known.node.classList.toggle(
    "last",
    !together(message, after) || after?.message_id === view.unreadFrom,
  );
  return known.node;
}

/** Whether two neighbours belong to one group of bubbles. */
function together(one, two) {
  if (!one || !two || one.service || two.service) return false;
  const sameSender = one.outgoing === two.outgoing && one.from?.id === two.from?.id;
  return (
    sameSender &&
    two.date - one.date < GROUPED_WITHIN &&
    dayNumber(one.date) === dayNumber(two.date)
  );
}

function drawDay({ number, date, nodes }) {
  if (!view.days.has(number)) {
    const title = el("h2", { class: "pill day-title" });
    view.days.set(number, { node: el("section", { class: "day" }), title });
  }
  const { node, title } = view.days.get(number);
  const words = dayTitle(date);
  if (title.textContent !== words) title.textContent = words;
  sync(node, [title, ...nodes]);
  return node;
}

function forgetGone(shown) {
  const ids = new Set(shown.map((message) => message.message_id));
  for (const id of view.nodes.keys()) if (!ids.has(id)) view.nodes.delete(id);
}

function unreadLine() {
  parts.unreadLine.firstChild.textContent = t("unreadLine");
  return parts.unreadLine;
}

function earlierButton() {
  parts.earlier.textContent = t("earlier");
  return parts.earlier;
}

function showEarlier() {
  const { log } = parts;
  const fromEnd = log.scrollHeight - log.scrollTop;
  view.shown += AT_ONCE;
  draw();
  log.scrollTop = log.scrollHeight - fromEnd;
  log.focus({ preventScroll: true });
}

function drawNothing(chat, all) {
  parts.nothing.hidden = Boolean(chat) && all.length > 0;
  if (!chat)
    return parts.nothing.replaceChildren(
      el("p", { class: "pill", text: state.seat ? t("chooseChat") : t("connecting") }),
    );
  if (all.length) return parts.nothing.replaceChildren();
  if (!isPrivate(chat))
    return parts.nothing.replaceChildren(el("p", { class: "pill", text: t("noMessages") }));
  return parts.nothing.replaceChildren(
    el(
      "div",
      { class: "welcome" },
      avatar(chat, "huge"),
      el("h2", { text: t("welcome") }),
      el("p", { text: t("welcomeText") }),
    ),
  );
}

function drawJump() {
  const unread = openChat()?.unread ?? 0;
  parts.jump.hidden = view.atEnd;
  parts.badge.hidden = !unread;
  parts.badge.textContent = unread;
}

/** Where the eye is. Only scrolling up leaves the end: growing messages or a keyboard do not. */
function look() {
  const { log } = parts;
  const near = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  const up = log.scrollTop < view.top - 1;
  const atEnd = near || (view.atEnd && !up);
  view.top = log.scrollTop;
  if (atEnd === view.atEnd) return;
  view.atEnd = atEnd;
  drawJump();
  if (atEnd) markRead();
}

function toEnd() {
  parts.log.scrollTop = parts.log.scrollHeight;
  look();
}

async function markRead() {
  const chat = openChat();
  if (!chat?.unread || view.reading || document.hidden || !state.connected) return;
  view.reading = true;
  await act("read", { chat_id: chat.id }).catch(() => null);
  view.reading = false;
}

/** Bring a message into the middle and let it glow for a moment. */
function reveal(messageId) {
  if (!view.nodes.has(messageId)) {
    view.shown = Infinity;
    draw();
  }
  const node = view.nodes.get(messageId)?.node;
  node?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  node?.classList.remove("glow");
  requestAnimationFrame(() => node?.classList.add("glow"));
}
