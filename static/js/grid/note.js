// What stands beside and below the fields of a row: its state, a problem, the reason.
export function pieceOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

export function showState(row, words) {
  row.element.querySelector("[data-state]").textContent = words;
}

// Whoever is typing a reason goes on typing it.
export function showNote(row, html, { isProblem = false } = {}) {
  const old = row.note;
  const before = row.field("reason");
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(pieceOf(html));
  const after = row.field("reason");
  if (before && after) after.value = before.value;
  if (hadFocus) (after ?? row.element).focus();
  mark(row, isProblem);
}

export function clearProblem(row) {
  row.note.querySelectorAll(".govuk-error-message, .cse-grid__again, .cse-grid__choice").forEach((one) => one.remove());
  mark(row, false);
}

function mark(row, isProblem) {
  row.element.classList.toggle("cse-grid__row--error", isProblem);
  row.select.classList.toggle("govuk-select--error", isProblem);
}
