"""Whose act it is, in the words of the refusal that another hears: the parts, and who has them in this case. Pure."""

from collections.abc import Iterable, Mapping

from shared.kernel.errors import Refusal

NAMED = 5           # agencies of one part that a sentence names; of more it gives the number

WRONG_PARTY = Refusal("WRONG_PARTY", "该行为应当由{who}作出，不由本机关作出。",
                      "This act is for {parts} to do, not for your agency.", status=403)


def wrong_party(by: Iterable[str], titles: Mapping[str, str], has: Iterable[tuple[str, str]] = ()) -> Refusal:
    """The refusal of whoever has none of the parts `by`.

    `has`: parts of this case, each with the name of one that has it now, of those that the viewer may be told of. Of a
    standing part its title says who it is."""
    names: dict[str, dict[str, None]] = {}
    for part, name in has:
        names.setdefault(part, {})[name] = None
    its = [(part, tuple(names.get(part, ()))) for part in by]
    return WRONG_PARTY.filled(who="、".join(titles.get(part, part) + _zh(who) for part, who in its),
                              parts=" or ".join(part + _en(who) for part, who in its))


def _zh(names: tuple[str, ...]) -> str:
    rest = f"等{len(names)}个机关" if len(names) > NAMED else ""
    return f"（{'、'.join(names[:NAMED])}{rest}）" if names else ""


def _en(names: tuple[str, ...]) -> str:
    rest = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f" ({', '.join(names[:NAMED])}{rest})" if names else ""
