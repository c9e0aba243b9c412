// The page of all elements: each change is saved by itself, and rows take keys. See js/grid/.
import { touch } from "../grid/answers.js";
import { Bar } from "../grid/bar.js";
import { listenToButtons } from "../grid/buttons.js";
import { Copies } from "../grid/copies.js";
import { listenToKeys } from "../grid/keys.js";
import { Row } from "../grid/row.js";
import { Saver } from "../grid/saver.js";
import { Undo } from "../grid/undo.js";

export default function grid(form) {
  const { rateUrl, person } = form.dataset;
  const rows = [...form.querySelectorAll("[data-result]")].map((element) => new Row(element));
  const byElement = new Map(rows.map((row) => [row.element, row]));
  const rowOf = (target) => byElement.get(target.closest("[data-result]"));
  const bar = new Bar(form.querySelector("[data-bar]"));
  const history = new Undo();
  const copies = new Copies(person, rateUrl);
  const saver = new Saver(rows, rateUrl, tell);
  let hasChanged = false;

  function tell() {
    copies.keep(rows);
    bar.show({ unsaved: saver.unsaved, failure: saver.failure, hasChanged, canUndo: history.steps.length > 0 });
  }

  function changed(some) {
    save(history.record(some));
    if (some.length === 1) bar.say(some[0].words);
  }

  function save(some) {
    hasChanged ||= some.length > 0;
    some.forEach(touch);
    tell();
    saver.soon();
  }

  function undo() {
    const back = history.back();
    save(back);
    back[0]?.element.focus();
    if (back.length) bar.say(back.length === 1 ? back[0].words : `${back.length} rows as they were`);
    return true;
  }

  function move(row, by) {
    rows[rows.indexOf(row) + by]?.element.focus();
    return true;
  }

  // One row is a stop of the Tab key; the arrows lead to the others.
  function makeStop(row) {
    rows.forEach((one) => one.element.setAttribute("tabindex", one === row ? "0" : "-1"));
  }

  form.classList.add("cse-grid-form--live");
  form.querySelectorAll("table").forEach((table) => table.setAttribute("role", "grid"));
  const target = rows.find((row) => row.element.matches(":target"));
  if (rows.length) makeStop(target ?? rows[0]);
  target?.element.focus();
  listenToKeys(form, { rowOf, changed, move, undo });
  listenToButtons(form, { rows, rowOf, bar, changed, save, undo, saveNow: () => saver.now() });
  form.addEventListener("focusin", (event) => rowOf(event.target) && makeStop(rowOf(event.target)));
  form.addEventListener("change", (event) => rowOf(event.target) && changed([rowOf(event.target)]));
  form.addEventListener("input", tell);
  addEventListener("beforeunload", (event) => saver.unsaved.length && event.preventDefault());
  changed(copies.restore(rows));
}
