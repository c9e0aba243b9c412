import pytest
from django.urls import reverse

from assessments.models import Assessment
from assessments.ratings import Rating
from assessments.services.assessments import start_assessment
from assessments.services.ratings import RatingEntry, rate_nodes
from assessments.services.sampling import plan_sampling
from assessments.views import sampling as views
from tests.pages import form_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena(cast, signed_in):
    return signed_in(cast.lena)


def url(assessment, name="sampling"):
    return reverse(
        f"assessments:{name}", args=[assessment.organisation.slug, assessment.slug]
    )


def pk_of(assessment, ref):
    return str(assessment.results.get(node__ref=ref).pk)


def planned(assessment):
    rows = assessment.results.filter(planned_for_sampling=True)
    return set(rows.values_list("node__ref", flat=True))


def test_the_proposal_is_saved_with_what_the_officer_changed(lena, open_assessment):
    form = form_of(lena.get(url(open_assessment)), action=url(open_assessment))
    proposed = form.values["planned"]
    kept = [*proposed[1:], pk_of(open_assessment, "5.3.3")]

    page = lena.post(url(open_assessment), form.sending(planned=kept), follow=True)

    assert len(proposed) == 21
    assert "The plan is saved: 21 elements." in page.text
    assert "21 of 57 elements are planned." in text_of(page)
    assert "5.3.3" in planned(open_assessment)
    grid = lena.get(open_assessment.get_absolute_url(), {"show": "planned"})
    assert "21 shown" in grid.text


def test_an_empty_plan_is_asked_about(lena, open_assessment):
    page = lena.post(url(open_assessment), {"seen": ""})

    assert "Select at least one element to sample" in page.text
    assert "<title>Error: " in page.text


def test_the_second_to_save_is_told_what_the_first_changed(lena, open_assessment):
    first, second = (pk_of(open_assessment, ref) for ref in ("1.1.1", "1.1.2"))
    lena.post(url(open_assessment), {"seen": "", "planned": [first]})

    refused = lena.post(url(open_assessment), {"seen": "", "planned": [second]})
    again = form_of(refused, action=url(open_assessment)).sending()
    lena.post(url(open_assessment), again)

    assert refused.status_code == 409
    assert "Someone changed the plan after you opened it: 1.1.1." in refused.text
    assert planned(open_assessment) == {"1.1.2"}


def test_one_who_saves_while_another_does_sees_what_they_saved(
    lena, cast, open_assessment, monkeypatch
):
    first, second = (pk_of(open_assessment, ref) for ref in ("1.1.1", "1.1.2"))

    def after_another(*, planned, **given):
        plan_sampling(planned={int(first)}, **given)
        return plan_sampling(planned=planned, **given)

    sent = {"seen": "", "planned": [second]}
    with monkeypatch.context() as race:
        race.setattr(views, "plan_sampling", after_another)
        refused = lena.post(url(open_assessment), sent)
    lena.post(
        url(open_assessment), form_of(refused, action=url(open_assessment)).sending()
    )

    assert refused.status_code == 409
    assert planned(open_assessment) == {"1.1.2"}


def test_an_unknown_cycle_is_said_and_asked_for(lena, cast, open_assessment):
    asked = text_of(lena.get(url(open_assessment)))
    certification = open_assessment.certification
    certification.cycle_starts_in = 2025
    certification.save()

    known = text_of(lena.get(url(open_assessment)))

    assert "We do not know when your assessment cycle began" in asked
    assert "Say when your cycle began" in asked
    assert "2026 is in your cycle 2025 to 2027, with 2 reviews left" in known


def test_the_organisation_may_set_how_much_a_review_samples(lena, open_assessment):
    settings = reverse(
        "assessments:certification", args=[open_assessment.organisation.slug]
    )
    form = form_of(lena.get(settings))

    refused = lena.post(settings, form.sending(sample_percent="101"))
    lena.post(settings, form.sending(sample_percent="50"))

    assert "The share to sample must be 100 or less" in refused.text
    said = text_of(lena.get(url(open_assessment)))
    assert "At least 50 % of each criterion, as your settings say." in said
    assert "30 of 57 elements are proposed." in said


def test_after_the_visit_the_page_tells_plan_and_sample_apart(
    lena, cast, open_assessment
):
    refs = ["1.1.1", "1.1.2"]
    chosen = [pk_of(open_assessment, ref) for ref in refs]
    lena.post(url(open_assessment), {"seen": "", "planned": chosen})
    entries = [
        RatingEntry(result.pk, result.version, Rating.COMPLIANT, sampled=True)
        for result in open_assessment.results.filter(node__ref__in=["1.1.2", "1.1.3"])
    ]
    rate_nodes(assessment=open_assessment, entries=entries, by=cast.lena)

    said = text_of(lena.get(url(open_assessment)))

    assert "Planned, not sampled: 1 1.1.1" in said
    assert "Sampled, not planned: 1 1.1.3" in said


def test_a_visit_that_examines_everything_has_nothing_to_choose(
    lena, cast, certification
):
    full = start_assessment(
        certification=certification,
        year=2026,
        kind=Assessment.Kind.FULL,
        by=cast.lena,
    )

    page = lena.get(url(full))

    assert "This visit examines every element: all 57" in text_of(page)
    assert "Save this plan" not in page.text


def test_whoever_may_not_rate_reads_the_plan(cast, signed_in, open_assessment):
    mo = signed_in(cast.mo)

    page = mo.get(url(open_assessment))

    assert "21 of 57 elements are proposed." in text_of(page)
    assert "Save this plan" not in page.text
    assert mo.post(url(open_assessment), {"planned": ["1"]}).status_code == 403


def test_the_plan_prints_without_the_places_of_the_product(lena, open_assessment):
    chosen = pk_of(open_assessment, "2.1.3")
    lena.post(url(open_assessment), {"seen": "", "planned": [chosen]})

    page = lena.get(url(open_assessment, "sampling_print"))

    assert "2.1.3" in page.text
    assert "2.1.4" not in page.text
    assert "1 of 57 elements" in page.text
    assert "Sign out" not in page.text


def test_the_plan_costs_the_same_for_many_elements(lena, assessment_with, queries_for):
    few = queries_for(lena, url(assessment_with(nodes=5)))

    assert queries_for(lena, url(assessment_with(nodes=60))) == few
