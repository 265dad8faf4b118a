/** The top of the conversation: back, who it is, what they do, and a small menu. */

import { avatar, el, icon, iconButton } from "./dom.js";
import { chatTitle } from "./chats.js";
import { act } from "./feed.js";
import { complain, toast } from "./notices.js";
import { openChatById } from "./place.js";
import { isPrivate, on, openChat, state } from "./state.js";
import { t } from "./strings.js";
import { typingIn } from "./typing.js";

/** @returns {HTMLElement} the header, which keeps itself up to date */
export function createHeader() {
  const node = el("header", { class: "conversation-head" });
  const draw = () => drawHeader(node);
  for (const name of ["open", "chats", "blocked", "connection", "typing-changed"]) on(name, draw);
  draw();
  return node;
}

function drawHeader(node) {
  const chat = openChat();
  const focused = node.contains(document.activeElement)
    ? document.activeElement.dataset.testid
    : null;
  node.hidden = !chat;
  const drawn = JSON.stringify([
    chat && { ...chat, last: null, unread: 0 },
    state.blocked,
    state.connected,
    typingIn(state.open),
    document.documentElement.lang,
  ]);
  // An open menu must not vanish because somebody wrote a word.
  if (!chat || node.dataset.drawn === drawn) return;
  node.dataset.drawn = drawn;
  const back = iconButton("back", t("back"), {
    class: "back",
    testid: "back",
    onclick: () => openChatById(null),
  });
  node.replaceChildren(
    ...[
      back,
      avatar(chat, "medium"),
      el(
        "div",
        { class: "conversation-title" },
        el("h1", { class: "conversation-name" }, chatTitle(chat)),
        subtitle(chat),
      ),
      isPrivate(chat) && moreMenu(),
    ].filter(Boolean),
  );
  if (focused) node.querySelector(`[data-testid="${focused}"]`)?.focus();
}

function subtitle(chat) {
  const typing = typingIn(chat.id);
  if (!state.connected)
    return el("div", { class: "subtitle busy", role: "status", text: t("connecting") });
  if (typing)
    return el(
      "div",
      { class: "subtitle typing" },
      el("span", { dir: "auto", text: typing }),
      dots(),
    );
  return el("div", { class: "subtitle", dir: "auto", text: subtitleWords(chat) });
}

/** The sandbox counts in English; the page words the count. */
function subtitleWords(chat) {
  if (isPrivate(chat)) return t("bot");
  const [, n, who] = /^(\d+) (members?|subscribers?)$/.exec(chat.subtitle ?? "") ?? [];
  return n
    ? t(who.startsWith("m") ? "members" : "subscribers", { n: Number(n) })
    : (chat.subtitle ?? "");
}

const dots = () =>
  el("span", { class: "typing-dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));

function moreMenu() {
  const list = el("div", { class: "menu", role: "menu", hidden: true });
  const button = iconButton("dots", t("menu"), {
    testid: "chat-menu",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
  });
  const show = (open) => {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) list.querySelector("[role=menuitem]").focus();
  };
  list.append(blockItem());
  button.addEventListener("click", () => show(list.hidden));
  const box = el("div", { class: "menu-box" }, button, list);
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || show(false));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  return box;
}

function blockItem() {
  const key = state.blocked ? "unblock" : "block";
  return el(
    "button",
    {
      type: "button",
      class: "menu-item",
      role: "menuitem",
      testid: "block",
      onclick: () => setBlocked(!state.blocked),
    },
    icon("block"),
    el("span", { text: t(key) }),
  );
}

/** Block or unblock the bot, and say so. */
export async function setBlocked(blocked) {
  try {
    await act("block", { blocked });
    toast(t(blocked ? "blockedNow" : "unblockedNow"));
  } catch (error) {
    complain(error);
  }
}
