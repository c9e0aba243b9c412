// What a row says: as its fields hold it, as the server wrote it down, as the form sends it.
export const same = (one, other) =>
  one.rating === other.rating && one.sampled === other.sampled && one.reason === other.reason && Boolean(one.carried) === Boolean(other.carried);

// What the server says is stored: version, rating, mark, and whether the rating is only carried.
export function valuesIn(seen, reason) {
  const [, rating, sampled, carried] = seen.split(":");
  return { rating, sampled: sampled === "1", reason, carried: Boolean(carried) };
}

// As the form would send them.
export function fieldsOf({ id, seen, values }) {
  const { rating, sampled, reason, carried } = values;
  const basis = carried ? { carried: "on" } : { assessed: "on" };
  const fields = { seen: seen.value, rating, reason, ...(sampled && { sampled: "on" }), ...basis };
  return Object.entries(fields).map(([name, value]) => [`${name}-${id}`, value]);
}

// The server refuses a changed rating that nobody examined until it is given a reason.
export function owesReason({ values, mark, element }) {
  const { rating, sampled, reason } = values;
  const { known } = element.dataset;
  const hasChanged = Boolean(known && rating) && rating !== known;
  return hasChanged && mark?.type === "checkbox" && !sampled && !reason;
}

// What a person chose in one of a row's fields.
export function take(row, field) {
  const box = row.field("assessed");
  if (field === box && !box.checked) row.rate(row.stored.rating, true);
  else if (field === box || field === row.select) row.rate(row.select.value);
}
