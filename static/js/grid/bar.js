// The line that says how much is saved. Read aloud is only what a person can't know by themselves.
const count = (number) => `${number} ${number === 1 ? "change" : "changes"}`;

export class Bar {
  constructor(element) {
    this.element = element;
    this.words = element.querySelector("[data-words]");
    this.status = element.querySelector("[data-status]");
    this.undo = element.querySelector("[data-undo]");
    this.retry = element.querySelector("[data-retry]");
    this.toldBefore = "";
    element.hidden = false;
  }

  show({ unsaved, failure, hasChanged, canUndo }) {
    const asked = unsaved.filter((row) => row.refused).map((row) => row.ref);
    const asks = asked.length ? `Look at ${asked.join(", ")}.` : "";
    const isStuck = Boolean(failure || asks);
    this.words.textContent = this.sentence(unsaved.length, isStuck, hasChanged, failure || asks);
    this.element.classList.toggle("cse-grid-bar--stuck", isStuck && unsaved.length > 0);
    this.undo.hidden = !canUndo;
    this.retry.hidden = !failure || !unsaved.length;
    this.tellOnce(isStuck ? this.words.textContent : "");
  }

  say(words) {
    this.status.textContent = words;
  }

  sentence(number, isStuck, hasChanged, why) {
    if (!number) return hasChanged ? "All changes saved" : "Changes are saved as you make them";
    return isStuck ? `${count(number)} not saved yet. ${why}` : `Saving ${count(number)}`;
  }

  tellOnce(trouble) {
    if (trouble !== this.toldBefore) this.say(trouble || "All changes saved");
    this.toldBefore = trouble;
  }
}
