// Says in the form what became of the draft, once for each thing that there is to say.
export default function draftWords(box) {
  const status = box.querySelector("[role=status]");
  const alert = box.querySelector("[role=alert]");
  let alerted = "";

  // Unchanged words are not set again, or a screen reader would read them every few seconds.
  function tell(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  function warn(name) {
    if (alerted === name) return;
    alerted = name;
    alert.replaceChildren(...(name ? [box.querySelector(`[data-draft-words=${name}]`).content.cloneNode(true)] : []));
  }

  function about(answer, kept, isHere) {
    if (answer?.ok) {
      warn("");
      const also = kept.elsewhere ? ` You also have a draft of this from ${kept.elsewhere}, perhaps in another tab. Both are kept.` : "";
      const others = kept.editors?.length ? ` ${kept.editors.join(" and ")} ${kept.editors.length > 1 ? "are" : "is"} editing this too.` : "";
      return tell(kept.kept_at ? `Draft kept at ${kept.kept_at}.${also}${others}` : "");
    }
    const here = isHere ? "What you typed is kept in this browser" : "Your browser can't keep it: copy it before you leave this page";
    if (answer?.status === 401) warn("signed-out");
    else if ([403, 404].includes(answer?.status)) warn("outdated");
    else if (answer?.status === 413) return tell(`This is too long to be kept on the server. ${here}.`);
    else return tell(`CSE Tracker can't be reached. ${here}, and is sent as soon as it can be.`);
    return tell("");
  }

  return { about };
}
