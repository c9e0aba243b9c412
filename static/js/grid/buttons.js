// The buttons of the page: set a criterion, undo, try again, whose value stays after a clash.
import { choose } from "./answers.js";

const LAST_KNOWN = "known";

export function listenToButtons(form, { rows, bar, changed, save, undo, saveNow }) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "fill") changed(fill(event.submitter.value));
    else saveNow();
  });
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button === bar.undo) undo();
    else if (button === bar.retry) saveNow();
    else if (button?.dataset.choose) settle(rows.of(button), button.dataset.choose);
  });

  function settle(row, whose) {
    choose(row, whose);
    row.element.focus();
    save([row]);
  }

  // The rows that got another rating.
  function fill(ref) {
    const scope = form.elements[`fill-scope-${ref}`].value;
    const rating = form.elements[`fill-rating-${ref}`].value;
    return rows.all.filter((row) => {
      const wanted = rating === LAST_KNOWN ? row.element.dataset.known : rating;
      const isAskedFor = row.ref.split(".")[0] === ref && (scope === "everything" || !row.select.value || row.carried);
      if (!isAskedFor || !wanted) return false;
      row.rate(wanted);
      return true;
    });
  }
}
