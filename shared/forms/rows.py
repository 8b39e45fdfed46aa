"""Hundreds of objects read field by field, each field of all of them at once: what is right is seen sooner so."""

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from marshmallow import Schema, ValidationError, fields, missing


class Checked(fields.Field[Any]):
    """A field that checks its value as it reads it, in `take`; only one with validators besides asks them."""

    def take(self, value: Any) -> Any:
        """What the field makes of a value. Raises ValidationError for a wrong one."""
        raise NotImplementedError

    def ordinary(self, values: Sequence[Any]) -> Sequence[Any] | None:
        """What `take` makes of each of hundreds of values, where looking at all of them together is enough to know that
        they are right; None where it is not. Whoever overrides the one overrides the other."""
        return None

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return self.take(value)

    def _validate(self, value: Any) -> None:
        if self.validators:
            super()._validate(value)


def read(schema: Schema, items: Sequence[Any]) -> Iterator[Any]:
    """What `schema.load` makes of each of many objects that are right. marshmallow's own way keeps books on what is
    wrong, which takes longer than the reading: a plan may have hundreds of tasks. So they are read field by field, each
    of all of them. Raises ValidationError where any is wrong."""
    known = schema.load_fields
    columns = [_column(name, field, values, items)
               for (name, field), values in zip(known.items(), _values(known, items), strict=True)]
    in_order: tuple[str, ...] = getattr(schema, "in_order", tuple)()
    if in_order and {*map(len, items)} == {len(known)}:             # none lacks a field
        by_name = dict(zip(known, columns, strict=True))
        return map(schema.makes, *map(by_name.__getitem__, in_order))       # type: ignore[attr-defined]
    return _one_by_one(schema, columns)


def _values(known: Mapping[str, Any], items: Sequence[Any]) -> Sequence[Sequence[Any]]:
    """For each field the objects' values of it, `missing` where one has none. Raises ValidationError for what is no
    object of these fields."""
    if {*map(type, items)} == {dict} and {*map(len, items)} == {len(known)}:
        try:
            return [[*map(itemgetter(name), items)] for name in known]
        except KeyError:                                            # as many fields, but not these
            pass
    if not all(isinstance(item, dict) and item.keys() <= known.keys() for item in items):
        raise ValidationError("not objects of these fields")
    return [[item.get(name, missing) for item in items] for name in known]


def _one_by_one(schema: Schema, columns: Sequence[Sequence[Any]]) -> Iterator[Any]:
    finish = getattr(schema, "finish", None)
    for row in zip(*columns, strict=True):
        given = {name: value for name, value in zip(schema.load_fields, row, strict=True) if value is not missing}
        yield finish(given) if finish else given


def _column(name: str, field: fields.Field[Any], values: Sequence[Any], items: Sequence[Any]) -> Sequence[Any]:
    """What the field makes of the objects' values of its name."""
    if not isinstance(field, Checked) or type(field)._deserialize is not Checked._deserialize or field.validators:
        return [field.deserialize(value, name, item) for value, item in zip(values, items, strict=True)]
    return field.ordinary(values) or [
        field.deserialize(value, name, item) if value is missing or value is None else field.take(value)
        for value, item in zip(values, items, strict=True)]
