// The keys of a row. They act only while the focus is in it and nobody is typing words.
import { owesReason } from "./values.js";

const RATINGS = new Map([["+", "CP"], ["c", "C"], ["p", "PC"], ["n", "NC"], ["Delete", ""], ["Backspace", ""]]);
const STEPS = new Map([["ArrowDown", 1], ["ArrowUp", -1]]);
const isTyping = (target) => target.matches("input:not([type=checkbox]), textarea");

export function listenToKeys(form, { rows, changed, undo }) {
  form.addEventListener("keydown", (event) => {
    const row = rows.of(event.target);
    if (!row || isTyping(event.target) || event.altKey || event.metaKey) return;
    if (act(row, event)) event.preventDefault();
  });

  function act(row, event) {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey) return key === "z" && undo();
    if (STEPS.has(key)) return step(row, event.target, STEPS.get(key));
    // A key held down must not rate all that follows.
    if (event.repeat) return RATINGS.has(key);
    if (RATINGS.has(key)) return rate(row, event.target, RATINGS.get(key));
    if (key === "x") return toggle(row);
    if (key === "u") return undo();
    if (key === "Escape") return enter(row.element);
    return key === "Enter" && event.target === row.element && enter(row.select);
  }

  // In a list of ratings the arrows choose, as they do in any list.
  function step(row, target, by) {
    return target !== row.select && rows.move(row, by);
  }

  // On the row a rating goes on to the next; in one of its fields the focus stays, and so it
  // does where something is still asked about the row.
  function rate(row, target, rating) {
    row.rate(rating);
    changed([row]);
    if (rating && target === row.element && !owesReason(row)) rows.move(row, 1);
    return true;
  }

  function toggle(row) {
    if (row.mark?.type !== "checkbox") return false;
    row.mark.checked = !row.mark.checked;
    changed([row]);
    return true;
  }

  function enter(element) {
    element.focus();
    return true;
  }
}
