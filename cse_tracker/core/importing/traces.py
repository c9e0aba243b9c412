"""Which rows an import touched, and whether something else has come to rest on them since."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import ForeignObjectRel, Model, QuerySet

from cse_tracker.core.locking import Versioned

Touched = Mapping[type[Model], Collection[int]]


def changed_since(
    model: type[Versioned], seen: Mapping[int, int]
) -> Iterator[Model | int]:
    """Rows whose version is not the one in ``seen`` (id to version); a deleted one as its id."""
    rows: dict[int, Any] = model._base_manager.in_bulk(list(seen))
    for pk, version in seen.items():
        row = rows.get(pk)
        if row is None:
            yield pk
        elif row.version != version:
            yield row


def resting_on(made: Touched, *, restored: Touched) -> Iterator[Model]:
    """Rows elsewhere, also of apps above, that point at a row the import made.

    Rows in ``restored`` don't count: undo gives them their old values. One query a relation.
    """
    for model, pks in made.items():
        for relation in model._meta.related_objects:
            source = relation.related_model
            if pks and not isinstance(source, str):
                ignored = {*made.get(source, ()), *restored.get(source, ())}
                yield from _pointing_at(relation, pks).exclude(pk__in=ignored)


def named(row: Model) -> str:
    """What the row is and what it is called, once: many a name begins with what it is."""
    kind, words = str(row._meta.verbose_name).capitalize(), str(row)
    return words if words.startswith(kind.split()[0]) else f"{kind} {words}"


def _pointing_at(relation: ForeignObjectRel, pks: Collection[int]) -> QuerySet[Model]:
    field = relation.field.name
    rows: QuerySet[Model] = relation.related_model._base_manager.filter(
        **{f"{field}__in": pks}
    )
    return rows
