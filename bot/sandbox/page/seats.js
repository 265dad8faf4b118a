/** The column of people: who the visitor is at the moment, and the theme. */

import { avatar, el, icon, sync } from "./dom.js";
import { takeSeat } from "./place.js";
import { on, state } from "./state.js";
import { languageName, t } from "./strings.js";
import { nextTheme, theme } from "./theme.js";

const THEME_TEXTS = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };

/** Fill the column and keep it. */
export function startSeats(root) {
  const list = el("div", { class: "seat-list", role: "radiogroup" });
  const toggle = themeToggle();
  root.append(list, toggle.node);
  const draw = () => {
    root.setAttribute("aria-label", t("people"));
    list.setAttribute("aria-label", t("people"));
    sync(list, state.seats.map(seatButton));
    toggle.draw();
  };
  list.addEventListener("keydown", (event) => walk(event, list));
  on("snapshot", () => {
    const focused = list.contains(document.activeElement);
    draw();
    if (focused) list.querySelector("[aria-checked=true]")?.focus();
  });
}

function seatButton(seat) {
  const mine = seat.id === state.seat.id;
  const language = languageName(seat.language);
  return el(
    "button",
    {
      type: "button",
      class: "seat",
      role: "radio",
      testid: `seat-${seat.id}`,
      "data-seat": seat.id,
      "aria-checked": String(mine),
      "aria-label": t("seatOf", { name: seat.name, language }),
      tabindex: mine ? "0" : "-1",
      title: `${seat.name} · ${language}`,
      onclick: () => mine || takeSeat(seat.id),
    },
    avatar(seat),
    el("span", { class: "seat-name", dir: "auto", text: seat.name }),
    el("span", { class: "seat-language", text: String(seat.language).slice(0, 2).toUpperCase() }),
  );
}

/**
 * Arrows walk the people; Enter or Space takes a seat, since a change of person is not a small
 * thing.
 */
function walk(event, list) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step || event.altKey) return;
  event.preventDefault();
  const seats = [...list.children];
  seats.at((seats.indexOf(document.activeElement) + step) % seats.length)?.focus();
}

function themeToggle() {
  const node = el("button", {
    type: "button",
    class: "icon-button theme-toggle",
    testid: "theme-toggle",
  });
  const draw = () => {
    const label = t(THEME_TEXTS[theme()]);
    node.setAttribute("aria-label", label);
    node.title = label;
    node.replaceChildren(icon(theme()));
  };
  node.addEventListener("click", () => {
    nextTheme();
    draw();
  });
  draw();
  return { node, draw };
}
