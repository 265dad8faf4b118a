/** Light, dark, or as the system: kept in localStorage, applied before the first paint. */

const KEY = "dailygrad.theme";
const THEMES = ["auto", "light", "dark"];

/** The chosen theme; a browser that forbids storage gets "auto". */
export function theme() {
  try {
    const kept = localStorage.getItem(KEY);
    return THEMES.includes(kept) ? kept : "auto";
  } catch {
    return "auto";
  }
}

/** Choose the theme after the present one, and remember it. */
export function nextTheme() {
  const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
  return next;
}

document.documentElement.dataset.theme = theme();
