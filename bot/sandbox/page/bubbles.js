/**
 * One message as a bubble. Redrawing keeps the poll, the focus and whatever the person has opened.
 */

import { avatar, colourOf, el, icon, setVars, svg, sync } from "./dom.js";
import { inlineKeyboard } from "./buttons.js";
import { richText } from "./entities.js";
import { reactionRow, replyLine } from "./marks.js";
import { lightbox } from "./notices.js";
import { createPoll } from "./poll.js";
import { isGroup, state } from "./state.js";
import { t } from "./strings.js";
import { taps } from "./taps.js";
import { hourMinute, isoMoment } from "./times.js";

const FOCUSABLE = "button, a[href], [tabindex='0']";

/**
 * @param {object} message
 * @returns {{node: HTMLElement, update: (message: object) => void}}
 */
export function createMessage(message) {
  const view = {
    bubble: el("div", { class: "bubble" }),
    stack: el("div", { class: "stack" }),
    face: null,
    poll: null,
    drawn: "",
  };
  view.node = el("article", {
    class: "message",
    testid: "message",
    "data-message-id": message.message_id,
  });
  update(view, message);
  return { node: view.node, update: (changed) => update(view, changed) };
}

function update(view, message) {
  const drawn = JSON.stringify(message);
  if (drawn === view.drawn) return;
  view.drawn = drawn;
  view.message = message;
  keepFocus(view.node, () => (message.service ? drawService(view) : draw(view)));
}

function drawService({ node, message }) {
  node.className = "message service";
  node.replaceChildren(el("span", { class: "pill", dir: "auto", text: message.text }));
}

function draw(view) {
  const { node, bubble, message } = view;
  const chat = state.chats.get(message.chat_id);
  const named = isGroup(chat) && !message.outgoing;
  node.classList.add("message");
  node.classList.toggle("outgoing", message.outgoing);
  node.setAttribute("aria-label", spokenName(message, chat));
  bubble.className = `bubble ${contentClass(message)}`;
  sync(bubble, contents(view, named));
  if (named) view.face ??= avatar(message.from ?? chat, "small");
  const keyboard = inlineKeyboard(message);
  sync(view.stack, keyboard ? [bubble, keyboard] : [bubble]);
  sync(node, view.face ? [view.face, view.stack] : [view.stack]);
}

function spokenName(message, chat) {
  const name = message.outgoing ? t("you") : (message.from?.name ?? chat?.title ?? "");
  return `${name}, ${hourMinute(message.date)}`;
}

function contentClass(message) {
  const parts = [
    message.photo && "with-photo",
    message.location && "with-location",
    message.poll && "with-poll",
    message.buttons?.length && "with-buttons",
    !message.text && (message.photo || message.location) && "bare",
    onlyEmoji(message) && "only-emoji",
  ];
  return parts.filter(Boolean).join(" ");
}

/** Up to three emoji and nothing else are shown large. */
const onlyEmoji = ({ text, photo, poll }) =>
  !photo &&
  !poll &&
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F?){1,3}$/u.test(text?.trim() ?? "");

function contents(view, named) {
  const { message } = view;
  const parts = [];
  if (named && message.from) parts.push(sender(message.from));
  parts.push(replyLine(message));
  if (message.photo) parts.push(photo(message));
  if (message.location) parts.push(place(message.location));
  if (message.poll) parts.push(poll(view));
  const line = meta(message);
  if (message.text && !message.poll) {
    const text = richText(
      message.text,
      message.entities,
      taps,
      `${message.chat_id}:${message.message_id}`,
    );
    parts.push(el("div", { class: "text", dir: "auto" }, text, line));
  } else parts.push(line);
  // Reactions go before the time when that stands on a line of its own.
  parts.splice(message.text && !message.poll ? parts.length : -1, 0, reactionRow(message));
  return parts.filter(Boolean);
}

function sender(from) {
  const name = el("div", { class: "sender" }, el("span", { dir: "auto", text: from.name }));
  if (from.is_bot) name.append(el("span", { class: "sender-bot", text: t("bot") }));
  setVars(name, { avatar: colourOf(from) });
  return name;
}

function photo(message) {
  const { url, width, height } = message.photo;
  const alt = message.poll?.question || message.text?.split("\n")[0] || t("photo");
  const image = el("img", { src: url, width, height, alt, decoding: "async", draggable: "false" });
  const onclick = () => lightbox(message.photo, alt);
  return el(
    "button",
    { type: "button", class: "photo", "aria-label": `${t("openPhoto")}: ${alt}`, onclick },
    image,
  );
}

/** A card with a drawn map: the page loads nothing from elsewhere. */
function place({ latitude, longitude }) {
  const words = `${degrees(latitude, "N", "S")} ${degrees(longitude, "E", "W")}`;
  const map = svg(
    "svg",
    {
      class: "map",
      viewBox: "0 0 240 120",
      preserveAspectRatio: "xMidYMid slice",
      "aria-hidden": "true",
    },
    svg("path", { class: "map-water", d: "M0 84c30-14 52 10 84 4s46-34 82-30 44 24 74 14v48H0z" }),
    svg("path", {
      class: "map-road",
      d: "M-5 30C50 44 90 18 130 34s70 8 115-10M60-5c6 40-14 70 4 130M168-5c-12 44 20 76 4 130",
    }),
    svg("path", {
      class: "map-street",
      d: "M-5 62h250M20-5v130M112-5v130M210-5v130M-5 100h250M-5 12h250",
    }),
  );
  return el(
    "div",
    { class: "place" },
    map,
    icon("pin"),
    el(
      "div",
      { class: "place-words" },
      el("strong", { text: t("location") }),
      el("span", { text: words }),
    ),
  );
}

const degrees = (value, plus, minus) =>
  `${Math.abs(value).toFixed(3)}° ${value < 0 ? minus : plus}`;

function poll(view) {
  if (view.poll) view.poll.update(view.message);
  else view.poll = createPoll(view.message);
  return view.poll.node;
}

function meta(message) {
  return el(
    "span",
    { class: "meta" },
    message.edited && el("span", { class: "edited", text: t("edited") }),
    el("time", { datetime: isoMoment(message.date), text: hourMinute(message.date) }),
    message.outgoing && icon("checks"),
  );
}

/** An edit must not throw the keyboard user back to the top of the page. */
function keepFocus(node, change) {
  const at = node.contains(document.activeElement)
    ? [...node.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement)
    : -1;
  change();
  if (at < 0 || node.contains(document.activeElement)) return;
  const left = [...node.querySelectorAll(FOCUSABLE)];
  left[Math.min(at, left.length - 1)]?.focus({ preventScroll: true });
}
