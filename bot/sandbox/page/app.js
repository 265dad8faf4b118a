/** Puts the page together and listens to the keys that work everywhere. */

import { startChats } from "./chats.js";
import { startClock } from "./clock.js";
import { createComposer } from "./composer.js";
import { startConversation } from "./conversation.js";
import { narrow } from "./dom.js";
import { followAddress, openChatById, stepChat } from "./place.js";
import { startSeats } from "./seats.js";
import { on, state } from "./state.js";
import { setLanguage } from "./strings.js";
import { startTyping } from "./typing.js";

const byId = (id) => document.getElementById(id);

/** Keys with a modifier, in a dialog or in a field belong to somebody else. */
function keys(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    stepChat(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape" && state.open !== null && narrow()) {
    openChatById(null);
  } else if (isLetter(event) && document.activeElement === document.body) {
    document.querySelector("[data-testid=composer]")?.focus();
  }
}

const isLetter = (event) =>
  event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;

/** On a phone the focus follows the column: into the chat, and back to its row. */
function followFocus() {
  let before;
  on("open", () => {
    const lost =
      document.activeElement === document.body || !document.activeElement?.checkVisibility?.();
    if (narrow() && lost && state.open === null && before) {
      document.querySelector(`[data-testid="chat-${before}"]`)?.focus();
    } else if (narrow() && lost && state.open !== null && before !== undefined) {
      document.querySelector("[data-testid=back]")?.focus();
    }
    before = state.open;
  });
}

setLanguage(navigator.language);
startTyping();
startClock(byId("clock"));
startSeats(byId("seats"));
startChats(byId("chats"));
startConversation(byId("conversation"), createComposer());
followFocus();
on("connection", (connected) => document.body.classList.toggle("offline", !connected));
addEventListener("keydown", keys);
addEventListener("popstate", followAddress);
document.body.classList.add("offline");
followAddress();
