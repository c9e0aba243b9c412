// One rating for a whole criterion: puts it into the rows it is for, and returns those.
const LAST_KNOWN = "known";

export function fill(form, rows, ref) {
  const scope = form.elements[`fill-scope-${ref}`].value;
  const rating = form.elements[`fill-rating-${ref}`].value;
  return rows.filter((row) => {
    const wanted = rating === LAST_KNOWN ? row.element.dataset.known : rating;
    const isAskedFor = row.ref.split(".")[0] === ref && (scope === "everything" || !row.select.value);
    if (!isAskedFor || !wanted) return false;
    row.select.value = wanted;
    return true;
  });
}
