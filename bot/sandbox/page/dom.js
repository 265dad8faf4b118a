/** Small tools to build the page. Text only ever becomes text nodes: nothing here parses HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. Properties: `class`, `text`, `testid`, `on<event>` functions, `vars` (CSS custom
 * properties, set through CSSOM), anything else is an attribute; null and false leave it out.
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) setProperty(node, name, value);
  node.append(...children.filter((child) => child || child === 0));
  return node;
}

function setProperty(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "text") node.textContent = value;
  else if (name === "testid") node.dataset.testid = value;
  else if (name === "vars") setVars(node, value);
  else if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

/** Set CSS custom properties: `{accent: "red"}` becomes `--accent: red`. */
export function setVars(node, values) {
  for (const [name, value] of Object.entries(values)) node.style.setProperty(`--${name}`, value);
}

/**
 * Make `parent` hold exactly `nodes`, moving only what is out of place (focus and animations live
 * on).
 */
export function sync(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

/** An SVG element with attributes and children. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Outlines on a 24 x 24 grid, drawn with a round pen. */
const OUTLINES = {
  back: "M14.5 5.5 8 12l6.5 6.5",
  down: "M6 9.5l6 6 6-6",
  send: "M4.5 11.5 20 4.5l-5 15.5-3.6-6.4zM11.4 13.6 20 4.5",
  dots: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  check: "M5 12.6l4.4 4.4L19 7.4",
  checks: "M2.5 12.8l3.9 3.9L15 8M10.6 15.9l.8.8L20.6 8",
  cross: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  arrow: "M8 16 16.5 7.5M9.5 7.5h7v7",
  lamp: "M9.5 18h5M10.5 21h3M12 3a6 6 0 0 0-3.6 10.8c.7.6 1.1 1.3 1.1 2.2h5c0-.9.4-1.6 1.1-2.2A6 6 0 0 0 12 3z",
  pin: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11zM12 12.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  keyboard: "M4 7h16v10H4zM7.5 10.2v.01M10.5 10.2v.01M13.5 10.2v.01M16.5 10.2v.01M8.5 13.8h7",
  block: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM6.4 6.4l11.2 11.2",
  copy: "M9 9h10v10H9zM5 15V5h10",
  auto: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16M15 5.2v13.6M18 7.2v9.6",
  light:
    "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
  dark: "M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z",
  travel: "M5 6l6.5 6L5 18zM12.5 6l6.5 6-6.5 6z",
  bubble:
    "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-5 4v-4.2a2.5 2.5 0 0 1-2-2.3z",
  verified:
    "M12 3l2.4 1.9 3-.2.8 3 2.5 1.8L19.6 12l1.1 2.6-2.5 1.8-.8 2.9-3-.2L12 21l-2.4-1.9-3 .2-.8-2.9-2.5-1.8L4.400 12 3.300 9.500l2.500-1.800.8-3 3 .2zM8.500 12.200l2.500 2.400 4.500-4.800",
};

/** One of the outlines above, hidden from screen readers: its control carries the words. */
export function icon(name) {
  return svg(
    "svg",
    { class: `icon icon-${name}`, viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: OUTLINES[name] }),
  );
}

/** A round button with an icon and a spoken name (also its tooltip). */
export function iconButton(name, label, properties = {}) {
  const classes = `icon-button ${properties.class ?? ""}`.trim();
  return el(
    "button",
    { type: "button", "aria-label": label, title: label, ...properties, class: classes },
    icon(name),
  );
}

const FALLBACK_COLOURS = [
  "#c94f4f",
  "#c7772e",
  "#7a5bd0",
  "#3b8f52",
  "#2f86a8",
  "#3a6fc4",
  "#b8508f",
];

/** A colour that CSS understands: the one given, or one chosen by the id. */
export function colourOf(who) {
  if (who?.color && CSS.supports("color", who.color)) return who.color;
  return FALLBACK_COLOURS[Math.abs(Number(who?.id) || 0) % FALLBACK_COLOURS.length];
}

/** A coloured disc with initials. */
export function avatar(who, extra = "") {
  const initials = who?.initials || Array.from(who?.name ?? who?.title ?? "?")[0];
  const disc = el("span", {
    class: `avatar ${extra}`.trim(),
    "aria-hidden": "true",
    text: initials,
  });
  setVars(disc, { avatar: colourOf(who) });
  return disc;
}

/** Whether the person asked their system for less motion. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Whether the page shows one column at a time. */
export const narrow = () => matchMedia("(max-width: 759px)").matches;
