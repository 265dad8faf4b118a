/**
 * Who is typing where; a word about it lasts five seconds, or until that somebody's message comes.
 */

import { emit, isGroup, on, state } from "./state.js";
import { t } from "./strings.js";

const LASTS = 5_500;

const typing = new Map();

/** "typing" in a private chat, "Dora is typing" in a group, or "" when nobody is. */
export function typingIn(chatId) {
  const name = typing.get(chatId)?.name;
  if (!name) return "";
  return isGroup(state.chats.get(chatId)) ? t("isTyping", { name }) : t("typing");
}

function stop(chatId) {
  if (!typing.has(chatId)) return;
  clearTimeout(typing.get(chatId).timer);
  typing.delete(chatId);
  emit("typing-changed", chatId);
}

/** Listen to the feed. */
export function startTyping() {
  on("typing", ({ chatId, name }) => {
    clearTimeout(typing.get(chatId)?.timer);
    typing.set(chatId, { name: name || " ", timer: setTimeout(() => stop(chatId), LASTS) });
    emit("typing-changed", chatId);
  });
  on("message", ({ message, fresh }) => {
    if (fresh && !message.outgoing) stop(message.chat_id);
  });
  on("snapshot", () => [...typing.keys()].forEach(stop));
}
