/**
 * The inline keyboard under a bubble. A callback button spins until the bot answers; an address
 * shows an arrow.
 */

import { el, icon } from "./dom.js";
import { anchor, safeAddress } from "./entities.js";
import { act } from "./feed.js";
import { alertBox, complain, toast } from "./notices.js";
import { openOwnAddress } from "./place.js";
import { t } from "./strings.js";
import { taps } from "./taps.js";

/** Buttons that wait for an answer, so that an edited message goes on spinning. */
const waiting = new Set();

/** @returns {HTMLElement|null} the keyboard of a message, if it has one */
export function inlineKeyboard(message) {
  if (!message.buttons?.length) return null;
  const rows = message.buttons.map((row) =>
    el("div", { class: "inline-row" }, ...row.map((button) => inlineButton(message, button))),
  );
  return el("div", { class: "inline-keyboard" }, ...rows);
}

function inlineButton(message, button) {
  const words = el("span", { class: "inline-words", dir: "auto", text: button.text });
  if (button.kind === "url") {
    const address = safeAddress(button.value);
    if (address) return urlButton(address, words);
  }
  const key = `${message.chat_id}:${message.message_id}:${button.value}`;
  const node = el(
    "button",
    { type: "button", class: "inline-button", testid: "inline-button", "data-key": key },
    words,
  );
  node.setAttribute("aria-busy", String(waiting.has(key)));
  const does = { callback: () => press(message, button, key), copy: () => copy(button.value) }[
    button.kind
  ];
  if (does) node.addEventListener("click", does);
  else node.setAttribute("aria-disabled", "true");
  return node;
}

async function copy(text) {
  await navigator.clipboard?.writeText(text).catch(() => null);
  toast(t("copied"));
}

function urlButton(address, words) {
  const node = anchor(address, taps, words, icon("arrow"));
  node.className = "inline-button";
  node.dataset.testid = "inline-button";
  return node;
}

async function press(message, button, key) {
  if (waiting.has(key)) return;
  wait(key, true);
  try {
    const answer = await act("press", {
      chat_id: message.chat_id,
      message_id: message.message_id,
      value: button.value,
    });
    show(answer);
  } catch (error) {
    complain(error);
  } finally {
    wait(key, false);
  }
}

function wait(key, on) {
  if (on) waiting.add(key);
  else waiting.delete(key);
  const node = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  node?.setAttribute("aria-busy", String(on));
}

function show({ text, alert, url }) {
  if (url && !openOwnAddress(url) && safeAddress(url))
    open(safeAddress(url), "_blank", "noopener,noreferrer");
  if (!text) return;
  if (alert) alertBox(text);
  else toast(text);
}
