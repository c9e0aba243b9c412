// Sends rows to the server, and says in words why that failed.
import { fieldsOf } from "./values.js";

const PATIENCE_MS = 15000;
// Browsers refuse to finish more than 64 KiB once the person has left the page.
const MOST_AFTER_LEAVING = 60000;
const SIGNED_OUT = "You are signed out. Sign in in another tab: what you entered stays here and is saved then.";
// Whoever is signed out is led to the sign-in page.
const isSignedOut = (answer) => answer.type === "opaqueredirect";

export class NotSaved extends Error {
  constructor(words, { retry = true } = {}) {
    super(words);
    this.retry = retry;
  }
}

export async function send(url, rows) {
  const answer = await sendOrRenew(url, new URLSearchParams(rows.flatMap(fieldsOf)));
  if (answer.ok) return answer.json();
  if (isSignedOut(answer)) throw new NotSaved(SIGNED_OUT);
  if (answer.status === 409) throw new NotSaved((await answer.json()).problem, { retry: false });
  if (answer.status >= 500) throw new NotSaved("The service has a problem. We are trying again.");
  throw new NotSaved("You can’t change this assessment now. Reload the page to see it as it is.", { retry: false });
}

// Signing in again, in another tab, changes the token that this page was given.
async function sendOrRenew(url, body) {
  const answer = await post(url, body);
  return answer.status === 403 && (await renewToken()) ? post(url, body) : answer;
}

async function post(url, body) {
  const headers = JSON.parse(document.body.dataset.hxHeaders);
  const keepalive = String(body).length < MOST_AFTER_LEAVING;
  return reach(url, { method: "POST", body, headers, redirect: "manual", keepalive });
}

async function reach(url, options) {
  try {
    return await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch {
    throw new NotSaved("There is no connection. We are trying again.");
  }
}

async function renewToken() {
  const page = await reach(location.href, { redirect: "manual" });
  if (isSignedOut(page)) throw new NotSaved(SIGNED_OUT);
  if (!page.ok) return false;
  const read = new DOMParser().parseFromString(await page.text(), "text/html");
  document.body.dataset.hxHeaders = read.body.dataset.hxHeaders;
  return true;
}
