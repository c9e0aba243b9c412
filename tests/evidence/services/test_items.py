"""Adding, changing and withdrawing evidence; what is stored, and what never is."""

import hashlib
import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError
from django.utils import timezone

from cse_tracker.accounts.models import Event
from cse_tracker.core.errors import Conflict, RuleBroken
from cse_tracker.core.stored_files import no_orphans
from evidence.models import EvidenceItem, EvidenceVersion
from evidence.services.details import ItemDetails, VersionDates, details_of
from evidence.services.items import (
    add_document,
    add_link,
    add_version,
    edit_item,
    restore_item,
    withdraw_item,
)
from evidence.services.versions import checked_file
from tests.evidence.conftest import DATES
from tests.evidence.files import PDF, SOUND, upload


def add(cast, **changes) -> EvidenceItem:
    arguments = {
        "organisation": cast.ashby,
        "details": ItemDetails(title="Survey"),
        "upload": checked_file(upload()),
        "dates": DATES,
        "by": cast.lena,
    }
    return add_document(**arguments | changes)


def withdraw(item, by) -> EvidenceItem:
    return withdraw_item(
        item=item, seen_version=item.version, now=timezone.now(), by=by
    )


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_kept_byte_for_byte(cast, name):
    version = add(cast, upload=checked_file(upload(name))).versions.get()

    with version.file.open("rb") as kept:
        assert kept.read() == SOUND[name]
    assert version.sha256 == hashlib.sha256(SOUND[name]).hexdigest()
    assert (version.file_name, version.size_bytes) == (name, len(SOUND[name]))


def test_the_path_tells_neither_name_nor_kind(cast, stored_files):
    add(cast)

    [path] = stored_files()
    assert re.fullmatch(rf"{cast.ashby.uuid}/[0-9a-f]{{32}}", path)


def test_items_are_numbered_for_each_organisation(cast):
    first, second = add(cast), add(cast)
    foreign = add(cast, organisation=cast.elsewhere, by=cast.sam)

    assert [first.number, second.number, foreign.number] == [1, 2, 1]


def test_a_failure_leaves_neither_row_nor_file(cast, stored_files, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(EvidenceVersion.objects, "create", fail)

    with pytest.raises(DatabaseError):
        add(cast)

    assert stored_files() == []
    assert not EvidenceItem.objects.exists()


def test_a_callers_failure_leaves_no_file_either(cast, stored_files):
    def write():
        with no_orphans():
            add(cast)
            add(cast)
            raise KeyError("later on")

    with pytest.raises(KeyError):
        write()

    assert stored_files() == []


def test_a_failing_newer_version_leaves_the_older_file(cast, document, stored_files):
    expired = VersionDates(as_at=date(2026, 2, 1), expires_on=date(2026, 1, 1))
    source = checked_file(upload("letter.docx"))

    with pytest.raises(RuleBroken, match="must not be before"):
        add_version(item=document, source=source, dates=expired, by=cast.lena)

    assert len(stored_files()) == 1
    assert document.versions.get().file_name == "report.pdf"


def test_a_newer_version_stands_beside_the_older(cast, document):
    source = checked_file(upload("letter.docx"))

    newer = add_version(item=document, source=source, dates=DATES, by=cast.mo)

    assert newer.number == 2
    names = document.versions.order_by("number").values_list("file_name", flat=True)
    assert list(names) == ["report.pdf", "letter.docx"]


def test_a_document_takes_no_address_and_a_link_no_file(cast, document, link_item):
    with pytest.raises(RuleBroken, match="Choose a file"):
        add_version(item=document, source="https://a.example", dates=DATES, by=cast.mo)
    with pytest.raises(RuleBroken, match="Enter a web address"):
        add_version(
            item=link_item, source=checked_file(upload()), dates=DATES, by=cast.mo
        )


def test_a_newer_address_is_a_version_of_a_link(cast, link_item):
    add_version(item=link_item, source="https://new.example/", dates=DATES, by=cast.mo)

    urls = link_item.versions.order_by("number").values_list("url", flat=True)
    assert list(urls) == ["https://www.ashby.example/standards", "https://new.example/"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://ashby.example/file",
        "file:///etc/passwd",
        "//ashby.example",
        "ashby.example",
        "https://",
        "",
    ],
)
def test_only_addresses_of_the_web_are_links(cast, url):
    with pytest.raises(RuleBroken, match="begins with https"):
        add_link(
            organisation=cast.ashby,
            details=ItemDetails(title="Link"),
            url=url,
            dates=DATES,
            by=cast.lena,
        )

    assert not EvidenceItem.objects.exists()


