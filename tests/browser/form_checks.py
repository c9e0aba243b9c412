"""How a page behaves once its form was sent empty, as lines of words; no line is good."""

from playwright.sync_api import Page

QUESTIONS = "main form[method=post]:has(.govuk-form-group)"
EMPTY = """(form) => {
  for (const one of form.elements) {
    if (one.type === 'checkbox' || one.type === 'radio') one.checked = false;
    else if (one.inputMode === 'numeric') one.value = '99';
    else if (/^(text|textarea|email|url|password|search|file)$/.test(one.type)) one.value = '';
  }
}"""
IS_FOCUSED = "(one) => one === document.activeElement"
LEADS_TO_ITS_QUESTION = """() => {
  const { activeElement } = document;
  const group = activeElement.closest('.govuk-form-group--error, .cse-grid__row--error');
  return Boolean(group) && activeElement.matches('input, select, textarea');
}"""


def forms_on(page: Page) -> int:
    """How many forms with questions the page has."""
    return page.locator(QUESTIONS).count()


def send_empty(page: Page, number: int) -> None:
    """Empty the page's form of that number and press its first button."""
    form = page.locator(QUESTIONS).nth(number)
    form.evaluate(EMPTY)
    with page.expect_navigation():
        form.locator("[type=submit]").first.click()


def error_problems(page: Page) -> list[str]:
    """What is said, said first, and leads to the question that it is about."""
    summary = page.locator(".govuk-error-summary")
    if not summary.count():
        return [f"the empty form led to {page.title()!r} without a word of error"]
    found = []
    if not page.title().startswith("Error: "):
        found.append(f"the title is {page.title()!r}")
    if not summary.evaluate(IS_FOCUSED):
        found.append("the summary of errors has no focus")
    for link in summary.get_by_role("link").all():
        link.click()
        if not page.evaluate(LEADS_TO_ITS_QUESTION):
            found.append(f"“{link.inner_text()}” does not lead to its question")
    return found
