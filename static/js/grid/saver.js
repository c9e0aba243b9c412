// Saves changed rows soon after the change, one sending at a time, until the server has them all.
import { failSaving, startSaving, takeAnswer } from "./answers.js";
import { pieceOf } from "./note.js";
import { NotSaved, send } from "./sending.js";

const AFTER_CHANGE_MS = 350;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 30000;
const ROWS_AT_ONCE = 60;

export class Saver {
  constructor(rows, url, tell) {
    this.rows = rows;
    this.url = url;
    this.tell = tell; // called whenever something about the saving changed
    this.failure = "";
    this.retryMs = FIRST_RETRY_MS;
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden && this.now());
  }

  get unsaved() {
    return this.rows.filter((row) => row.isUnsaved);
  }

  soon(wait = AFTER_CHANGE_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), wait);
  }

  async now() {
    clearTimeout(this.timer);
    const rows = this.rows.filter((row) => row.isWaiting).slice(0, ROWS_AT_ONCE);
    if (this.isSending || !rows.length) return;
    this.isSending = true;
    rows.forEach(startSaving);
    const next = await this.attempt(rows);
    this.isSending = false;
    this.tell();
    if (next !== null && this.rows.some((row) => row.isWaiting)) this.soon(next);
  }

  // Milliseconds until the next sending; null where trying again is no use.
  async attempt(rows) {
    try {
      this.take(await send(this.url, rows));
    } catch (problem) {
      rows.forEach(failSaving);
      if (!(problem instanceof NotSaved)) throw problem;
      this.failure = problem.message;
      this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
      return problem.retry ? this.retryMs / 2 : null;
    }
    this.failure = "";
    this.retryMs = FIRST_RETRY_MS;
    return 0;
  }

  take({ rows, pieces }) {
    const byId = new Map(this.rows.map((row) => [row.id, row]));
    rows.forEach((answer) => takeAnswer(byId.get(String(answer.id)), answer));
    Object.entries(pieces).forEach(([id, html]) => document.getElementById(id)?.replaceWith(pieceOf(html)));
  }
}
