// One row of the page of all elements: what its fields hold, and what the server says is stored.
import { same, valuesIn } from "./values.js";

export class Row {
  constructor(element) {
    this.element = element;
    this.id = element.dataset.result;
    this.ref = element.dataset.ref;
    this.seen = this.field("seen");
    this.select = this.field("rating");
    this.mark = this.field("sampled");
    this.storedReason = element.dataset.reason;
    this.refused = element.classList.contains("cse-grid__row--error");
    // At a visit that examines all: nobody has assessed it, it only carries the last known rating.
    this.carried = this.stored.carried && !this.field("assessed")?.checked;
    this.clash = null; // the answer that told what somebody else saved meanwhile
    this.remember();
  }

  field(name) {
    return this.element.querySelector(`[name="${name}-${this.id}"]`);
  }

  get values() {
    // Where everything is examined there is no box, and a mark is a hidden field.
    const sampled = this.mark?.type === "checkbox" ? this.mark.checked : Boolean(this.mark);
    return { rating: this.select.value, sampled, reason: this.field("reason")?.value.trim() ?? "", carried: this.carried };
  }

  set values({ rating, sampled, reason, carried }) {
    this.rate(rating, Boolean(carried));
    if (this.mark?.type === "checkbox") this.mark.checked = sampled;
    if (reason && !this.field("reason")) this.note.append(this.makeReason());
    if (this.field("reason")) this.field("reason").value = reason;
  }

  // Whoever rates a row assesses it, even if the rating is the one that it carried.
  rate(rating, carried = false) {
    this.select.value = rating;
    this.carried = carried;
    const box = this.field("assessed");
    if (box) box.checked = !carried;
  }

  // Carries a reason from before until the server draws the field for it.
  makeReason() {
    return Object.assign(document.createElement("input"), { type: "hidden", name: `reason-${this.id}` });
  }

  get note() {
    return this.element.querySelector(".cse-grid__note");
  }

  get stored() {
    return valuesIn(this.seen.value, this.storedReason);
  }

  get isUnsaved() {
    return Boolean(this.clash) || !same(this.values, this.stored);
  }

  get isWaiting() {
    return this.isUnsaved && !this.refused;
  }

  get words() {
    const rating = this.select.selectedOptions[0].text;
    return `${this.ref} ${rating}${this.values.sampled ? ", sampled" : ""}${this.carried ? ", carried" : ""}`;
  }

  remember() {
    this.remembered = this.values;
  }
}
