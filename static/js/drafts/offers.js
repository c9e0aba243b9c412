// Offers what this browser kept and the server did not get: to restore, or to drop.
import { copiesOf, forget } from "./copies.js";
import dropInPlace from "./dropping.js";
import { bodyOf } from "./form.js";

export default function offerCopies(box, form, say) {
  const { draftStore: store, draftSaved: saved, draftUrl: url, draftAddress: address } = box.dataset;
  const own = form.elements.draft_key.value;
  const kept = (key) => document.querySelector(`[data-draft-offer="${CSS.escape(key)}"]`);

  async function restore(copy) {
    const answer = await fetch(url, { method: "POST", body: bodyOf(form, copy) }).catch(() => null);
    if (!answer?.ok) return say(answer, {}, true);
    forget(store, copy.key);
    const there = new URL(address, location.href);
    there.searchParams.set("draft", copy.key);
    location.assign(there);
  }

  const goOn = () => form.querySelector("input:not([type=hidden]), textarea, select")?.focus();

  function drop(copy, entry) {
    forget(store, copy.key);
    entry.remove();
    kept(copy.key)?.querySelector("[data-draft-drop]").requestSubmit();
    goOn();
  }

  function show(copy) {
    const words = box.querySelector("[data-draft-words=offer]").content.cloneNode(true);
    const banner = words.firstElementChild;
    const entry = banner.querySelector(".cse-drafts__one");
    const title = banner.querySelector("h2");
    title.id = `draft-here-${copy.key}`;
    banner.setAttribute("aria-labelledby", title.id);
    banner.querySelector("[data-draft-when]").textContent = whenInWords(new Date(copy.at));
    banner.querySelector("[data-draft-act=restore]").addEventListener("click", () => restore(copy));
    banner.querySelector("[data-draft-act=drop]").addEventListener("click", () => drop(copy, entry));
    const there = document.querySelector(".cse-drafts .govuk-notification-banner__content");
    if (there) there.append(entry);
    else form.before(banner);
  }

  for (const copy of copiesOf(store)) {
    if (copy.key === own) continue;
    const offer = kept(copy.key);
    const isOlder = offer && Number(offer.dataset.draftRevision) >= copy.revision;
    if (isOlder || saved.split(" ").includes(copy.key)) forget(store, copy.key);
    else {
      if (offer) offer.hidden = true;
      show(copy);
    }
  }
  dropInPlace(store, goOn);
}

function whenInWords(moment) {
  const day = moment.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  return `${day} at ${moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
}
