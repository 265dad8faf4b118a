/**
 * A burst for a right answer, a shake for a wrong one, floating signs for message effects. Still
 * for who asked for calm.
 */

import { calm, el, setVars } from "./dom.js";

const COLOURS = ["#f5b301", "#2fae66", "#3b82f6", "#e2557b", "#8b5cf6", "#f97316"];
const PIECES = 34;
const EFFECTS = {
  "5104841245755180586": "🔥",
  "5107584321108051014": "👍",
  "5104858069142078462": "👎",
  "5159385139981059251": "❤️",
  "5046589136895476101": "💩",
};

const between = (low, high) => low + Math.random() * (high - low);

/** Confetti out of the middle of `node`. */
export function confetti(node) {
  if (calm()) return;
  const box = node.getBoundingClientRect();
  for (let piece = 0; piece < PIECES; piece += 1) {
    const paper = el("i", { class: "confetti", "aria-hidden": "true" });
    setVars(paper, {
      x: `${box.left + box.width * between(0.2, 0.8)}px`,
      y: `${box.top + box.height / 2}px`,
      paper: COLOURS[piece % COLOURS.length],
    });
    fly(paper, between(-150, 150), between(-170, -40), between(900, 1500));
  }
}

function fly(node, sideways, upwards, duration) {
  document.body.append(node);
  const turn = between(-540, 540);
  node.animate(
    [
      { transform: "translate(0, 0) rotate(0)", opacity: 1, easing: "cubic-bezier(.1, .7, .4, 1)" },
      {
        transform: `translate(${sideways * 0.8}px, ${upwards}px) rotate(${turn / 2}deg)`,
        opacity: 1,
        offset: 0.35,
        easing: "ease-in",
      },
      { transform: `translate(${sideways}px, ${upwards + 260}px) rotate(${turn}deg)`, opacity: 0 },
    ],
    { duration },
  ).onfinish = () => node.remove();
}

/** A short no. */
export function shake(node) {
  if (calm()) return;
  const steps = [0, -7, 6, -5, 4, -2, 0].map((x) => ({ transform: `translateX(${x}px)` }));
  node.animate(steps, { duration: 420, easing: "ease-out" });
}

/** A message effect by its Bot API id; an unknown one is a party. */
export function effect(id, node) {
  const sign = EFFECTS[id];
  if (!sign || calm()) return confetti(node);
  const box = node.getBoundingClientRect();
  for (let piece = 0; piece < 9; piece += 1) {
    const float = el("i", { class: "floating", "aria-hidden": "true", text: sign });
    setVars(float, {
      x: `${box.left + box.width * between(0.1, 0.9)}px`,
      y: `${box.bottom - 20}px`,
    });
    document.body.append(float);
    float.animate(
      [
        { transform: "translateY(0) scale(.4)", opacity: 0 },
        { opacity: 1, offset: 0.2 },
        {
          transform: `translate(${between(-30, 30)}px, -${between(140, 280)}px) scale(${between(0.9, 1.6)})`,
          opacity: 0,
        },
      ],
      { duration: between(1100, 1900), easing: "ease-out", fill: "backwards", delay: piece * 60 },
    ).onfinish = () => float.remove();
  }
}
