/** What happens when a command, a hashtag, a mention or a sandbox address in a text is pressed. */

import { act } from "./feed.js";
import { complain, toast } from "./notices.js";
import { openChatById, openOwnAddress } from "./place.js";
import { emit, history, isGroup, isPrivate, openChat, state } from "./state.js";

/**
 * Say something in the open chat; resolves to false when the sandbox refused, after telling the
 * person why.
 */
export async function say(text, chatId = state.open) {
  try {
    await act("send", { chat_id: chatId, text });
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

/** A command as Telegram sends it: addressed to the bot where others might listen. */
export function command(text) {
  const addressed =
    isGroup(openChat()) && !text.includes("@") ? `${text}@${state.bot.username}` : text;
  return say(addressed);
}

/** The message before the one shown last that carries the same hashtag; round and round. */
const lastFound = { tag: "", id: Infinity };

function hashtag(tag) {
  const same = history(state.open).filter((message) =>
    message.text?.toLowerCase().includes(tag.toLowerCase()),
  );
  if (!same.length) return;
  const before =
    lastFound.tag === tag
      ? same.filter((message) => message.message_id < lastFound.id)
      : same.slice(0, -1);
  const found = before.at(-1) ?? same.at(-1);
  Object.assign(lastFound, { tag, id: found.message_id });
  emit("reveal", found.message_id);
}

function mention(name) {
  if (name.toLowerCase() !== state.bot.username.toLowerCase()) return toast(`@${name}`);
  const own = [...state.chats.values()].find(isPrivate);
  if (own) openChatById(own.id);
}

export const taps = { command, hashtag, mention, own: openOwnAddress };
