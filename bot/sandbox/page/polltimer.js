/**
 * How long a poll stays open: words while there are hours or minutes, a ring in the last minute.
 * By the sandbox's clock.
 */

import { el, setVars, svg } from "./dom.js";
import { now } from "./state.js";
import { t } from "./strings.js";

const RING = 2 * Math.PI * 9;
const DAY = 86_400;

const running = new Set();
setInterval(() => running.forEach((timer) => timer.tick()), 500);

/** @returns {{node: HTMLElement, set: (closes: number|null, asked: number) => void}} */
export function createTimer() {
  const words = el("span", { class: "timer-words" });
  const left = svg("circle", { class: "timer-left", cx: 12, cy: 12, r: 9 });
  const ring = svg(
    "svg",
    { class: "timer-ring", viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("circle", { class: "timer-track", cx: 12, cy: 12, r: 9 }),
    left,
  );
  const node = el("span", { class: "poll-timer", role: "timer", hidden: true }, ring, words);
  const timer = {
    closes: null,
    span: 60,
    seen: false,
    tick: () => draw(timer, { node, words, left, ring }),
  };
  const set = (closes, asked) => {
    timer.closes = closes;
    timer.span = closes ? Math.min(60, Math.max(closes - asked, 1)) : 60;
    if (closes) running.add(timer);
    else running.delete(timer);
    timer.tick();
  };
  return { node, set };
}

function draw(timer, { node, words, left, ring }) {
  if (timer.seen && !node.isConnected) return running.delete(timer);
  timer.seen = node.isConnected;
  const seconds = timer.closes ? timer.closes - now() : 0;
  node.hidden = seconds <= 0 || seconds > DAY;
  if (node.hidden) return;
  const last = seconds <= 60;
  ring.style.display = last ? "" : "none";
  node.classList.toggle("last", seconds <= 10);
  node.setAttribute("aria-label", spoken(seconds));
  words.textContent = last ? Math.ceil(seconds) : spoken(seconds);
  setVars(left, { gap: RING * (1 - Math.min(1, seconds / timer.span)) });
}

function spoken(seconds) {
  if (seconds > 3600) return t("closesInHours", { n: Math.round(seconds / 3600) });
  if (seconds > 60) return t("closesInMinutes", { n: Math.round(seconds / 60) });
  return t("closesInSeconds", { n: Math.ceil(seconds) });
}
