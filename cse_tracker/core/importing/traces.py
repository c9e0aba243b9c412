"""Which rows an import touched, and whether something else has come to rest on them since."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import ForeignObjectRel, Model

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


def resting_on(touched: Touched) -> Iterator[Model]:
    """Rows elsewhere, also of apps above, that point at a touched row: one query a relation."""
    for model, pks in touched.items():
        for relation in model._meta.related_objects:
            yield from _pointing_at(relation, pks, touched)


def _pointing_at(
    relation: ForeignObjectRel, pks: Collection[int], touched: Touched
) -> Iterator[Model]:
    source = relation.related_model
    if not pks or isinstance(source, str):
        return
    rows = source._base_manager.filter(**{f"{relation.field.name}__in": pks})
    yield from rows.exclude(pk__in=touched.get(source, ()))
