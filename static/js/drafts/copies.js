// Copies of what was typed, in this browser, apart for each person, organisation and form.
const PREFIX = "cse-draft:";
const DAYS = 30;

// A browser may refuse storage, or have none left: the server's draft is then all there is.
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

export function remember(store, key, content, revision) {
  const copy = JSON.stringify({ content, revision, at: Date.now() });
  return attempt(() => localStorage.setItem(`${PREFIX}${store}:${key}`, copy) ?? true) ?? false;
}

export function forget(store, key) {
  attempt(() => localStorage.removeItem(`${PREFIX}${store}:${key}`));
}

// Forms that were saved, by their keys alone: the page that follows knows no more of them.
export function forgetKeys(keys) {
  for (const name of names()) if (keys.includes(keyIn(name))) localStorage.removeItem(name);
}

export function copiesOf(store) {
  const oldest = Date.now() - DAYS * 24 * 60 * 60 * 1000;
  const found = [];
  for (const name of names()) {
    const copy = attempt(() => JSON.parse(localStorage.getItem(name)));
    if (!copy || copy.at < oldest) localStorage.removeItem(name);
    else if (name === `${PREFIX}${store}:${keyIn(name)}`) found.push({ ...copy, key: keyIn(name) });
  }
  return found.sort((one, other) => other.at - one.at);
}

function names() {
  return attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) ?? [];
}

function keyIn(name) {
  return name.slice(name.lastIndexOf(":") + 1);
}
