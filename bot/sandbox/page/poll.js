/**
 * A native poll: options to choose from, then shares, marks and the explanation. It redraws in
 * place, so that bars may move.
 */

import { el, icon, iconButton, setVars, sync } from "./dom.js";
import { richText } from "./entities.js";
import { act } from "./feed.js";
import { confetti, shake } from "./festivity.js";
import { announce, complain } from "./notices.js";
import { createTimer } from "./polltimer.js";
import { opened } from "./state.js";
import { t } from "./strings.js";
import { taps } from "./taps.js";

/**
 * @param {object} message  a message with a poll
 * @returns {{node: HTMLElement, update: (message: object) => void}}
 */
export function createPoll(message) {
  const titleId = `poll-${message.chat_id}-${message.message_id}`;
  const view = {
    message,
    key: `${message.chat_id}:${message.message_id}`,
    pending: null,
    judged: false,
    mode: "",
    options: [],
    question: el("h3", { class: "poll-question", dir: "auto", id: titleId }),
    kind: el("span", { class: "poll-kind" }),
    timer: createTimer(),
    lamp: iconButton("lamp", t("explanation"), { class: "poll-lamp" }),
    about: el("div", { class: "poll-description", dir: "auto" }),
    list: el("div", { class: "poll-options" }),
    why: el("div", {
      class: "poll-explanation",
      role: "note",
      dir: "auto",
      testid: "poll-explanation",
    }),
    total: el("span", { class: "poll-total" }),
    chosen: new Set(),
    send: el("button", {
      type: "button",
      class: "button poll-send",
      testid: "poll-vote",
      hidden: true,
    }),
  };
  view.lamp.addEventListener("click", () => explain(view, !opened.has(whyKey(view))));
  view.send.addEventListener("click", () =>
    vote(
      view,
      [...view.chosen].sort((a, b) => a - b),
    ),
  );
  view.list.addEventListener("keydown", (event) => walk(event, view.list));
  view.node = el(
    "div",
    { class: "poll", role: "group", testid: "poll", "aria-labelledby": titleId },
    view.question,
    el("div", { class: "poll-line" }, view.kind, view.timer.node, view.lamp),
    view.about,
    view.list,
    view.why,
    view.send,
    el("div", { class: "poll-foot" }, view.total),
  );
  update(view, message);
  return { node: view.node, update: (changed) => update(view, changed) };
}

const whyKey = (view) => `${view.key}:why`;

function update(view, message) {
  view.message = message;
  const poll = message.poll;
  view.question.textContent = poll.question;
  view.kind.textContent = kindOf(poll);
  view.about.replaceChildren(
    richText(poll.description ?? "", poll.description_entities, taps, `${view.key}:about`),
  );
  view.about.hidden = !poll.description;
  view.timer.set(poll.closed ? null : poll.close_date, message.date);
  view.total.textContent = poll.total ? t("answers", { n: poll.total }) : t("noAnswers");
  drawOptions(view);
  view.why.replaceChildren(
    richText(poll.explanation ?? "", poll.explanation_entities, taps, whyKey(view)),
  );
  view.lamp.hidden = !poll.explanation;
  explain(view, opened.has(whyKey(view)));
  judge(view);
}

function kindOf(poll) {
  if (poll.closed) return t("finalResults");
  if (poll.quiz) return t(poll.anonymous ? "anonymousQuiz" : "quiz");
  return t(poll.anonymous ? "anonymousPoll" : "poll");
}

const voted = (poll) => poll.mine.length > 0;

function drawOptions(view) {
  const poll = view.message.poll;
  const mode = voted(poll) || poll.closed ? "results" : "vote";
  const focused = view.list.contains(document.activeElement);
  if (view.mode !== mode || view.options.length !== poll.options.length) {
    const make = mode === "vote" ? voteOption : resultOption;
    view.options = poll.options.map((option, at) => make(view, at));
    sync(
      view.list,
      view.options.map((option) => option.node),
    );
    view.list.setAttribute(
      "role",
      mode === "results" ? "list" : poll.multiple ? "group" : "radiogroup",
    );
    view.list.setAttribute("aria-label", t(mode === "vote" ? "options" : "results"));
    view.mode = mode;
  }
  view.options.forEach((option) => option.update(poll));
  if (focused && !view.list.contains(document.activeElement)) {
    (view.list.querySelector(".mine") ?? view.list.firstChild)?.focus({ preventScroll: true });
  }
  view.send.hidden = mode !== "vote" || !poll.multiple;
  view.send.textContent = t("vote");
  view.send.disabled = !view.chosen.size || view.pending !== null;
}

