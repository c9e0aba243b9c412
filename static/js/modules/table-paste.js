// Keeps the cells, lists and links of a pasted table, which a text box alone would lose.
export default function tablePaste(form) {
  const box = form.querySelector("textarea[name='pasted']");
  const kept = form.querySelector("input[name='pasted_html']");
  if (!box || !kept) return;
  box.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    // Only what fills the box alone is kept: two pastes are read as their plain text.
    kept.value = !box.value.trim() && /<table/i.test(html) ? html : "";
  });
  box.addEventListener("input", (event) => {
    // Whoever types afterwards means the words in the box.
    if (event.inputType !== "insertFromPaste") kept.value = "";
  });
}
