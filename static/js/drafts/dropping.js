// Dropping a draft that the server kept: the page stays, or what stands in its form would go too.
import { forget } from "./copies.js";

export default function dropInPlace(store, goOn) {
  async function drop(event) {
    const asked = event.currentTarget;
    forget(store, asked.elements.draft_drop.value);
    event.preventDefault();
    const answer = await fetch(asked.action, { method: "POST", body: new FormData(asked) }).catch(() => null);
    // Whoever was signed out is led elsewhere, and drops it the plain way.
    const isDone = answer?.ok && new URL(answer.url).pathname === new URL(asked.action).pathname;
    if (!isDone) return asked.submit();
    asked.closest("[data-draft-offer]").remove();
    return goOn();
  }

  for (const one of document.querySelectorAll("[data-draft-drop]")) one.addEventListener("submit", drop);
}
