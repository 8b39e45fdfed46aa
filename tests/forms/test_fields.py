"""What every field holds to: days that can be counted from, texts whose words can be found again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields

from services.collab.schemas import SCHEMAS as COLLAB
from services.joint.schemas import SCHEMAS as JOINT
from services.oversight.filings.schemas import SCHEMAS as OVERSIGHT
from services.sharing.schemas import SCHEMAS as SHARING
from services.transfer.schemas import SCHEMAS as TRANSFER
from shared.forms.fields import DAY_OUT_OF_RANGE, TOO_SHORT, Day, Instant, Text, Whole
from shared.kernel.clock import CITY_ZONE, FIRST_DAY, LAST_DAY, aware

EVERY = [schema for each in (TRANSFER, COLLAB, JOINT, OVERSIGHT, *SHARING.values()) for schema in each.values()]


@given(day=st.dates())
@example(day=date.max)
@example(day=date.min)
@example(day=LAST_DAY)
@example(day=LAST_DAY + timedelta(days=1))
@example(day=FIRST_DAY)
@example(day=FIRST_DAY - timedelta(days=1))
def test_a_day_is_taken_exactly_where_it_can_be_counted_from(day: date) -> None:
    try:
        said = Day("日期").deserialize(day.isoformat())
    except ValidationError as refused:
        assert [each.code for each in refused.messages] == [DAY_OUT_OF_RANGE.code] and not FIRST_DAY <= day <= LAST_DAY
        return
    assert FIRST_DAY <= said == day <= LAST_DAY
    assert aware(datetime.combine(said + timedelta(days=1), time(23, 59), CITY_ZONE)) > datetime(1949, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-12:00",
                                  "1900-01-01T00:00:00+08:00"])
def test_an_instant_lies_on_such_a_day_too(text: str) -> None:
    with pytest.raises(ValidationError):
        Instant("时间").deserialize(text)


def _fields(schema: Schema) -> Iterator[fields.Field[object]]:
    for field in schema.fields.values():
        yield field
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from _fields(inner.schema)


@pytest.mark.parametrize("schema", EVERY, ids=lambda schema: schema.__name__)
def test_no_form_reads_a_date_in_any_other_way(schema: type[Schema]) -> None:
    read = list(_fields(schema()))
    assert read
    assert [field.name for field in read if isinstance(field, fields.Date | fields.DateTime)
            and not isinstance(field, Day | Instant)] == []
    assert not any(isinstance(field, fields.Integer) and not isinstance(field, Whole) for field in read)


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\u200f", "\u202e", "\ufeff", "\u2066", "\u00ad"])
def test_signs_of_no_width_are_left_out_so_that_words_are_found(sign: str) -> None:
    assert Text("说明").deserialize(f"{sign}违法{sign}建设{sign}") == "违法建设"
    with pytest.raises(ValidationError) as refused:
        Text("说明").deserialize(sign)
    assert refused.value.messages == [TOO_SHORT.filled(least=1)]
