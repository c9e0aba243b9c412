// Pasted Word, Excel and web content: the server makes our marks of it and says what is missing.
import { put } from "./editing.js";

const PATIENCE_MS = 8000;
const AS_PLAIN = "Pasted as plain text: its lists, links and bold words could not be read.";
const POINT = /^(- |\d+\. )/;

export async function paste(event, box, address, say) {
  const html = event.clipboardData?.getData("text/html");
  if (!html) return;
  event.preventDefault();
  const plain = event.clipboardData.getData("text/plain");
  say("Pasting …");
  let pasted = { text: plain, left_out: AS_PLAIN };
  try {
    pasted = await converted(html, box, address);
  } catch {
    // No network, signed out, or too much of it: the words themselves are here.
  }
  insert(box, pasted.text);
  say(pasted.left_out);
}

async function converted(html, box, address) {
  const body = new FormData();
  body.set("html", html);
  body.set("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(address, { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// Points begin a line, and what follows them does too.
function insert(box, text) {
  const [from, to] = [box.selectionStart, box.selectionEnd];
  const before = box.value.slice(0, from);
  const after = box.value.slice(to);
  const lastLine = text.split("\n").at(-1);
  const starts = POINT.test(text) && before && !before.endsWith("\n") ? "\n" : "";
  const ends = POINT.test(lastLine.trim()) && after && !after.startsWith("\n") ? "\n" : "";
  if (text) put(box, { from, to, words: `${starts}${text}${ends}` });
}
