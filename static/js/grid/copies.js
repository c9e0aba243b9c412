// What is not saved yet, kept in this browser for this person: not even a crash costs a rating.
const OLDEST_MS = 30 * 24 * 60 * 60 * 1000;

export class Copies {
  constructor(person, record) {
    this.name = `cse-grid:${person}:${record}`;
  }

  // Rows that a filter leaves out keep their copies.
  keep(rows) {
    const shown = new Set(rows.map((row) => row.id));
    const unsaved = rows.filter((row) => row.isUnsaved).map(copyOf);
    this.store([...this.read().filter(({ id }) => !shown.has(id)), ...unsaved]);
  }

  // The rows that were given back what they had; what each had seen tells a newer value from it.
  restore(rows) {
    const copies = new Map(this.read().map((copy) => [copy.id, copy]));
    const found = rows.filter((row) => copies.has(row.id));
    found.forEach((row) => {
      const { seen, storedReason, values } = copies.get(row.id);
      row.seen.value = seen;
      row.storedReason = storedReason;
      row.values = values;
    });
    return found;
  }

  read() {
    const { at, copies } = JSON.parse(attempt(() => localStorage.getItem(this.name)) ?? "{}");
    return at > Date.now() - OLDEST_MS ? copies : [];
  }

  store(copies) {
    if (copies.length) attempt(() => localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), copies })));
    else attempt(() => localStorage.removeItem(this.name));
  }
}

function copyOf(row) {
  return { id: row.id, seen: row.seen.value, storedReason: row.storedReason, values: row.values };
}

// A browser may refuse to store anything.
function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
