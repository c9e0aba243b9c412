// What a button of the toolbar does to a text: replace from..to by words, then select.
const MARK = /^(\s*)(?:- |\d+\. )/;

export function bold(text, start, end) {
  const chosen = text.slice(start, end);
  if (text.slice(start - 2, start) === "**" && text.slice(end, end + 2) === "**") {
    return { from: start - 2, to: end + 2, words: chosen, select: [start - 2, end - 2] };
  }
  const words = chosen.trim();
  const from = start + chosen.indexOf(words);
  const to = from + words.length;
  return { from, to, words: `**${words}**`, select: [from + 2, to + 2] };
}

export function link(text, start, end) {
  const chosen = text.slice(start, end);
  const isAddress = /^(https?:\/\/|mailto:)\S+$/.test(chosen);
  const words = isAddress ? "" : chosen;
  const address = isAddress ? chosen : "https://";
  const at = start + words.length + 3;
  const select = words ? [at, at + address.length] : [start + 1, start + 1];
  return { from: start, to: end, words: `[${words}](${address})`, select };
}

export const bullets = (text, start, end) => points(text, start, end, () => "- ");
export const numbers = (text, start, end) => points(text, start, end, (place) => `${place + 1}. `);

// Each whole line of the selection gets the mark; lines that all have it lose it.
function points(text, start, end, mark) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const found = text.indexOf("\n", end);
  const to = found < 0 ? text.length : found;
  const lines = text.slice(from, to).split("\n");
  const plain = lines.map((line) => line.replace(MARK, "$1"));
  const marked = plain.map((line, place) => line.replace(/^(\s*)/, `$1${mark(place)}`));
  const words = (marked.join() === lines.join() ? plain : marked).join("\n");
  const last = from + words.length;
  return { from, to, words, select: lines.length > 1 ? [from, last] : [last, last] };
}
