"""A body is read as the standard library reads it, however it is written; a key that stands twice is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.http import bodies
from shared.kernel.errors import Refused

Pairs = list[tuple[str, Any]]         # an object as it is written: a key may stand twice

WORDS = st.sampled_from(["", "a", "b", "事由", ":", '":', '"', '" :', "a:b", "\\", "\n:", '\\":', "é"])
SPACES = st.sampled_from(["", "", "", " ", "\n", "\t "])
QUOTED = st.sampled_from([json.dumps, lambda text: json.dumps(text, ensure_ascii=False),
                          lambda text: '"' + "".join(f"\\u{ord(sign):04X}" for sign in text) + '"'])
SCALARS = st.none() | st.booleans() | st.integers(-3, 10**20) | st.just(1.5) | WORDS
OBJECTS = st.recursive(
    st.lists(st.tuples(WORDS, SCALARS), max_size=3).map(lambda pairs: ("object", pairs)),
    lambda inner: st.lists(st.tuples(WORDS, SCALARS | inner | st.lists(inner, max_size=3)), max_size=3).map(
        lambda pairs: ("object", pairs)), max_leaves=6)


def written(value: Any, draw: Any) -> str:
    """The value as JSON, with blanks and escapes as they are drawn."""
    def spaced(sign: str) -> str:
        return f"{draw(SPACES)}{sign}{draw(SPACES)}"

    if isinstance(value, tuple):
        inner = [f"{draw(QUOTED)(key)}{spaced(':')}{written(each, draw)}" for key, each in value[1]]
        return spaced("{") + spaced(",").join(inner) + spaced("}")
    if isinstance(value, list):
        return spaced("[") + spaced(",").join(written(each, draw) for each in value) + spaced("]")
    return str(draw(QUOTED)(value) if isinstance(value, str) else json.dumps(value))


def once(pairs: Pairs) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise KeyError
    return dict(pairs)


@given(OBJECTS, st.data())
def test_any_object_is_read_as_it_stands_and_one_with_a_key_twice_is_refused(value: Any, data: Any) -> None:
    text = written(value, data.draw)
    try:
        expected = json.loads(text, object_pairs_hook=once)
    except KeyError:
        with pytest.raises(Refused) as refused:
            bodies.parsed(text.encode())
        assert refused.value.refusals[0].code == "BROKEN_JSON"
        return
    body = bodies.parsed(text.encode())
    assert body == expected
    assert bodies.digest_of("/cases", body) == bodies.digest_of("/cases", expected)


@pytest.mark.parametrize("text", [
    '{"a" :1,"a":2}', '{"a"\n:1,"b":{"c":1,"c":1}}', '{"a":[{"b":1},{"b":1,"b":1}]}', '{"\\u0061":1,"a":1}',
    '{"x":"\\u0022:","a":1,"a":2}', '{"x":"\\"\\u003a","a":1,"a":2}', '{"x":"\\"\\u003A","a":1,"a":2}',
    '{"x":"\\u0022\\u003a","a":1,"a":2}', '{"x":":","":1,"":2}'])
def test_no_way_of_writing_hides_a_key_that_stands_twice(text: str) -> None:
    with pytest.raises(Refused):
        bodies.parsed(text.encode())


@pytest.mark.parametrize("number", ["1.50", "1e3", "-0.0", "12345678901234567890123"])
def test_a_number_keeps_its_digest_however_it_was_read(number: str) -> None:
    plainly, slowly = (bodies.parsed(text.encode()) for text in (f'{{"a":{number}}}', f'{{"a" :{number}}}'))
    assert plainly == slowly and bodies.digest_of("/", plainly) == bodies.digest_of("/", slowly)
