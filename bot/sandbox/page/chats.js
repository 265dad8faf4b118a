/** The list of chats: avatar, name, last word, time, unread badge. */

import { avatar, el, icon, sync } from "./dom.js";
import { openChatById } from "./place.js";
import { chatsInOrder, on, state } from "./state.js";
import { t } from "./strings.js";
import { isoMoment, listMoment } from "./times.js";
import { typingIn } from "./typing.js";

const rows = new Map();

/** Fill the column and keep it. */
export function startChats(root) {
  const title = el("h2", { class: "chats-title" });
  const person = el("span", { class: "chats-person", dir: "auto" });
  const list = el("ul", { class: "chat-list" });
  root.append(el("div", { class: "chats-head" }, title, person), list);
  const draw = () => {
    root.setAttribute("aria-label", t("chats"));
    title.textContent = t(state.connected ? "chats" : "connecting");
    title.classList.toggle("busy", !state.connected);
    person.textContent = state.seat?.name ?? "";
    sync(list, chatsInOrder().map(drawRow));
    drawTitle();
  };
  for (const name of ["snapshot", "chats", "open", "clock", "typing-changed", "connection"])
    on(name, draw);
  draw();
}

function drawTitle() {
  const unread = [...state.chats.values()].reduce((sum, chat) => sum + chat.unread, 0);
  document.title = `${unread ? `(${unread}) ` : ""}dailygrad`;
}

function drawRow(chat) {
  const here = chat.id === state.open;
  const typing = typingIn(chat.id);
  const moment = chat.last ? listMoment(chat.last.date) : "";
  const fingerprint = JSON.stringify([chat, here, typing, moment, document.documentElement.lang]);
  const known = rows.get(chat.id);
  if (known?.fingerprint === fingerprint) return known.node;
  const node = known?.node ?? el("li", { class: "chat-row" });
  const focused = node.contains(document.activeElement);
  node.replaceChildren(chatButton(chat, { here, typing, moment }));
  if (focused) node.firstChild.focus();
  rows.set(chat.id, { node, fingerprint });
  return node;
}

function chatButton(chat, { here, typing, moment }) {
  const last = typing ? `${typing}…` : chat.last?.text || t("noMessages");
  return el(
    "button",
    {
      type: "button",
      class: `chat ${here ? "here" : ""}`,
      testid: `chat-${chat.id}`,
      "aria-current": here ? "true" : null,
      onclick: () => openChatById(chat.id),
    },
    avatar(chat, "large"),
    el(
      "span",
      { class: "chat-words" },
      el("span", { class: "chat-line" }, chatTitle(chat), chat.last && chatTime(chat, moment)),
      el(
        "span",
        { class: "chat-line" },
        el("span", { class: `chat-last ${typing ? "typing" : ""}`, dir: "auto", text: last }),
        chat.unread > 0 && unreadBadge(chat.unread),
      ),
    ),
  );
}

const chatTime = (chat, moment) =>
  el("time", { class: "chat-time", datetime: isoMoment(chat.last.date), text: moment });

/** A chat's name, with the badge of a verified one. */
export function chatTitle(chat) {
  const name = el("span", { class: "chat-title-text", dir: "auto", text: chat.title });
  if (!chat.verified) return el("span", { class: "chat-title" }, name);
  return el("span", { class: "chat-title" }, name, icon("verified"), hidden(t("verified")));
}

const hidden = (text) => el("span", { class: "visually-hidden", text });

function unreadBadge(count) {
  return el(
    "span",
    { class: "badge" },
    el("span", { "aria-hidden": "true", text: count > 999 ? "999+" : count }),
    hidden(t("unread", { n: count })),
  );
}
