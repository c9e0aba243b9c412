// Keeps what is typed into a form: on the server every few seconds and on leaving, and in this
// browser for as long as the server has not said that it has it.
import { copiesOf, forget, remember } from "../drafts/copies.js";
import { bodyOf, contentOf, givenContentOf } from "../drafts/form.js";
import offerCopies from "../drafts/offers.js";
import draftWords from "../drafts/words.js";

const EVERY_MS = 2500;
const AGAIN_MS = 8000;

export default function draft(box) {
  const form = box.closest("form");
  const { draftUrl: url, draftStore: store } = box.dataset;
  const key = form.elements.draft_key.value;
  const words = draftWords(box);
  let revision = Number(box.dataset.draftRevision);
  // What the server has, or what it gave us. A copy of this very page is not there yet.
  let known = copiesOf(store).some((copy) => copy.key === key) ? null : givenContentOf(form);
  let timer = 0;
  let isSending = false;
  let isSubmitted = false;

  const isUnsent = () => !isSubmitted && contentOf(form) !== known;
  const plan = (wait) => { if (!timer) timer = setTimeout(keep, wait); };

  function copy() {
    revision += 1;
    const content = contentOf(form);
    return { content, key, revision, isHere: remember(store, key, content, revision) };
  }

  async function keep() {
    timer = clearTimeout(timer) ?? 0;
    if (isSending || !isUnsent()) return;
    isSending = true;
    const sent = copy();
    const answer = await fetch(url, { method: "POST", body: bodyOf(form, sent) }).catch(() => null);
    isSending = false;
    if (isSubmitted) return;
    if (answer?.ok) {
      known = sent.content;
      if (!isUnsent()) forget(store, key);
    }
    words.about(answer, answer?.ok ? await answer.json() : {}, sent.isHere);
    if (isUnsent()) plan(answer?.ok ? EVERY_MS : AGAIN_MS);
  }

  function leave() {
    if (isUnsent()) navigator.sendBeacon(url, bodyOf(form, copy()));
  }

  // In this browser at once, so that not even a crash costs a word.
  function typed() {
    // Still here, so the sending was stopped.
    isSubmitted = false;
    if (isUnsent()) copy();
    plan(EVERY_MS);
  }

  // Back to a form with errors opens it anew and offers these words: else the browser asks whether
  // to send it again.
  if (document.title.startsWith("Error: ")) history.replaceState(history.state, "");
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("formdata", (event) => { if (isSubmitted) event.formData.set("draft_revision", revision); });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    // Whether it is saved, the next page tells; until then nothing typed may hang on a thread.
    if (known === null || contentOf(form) !== known || revision) copy();
    isSubmitted = true;
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => { if (event.persisted && isSubmitted) location.reload(); });
  addEventListener("online", keep);
  offerCopies(box, form, words.about);
  if (isUnsent()) plan(0);
}
