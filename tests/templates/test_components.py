"""The pieces of pages in templates/govuk."""

from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.asserts import assertHTMLEqual, assertInHTML


def piece(name, /, **context):
    return render_to_string(f"govuk/{name}.html", context)


def pages(number, *, count):
    request = RequestFactory().get("/actions/", {"service": "parks", "page": number})
    page = Paginator(range(count * 10), 10).page(number)
    template = Template('{% include "govuk/pagination.html" with page=page only %}')
    return template.render(RequestContext(request, {"page": page}))


def test_pagination_keeps_the_filters_of_the_list():
    assertInHTML(
        '<a class="govuk-link govuk-pagination__link" href="?service=parks&amp;page=3" aria-label="Page 3">3</a>',
        pages(2, count=3),
    )


def test_pagination_leaves_out_what_is_far_away():
    html = pages(10, count=40)

    shown = [n for n in range(1, 41) if f'aria-label="Page {n}"' in html]
    assert shown == [1, 9, 10, 11, 40]
    assert html.count("⋯") == 2


def test_one_page_needs_no_pagination():
    assert pages(1, count=1).strip() == ""


def test_a_rating_says_its_code_and_its_name():
    assertHTMLEqual(
        piece("rating", code="PC", name="Partial compliance", kind="partial"),
        '<span class="cse-rating cse-rating--partial" title="Partial compliance">PC'
        '<span class="govuk-visually-hidden"> Partial compliance</span></span>',
    )


def test_a_carried_rating_says_so_and_a_missing_one_too():
    carried = piece(
        "rating", code="C", name="Compliant", kind="compliant", is_carried=True
    )

    assert "Compliant, carried forward" in carried
    assert "cse-rating--carried" in carried
    assert "Not rated" in piece("rating")


def test_a_row_of_a_summary_list_tells_what_its_link_changes():
    rows = [
        {"key": "Due date", "value": "<3 March>", "href": "/edit/"},
        {"key": "Owner", "value": None},
    ]

    html = piece("summary_list", rows=rows)

    assertInHTML(
        '<a class="govuk-link" href="/edit/">Change'
        '<span class="govuk-visually-hidden"> due date</span></a>',
        html,
    )
    assertInHTML('<dd class="govuk-summary-list__value">&lt;3 March&gt;</dd>', html)
    assert "None" not in html


def test_a_button_with_an_address_is_a_link():
    assertHTMLEqual(
        piece("button", text="Add an action", href="/add/", kind="secondary"),
        '<a href="/add/" role="button" draggable="false" data-module="govuk-button"'
        ' class="govuk-button govuk-button--secondary">Add an action</a>',
    )
    assert piece("button", text="Save").strip().startswith('<button type="submit"')
