// Takes changes back, the last one first; what was set at once is taken back at once.
import { same } from "./values.js";

export class Undo {
  constructor() {
    this.steps = [];
  }

  record(rows) {
    const changed = rows.filter((row) => !same(row.values, row.remembered));
    if (changed.length) this.steps.push(changed.map((row) => [row, row.remembered]));
    changed.forEach((row) => row.remember());
    return changed;
  }

  // The rows that have their earlier values again.
  back() {
    const step = this.steps.pop() ?? [];
    step.forEach(([row, values]) => {
      row.values = values;
      row.remember();
    });
    return step.map(([row]) => row);
  }
}
