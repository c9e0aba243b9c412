// Puts what the server answered into a row. "Saved" is written only here, when the server said so.
import { same } from "./row.js";

export function pieceOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

export function startSaving(row) {
  row.sent = row.values;
  row.refused = false;
  showState(row, "Saving");
}

// The server may or may not have got it: what was sent is kept, so as to know it again.
export function failSaving(row) {
  row.perhapsStored = row.sent;
  showState(row, "Not saved yet");
}

export function takeAnswer(row, answer) {
  const isOwn = answer.clash && row.perhapsStored && same(row.perhapsStored, valuesOf(answer));
  if (answer.refused && !isOwn) return refuse(row, answer);
  adopt(row, answer);
  row.perhapsStored = null;
  if (!isOwn) showNote(row, answer.note);
  showState(row, row.isUnsaved ? "" : "Saved");
}

// The person chose after somebody else had saved another value.
export function choose(row, whose) {
  const { clash } = row;
  adopt(row, clash);
  if (whose === "theirs") row.values = valuesOf(clash);
  row.remember();
  clearProblem(row);
}

// A changed row is asked about anew; one changed back to what is stored has nothing to ask.
export function touch(row) {
  row.refused = false;
  if (!row.isUnsaved) clearProblem(row);
  showState(row, row.isUnsaved ? "" : "Saved");
}

function refuse(row, answer) {
  row.refused = same(row.values, row.sent);
  row.clash = answer.clash ? answer : null;
  showNote(row, answer.note);
  row.element.classList.add("cse-grid__row--error");
  showState(row, "Not saved");
}

function adopt(row, answer) {
  row.seen.value = answer.seen;
  row.storedReason = answer.reason;
  row.clash = null;
  row.refused = false;
}

function valuesOf(answer) {
  const [, rating, sampled] = answer.seen.split(":");
  return { rating, sampled: sampled === "1", reason: answer.reason };
}

function clearProblem(row) {
  row.element.querySelectorAll(".govuk-error-message, .cse-grid__choice").forEach((one) => one.remove());
  clearMarks(row);
}

function showState(row, words) {
  row.element.querySelector("[data-state]").textContent = words;
}

// Whoever is typing a reason goes on typing it.
function showNote(row, html) {
  const old = row.element.querySelector(".cse-grid__note");
  const before = row.field("reason");
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(pieceOf(html));
  const after = row.field("reason");
  if (before && after) after.value = before.value;
  if (hadFocus) (after ?? row.element).focus();
  clearMarks(row);
}

function clearMarks(row) {
  row.element.classList.remove("cse-grid__row--error");
  row.select.classList.remove("govuk-select--error");
}
