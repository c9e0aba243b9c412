"""What people write without a space breaks where it stands: no page grows by it."""

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
    page.set_viewport_size(SMALLEST)
    page.set_content(PAGE.replace("{}", around.replace("{}", "repaint" * 24)))
    for style in STYLES:
        page.add_style_tag(path=finders.find(style))

    assert width_problems(page, "") == []
