// Changes a text box so that the browser's own Undo takes the change back.
export function put(box, { from, to, words, select }) {
  box.focus();
  box.setSelectionRange(from, to);
  const isDone = document.execCommand(words ? "insertText" : "delete", false, words);
  if (!isDone) {
    box.setRangeText(words, from, to, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (select) box.setSelectionRange(...select);
}
