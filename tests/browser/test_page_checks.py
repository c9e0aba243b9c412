"""What axe is spared is what it has seen: never something that is drawn in another way."""

import pytest

from tests.browser.conftest import WIDE
from tests.browser.page_checks import PageChecks
from tests.browser.seen import Seen

pytestmark = pytest.mark.slow
PAGE = """<!doctype html><html lang="en-GB"><head><title>Page</title><style>
  b + p { display: none }
  p { color: #ccc }
  i ~ a { color: #ccc; text-decoration: none }
  nav a { display: inline-block; font-size: 10px }
</style></head><body><main><h1>Page</h1>{}</main></body></html>"""


@pytest.fixture
def look(page, tmp_path):
    """``look("<p>Words</p>")`` lists what is wrong with a page of that."""
    checks = PageChecks(Seen(tmp_path / "seen"))

    def look(content):
        page.set_content(PAGE.replace("{}", content))
        return checks.axe_problems(page, WIDE["width"])

    return look


@pytest.mark.parametrize(
    ("sound", "faulty", "rule"),
    [
        (
            "<b>One</b><p>Two</p><i>Three</i>",
            "<i>Three</i><p>Two</p>",
            "color-contrast",
        ),
        (
            "<a href='#a'>One</a><i>Two</i>",
            "<i>Two</i><a href='#a'>One</a>",
            "color-contrast",
        ),
        (
            "<nav><a href='#a'>The first of them</a> <a href='#b'>The second</a></nav>",
            "<nav><a href='#a'>1</a> <a href='#b'>2</a></nav>",
            "target-size",
        ),
    ],
)
def test_the_same_elements_drawn_in_another_way_are_looked_at(
    look, sound, faulty, rule
):
    assert look(sound) == []

    assert [line.partition(":")[0] for line in look(faulty)][:1] == [rule]


def test_other_words_in_the_same_elements_are_not_looked_at_again(look):
    assert look("<p>Words that are too pale</p>")

    assert look("<p>Others</p>") == []
