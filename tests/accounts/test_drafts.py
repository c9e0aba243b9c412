"""Forms whose words are kept: offered to who typed them, gone once saved, nobody else's."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Finding
from cse_tracker.accounts.models import Draft
from cse_tracker.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from cse_tracker.accounts.tasks import forget_old_drafts
from tests.architecture.route_table import INSIDE
from tests.architecture.route_world import make_world
from tests.architecture.source_files import fail_with
from tests.architecture.test_routes import Route, all_patterns, parameters_of
from tests.factories import FindingFactory, member
from tests.pages import form_of, text_of

NEW = "/o/ashby/assessments/2026-review/1.1.1/findings/new/"
WORDS = "Ask more people, and write down what they say."


@pytest.fixture
def as_lena(open_assessment, cast, signed_in):
    return signed_in(cast.lena)


@pytest.fixture
def priya(cast):
    return member(cast.ashby, Role.OFFICER, full_name="Priya Nair")


def keep(client, url=NEW, *, key="", revision=1, **fields):
    """Send what the page's script sends; the key of the draft."""
    key = key or str(uuid.uuid4())
    fields = fields or {"kind": "improvement", "comment": WORDS}
    address = f"{url}{'&' if '?' in url else '?'}unattended=draft"
    sent = {**fields, "draft_key": key, "draft_revision": revision}
    answer = client.post(address, sent)
    assert answer.status_code == 200, answer.content
    return key


def save(client, url=NEW, address="", **changes):
    form = form_of(client.get(address or url))
    return client.post(url, form.sending(**changes))


def test_what_was_typed_is_offered_where_it_was_typed(as_lena):
    keep(as_lena)
    Draft.objects.update(kept_at=datetime(2026, 3, 3, 14, 32, tzinfo=UTC))

    page = text_of(as_lena.get(NEW))

    assert "You typed this on 3 March 2026 at 14:32 and did not save it" in page
    assert WORDS not in page


def test_restoring_fills_the_form_without_a_script(as_lena):
    key = keep(as_lena, kind="strength", comment=WORDS)

    form = form_of(as_lena.get(f"{NEW}?draft={key}"))

    assert form.values["comment"] == [WORDS]
    assert form.values["kind"] == ["strength"]


def test_a_restored_date_has_its_three_parts_again(as_lena, open_assessment):
    url = "/o/ashby/assessments/2026-review/details/"
    parts = {"visit_starts_on_day": "3", "visit_starts_on_month": "Mar"}
    key = keep(as_lena, url, version=1, assessors="P. Nair", **parts)

    form = form_of(as_lena.get(f"{url}?draft={key}"))

    assert form.values["visit_starts_on_month"] == ["Mar"]
    assert form.values["assessors"] == ["P. Nair"]


def test_a_saved_form_is_offered_no_more(as_lena):
    key = keep(as_lena)

    answer = save(as_lena, address=f"{NEW}?draft={key}")

    assert answer.status_code == 302
    assert Finding.objects.get().comment == WORDS
    assert "did not save" not in text_of(as_lena.get(NEW))
    assert not Draft.objects.unsaved().exists()


def test_the_browser_is_told_which_of_its_copies_to_forget(as_lena):
    key = str(uuid.uuid4())

    answer = save(as_lena, comment=WORDS, draft_key=key, draft_revision="4")

    assert answer.cookies["cse-saved"].value == key


def test_a_form_that_was_refused_keeps_its_draft_and_its_key(as_lena):
    key = keep(as_lena, kind="compliance", comment="")

    answer = save(
        as_lena, kind="compliance", comment="", draft_key=key, draft_revision="2"
    )

    assert form_of(answer).values["draft_key"] == [key]
    assert "did not save" not in text_of(answer)
    assert Draft.objects.unsaved().get().key == uuid.UUID(key)


def test_a_dropped_draft_is_gone(as_lena):
    key = keep(as_lena)

    answer = as_lena.post(NEW, {"draft_drop": key})

    assert answer.url == NEW
    assert not Draft.objects.exists()