def test_adding_stands_in_the_change_log_with_the_files_hash(cast, document):
    newest, oldest = Event.objects.about(document)

    assert (oldest.verb, oldest.by) == ("added", cast.lena)
    assert oldest.changes["title"] == ["", "Survey of 2025"]
    assert newest.verb == "added_version"
    assert newest.changes["source"] == [None, "report.pdf"]
    assert newest.changes["sha256"] == [None, hashlib.sha256(PDF).hexdigest()]


def test_what_is_said_about_an_item_can_be_changed(cast, document):
    details = replace(details_of(document), title="Survey of 2026", owner=None)

    saved = edit_item(item=document, seen_version=1, details=details, by=cast.mo)

    assert (saved.title, saved.owner, saved.version) == ("Survey of 2026", None, 2)
    changes = Event.objects.about(saved).first().changes
    assert changes["title"] == ["Survey of 2025", "Survey of 2026"]
    assert changes["owner"] == [cast.lena.memberships.get().pk, None]


def test_saving_the_same_again_is_no_change(cast, document):
    saved = edit_item(
        item=document, seen_version=1, details=details_of(document), by=cast.mo
    )

    assert saved.version == 1
    assert not Event.objects.about(document).filter(verb="edited").exists()


def test_the_second_of_two_people_is_told(cast, document):
    first = replace(details_of(document), title="Lena's title")
    second = replace(details_of(document), title="Mo's title")
    edit_item(item=document, seen_version=1, details=first, by=cast.lena)

    with pytest.raises(Conflict) as refused:
        edit_item(item=document, seen_version=1, details=second, by=cast.mo)

    assert refused.value.clashes[0].current.title == "Lena's title"
    assert EvidenceItem.objects.get().title == "Lena's title"


def test_a_newer_version_is_no_conflict_with_a_change_of_words(cast, document):
    details = replace(details_of(document), title="Survey of 2026")
    source = checked_file(upload("letter.docx"))
    add_version(item=document, source=source, dates=DATES, by=cast.lena)

    saved = edit_item(item=document, seen_version=1, details=details, by=cast.mo)

    assert saved.title == "Survey of 2026"


def test_withdrawing_keeps_the_file_and_restoring_undoes_it(
    cast, document, stored_files
):
    withdrawn = withdraw(document, cast.lena)
    assert not EvidenceItem.objects.current().exists()
    assert len(stored_files()) == 1

    restore_item(item=withdrawn, seen_version=withdrawn.version, by=cast.mo)

    assert EvidenceItem.objects.current().get() == document


def test_withdrawn_evidence_takes_no_change(cast, document):
    withdrawn = withdraw(document, cast.lena)
    source = checked_file(upload())

    with pytest.raises(RuleBroken, match="Restore it first"):
        add_version(item=withdrawn, source=source, dates=DATES, by=cast.mo)
    with pytest.raises(RuleBroken, match="Restore it first"):
        edit_item(
            item=withdrawn,
            seen_version=withdrawn.version,
            details=ItemDetails(title="Other"),
            by=cast.mo,
        )


def test_withdrawing_what_somebody_changed_is_refused(cast, document):
    details = replace(details_of(document), title="Survey of 2026")
    edit_item(item=document, seen_version=1, details=details, by=cast.mo)

    with pytest.raises(Conflict):
        withdraw(document, cast.lena)
