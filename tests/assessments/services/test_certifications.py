from datetime import UTC, datetime

import pytest

from assessments.models import Certification
from assessments.services.certifications import (
    certification_of,
    set_up_certification,
)
from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def test_an_organisation_gets_the_usual_certification_once(cast, standard):
    first = certification_of(organisation=cast.ashby)
    second = certification_of(organisation=cast.ashby)

    assert first == second
    assert Certification.objects.filter(organisation=cast.ashby).count() == 1
    assert first.scope == "Whole organisation"


def test_without_a_standard_the_words_say_whom_to_ask(cast):
    with pytest.raises(RuleBroken, match="platform administrator"):
        certification_of(organisation=cast.ashby)


def test_setting_it_up_is_dated_the_first_time_only(certification, cast):
    first = set_up_certification(
        certification=certification,
        seen_version=1,
        now=NOW,
        by=cast.ada,
        scope="Housing",
    )
    second = set_up_certification(
        certification=first,
        seen_version=2,
        now=datetime(2026, 6, 1, tzinfo=UTC),
        by=cast.ada,
        scope="Housing services",
    )

    assert (second.scope, second.set_up_at) == ("Housing services", NOW)


def test_the_same_scope_again_writes_nothing(certification, cast):
    first = set_up_certification(
        certification=certification, seen_version=1, now=NOW, by=cast.ada
    )
    set_up_certification(
        certification=first, seen_version=2, now=NOW, by=cast.ada, scope=first.scope
    )

    certification.refresh_from_db()
    assert certification.version == 2
    assert Event.objects.about(certification).filter(verb="edited").count() == 1


def test_somebody_elses_newer_scope_stays(certification, cast):
    set_up_certification(
        certification=certification, seen_version=1, now=NOW, by=cast.ada, scope="A"
    )

    with pytest.raises(Conflict):
        set_up_certification(
            certification=certification,
            seen_version=1,
            now=NOW,
            by=cast.lena,
            scope="B",
        )
