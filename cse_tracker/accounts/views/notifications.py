"""What a member was told, and about what they want email."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cse_tracker.accounts.access import OrgRequest, organisation_view
from cse_tracker.accounts.models import Membership, Notification, UnwantedMail
from cse_tracker.accounts.notification_forms import MailTopicsForm
from cse_tracker.accounts.notification_mail import read_unsubscribe_token
from cse_tracker.accounts.permissions import Permission
from cse_tracker.accounts.services.notifications import (
    choose_mail,
    mark_all_read,
    stop_mail,
)

PAGE_SIZE = 50


@require_safe
@organisation_view(Permission.READ)
def notification_list(request: OrgRequest) -> HttpResponse:
    """Newest first; what is new since the last visit is marked."""
    own = Notification.objects.of(request.membership)
    page = Paginator(own, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "unread_count": own.unread().count()}
    return render(request, "accounts/notifications/list.html", context)


@require_POST
@organisation_view(Permission.READ)
def read_all(request: OrgRequest) -> HttpResponse:
    mark_all_read(membership=request.membership, now=timezone.now())
    return redirect("accounts:notifications", request.organisation.slug)


@require_http_methods(["GET", "POST"])
@organisation_view(Permission.READ)
def mail_topics(request: OrgRequest) -> HttpResponse:
    """About what this member wants email from this organisation."""
    unwanted = UnwantedMail.objects.filter(membership=request.membership)
    form = MailTopicsForm(
        request.POST or None, unwanted=set(unwanted.values_list("topic", flat=True))
    )
    if form.is_valid():
        choose_mail(membership=request.membership, wanted=form.wanted())
        messages.success(request, "Your choice of email is saved.")
        return redirect("accounts:notifications", request.organisation.slug)
    return render(request, "accounts/notifications/mail.html", {"form": form})


# Mail programs post here for the person, without cookies: the token is the permission.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the mail about one topic. GET asks, because mail programs open links by themselves."""
    try:
        membership_id, topic = read_unsubscribe_token(token)
    except (BadSignature, ValueError) as error:
        raise Http404("No such link") from error
    membership = get_object_or_404(Membership, pk=membership_id)
    if request.method == "POST":
        stop_mail(membership=membership, topic=topic)
    context = {
        "topic": topic,
        "organisation": membership.organisation,
        "is_ended": request.method == "POST",
    }
    return render(request, "accounts/notifications/unsubscribe.html", context)
