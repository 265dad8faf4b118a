/** What hangs on a bubble besides its own words: the message it answers, and reactions. */

import { colourOf, el, setVars } from "./dom.js";
import { act } from "./feed.js";
import { complain } from "./notices.js";
import { emit, state } from "./state.js";
import { t } from "./strings.js";

/** The answered message in two lines, a press goes there; null when there is none to show. */
export function replyLine(message) {
  const origin = message.reply_to && state.messages.get(message.chat_id)?.get(message.reply_to);
  if (!origin) return null;
  const name = origin.outgoing
    ? t("you")
    : (origin.from?.name ?? state.chats.get(message.chat_id)?.title ?? "");
  const node = el(
    "button",
    { type: "button", class: "reply", onclick: () => emit("reveal", origin.message_id) },
    el("span", { class: "reply-name", dir: "auto", text: name }),
    el("span", { class: "reply-words", dir: "auto", text: gist(origin) }),
  );
  setVars(node, { avatar: colourOf(origin.from) });
  return node;
}

function gist(message) {
  if (message.text) return message.text.split("\n").find((line) => line.trim()) ?? "";
  if (message.poll) return message.poll.question;
  return message.photo ? t("photo") : t("location");
}

/** Emoji with their counts; a press adds one's own or takes it back. */
export function reactionRow(message) {
  if (!message.reactions?.length) return null;
  return el(
    "div",
    { class: "reactions" },
    ...message.reactions.map((reaction) => reactionChip(message, reaction)),
  );
}

function reactionChip({ chat_id, message_id }, { emoji, count, mine }) {
  const press = () =>
    act("react", { chat_id, message_id, emoji: mine ? "" : emoji }).catch(complain);
  return el(
    "button",
    {
      type: "button",
      class: "reaction",
      testid: "reaction",
      "aria-pressed": String(mine),
      onclick: press,
    },
    el("span", { text: emoji }),
    el("span", { class: "reaction-count", text: count }),
  );
}
