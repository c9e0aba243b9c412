"""A member's due dates in their own calendar program."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from actions.calendar import calendar_of
from actions.models import Action, CalendarFeed
from actions.services.calendars import open_feed, revoke_feed
from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.notification_mail import absolute_url
from cse_tracker.accounts.permissions import Permission


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.READ)
def calendar(request: OrgRequest) -> HttpResponse:
    """The address for the calendar program, made when it is first asked for."""
    if request.method == "POST":
        open_feed(membership=request.membership, by=request.user)
        return redirect("actions:calendar", request.organisation.slug)
    own = CalendarFeed.objects.filter(membership=request.membership)
    feed = own.open().first()
    address = absolute_url(feed.get_absolute_url()) if feed else ""
    return render(request, "actions/calendar.html", {"address": address})


@require_POST
@organisation_view(Permission.READ)
def revoke(request: OrgRequest) -> HttpResponse:
    """Close the address."""
    revoke_feed(membership=request.membership, now=timezone.now(), by=request.user)
    messages.success(request, "The calendar address no longer works.")
    return redirect("actions:calendar", request.organisation.slug)


# A calendar program can't sign in: the token is the permission.
@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The due dates of what one member has still to do, as long as they may see the plan."""
    open_feeds = CalendarFeed.objects.open().select_related("membership__organisation")
    membership = get_object_or_404(open_feeds, token=token).membership
    if not membership.may(Permission.READ):
        raise Http404("No such calendar")
    actions = Action.objects.being_done().owned_by(membership)
    content = calendar_of(
        actions.select_related("organisation").order_by("number"),
        name=f"{membership.organisation}: due dates",
        now=timezone.now(),
    )
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="due-dates.ics"'
    return answer
