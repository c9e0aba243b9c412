// The page of all elements: each change is saved by itself, and rows take keys. See js/grid/.
import { touch } from "../grid/answers.js";
import { Bar } from "../grid/bar.js";
import { listenToButtons } from "../grid/buttons.js";
import { Copies } from "../grid/copies.js";
import { listenToKeys } from "../grid/keys.js";
import { Rows } from "../grid/rows.js";
import { Saver } from "../grid/saver.js";
import { Undo } from "../grid/undo.js";
import { take } from "../grid/values.js";

export default function grid(form) {
  const { rateUrl, person } = form.dataset;
  const rows = new Rows(form);
  const bar = new Bar(form.querySelector("[data-bar]"));
  const history = new Undo();
  const copies = new Copies(person, rateUrl);
  const saver = new Saver(rows.all, rateUrl, tell);
  let hasChanged = false;

  function tell() {
    copies.keep(rows.all);
    bar.show({ unsaved: saver.unsaved, failure: saver.failure, hasChanged, canUndo: history.steps.length > 0 });
  }

  function changed(some) {
    save(history.record(some));
    if (some.length === 1) bar.say(some[0].words);
  }

  function choose(row, field) {
    if (!row) return;
    take(row, field);
    changed([row]);
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

  const actions = { rows, bar, changed, save, undo, saveNow: () => saver.now() };
  form.classList.add("cse-grid-form--live");
  listenToKeys(form, actions);
  listenToButtons(form, actions);
  form.addEventListener("change", ({ target }) => choose(rows.of(target), target));
  form.addEventListener("input", tell);
  addEventListener("beforeunload", (event) => saver.unsaved.length && event.preventDefault());
  changed(copies.restore(rows.all));
}
