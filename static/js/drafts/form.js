// A form as it is kept: its fields without what belongs to the page alone.
const NOT_TYPED = ["csrfmiddlewaretoken", "draft_key", "draft_continues", "draft_revision"];

export function contentOf(form) {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_TYPED.includes(name)) typed.append(name, value);
  }
  return typed.toString();
}

// As the server drew it, though somebody may have typed before the scripts came. After Back or
// a reload the browser itself may fill in what was typed there: that was saved, or has a draft.
export function givenContentOf(form) {
  if (performance.getEntriesByType("navigation")[0]?.type !== "navigate") return contentOf(form);
  const given = form.cloneNode(true);
  given.reset();
  return contentOf(given);
}

// The keeping of another page of the same form, with this page's right to send.
export function bodyOf(form, { content, key, revision }) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("draft_key", key);
  body.set("draft_revision", revision);
  const continues = form.elements.draft_continues;
  if (continues && key === form.elements.draft_key.value) body.set("draft_continues", continues.value);
  for (const [name, value] of new URLSearchParams(content)) body.append(name, value);
  return body;
}
