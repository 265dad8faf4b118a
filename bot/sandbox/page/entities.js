/**
 * Text with Bot API entities (offsets in UTF-16 units, as JavaScript counts) to DOM nodes. Never
 * HTML, never an unsafe address.
 */

import { el, icon } from "./dom.js";
import { opened } from "./state.js";
import { t } from "./strings.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const LINKS = new Set(["url", "text_link", "mention", "hashtag", "bot_command", "code", "pre"]);
const SAFE_PROTOCOLS = new Set(["http:", "https:", "tg:"]);

/** What Telegram finds in plain text by itself. */
const FOUND = new RegExp(
  String.raw`(?<url>(?:https?://|\bt\.me/)[^\s<>"]*[^\s<>".,;:!?)\]}'»])` +
    String.raw`|(?<=^|[\s(\[{"'«,.;:])(?<hashtag>#[\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)` +
    String.raw`|(?<=^|[\s(\[{"'«,.;:])(?<mention>@[A-Za-z]\w{3,31})` +
    String.raw`|(?<=^|[\s(\[{"'«,.;:，。：（])(?<bot_command>/[a-z]\w{0,31}(?:@\w{4,32})?)(?![\w/])`,
  "gu",
);

/**
 * @typedef {object} Taps  what the page does when something in the text is pressed
 * @property {(text: string) => void} command
 * @property {(tag: string) => void} hashtag
 * @property {(name: string) => void} mention
 * @property {(address: string) => boolean} own  true when the page opened the address itself
 */

/**
 * @param {string} text
 * @param {Array<object>} entities  Bot API MessageEntity objects
 * @param {Taps} taps
 * @param {string} key  names the text, so that what was opened stays open
 * @returns {DocumentFragment}
 */
export function richText(text, entities, taps, key) {
  const context = { text, taps, key };
  return build(context, 0, text.length, sorted(entities ?? []), false);
}

const sorted = (entities) =>
  [...entities].sort(
    (a, b) => a.offset - b.offset || b.length - a.length || BLOCKS.has(b.type) - BLOCKS.has(a.type),
  );

function build(context, from, to, entities, linked) {
  const out = document.createDocumentFragment();
  let queue = entities;
  let at = from;
  while (queue.length) {
    const [entity, ...rest] = queue;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) {
      queue = rest;
      continue;
    }
    appendPlain(context, out, at, start, linked);
    const inner = rest.filter((other) => other.offset < end);
    const later = rest.filter((other) => other.offset + other.length > end);
    out.append(wrap(context, entity, start, end, inner, linked));
    at = end;
    if (BLOCKS.has(entity.type) && context.text[at] === "\n") at += 1;
    queue = later;
  }
  appendPlain(context, out, at, to, linked);
  return out;
}

function appendPlain(context, out, from, to, linked) {
  const text = context.text.slice(from, to);
  if (!text) return;
  if (linked) return out.append(text);
  let at = 0;
  for (const found of text.matchAll(FOUND)) {
    const type = Object.keys(found.groups).find((name) => found.groups[name]);
    out.append(text.slice(at, found.index), link(context, { type }, found[0], found[0]));
    at = found.index + found[0].length;
  }
  out.append(text.slice(at));
}

function wrap(context, entity, from, to, inner, linked) {
  const words = context.text.slice(from, to);
  const children = build(context, from, to, inner, linked || LINKS.has(entity.type));
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, children);
  if (entity.type === "pre") return codeBlock(words, entity.language);
  if (entity.type === "spoiler")
    return spoiler(children, `${context.key}:spoiler:${entity.offset}`);
  if (entity.type === "blockquote") return el("blockquote", { class: "quote" }, children);
  if (entity.type === "expandable_blockquote") return expandable(children, `${context.key}:quote`);
  return link(context, entity, words, children);
}

/** Anything that can be pressed; what is unknown or unsafe stays plain text. */
function link(context, entity, words, children) {
  const { taps } = context;
  const press = {
    bot_command: () => taps.command(words),
    hashtag: () => taps.hashtag(words),
    mention: () => taps.mention(words.slice(1)),
  }[entity.type];
  if (press) return el("button", { type: "button", class: "link", onclick: press }, children);
  if (entity.type !== "url" && entity.type !== "text_link") return el("span", {}, children);
  const address = safeAddress(entity.type === "text_link" ? entity.url : words);
  if (!address) return el("span", {}, children);
  return anchor(address, taps, children);
}

/** A link that opens beside the page, unless it leads into the sandbox itself. */
export function anchor(address, taps, ...children) {
  const onclick = (event) => {
    if (taps.own(address)) event.preventDefault();
  };
  return el(
    "a",
    {
      class: "link",
      href: address,
      target: "_blank",
      rel: "noopener noreferrer",
      title: address,
      onclick,
    },
    ...children,
  );
}

/** The address in full when it may be opened (http, https, tg), otherwise null. */
export function safeAddress(address) {
  const text = String(address ?? "").trim();
  try {
    const url = new URL(
      /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^:/]+:\d/.test(text) ? text : `https://${text}`,
    );
    return SAFE_PROTOCOLS.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function codeBlock(code, language) {
  const copy = el(
    "button",
    { type: "button", class: "code-copy", "aria-label": t("copy"), title: t("copy") },
    icon("copy"),
  );
  copy.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(code).catch(() => null);
    copy.replaceChildren(icon("check"));
    copy.setAttribute("aria-label", t("copied"));
    setTimeout(() => copy.replaceChildren(icon("copy")), 1500);
  });
  return el(
    "div",
    { class: "code-block" },
    el("div", { class: "code-head" }, el("span", { text: language ?? "" }), copy),
    el("pre", { dir: "ltr", tabindex: "0" }, el("code", { text: code })),
  );
}

function spoiler(children, key) {
  const inner = el("span", { class: "spoiler-text" }, children);
  const node = el("span", { class: "spoiler" }, inner);
  if (opened.has(key)) {
    node.classList.add("open");
    return node;
  }
  inner.setAttribute("aria-hidden", "true");
  inner.inert = true;
  for (const [name, value] of Object.entries({
    role: "button",
    tabindex: "0",
    "aria-label": t("spoiler"),
  })) {
    node.setAttribute(name, value);
  }
  const open = (event) => {
    if (opened.has(key) || (event.type === "keydown" && event.key !== "Enter" && event.key !== " "))
      return;
    event.preventDefault();
    opened.add(key);
    node.classList.add("open");
    inner.inert = false;
    inner.removeAttribute("aria-hidden");
    for (const name of ["role", "aria-label"]) node.removeAttribute(name);
    node.setAttribute("tabindex", "-1");
  };
  node.addEventListener("click", open);
  node.addEventListener("keydown", open);
  return node;
}

function expandable(children, key) {
  const body = el("div", { class: "quote-body" }, children);
  const more = el("button", { type: "button", class: "quote-more", testid: "quote-more" });
  const quote = el("blockquote", { class: "quote expandable" }, body, more);
  const show = () => {
    const open = opened.has(key);
    quote.classList.toggle("open", open);
    more.textContent = t(open ? "showLess" : "showMore");
    more.setAttribute("aria-expanded", String(open));
  };
  more.addEventListener("click", () => {
    if (!opened.delete(key)) opened.add(key);
    show();
  });
  show();
  // Only the laid out page knows whether the quote is longer than its fold.
  requestAnimationFrame(() => {
    const fits = !opened.has(key) && body.isConnected && body.scrollHeight <= body.clientHeight + 4;
    quote.classList.toggle("fits", fits);
  });
  return quote;
}
