/**
 * Where the person pretends to be when the bot asks for a location: a few cities, or coordinates.
 */

import { el, icon } from "./dom.js";
import { act } from "./feed.js";
import { complain, dialog } from "./notices.js";
import { t } from "./strings.js";

const CITIES = [
  ["berlin", 52.52, 13.405],
  ["moscow", 55.7558, 37.6173],
  ["saoPaulo", -23.5505, -46.6333],
  ["shanghai", 31.2304, 121.4737],
  ["newYork", 40.7128, -74.006],
];

/** Let the person choose a place and share it in the chat. */
export function askWhere(chatId) {
  dialog(
    t("whereAreYou"),
    (close) => {
      const go = (latitude, longitude) => {
        close();
        act("location", { chat_id: chatId, latitude, longitude }).catch(complain);
      };
      return [
        el("div", { class: "cities" }, ...CITIES.map((city) => cityButton(city, go))),
        coordinates(go, close),
      ];
    },
    { kind: "where", testid: "location-picker" },
  );
}

function cityButton([key, latitude, longitude], go) {
  return el(
    "button",
    { type: "button", class: "city", testid: "city", onclick: () => go(latitude, longitude) },
    icon("pin"),
    el("span", { class: "city-name", text: t(key) }),
    el("span", { class: "city-place", text: `${latitude.toFixed(2)}, ${longitude.toFixed(2)}` }),
  );
}

function coordinates(go, close) {
  const latitude = field("latitude");
  const longitude = field("longitude");
  const problem = el("p", { class: "problem", role: "alert", id: "coordinates-problem" });
  const form = el(
    "form",
    { class: "coordinates", novalidate: true },
    el("h3", { text: t("typeCoordinates") }),
    el("div", { class: "fields" }, latitude.node, longitude.node),
    problem,
    el(
      "div",
      { class: "dialog-actions" },
      el("button", { type: "button", class: "button", onclick: close, text: t("cancel") }),
      el("button", { type: "submit", class: "button primary", text: t("shareLocation") }),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [north, east] = [latitude.value(), longitude.value()];
    if (Math.abs(north) <= 90 && Math.abs(east) <= 180) go(north, east);
    else problem.textContent = t("badCoordinates");
  });
  return form;
}

/** A number field; a decimal comma is understood, anything else that is no number is NaN. */
function field(key) {
  const input = el("input", {
    class: "field-input",
    inputmode: "text",
    autocomplete: "off",
    testid: key,
    "aria-describedby": "coordinates-problem",
  });
  const node = el("label", { class: "field" }, el("span", { text: t(key) }), input);
  const value = () =>
    input.value.trim() ? Number(input.value.trim().replace(",", ".").replace("−", "-")) : NaN;
  return { node, value };
}
