/** Moments as a person of this seat reads them: unix seconds in, words out, in the seat's offset and language. */

import { now, state } from "./state.js";
import { locale, t } from "./strings.js";

const formats = new Map();

/** Intl on UTC over a shifted moment: the sandbox gives an offset, not a zone. */
function format(unix, options) {
  const key = locale() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }));
  return formats.get(key).format(new Date((unix + state.clock.offset) * 1000));
}

/** 09:05 */
export const hourMinute = (unix) => format(unix, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** A number that is the same for moments of one local day. */
export const dayNumber = (unix) => Math.floor((unix + state.clock.offset) / 86_400);

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
export const shortDay = (unix) => format(unix, { weekday: "short", day: "numeric", month: "short" });

/** Saturday, 21 November, 09:05 */
export function fullMoment(unix) {
  return `${format(unix, { weekday: "long", day: "numeric", month: "long" })}, ${hourMinute(unix)}`;
}

/** For the `datetime` attribute of <time>. */
export const isoMoment = (unix) => new Date(unix * 1000).toISOString();

/** UTC+5:30 */
export function offsetName() {
  const minutes = Math.round(state.clock.offset / 60);
  if (!minutes) return "UTC";
  const sign = minutes < 0 ? "−" : "+";
  const rest = Math.abs(minutes) % 60;
  return `UTC${sign}${Math.floor(Math.abs(minutes) / 60)}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}
