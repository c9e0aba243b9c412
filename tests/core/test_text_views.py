"""The addresses behind the text boxes: what was pasted, and how a text will look."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from cse_tracker.core.rich_text.pasting import MAX_CHARACTERS
from tests.core.rich_text import clipboards

PASTE = reverse("text:paste")


@pytest.fixture
def as_lena(signed_in, cast):
    return signed_in(cast.lena)


def test_a_paste_comes_back_as_text_with_what_was_left_out(as_lena):
    answer = as_lena.post(PASTE, {"html": clipboards.WORD})

    assert json.loads(answer.content) == {
        "text": clipboards.WORD_TEXT,
        "left_out": "Left out: 1 picture, 1 comment in the margin and italics.",
    }


def test_too_much_is_refused(as_lena):
    answer = as_lena.post(PASTE, {"html": "x" * (MAX_CHARACTERS + 1)})
    assert answer.status_code == 413


def test_nobody_keeps_the_server_busy_with_pasting(as_lena, settings):
    settings.ACCOUNT_RATE_LIMITS = {"paste": "2/m/user"}

    answers = [as_lena.post(PASTE, {"html": "x"}).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_nothing_is_pasted_without_signing_in_or_token(cast, db):
    assert Client().post(PASTE, {"html": "x"}).status_code == 302
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(cast.lena)
    assert guarded.post(PASTE, {"html": "x"}).status_code == 403


def test_a_preview_shows_the_named_field_and_runs_nothing(as_lena):
    posted = {"field": "comment", "comment": "**Do** <script>alert(1)</script>"}
    answer = as_lena.post(reverse("text:preview"), posted)

    assert answer.content.decode() == (
        '<p class="govuk-body cse-text"><strong>Do</strong>'
        " &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


def test_a_preview_of_nothing_is_empty(as_lena):
    assert as_lena.post(reverse("text:preview"), {"field": "x"}).content == b""
