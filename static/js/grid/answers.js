// Puts what the server answered into a row. "Saved" is written only once the server has said so.
import { clearProblem, showNote, showState } from "./note.js";
import { same, valuesIn } from "./values.js";

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
  const isAsSent = same(row.values, row.sent);
  adopt(row, answer);
  // The server decides whether a rating can be carried again.
  if (isAsSent) row.carried = row.stored.carried;
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
  showNote(row, answer.note, { isProblem: true });
  showState(row, "Not saved");
}

function adopt(row, answer) {
  row.seen.value = answer.seen;
  row.storedReason = answer.reason;
  row.clash = null;
  row.refused = false;
}

const valuesOf = ({ seen, reason }) => valuesIn(seen, reason);
