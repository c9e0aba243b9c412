// A text box with buttons for its few marks. Without it the marks are typed.
import { put } from "../rich-text/editing.js";
import * as marks from "../rich-text/marks.js";
import { paste } from "../rich-text/pasting.js";

export default function richText(root) {
  const box = root.querySelector("textarea");
  const tools = root.querySelector("[role=group]");
  const preview = root.querySelector("details");
  const status = root.querySelector("[role=status]");
  const say = (words) => { status.textContent = words; };
  const mark = (name) => put(box, marks[name](box.value, box.selectionStart, box.selectionEnd));

  root.querySelector("[data-typed]").hidden = true;
  tools.hidden = false;
  preview.hidden = false;

  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (button) mark(button.dataset.mark);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "b" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    mark("bold");
  });
  box.addEventListener("paste", (event) => paste(event, box, root.dataset.pasteUrl, say));
  // What it shows would no longer be what stands in the box.
  box.addEventListener("input", () => { preview.open = false; });
}