def test_the_way_back_is_kept_through_dropping_and_restoring(as_lena):
    url = f"{NEW}?next=/o/ashby/"
    key = keep(as_lena, url)

    assert as_lena.post(url, {"draft_drop": key}).url == f"{NEW}?next=%2Fo%2Fashby%2F"


def test_a_restored_draft_knows_the_version_that_was_seen_then(
    as_lena, open_assessment
):
    finding = FindingFactory(assessment=open_assessment, comment="Original")
    url = f"/o/ashby/assessments/2026-review/findings/{finding.pk}/"
    key = keep(as_lena, url, kind="improvement", comment="Mine", version="1")
    Finding.objects.update(comment="Theirs", version=2)

    answer = save(as_lena, url, address=f"{url}?draft={key}")

    assert answer.status_code == 409
    assert "There now Theirs" in text_of(answer)
    assert "You typed [new: Mine]" in text_of(answer)


def test_a_draft_goes_once_the_conflict_it_met_is_settled(as_lena, open_assessment):
    finding = FindingFactory(assessment=open_assessment, comment="Original")
    url = f"/o/ashby/assessments/2026-review/findings/{finding.pk}/"
    key = keep(as_lena, url, kind="improvement", comment="Mine", version="1")
    Finding.objects.update(comment="Theirs", version=2)
    conflict = save(as_lena, url, address=f"{url}?draft={key}", draft_revision="1")
    assert Draft.objects.unsaved().exists()

    settled = form_of(conflict).sending(**{"keep-comment": "mine", "keep-kind": "mine"})
    assert as_lena.post(url, settled).status_code == 302

    assert Finding.objects.get().comment == "Mine"
    assert not Draft.objects.unsaved().exists()


def test_own_words_typed_on_the_conflict_page_are_restored_and_saved(
    as_lena, open_assessment
):
    finding = FindingFactory(assessment=open_assessment, comment="Original")
    url = f"/o/ashby/assessments/2026-review/findings/{finding.pk}/"
    opened = form_of(as_lena.get(url))
    Finding.objects.update(comment="Theirs", version=2)
    conflict = form_of(as_lena.post(url, opened.sending(comment="Mine")))
    own = {"keep-comment": "merged", "keep-comment-merged": "Theirs and mine"}

    as_lena.post(f"{url}?unattended=draft", conflict.sending(**own))
    [key] = Draft.objects.unsaved().values_list("key", flat=True)
    restored = form_of(as_lena.get(f"{url}?draft={key}"))
    asked_again = as_lena.post(url, restored.sending())
    saved = as_lena.post(url, conflict.sending(**own, draft_revision="1"))

    assert restored.values["comment"] == ["Theirs and mine"]
    assert asked_again.status_code == 409
    assert saved.status_code == 302
    assert Finding.objects.get().comment == "Theirs and mine"
    assert not Draft.objects.unsaved().exists()


def test_who_types_the_same_is_named(as_lena, priya, signed_in):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        keep(signed_in(priya))
        kept_at = timezone.localtime().strftime("%H:%M")
        clock.shift(timedelta(minutes=9))
        words = f"Priya Nair is editing this (draft kept at {kept_at})"
        assert words in text_of(as_lena.get(NEW))

        clock.shift(timedelta(minutes=2))
        assert "Priya Nair" not in text_of(as_lena.get(NEW))


def test_the_page_of_the_element_says_who_writes_about_it(as_lena, priya, signed_in):
    element = "/o/ashby/assessments/2026-review/1.1.1/"
    keep(signed_in(priya))
    keep(signed_in(priya), element, rating="C", reason="They told us")

    page = text_of(as_lena.get(element))

    assert "Priya Nair is editing this" in page
    assert "Priya Nair is adding a comment" in page
    assert "They told us" not in page


def test_a_colleagues_draft_is_neither_offered_nor_restored(as_lena, priya, signed_in):
    key = keep(as_lena)

    page = signed_in(priya).get(f"{NEW}?draft={key}")

    assert form_of(page).values["comment"] == [""]
    assert "did not save" not in text_of(page)


