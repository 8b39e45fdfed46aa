"""The documents made from the code, so that they cannot drift from it: `make docs` writes them, the tests check
them."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from liandong.suite import SERVICES, app_of, spec_of
from shared.acts.model import Act, Chapter, Rank
from shared.acts.office import Spec

RANKS = {Rank.OFFICER: "承办人", Rank.LEADER: "机关负责人 (L)", Rank.CHIEF: "正职负责人 (LL)"}
MADE = "<!-- Made by `make docs` from the code. Do not edit. -->\n\n"
Row = TypeVar("Row")
PLANS = re.compile(r"(<!-- plans:begin -->\n).*?(<!-- plans:end -->)", re.S)
BLOCK = re.compile(r"(<!-- states:begin -->\n).*?(<!-- states:end -->)", re.S)


def write(root: Path, check: bool = False) -> list[str]:
    """Writes every made document below `root`, or only looks (`check`). The names of those that were stale."""
    stale = []
    for name, text in documents(root):
        path = root / name
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
    return stale


def documents(root: Path) -> Iterator[tuple[str, str]]:
    """(path below root, text) of every made document."""
    specs = [spec_of(name) for name in SERVICES]
    yield "docs/generated/acts.md", MADE + "# Acts 行为\n\n" + "\n".join(map(acts_table, specs))
    yield "docs/generated/permissions.md", MADE + _permissions(specs)
    yield "docs/generated/states.md", MADE + "# States 状态\n\n" + "\n".join(map(states_table, specs))
    yield "docs/generated/events.md", MADE + _events(specs)
    yield "docs/generated/articles.md", MADE + _articles()
    yield "docs/plans.md", _with_plans((root / "docs" / "plans.md").read_text("utf-8"))
    yield "docs/metrics.md", MADE + _metrics()
    told = dict(_openapi())
    yield from told.items()
    yield "docs/generated/codes.md", MADE + _codes(told)
    for spec in specs:
        readme = root / "services" / spec.name / "README.md"
        text = readme.read_text("utf-8") if readme.exists() else ""
        if BLOCK.search(text):
            yield f"services/{spec.name}/README.md", _with_states(text, states_table(spec))


def _with_states(text: str, table: str) -> str:
    return BLOCK.sub(lambda found: found[1] + table + found[2], text)


def acts_table(spec: Spec) -> str:
    """Every act of a service, in the order of its chapter."""
    return "".join(
        _table(
            f"## {spec.name} · {chapter.title}\n",
            ("act", "行为", "article", "who", "rank", "from", "to", "event", "machine", "If-Match"),
            chapter.acts,
            lambda act: (
                f"`{act.name}`",
                act.title,
                act.article,
                _and(act.by),
                RANKS[act.rank],
                ", ".join(filter(None, ("(opens)" if act.opens else "", _and(act.states)))),
                " / ".join(act.to) or "(same)",
                " / ".join(f"`{spec.name}.{event}`" for event in act.events),
                "yes" if act.machine else "",
                "yes" if act.states and not act.adds_only else "",
            ),
        )
        for chapter in (keeping.chapter for keeping in spec.keepings)
    )


def states_table(spec: Spec) -> str:
    """Every state, and the acts that lead out of it."""

    def row(chapter: Chapter) -> Callable[[str], tuple[str, ...]]:
        return lambda state: (
            f"`{state}`",
            chapter.states[state],
            "final" if state in chapter.final else "",
            ", ".join(
                f"{act.title} → {' / '.join(act.to)}"
                for act in chapter.acts
                if state in act.states and act.to and not act.adds_only
            ),
        )

    return "".join(
        _table(
            f"### {keeping.chapter.title} `/{keeping.chapter.path}`\n",
            ("state", "状态", "", "acts that lead on"),
            tuple(keeping.chapter.states),
            row(keeping.chapter),
        )
        for keeping in spec.keepings
    )


def _permissions(specs: list[Spec]) -> str:
    text = (
        "# Permissions 权限\n\n"
        "What each part in a case may do, and at which rank. Everything else is refused; a case that is "
        "not the viewer's answers 404. `*`: of these the one whose act it is in that case: who rules on its dispute, "
        "who referred it to the police, who wrote what is corrected.\n\n"
    )
    for spec in specs:
        for keeping in spec.keepings:
            chapter = keeping.chapter
            parts = sorted({part for act in chapter.acts for part in act.by})

            def row(act: Act, parts: list[str] = parts) -> tuple[str, ...]:
                rank = RANKS[act.rank] + ("*" if act.only else "")
                return (f"`{act.name}` {act.title}", *(rank if part in act.by else "–" for part in parts))

            text += _table(f"## {spec.name} · {chapter.title}\n", ("act", *parts), chapter.acts, row) + "\n"
    return text


def _events(specs: list[Spec]) -> str:
    text = (
        "# Events 事件\n\n"
        "Routing key `<service>.<event>`, CloudEvents type `liandong.<service>.<event>.v1`. Bodies hold ids, codes, "
        "dates and agencies; nothing personal.\n\n"
    )
    for spec in specs:
        rows = [(event, act) for keeping in spec.keepings for act in keeping.chapter.acts for event in act.events]
        text += (
            _table(f"## {spec.name}\n", ("event", "sent when", "article", "by"), tuple(rows), _event_row(spec.name))
            + "\n"
        )
    kinds = ("started", "warned", "breached", "met", "moved", "paused", "resumed", "cancelled", "corrected")
    return text + _table(
        "## Every service: its deadlines\n", ("event",), kinds, lambda kind: (f"`<service>.deadline_{kind}`",)
    )


def _event_row(service: str) -> Callable[[tuple[str, Act]], tuple[str, ...]]:
    return lambda row: (f"`{service}.{row[0]}`", row[1].title, row[1].article, _and(row[1].by))


def _articles() -> str:
    from liandong.law import trace_table

    return (
        "# Articles 条文\n\n"
        "For each article and annex: its rule, its act, the situation that proves it, or why it needs none.\n\n"
        + trace_table()
    )


def _with_plans(text: str) -> str:
    from liandong.docs_plans import plans_table
    from liandong.law import CITY
    from shared.rulebook.loader import load

    table = plans_table(load(CITY / "rulebook.yaml"))
    return PLANS.sub(lambda found: found[1] + table + found[2], text)


def _metrics() -> str:
    from liandong.ops import metric_families

    return "# Metrics 指标\n\n" + _table(
        "",
        ("name", "type", "labels", "what"),
        tuple(metric_families()),
        lambda family: (f"`{family.name}`", family.type, ", ".join(family.labels), family.documentation),
    )


def _codes(openapi: Mapping[str, str]) -> str:
    from liandong.docs_codes import codes_table
    from liandong.law import CITY
    from shared.rulebook.loader import load

    return codes_table(load(CITY / "rulebook.yaml"), {Path(name).stem: text for name, text in openapi.items()})


def _openapi() -> Iterator[tuple[str, str]]:
    from liandong.suite import throwaway_offices
    from shared.http.app import openapi

    with throwaway_offices(os.environ) as offices:
        for name, office in offices.items():
            text = json.dumps(openapi(app_of(office)), ensure_ascii=False, indent=2, sort_keys=True)
            yield f"docs/generated/openapi/{name}.json", text + "\n"


def _table(head: str, columns: tuple[str, ...], rows: tuple[Row, ...], cells: Callable[[Row], tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(cells(row))} |" for row in rows]
    return (head + "\n" if head else "") + "\n".join(lines) + "\n"


def _and(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