function voteOption(view, at) {
  const text = el("span", { class: "option-text", dir: "auto" });
  const { multiple } = view.message.poll;
  const node = el(
    "button",
    {
      type: "button",
      class: multiple ? "option several" : "option",
      role: multiple ? "checkbox" : "radio",
      "aria-checked": "false",
      testid: "poll-option",
      tabindex: at && !multiple ? "-1" : "0",
      onclick: () => (multiple ? choose(view, at) : vote(view, [at])),
    },
    el("span", { class: "option-dot", "aria-hidden": "true" }),
    text,
  );
  const update = (poll) => {
    text.textContent = poll.options[at].text;
    const pending = view.pending?.includes(at) ?? false;
    node.setAttribute("aria-checked", String(pending || view.chosen.has(at)));
    node.classList.toggle("pending", pending);
    node.setAttribute("aria-disabled", String(view.pending !== null));
  };
  return { node, update };
}

function resultOption(view, at) {
  const share = el("span", { class: "option-share", "aria-hidden": "true" });
  const mark = el("span", { class: "option-mark", "aria-hidden": "true" });
  const text = el("span", { class: "option-text", dir: "auto" });
  const words = el("span", { class: "visually-hidden" });
  const bar = el("span", { class: "option-bar", "aria-hidden": "true", vars: { share: 0 } });
  const node = el(
    "div",
    { class: "option result", role: "listitem", tabindex: "-1", testid: "poll-option" },
    share,
    text,
    words,
    mark,
    bar,
  );
  const update = (poll) => {
    const standing = standingOf(poll, at);
    node.className = `option result ${standing.sort} ${standing.mine ? "mine" : ""}`;
    share.textContent = `${standing.percent}%`;
    text.textContent = poll.options[at].text;
    words.textContent = ` ${spoken(standing)}`;
    mark.replaceChildren(...(standing.sign ? [icon(standing.sign)] : []));
    // Two frames: the bar has to be laid out empty before it can grow.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => setVars(bar, { share: standing.length })),
    );
  };
  return { node, update };
}

/** How an option fared: percent of the votes, bar length relative to the strongest one, sign. */
function standingOf(poll, at) {
  const counts = poll.options.map((option) => option.voter_count);
  const mine = poll.mine.includes(at);
  const right = poll.correct?.includes(at) ?? false;
  const sort = right ? "right" : mine && poll.correct ? "wrong" : "";
  return {
    mine,
    right,
    sort,
    percent: poll.total ? Math.round((counts[at] / poll.total) * 100) : 0,
    length: counts[at] / Math.max(1, ...counts),
    sign: { right: "check", wrong: "cross" }[sort] ?? (mine ? "check" : null),
  };
}

function spoken({ percent, right, mine }) {
  return [t("share", { n: percent }), right && t("rightAnswer"), mine && t("yourChoice")]
    .filter(Boolean)
    .join(", ");
}

/** One of several: nothing is sent until the button below is pressed. */
function choose(view, at) {
  if (!view.chosen.delete(at)) view.chosen.add(at);
  drawOptions(view);
}

async function vote(view, options) {
  if (view.pending !== null) return;
  view.pending = options;
  drawOptions(view);
  const { chat_id, poll } = view.message;
  try {
    await act("vote", { chat_id, poll_id: poll.id, options });
  } catch (error) {
    view.pending = null;
    drawOptions(view);
    complain(error);
  }
}

/** Once, when the choice just made here is known to be right or wrong. */
function judge(view) {
  const { mine, correct } = view.message.poll;
  if (view.pending === null || view.judged || !mine.length || !correct) return;
  view.judged = true;
  const right = mine.every((option) => correct.includes(option));
  announce(t(right ? "right" : "wrong"));
  if (right) return requestAnimationFrame(() => confetti(view.options[mine[0]].node));
  shake(view.node.closest(".bubble") ?? view.node);
  explain(view, true);
}

function explain(view, open) {
  const shown = open && Boolean(view.message.poll.explanation);
  if (shown) opened.add(whyKey(view));
  else opened.delete(whyKey(view));
  view.why.hidden = !shown;
  view.lamp.setAttribute("aria-expanded", String(shown));
}

/** Arrows walk the options without choosing: a vote cannot be taken back. */
function walk(event, list) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  const options = [...list.querySelectorAll("[role=radio]")];
  const at = options.indexOf(document.activeElement);
  if (!step || event.altKey || at < 0) return;
  event.preventDefault();
  const next = options[(at + step + options.length) % options.length];
  options.forEach((option) => option.setAttribute("tabindex", option === next ? "0" : "-1"));
  next.focus();
}
