"""The plan in numbers and charts, each leading to the actions that it counts."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.forms.filter import ActionFilterForm
from actions.models import Action
from actions.readings import SOON_DAYS
from actions.summary import summarise
from actions.summary_page import headline, parts_of
from actions.summary_readings import criterion_names, service_names, summary_rows
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.permissions import Permission
from cse_tracker.core.dates import local_day


@require_safe
@organisation_view(Permission.READ)
def summary(request: OrgRequest) -> HttpResponse:
    """What is open, overdue, waiting and closed: everybody's, mine or my service's."""
    organisation = request.organisation
    today = local_day(timezone.now())
    # Whose it is, and nothing else: the other filters are what the figures lead to.
    whose = {"whose": request.GET.get("whose", "")}
    form = ActionFilterForm(whose, membership=request.membership)
    actions = form.of_person(Action.objects.of(organisation))
    rows = summary_rows(actions, organisation, on=today)
    chosen = form.cleaned_data.get("whose", "")
    found = summarise(rows, today=today)

    def link(**filters: str) -> str:
        asked = QueryDict(mutable=True)
        asked.update({"whose": chosen} | filters if chosen else filters)
        address = reverse("actions:list", args=[organisation.slug])
        return f"{address}?{asked.urlencode()}"

    context = {
        "whose_choices": form.fields["whose"].choices,  # type: ignore[attr-defined]
        "whose": chosen,
        "is_empty": not rows,
        "headline": headline(found, link, soon_days=SOON_DAYS, today=today),
        "parts": parts_of(
            found,
            link,
            services=service_names(organisation),
            criteria=criterion_names(organisation),
            today=today,
        ),
    }
    return render(request, "actions/summary.html", context)
