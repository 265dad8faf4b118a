/** The bot's commands: all of them behind the "/" button, the fitting ones while a "/" is typed. */

import { el } from "./dom.js";
import { state } from "./state.js";
import { t } from "./strings.js";

/**
 * @param {HTMLTextAreaElement} input
 * @param {{send: (text: string) => void, changed: () => void}} does
 */
export function createCommandMenu(input, does) {
  const list = el("div", {
    class: "command-list",
    id: "commands",
    role: "listbox",
    testid: "command-list",
    hidden: true,
  });
  const button = el("button", {
    type: "button",
    class: "icon-button command-button",
    testid: "command-menu",
    "aria-haspopup": "listbox",
    "aria-controls": "commands",
    "aria-expanded": "false",
    text: "/",
  });
  const menu = { input, does, list, button, at: 0, items: [] };
  button.addEventListener("click", () => (list.hidden ? openAll(menu) : close(menu)));
  input.addEventListener("input", () => suggest(menu));
  input.addEventListener("keydown", (event) => keys(menu, event));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  document.addEventListener("pointerdown", (event) => {
    if (!list.contains(event.target) && event.target !== button) close(menu);
  });
  return { list, button, close: () => close(menu), draw: () => draw(menu) };
}

function draw({ button, list }) {
  const label = t("commands");
  button.hidden = !state.commands.length;
  button.title = label;
  button.setAttribute("aria-label", label);
  list.setAttribute("aria-label", label);
}

function openAll(menu) {
  show(menu, state.commands);
  menu.input.focus();
}

function suggest(menu) {
  const typed = /^\/(\w*)$/.exec(menu.input.value);
  if (!typed) return close(menu);
  show(
    menu,
    state.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())),
  );
}

function show(menu, commands) {
  if (!commands.length) return close(menu);
  menu.items = commands;
  menu.list.replaceChildren(...commands.map((command, at) => item(menu, command, at)));
  menu.list.hidden = false;
  menu.list.scrollTop = 0;
  menu.button.setAttribute("aria-expanded", "true");
  choose(menu, 0);
}

function item(menu, { command, description }, at) {
  return el(
    "div",
    {
      class: "command-item",
      id: `command-${at}`,
      role: "option",
      testid: "command-item",
      onclick: () => take(menu, at),
      onmousemove: () => menu.at === at || choose(menu, at),
    },
    el("span", { class: "command-name", text: `/${command}` }),
    el("span", { class: "command-about", dir: "auto", text: description }),
  );
}

function choose(menu, at) {
  menu.at = (at + menu.items.length) % menu.items.length;
  [...menu.list.children].forEach((node, index) =>
    node.setAttribute("aria-selected", String(index === menu.at)),
  );
  menu.list.children[menu.at].scrollIntoView({ block: "nearest" });
  menu.input.setAttribute("aria-activedescendant", `command-${menu.at}`);
}

function take(menu, at) {
  const { command } = menu.items[at];
  menu.input.value = "";
  close(menu);
  menu.does.changed();
  menu.does.send(`/${command}`);
}

function keys(menu, event) {
  if (menu.list.hidden || event.isComposing) return;
  const act = {
    ArrowDown: () => choose(menu, menu.at + 1),
    ArrowUp: () => choose(menu, menu.at - 1),
    Enter: () => !event.shiftKey && take(menu, menu.at),
    Tab: () => complete(menu),
    Escape: () => close(menu),
  }[event.key];
  if (!act || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

/** Tab writes the command out, so that words may follow it. */
function complete(menu) {
  menu.input.value = `/${menu.items[menu.at].command} `;
  close(menu);
  menu.does.changed();
}

function close(menu) {
  menu.list.hidden = true;
  menu.button.setAttribute("aria-expanded", "false");
  menu.input.removeAttribute("aria-activedescendant");
}
