/** The bar at the top: what time it is in the sandbox, and the way into the future. */

import { el, icon } from "./dom.js";
import { Refusal, act } from "./feed.js";
import { announce, complain, toast } from "./notices.js";
import { now, on, state } from "./state.js";
import { t } from "./strings.js";
import { fullMoment, hourMinute, isoMoment, offsetName, shortDay } from "./times.js";

/** A travel may have to wait for the bot to catch up with a whole day. */
const TRAVEL_WITHIN = 120_000;
const WAYS = ["hour", "day", "daily"];

/** Fill the bar and keep it. */
export function startClock(root) {
  const parts = {
    day: el("span", { class: "clock-day" }),
    time: el("span", { class: "clock-time" }),
    zone: el("span", { class: "clock-zone" }),
    buttons: WAYS.map(wayButton),
  };
  parts.now = el(
    "time",
    { class: "clock-now", testid: "clock-now" },
    parts.day,
    parts.time,
    parts.zone,
  );
  const ways = el(
    "div",
    { class: "clock-ways", role: "group" },
    ...parts.buttons.map(({ node }) => node),
  );
  const word = el("span", { class: "brand-word" });
  root.append(
    el(
      "div",
      { class: "brand" },
      el("span", { class: "brand-mark", "aria-hidden": "true" }),
      el("strong", { text: "dailygrad" }),
      word,
    ),
    parts.now,
    ways,
  );
  const label = () => {
    word.textContent = t("sandbox");
    root.setAttribute("aria-label", t("time"));
    ways.setAttribute("aria-label", t("time"));
    parts.buttons.forEach(({ draw }) => draw());
  };
  label();
  on("snapshot", label);
  const tick = () => state.seat && drawNow(parts);
  for (const name of ["snapshot", "clock"]) on(name, tick);
  setInterval(tick, 1000);
  on("connection", (connected) => enable(parts.buttons, connected));
  for (const { node, way } of parts.buttons)
    node.addEventListener("click", () => travel(parts, way, node));
}

function wayButton(way) {
  const long = el("span", { class: "long" });
  const short = el("span", { class: "short", "aria-hidden": "true" });
  const node = el(
    "button",
    { type: "button", class: "way", testid: `clock-${way}`, disabled: true },
    icon("travel"),
    long,
    short,
  );
  const draw = () => {
    long.textContent = t(way);
    short.textContent = t(`${way}Short`);
    node.setAttribute("aria-label", t(way));
    node.title = t(way);
  };
  return { node, way, draw };
}

function drawNow(parts) {
  const moment = Math.floor(now());
  const words = [shortDay(moment), hourMinute(moment), offsetName()];
  [parts.day, parts.time, parts.zone].forEach((node, at) => {
    if (node.textContent !== words[at]) node.textContent = words[at];
  });
  parts.now.dateTime = isoMoment(moment);
}

function enable(buttons, enabled) {
  for (const { node } of buttons) node.disabled = !enabled;
}

async function travel(parts, way, pressed) {
  enable(parts.buttons, false);
  pressed.setAttribute("aria-busy", "true");
  parts.now.classList.add("travelling");
  try {
    const answer = await act("clock", { to: way }, { within: TRAVEL_WITHIN });
    const words = t("travelled", { when: fullMoment(answer.now ?? now()) });
    announce(words);
    toast(words);
  } catch (error) {
    complain(way === "daily" && error instanceof Refusal ? new Error(t("nothingDue")) : error);
  } finally {
    pressed.removeAttribute("aria-busy");
    parts.now.classList.remove("travelling");
    enable(parts.buttons, state.connected);
    if (document.activeElement === document.body) pressed.focus();
  }
}
