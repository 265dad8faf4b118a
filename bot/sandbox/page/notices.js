/**
 * Words over the page: toasts that go by themselves, alerts that wait, dialogs, and announcements
 * for screen readers.
 */

import { calm, el } from "./dom.js";
import { t } from "./strings.js";

const SHORTEST = 3_000;
const PER_LETTER = 45;

/** A short word at the bottom; long ones stay longer. */
export function toast(text) {
  const node = el("div", { class: "toast", testid: "toast", dir: "auto", text });
  const box = document.getElementById("toasts");
  if (box.children.length > 2) box.firstChild.remove();
  box.append(node);
  setTimeout(() => leave(node), SHORTEST + PER_LETTER * text.length);
}

function leave(node) {
  if (calm()) return node.remove();
  node.animate([{ opacity: 1 }, { opacity: 0, transform: "translateY(8px)" }], 180).onfinish = () =>
    node.remove();
}

/** Say what went wrong: the sandbox's own sentence if it gave one. */
export function complain(error) {
  toast(error?.message || t("failed"));
}

/** Words for screen readers only. */
export function announce(text) {
  const node = document.getElementById("announcer");
  node.textContent = "";
  setTimeout(() => (node.textContent = text), 50);
}

/**
 * A modal dialog; Esc, a press outside or `close()` ends it and gives the focus back.
 * @param {string} title
 * @param {(close: () => void) => Node[]} fill
 */
export function dialog(title, fill, { kind = "", testid = null } = {}) {
  const heading = el("h2", { class: "dialog-title", id: "dialog-title", dir: "auto", text: title });
  const node = el("dialog", {
    class: `dialog ${kind}`.trim(),
    testid,
    "aria-labelledby": "dialog-title",
  });
  const close = () => node.close();
  node.append(el("div", { class: "dialog-body" }, heading, ...fill(close)));
  node.addEventListener("click", (event) => event.target === node && close());
  node.addEventListener("close", () => node.remove());
  document.body.append(node);
  node.showModal();
  return node;
}

/** What Telegram shows for answerCallbackQuery with show_alert. */
export function alertBox(text) {
  const title = document.querySelector(".conversation-name")?.textContent ?? "";
  dialog(
    title,
    (close) => [
      el("p", { class: "dialog-text", dir: "auto", text }),
      el(
        "div",
        { class: "dialog-actions" },
        el("button", {
          type: "button",
          class: "button primary",
          autofocus: true,
          onclick: close,
          text: t("ok"),
        }),
      ),
    ],
    { kind: "alert", testid: "alert" },
  );
}

/** A photo as large as the window allows. */
export function lightbox(photo, alt) {
  dialog(
    alt,
    (close) => [
      el("img", {
        class: "lightbox-photo",
        src: photo.url,
        width: photo.width,
        height: photo.height,
        alt,
        onclick: close,
      }),
      el(
        "div",
        { class: "dialog-actions" },
        el("button", { type: "button", class: "button", onclick: close, text: t("close") }),
      ),
    ],
    { kind: "lightbox" },
  );
}
