/**
 * Moments as a person of this seat reads them: unix seconds in, words out, in the seat's zone and
 * language.
 */

import { now, state } from "./state.js";
import { locale, t } from "./strings.js";

/** Where each seat lives, unless the sandbox says so itself. */
const HOMES = {
  en: "Europe/London",
  ru: "Europe/Moscow",
  pt: "America/Sao_Paulo",
  zh: "Asia/Shanghai",
};
const QUARTER = 900;

const formats = new Map();
const offsets = new Map();

const zone = () =>
  state.seat?.zone ?? HOMES[String(state.seat?.language ?? "en").slice(0, 2)] ?? "UTC";

/**
 * Seconds east of UTC at a moment; zones change on quarters of an hour, so one answer a quarter is
 * kept.
 */
function offsetAt(unix) {
  const key = `${zone()} ${Math.floor(unix / QUARTER)}`;
  if (!offsets.has(key)) offsets.set(key, readOffset(Math.floor(unix)));
  return offsets.get(key);
}

function readOffset(unix) {
  const fields = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  };
  const format = new Intl.DateTimeFormat("en-US", {
    ...fields,
    hourCycle: "h23",
    timeZone: zone(),
  });
  const at = Object.fromEntries(
    format.formatToParts(unix * 1000).map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) / 1000 - unix;
}

function format(unix, options) {
  const key = locale() + JSON.stringify(options);
  if (!formats.has(key))
    formats.set(key, new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }));
  return formats.get(key).format(new Date((unix + offsetAt(unix)) * 1000));
}

/** 09:05 */
export const hourMinute = (unix) =>
  format(unix, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** A number that is the same for moments of one local day. */
export const dayNumber = (unix) => Math.floor((unix + offsetAt(unix)) / 86_400);

/** Today, Yesterday, 21 November, 3 May 2025. */
export function dayTitle(unix) {
  const ago = dayNumber(now()) - dayNumber(unix);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  const sameYear = format(unix, { year: "numeric" }) === format(now(), { year: "numeric" });
  return format(unix, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
}

/** As the list of chats shows it: 09:05, Mon, 3 May. */
export function listMoment(unix) {
  const ago = dayNumber(now()) - dayNumber(unix);
  if (ago <= 0) return hourMinute(unix);
  if (ago < 7) return format(unix, { weekday: "short" });
  return format(unix, { day: "numeric", month: "short" });
}

/** Sat 21 Nov */
export const shortDay = (unix) =>
  format(unix, { weekday: "short", day: "numeric", month: "short" });

/** Saturday, 21 November, 09:05 */
export function fullMoment(unix) {
  return `${format(unix, { weekday: "long", day: "numeric", month: "long" })}, ${hourMinute(unix)}`;
}

/** For the `datetime` attribute of <time>. */
export const isoMoment = (unix) => new Date(unix * 1000).toISOString();

/** UTC+5:30 */
export function offsetName() {
  const minutes = Math.round(offsetAt(now()) / 60);
  if (!minutes) return "UTC";
  const sign = minutes < 0 ? "−" : "+";
  const rest = Math.abs(minutes) % 60;
  return `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}
