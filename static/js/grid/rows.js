// All rows of the page: which of them something is in, and where the Tab key and the arrows lead.
import { Row } from "./row.js";

export class Rows {
  constructor(form) {
    this.all = [...form.querySelectorAll("[data-result]")].map((element) => new Row(element));
    this.byElement = new Map(this.all.map((row) => [row.element, row]));
    form.querySelectorAll("table").forEach((table) => table.setAttribute("role", "grid"));
    form.addEventListener("focusin", ({ target }) => this.makeStop(this.of(target)));
    const asked = this.all.find((row) => row.element.matches(":target"));
    this.makeStop(asked ?? this.all[0]);
    // The browser has scrolled there already; somebody may have begun elsewhere meanwhile.
    if (document.activeElement === document.body) asked?.element.focus({ preventScroll: true });
  }

  of(target) {
    return this.byElement.get(target.closest("[data-result]"));
  }

  move(row, by) {
    this.all[this.all.indexOf(row) + by]?.element.focus();
    return true;
  }

  // One row is a stop of the Tab key; the arrows lead to the others.
  makeStop(row) {
    if (row) this.all.forEach((one) => one.element.setAttribute("tabindex", one === row ? "0" : "-1"));
  }
}
