"""A text box with buttons: marks by mouse and keyboard, pastes from Word and Excel, no script."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment, Finding
from assessments.services.assessments import start_assessment
from assessments.services.certifications import certification_of
from assessments.services.responses import add_response
from tests.browser.conftest import NARROW, WIDE
from tests.browser.people import Person
from tests.core.rich_text import clipboards
from tests.factories import FindingFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ELEMENT = "/o/ashby/assessments/2026-review/1.1.1/"
NEW = f"{ELEMENT}findings/new/"
HOSTILE = (
    "<p onclick='window.hit=1'>Calm<img src=x onerror='window.hit=1'></p>"
    "<script>window.hit=1</script><svg onload='window.hit=1'></svg>"
    "<a href='javascript:window.hit=1'>words</a>"
    "<p>&lt;img src=x onerror=window.hit=1&gt; [x](javascript:window.hit=1)</p>"
)
PASTE = """([html, plain]) => {
  const clipboardData = new DataTransfer();
  if (html) clipboardData.setData('text/html', html);
  clipboardData.setData('text/plain', plain);
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
  return event.defaultPrevented;
}"""


@pytest.fixture
def assessment(cast, standard) -> Assessment:
    return start_assessment(
        certification=certification_of(organisation=cast.ashby),
        year=2026,
        kind=Assessment.Kind.REVIEW,
        by=cast.lena,
    )


@pytest.fixture
def lena(cast, assessment, new_page) -> Person:
    return Person(new_page(user=cast.lena))


@pytest.fixture
def box(lena):
    """The box for the comment, ready to be written in."""
    lena.goes_to(NEW)
    expect(lena.page.get_by_role("button", name="Bullets").first).to_be_visible()
    found = lena.page.get_by_role("textbox", name="Assessor's comment")
    found.focus()
    return found


def pastes(page: Page, html: str, plain: str = "plain words") -> bool:
    """Like Ctrl+V with that on the clipboard; whether the page took it in hand."""
    return bool(page.evaluate(PASTE, [html, plain]))


def tool(person: Person, name: str) -> None:
    person.page.get_by_role("group", name="Format the comment").get_by_role(
        "button", name=name
    ).click()


def saves(person: Person) -> None:
    person.chooses("Area for improvement: something to consider")
    person.presses("Save")
    person.sees("The comment is saved.")


def comment_on(page: Page):
    return page.locator(".cse-finding").first


def test_a_paste_from_word_keeps_its_points_and_says_what_is_missing(lena, box):
    assert pastes(lena.page, clipboards.WORD)

    expect(box).to_have_value(clipboards.WORD_TEXT)
    expect(lena.page.get_by_role("status").filter(has_text="Left out")).to_have_text(
        "Left out: 1 picture, 1 comment in the margin and italics."
    )
    saves(lena)
    shown = comment_on(lena.page)
    expect(shown.locator("ul.cse-text > li").first).to_contain_text("ask all customers")
    expect(shown.locator("ul.cse-text ul > li")).to_have_text("by letter too")
    expect(shown.locator("ol > li")).to_have_attribute("value", "2")
    expect(shown.locator("strong").first).to_have_text("service")
    link = shown.get_by_role("link", name="this", exact=True)
    expect(link).to_have_attribute("href", "https://guide.example/a?b=1&c=2")


def test_a_paste_from_excel_stands_where_the_cursor_was(lena, box):
    box.type("Before after")
    box.evaluate("(one) => one.setSelectionRange(7, 7)")
    pastes(lena.page, clipboards.EXCEL)

    expect(box).to_have_value(f"Before \n{clipboards.EXCEL_TEXT}\nafter")
    lena.sees("1 table became a list.")
    box.press("Control+z")
    expect(box).to_have_value("Before after")


def test_a_plain_paste_is_the_browsers_own(lena, box):
    assert not pastes(lena.page, "")


def test_without_a_network_the_words_come_through_plain(lena, box):
    lena.page.context.set_offline(True)
    pastes(lena.page, clipboards.WORD, "The service should ask")

    expect(box).to_have_value("The service should ask")
    lena.sees("Pasted as plain text")
    lena.page.context.set_offline(False)


def test_marks_by_button_and_keyboard_are_shown_and_saved(lena, box):
    box.type("Do this: one")
    box.evaluate("(one) => one.setSelectionRange(0, 2)")
    box.press("Control+b")
    expect(box).to_have_value("**Do** this: one")
    box.press("Control+b")
    expect(box).to_have_value("Do this: one")
    tool(lena, "Bold")
    box.press("Control+End")
    box.press("Enter")
    box.type("two\nthree")
    box.evaluate("(one) => one.setSelectionRange(18, one.value.length)")
    tool(lena, "Bullets")
    expect(box).to_have_value("**Do** this: one\n- two\n- three")
    tool(lena, "Numbers")
    expect(box).to_have_value("**Do** this: one\n1. two\n2. three")
    box.press("Control+End")
    box.press("Enter")
    tool(lena, "Link")
    expect(box).to_be_focused()
    box.type("see")

    lena.page.get_by_text("Show how it will look").first.click()
    preview = lena.page.locator(".cse-rich-text details").first
    expect(preview.locator("ol > li")).to_have_count(2)
    saves(lena)
    shown = comment_on(lena.page)
    expect(shown.locator("ol > li")).to_have_count(2)
    expect(shown.locator("strong")).to_have_text(["Do"])


def test_the_tools_come_before_the_box_by_tab(lena, box):
    lena.page.keyboard.press("Shift+Tab")
    expect(lena.page.locator(":focus")).to_have_text("Link")
    lena.page.keyboard.press("Enter")
    expect(box).to_have_value("[](https://)")


def test_nothing_of_a_hostile_paste_ever_runs(lena, box):
    pastes(lena.page, HOSTILE)
    expect(box).not_to_have_value("")
    lena.page.get_by_text("Show how it will look").first.click()
    expect(lena.page.locator(".cse-rich-text details p")).not_to_have_count(0)
    saves(lena)

    shown = comment_on(lena.page)
    expect(shown).to_contain_text("<img src=x onerror=window.hit=1>")
    assert shown.locator("img, script, svg, a[href^=javascript]").count() == 0
    lena.page.mouse.click(10, 10)
    assert lena.page.evaluate("window.hit") is None


def test_without_java_script_the_marks_are_typed(cast, assessment, new_page):
    lena = Person(new_page(user=cast.lena, java_script=False))
    lena.goes_to(NEW)
    lena.sees("Begin a line with “- ” for a bullet")
    assert not lena.page.get_by_role("button", name="Bullets").first.is_visible()
    lena.fills_in({"Assessor's comment": "Ask:\n- **all**"})
    saves(lena)

    expect(comment_on(lena.page).locator("ul > li > strong")).to_have_text("all")


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "no js"])
def test_a_comment_is_moved_down_by_pressing_again(
    cast, assessment, new_page, java_script
):
    node = assessment.certification.standard.nodes.get(ref="1.1.1")
    moved, *_ = [
        FindingFactory(assessment=assessment, node=node, order=place)
        for place in (1, 2, 3)
    ]
    lena = Person(new_page(user=cast.lena, java_script=java_script))
    lena.goes_to(ELEMENT)
    lena.page.locator(f"#move-down-{moved.pk}").focus()
    lena.page.keyboard.press("Enter")
    lena.page.wait_for_url(f"**#move-down-{moved.pk}")
    expect(lena.page.locator(f"#move-down-{moved.pk}")).to_be_focused()
    lena.page.keyboard.press("Enter")
    lena.page.wait_for_url(f"**#move-up-{moved.pk}")
    expect(lena.page.locator(f"#move-up-{moved.pk}")).to_be_focused()

    standing = Finding.objects.standing().filter(finding_set=assessment.finding_set)
    assert list(standing)[-1] == moved


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_box_question_and_text_are_accessible(
    cast, assessment, new_page, accessibility_problems, viewport
):
    nodes = assessment.certification.standard.nodes
    above, here = (
        FindingFactory(
            assessment=assessment,
            node=nodes.get(ref=ref),
            comment=f"{clipboards.WORD_TEXT}\n\nAs 1.1.2",
        )
        for ref in ("1.1.1", "1.1.2")
    )
    text = "We will:\n- ask\n- listen"
    answer = add_response(findings=[above], text=text, by=cast.mo)
    lena = Person(new_page(user=cast.lena, viewport=viewport))
    path = f"/o/ashby/assessments/2026-review/findings/{here.pk}/responses/new/"
    lena.goes_to(path)
    assert accessibility_problems(lena.page) == []

    lena.fills_in({"Recommended response": "Response as above"})
    lena.presses("Save as a draft")
    lena.sees("Select whether to use the response that these words point to")
    assert accessibility_problems(lena.page) == []
    lena.page.get_by_label("Yes, use the response to 1.1.1").check()
    lena.presses("Save as a draft")

    lena.sees("The response answers this comment too.", "Also answers")
    assert accessibility_problems(lena.page) == []
    assert lena.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [link.response for link in here.response_links.all()] == [answer]
