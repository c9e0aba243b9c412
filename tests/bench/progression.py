"""What the progression costs, against the floor: its rows and as many bytes, and nothing else."""

import os
from collections.abc import Iterator
from itertools import count

from django.db import connections
from django.test import Client
from django.urls import reverse

from assessments.models import Certification
from cse_tracker.accounts.models import Organisation, User
from tests.bench.floor import CERTIFICATION, PAGE_BYTES
from tests.bench.product import AtEnd, serve
from tests.bench.record import add_organisations, make_record
from tests.bench.timing import Line, Subject, measure_in_turn
from tests.servers import free_port

DRAWN_LIMIT = 6.0
KEPT_LIMIT = 4.0
UNCHANGED_LIMIT = 1.6
GROWTH_LIMIT = 1.3


def measure(at_end: AtEnd, organisations: int) -> Iterator[Line]:
    """The page drawn anew, kept and not modified, and drawn anew among many organisations."""
    officer, organisation = make_record()
    cookie = _session_cookie(officer)
    port, floor_port = free_port(), free_port()
    serve("cse_tracker.wsgi", port, at_end)
    kept = Subject(port, _path(organisation), headers={"Cookie": cookie})
    kept.ask()
    _serve_floor(floor_port, at_end, organisation, page_bytes=len(kept.body))
    floor = Subject(floor_port, "/")
    unchanged = Subject(port, kept.path, 304, _if_unchanged(kept))
    drawn = Subject(port, kept.path, headers=kept.headers, numbers=count(1))
    measure_in_turn([floor, drawn, kept, unchanged])
    alone = _line("progression, drawn anew", drawn, floor, DRAWN_LIMIT)
    yield alone
    yield _line("progression, kept", kept, floor, KEPT_LIMIT)
    yield _line("progression, unchanged (304)", unchanged, floor, UNCHANGED_LIMIT)
    if organisations:
        add_organisations(organisations, organisation)
        measure_in_turn([floor, drawn])
        among = f"progression among {organisations:,} organisations / alone"
        ratio = drawn.undisturbed / floor.undisturbed
        yield Line(among, ratio / alone.ratio, GROWTH_LIMIT)


def _line(what: str, subject: Subject, floor: Subject, limit: float) -> Line:
    ratio = subject.undisturbed / floor.undisturbed
    return Line(f"{what} / floor", ratio, limit)


def _session_cookie(officer: User) -> str:
    client = Client()
    client.force_login(officer)
    # The child processes do not share this one's connection.
    connections.close_all()
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}"


def _path(organisation: Organisation) -> str:
    return reverse("assessments:progression", args=[organisation.slug])


def _serve_floor(
    port: int, at_end: AtEnd, organisation: Organisation, *, page_bytes: int
) -> None:
    certification = Certification.objects.get(organisation=organisation)
    connections.close_all()
    chosen = {PAGE_BYTES: str(page_bytes), CERTIFICATION: str(certification.pk)}
    serve("tests.bench.floor", port, at_end, **os.environ | chosen)


def _if_unchanged(page: Subject) -> dict[str, str]:
    tag = page.ask().headers["ETag"]
    return page.headers | {"If-None-Match": tag}
