/**
 * The foot of the conversation: the composer, or what stands in its place (Start, Unblock, read
 * only), and the reply keyboard.
 */

import { createCommandMenu } from "./commandmenu.js";
import { el, icon, iconButton, setVars, sync } from "./dom.js";
import { setBlocked } from "./header.js";
import { askWhere } from "./picker.js";
import { history, isPrivate, on, openChat, state } from "./state.js";
import { t } from "./strings.js";
import { command, say } from "./taps.js";

const TALLEST = 180;

const drafts = new Map();
const view = { chat: null, keyboardHidden: new Set() };

/** @returns {HTMLElement} the footer, which keeps itself up to date */
export function createComposer() {
  const root = el("footer", { class: "foot" });
  const parts = build();
  for (const name of [
    "open",
    "chats",
    "blocked",
    "message",
    "removed",
    "commands",
    "payload",
    "connection",
  ]) {
    on(name, () => draw(root, parts));
  }
  on("open", () => swapDraft(parts));
  new ResizeObserver(() => setVars(document.body, { foot: `${root.offsetHeight}px` })).observe(
    root,
  );
  return root;
}

function build() {
  const input = el("textarea", {
    class: "composer-input",
    testid: "composer",
    rows: "1",
    dir: "auto",
    autocomplete: "off",
  });
  const parts = { input };
  parts.commands = createCommandMenu(input, { send: command, changed: () => grow(parts) });
  parts.toggle = iconButton("keyboard", "", {
    class: "keyboard-toggle",
    onclick: () => toggleKeyboard(parts),
  });
  parts.send = iconButton("send", "", {
    class: "send",
    testid: "send",
    onclick: () => send(parts),
  });
  parts.keyboard = el("div", { class: "reply-keyboard", role: "group" });
  parts.row = el(
    "div",
    { class: "composer-row" },
    parts.commands.button,
    input,
    parts.toggle,
    parts.send,
  );
  parts.box = el("div", { class: "composer" }, parts.commands.list, parts.row, parts.keyboard);
  input.addEventListener("input", () => grow(parts));
  input.addEventListener("keydown", (event) => {
    // While an input method composes, Enter chooses a character.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented)
      return;
    event.preventDefault();
    send(parts);
  });
  return parts;
}

function grow({ input, send: button }) {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, TALLEST)}px`;
  button.disabled = !input.value.trim();
}

async function send(parts) {
  const text = parts.input.value.trim();
  const chatId = state.open;
  if (!text || chatId === null) return;
  parts.input.value = "";
  parts.commands.close();
  grow(parts);
  parts.input.focus();
  if (await say(text, chatId)) return;
  if (state.open === chatId && !parts.input.value) parts.input.value = text;
  grow(parts);
}

function swapDraft(parts) {
  const chatId = state.open;
  if (view.chat === chatId) return;
  drafts.set(view.chat, parts.input.value);
  view.chat = chatId;
  parts.input.value = drafts.get(chatId) ?? "";
  parts.commands.close();
  grow(parts);
  // A touch screen would raise its keyboard over the conversation.
  const free =
    document.activeElement === document.body || document.activeElement?.closest(".chats");
  if (
    matchMedia("(pointer: fine)").matches &&
    free &&
    !document.activeElement?.matches(":focus-visible")
  )
    parts.input.focus();
}

function draw(root, parts) {
  const chat = openChat();
  root.hidden = !chat;
  if (!chat) return;
  const instead = insteadOfComposer(chat);
  root.classList.toggle("replaced", Boolean(instead));
  if (instead)
    return instead.key === root.firstChild?.dataset.key
      ? undefined
      : root.replaceChildren(instead.make());
  parts.input.placeholder = t(chat.type === "channel" ? "broadcast" : "message");
  parts.input.setAttribute("aria-label", parts.input.placeholder);
  for (const [node, key] of [[parts.send, "send"]]) label(node, t(key));
  parts.commands.draw(chat);
  drawKeyboard(parts, chat);
  sync(root, [parts.box]);
  grow(parts);
}

function label(node, text) {
  node.setAttribute("aria-label", text);
  node.title = text;
}

/**
 * A blocked bot, an empty chat with it, a start link, or a channel of somebody else leave nothing
 * to write in.
 */
function insteadOfComposer(chat) {
  const lang = document.documentElement.lang;
  if (isPrivate(chat) && state.blocked)
    return wide("unblock", lang, () => setBlocked(false), "unblock");
  const empty = !state.messages.get(chat.id)?.size;
  if (isPrivate(chat) && (empty || state.payload !== null))
    return wide("start", lang, start, "start-button");
  if (chat.can_write) return null;
  return {
    key: `readOnly${lang}`,
    make: () => el("p", { class: "read-only", "data-key": `readOnly${lang}`, text: t("readOnly") }),
  };
}

function wide(key, lang, press, testid) {
  const make = () =>
    el("button", {
      type: "button",
      class: "wide",
      testid,
      "data-key": key + lang,
      onclick: press,
      text: t(key),
    });
  return { key: key + lang, make };
}

async function start() {
  const text = state.payload ? `/start ${state.payload}` : "/start";
  state.payload = null;
  await say(text);
}

/** The keyboard of the last message that set or removed one. */
function keyboardOf(chat) {
  const last = history(chat.id).findLast((message) => message.keyboard);
  return Array.isArray(last?.keyboard) ? last.keyboard : null;
}

function drawKeyboard(parts, chat) {
  const rows = keyboardOf(chat);
  const hidden = view.keyboardHidden.has(chat.id);
  parts.toggle.hidden = !rows;
  label(parts.toggle, t(hidden ? "showKeyboard" : "hideKeyboard"));
  parts.toggle.setAttribute("aria-expanded", String(!hidden));
  parts.keyboard.hidden = !rows || hidden;
  const drawn = JSON.stringify(rows);
  if (parts.keyboard.dataset.drawn === drawn) return;
  parts.keyboard.dataset.drawn = drawn;
  parts.keyboard.replaceChildren(
    ...(rows ?? []).map((row) => el("div", { class: "reply-row" }, ...row.map(replyButton))),
  );
}

function replyButton(button) {
  const press = () => (button.request_location ? askWhere(state.open) : say(button.text));
  return el(
    "button",
    { type: "button", class: "reply-button", testid: "reply-button", onclick: press },
    el("span", { dir: "auto", text: button.text }),
  );
}

function toggleKeyboard(parts) {
  const { open, keyboardHidden } = { open: state.open, keyboardHidden: view.keyboardHidden };
  if (!keyboardHidden.delete(open)) keyboardHidden.add(open);
  drawKeyboard(parts, openChat());
}
