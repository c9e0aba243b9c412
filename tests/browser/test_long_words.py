"""What is wider than the page: a long word breaks, a table says that it scrolls."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.browser.page_checks import SMALLEST, width_problems

pytestmark = pytest.mark.slow
STYLES = ("vendor/govuk-frontend/govuk-frontend.min.css", "css/app.css")
PAGE = """<!doctype html><html lang="en-GB" class="govuk-template">
<body class="govuk-template__body"><div class="govuk-width-container">
<main class="govuk-main-wrapper">{}</main></div></body></html>"""


@pytest.mark.parametrize(
    "around",
    [
        '<span class="govuk-caption-l">{}</span><h1 class="govuk-heading-l">{}</h1>',
        '<ul class="govuk-list govuk-list--bullet"><li>{}</li></ul>',
        '<div class="cse-page-head"><h1 class="govuk-heading-l">{}</h1></div>',
        '<div class="cse-finding__head"><h3 class="govuk-heading-s">{}</h3></div>',
    ],
)
def test_a_long_word_breaks(page, around):
    show(page, around.replace("{}", "repaint" * 24))

    assert width_problems(page, "") == []


@pytest.mark.parametrize(("width", "is_said"), [(100, False), (2000, True)])
def test_a_table_that_is_cut_off_says_that_it_scrolls(page, width, is_said):
    show(page, f'<div class="cse-scroll"><table width="{width}"><td>1</table></div>')
    script = Path(finders.find("js/modules/scroll-region.js")).read_text()
    page.evaluate(
        f"({script[script.index('function') :]})(document.querySelector('.cse-scroll'))"
    )
    page.wait_for_function("document.querySelector('.cse-scroll[class*=--]')")

    said = "getComputedStyle(document.querySelector('.cse-scroll'), '::before').content"
    assert ("Scroll sideways" in page.evaluate(said)) == is_said


def show(page, content):
    """The content with our styles in the smallest window."""
    page.set_viewport_size(SMALLEST)
    page.set_content(PAGE.replace("{}", content))
    for style in STYLES:
        page.add_style_tag(path=finders.find(style))