def test_a_draft_of_one_form_is_not_restored_into_another(as_lena):
    key = keep(as_lena)
    other = NEW.replace("1.1.1", "1.1.2")

    assert form_of(as_lena.get(f"{other}?draft={key}")).values["comment"] == [""]


def test_a_second_tab_is_told_of_the_first(as_lena):
    keep(as_lena)

    answer = as_lena.post(
        f"{NEW}?unattended=draft",
        {"comment": "Other words", "draft_key": str(uuid.uuid4()), "draft_revision": 1},
    )

    assert answer.json()["elsewhere"] == answer.json()["kept_at"]
    assert Draft.objects.unsaved().count() == 2


def test_who_opened_it_first_is_told_of_the_second_while_typing(
    as_lena, priya, signed_in
):
    keep(as_lena)
    keep(signed_in(priya))

    answer = as_lena.post(
        f"{NEW}?unattended=draft",
        {"comment": "More", "draft_key": str(uuid.uuid4()), "draft_revision": 2},
    )

    assert answer.json()["editors"] == ["Priya Nair"]


def test_what_is_too_long_is_refused_with_words(as_lena):
    answer = as_lena.post(
        f"{NEW}?unattended=draft", {"comment": "x" * 300_001, "draft_key": uuid.uuid4()}
    )

    assert answer.status_code == 413
    assert "too long" in answer.json()["problem"]


@pytest.mark.parametrize("revision", ["", "-1", "many", "9" * 30, "²"])
def test_a_number_that_nobody_can_count_is_none(as_lena, revision):
    keep(as_lena, revision=revision)

    assert Draft.objects.get().revision == 0


@pytest.mark.parametrize("key", ["x", "../..", "12345678-1234-1234-1234-12345678901"])
def test_a_draft_that_is_none_restores_nothing(as_lena, key):
    page = as_lena.get(f"{NEW}?draft={key}")

    assert form_of(page).values["comment"] == [""]


def test_what_is_kept_costs_one_query_of_the_form(as_lena, priya, signed_in):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            as_lena.get(NEW)
        return sum("accounts_draft" in query["sql"] for query in asked)

    as_lena.get(NEW)
    for _ in range(3):
        keep(as_lena)
        keep(signed_in(priya))

    assert queries() == 1


def test_beat_forgets_what_nobody_came_back_for(as_lena):
    keep(as_lena)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        forget_old_drafts()

    assert not Draft.objects.exists()


def draft_routes():
    return [
        Route(name, parameters_of(path))
        for path, name, pattern in all_patterns()
        if getattr(pattern.callback, "keeps_draft", False)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
def test_a_draft_is_kept_by_who_may_save_the_form_and_by_nobody_else(
    role, cast, standard, signed_in
):
    world = make_world(cast.ashby, cast.lena)
    client = signed_in(member(cast.ashby, role))
    wrong = []
    for route in draft_routes():
        asked = INSIDE[route.name][1]
        url = f"{route.url(world, confirmed=False)}?unattended=draft"
        may = asked in ROLE_PERMISSIONS[role]
        hidden = Permission.READ not in ROLE_PERMISSIONS[role] and not may
        want = {200} if may else {403, 404} if hidden else {403}
        status = client.post(url, {"draft_key": uuid.uuid4()}).status_code
        if status not in want:
            wrong.append(f"{route.name}: {status}, should be {want}")
    fail_with(wrong, remedy=f"A {role.label.lower()} got other answers:")
    assert len(draft_routes()) >= 12


@pytest.mark.slow
def test_a_stranger_keeps_nothing_and_is_told_404(cast, standard, signed_in):
    world = make_world(cast.ashby, cast.lena)
    client = signed_in(cast.sam)
    statuses = {
        client.post(
            f"{route.url(world, confirmed=False)}?unattended=draft",
            {"draft_key": uuid.uuid4()},
        ).status_code
        for route in draft_routes()
    }

    assert statuses == {404}
    assert not Draft.objects.exists()
