"""What a download of the plan holds."""

from actions.exporting import PLAN_COLUMNS, PROGRESS_HEAD
from actions.importing.columns import (
    LABELS,
    Column,
    candidates,
    progress_column_or_none,
)
from actions.models import Action, ActionNote

# The column in which each field stands; the two kinds of owner share one.
COLUMNS = {
    "owner_name": Column.OWNER,
    "created_at": Column.ADDED_ON,
    "claimed_at": Column.DONE_ON,
    "finished_at": Column.FINISHED_ON,
    "withdrawn_at": Column.WITHDRAWN_ON,
}
# Our own, and who claimed it, which the note on that says.
NOT_DOWNLOADED = {"id", "organisation", "version", "claimed_by"}


def test_every_field_of_an_action_has_its_column():
    fields = {field.name for field in Action._meta.fields} - NOT_DOWNLOADED

    assert fields <= {*Column, *COLUMNS}
    assert {COLUMNS.get(name) or Column(name) for name in fields} <= set(PLAN_COLUMNS)


def test_every_column_is_found_again_under_its_own_heading():
    for column in PLAN_COLUMNS:
        assert [each.column for each in candidates(LABELS[column])] == [column]


def test_every_column_of_the_progress_is_found_again():
    found = [progress_column_or_none(heading) for heading in PROGRESS_HEAD]

    assert found == [
        *(Column.NUMBER, Column.DAY, Column.WHO, Column.KIND, Column.TEXT),
    ]
    assert {field.name for field in ActionNote._meta.fields} == {
        *("id", "organisation", "written_at"),
        *("action", "day", "by", "author_name", "kind", "text"),
    }
