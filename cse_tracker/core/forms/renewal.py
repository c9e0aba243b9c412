"""A form whose row somebody else changed: renewed so that it can be sent again."""

from django.http import HttpRequest, QueryDict

from cse_tracker.core.errors import Conflict


def with_version(request: HttpRequest, version: int) -> QueryDict:
    """What was sent, as of a person who has seen this version."""
    data = request.POST.copy()
    data["version"] = str(version)
    return data


def with_version_of(request: HttpRequest, conflict: Conflict) -> QueryDict:
    """What was sent, with the version of the row as it stands now: sending it again wins."""
    return with_version(request, getattr(conflict.clashes[0].current, "version", 0))
