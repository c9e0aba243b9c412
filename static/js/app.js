// The one script of every page. Nothing here is needed to read or to submit.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

const NAME = /^cse-([a-z-]+)$/;
const started = new WeakSet();

// data-module="cse-NAME" starts modules/NAME.js: its default export gets the element.
async function start(element) {
  const name = NAME.exec(element.dataset.module);
  if (!name || started.has(element)) return;
  started.add(element);
  const module = await import(`./modules/${name[1]}.js`);
  module.default(element);
  // Says that it listens by now.
  element.dataset.started = "";
}

function startAll(scope) {
  initAll({ scope });
  if (scope.matches?.("[data-module^='cse-']")) start(scope);
  scope.querySelectorAll("[data-module^='cse-']").forEach(start);
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
startAll(document);
if (document.cookie.includes("cse-saved=")) import("./drafts/saved.js").then((module) => module.default());

// A piece that htmx has brought in is started like a page; its first load is the page itself.
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) startAll(event.detail.elt);
});
