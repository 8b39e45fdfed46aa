"""The documents made from the code, so that they cannot drift from it: `make docs` writes them, the tests check
them."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from liandong import contract_files, docs_alerts, docs_codes, docs_kit, made, sla_rules, slo, slo_rules
from liandong.docs_metrics import metrics_tables
from liandong.docs_settings import settings_page
from liandong.docs_slo import slo_page
from liandong.docs_told import PLACE, told_types
from liandong.law import CITY
from liandong.places import SERVICES
from liandong.suite import Suite, app_of, spec_of
from shared.acts.model import Act, Chapter, Rank
from shared.acts.office import Spec
from shared.rulebook.loader import load
from shared.rulebook.model import Rulebook

RANKS = {Rank.OFFICER: "承办人", Rank.LEADER: "机关负责人 (L)", Rank.CHIEF: "正职负责人 (LL)"}
MADE = "<!-- Made by `make docs` from the code. Do not edit. -->\n\n"
Row = TypeVar("Row")
PLANS = re.compile(r"(<!-- plans:begin -->\n).*?(<!-- plans:end -->)", re.S)
BLOCK = re.compile(r"(<!-- states:begin -->\n).*?(<!-- states:end -->)", re.S)


def write(root: Path, check: bool = False) -> list[str]:
    """Writes every made document below `root`, or only looks (`check`). The names of those that were stale; what is
    written below build/, which nobody keeps, is not among them."""
    told = dict(openapi_documents())
    stale = made.write(root, documents(root, told), check=check)
    if not check:
        made.write(root, contract_files.bulk(root, _by_service(told)), [contract_files.BULK])
    return stale


def play_samples(root: Path) -> list[str]:
    """Plays the demo and writes the samples of its events. The name of their file where they changed."""
    from liandong.demo import told_through

    with told_through(os.environ) as suite:
        return made.write(root, [(contract_files.PLAYED, contract_files.played(bodies_of(suite)))])


def bodies_of(suite: Suite) -> Iterator[str]:
    """Every text in the suite's journals, service by service."""
    for name in SERVICES:
        office, at = suite.offices[name], 0
        with office.db.read() as tx:
            while page := office.journal.feed(tx, at, 500):
                yield from (entry.body for entry in page)
                at = page[-1].position


def release(root: Path, version: str) -> Path:
    """Freezes the contract as this version has it."""
    return contract_files.release(root, version, _by_service(dict(openapi_documents())))


def documents(root: Path, openapi: Mapping[str, str]) -> Iterator[tuple[str, str | bytes]]:
    """(path below root, content) of every made document. `openapi`: those of `openapi_documents`."""
    specs, rulebook = [spec_of(name) for name in SERVICES], load(CITY / "rulebook.yaml")
    yield "docs/generated/acts.md", MADE + "# Acts 行为\n\n" + "\n".join(acts_table(spec, rulebook) for spec in specs)
    yield "docs/generated/permissions.md", MADE + _permissions(specs, rulebook)
    yield "docs/generated/states.md", MADE + "# States 状态\n\n" + "\n".join(map(states_table, specs))
    yield "docs/generated/articles.md", MADE + _articles()
    yield "docs/plans.md", _with_plans((root / "docs" / "plans.md").read_text("utf-8"))
    yield "docs/settings.md", MADE + settings_page()
    yield "docs/metrics.md", MADE + metrics_tables() + sla_rules.explained()
    yield sla_rules.FILE, sla_rules.text()
    aims = slo.read(root / slo.SOURCE)
    yield slo_rules.FILE, slo_rules.text(aims)
    yield "docs/slo.md", MADE + slo_page(aims)
    yield from docs_alerts.pages(root)
    yield from openapi.items()
    yield "docs/generated/codes.md", MADE + docs_codes.codes_table(rulebook, _by_service(openapi))
    yield from contract_files.files(root, _by_service(openapi), rulebook, MADE)
    if (root / docs_kit.KIT).exists():
        yield from docs_kit.bodies()
    if (root / PLACE).exists():
        yield PLACE, told_types()
    for spec in specs:
        readme = root / "services" / spec.name / "README.md"
        text = readme.read_text("utf-8") if readme.exists() else ""
        if BLOCK.search(text):
            yield f"services/{spec.name}/README.md", _with_states(text, states_table(spec))


def _with_states(text: str, table: str) -> str:
    return BLOCK.sub(lambda found: found[1] + table + found[2], text)


def acts_table(spec: Spec, rulebook: Rulebook) -> str:
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
                _by(act, rulebook),
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


def _permissions(specs: list[Spec], rulebook: Rulebook) -> str:
    text = (
        "# Permissions 权限\n\n"
        "What each part in a case may do, and at which rank. Everything else is refused; a case that is "
        "not the viewer's answers 404. `*`: of these the one whose act it is in that case: who rules on its dispute, "
        "who referred it to the police, who wrote what is corrected. A setting in brackets is the rulebook's: it says "
        "whose act it is.\n\n"
    )
    for spec in specs:
        for keeping in spec.keepings:
            chapter = keeping.chapter
            parts = sorted({part for act in chapter.acts for part in act.by})

            def row(act: Act, parts: list[str] = parts) -> tuple[str, ...]:
                rank = RANKS[act.rank] + ("*" if act.only else "")
                by = act.by_under(rulebook)
                return (f"`{act.name}` {act.title}{_setting(act)}", *(rank if part in by else "–" for part in parts))

            text += _table(f"## {spec.name} · {chapter.title}\n", ("act", *parts), chapter.acts, row) + "\n"
    return text


def _by(act: Act, rulebook: Rulebook) -> str:
    """Who does it as the city's rulebook is set, with the setting where there is one."""
    return _and(act.by_under(rulebook)) + _setting(act)


def _setting(act: Act) -> str:
    return f" (`{act.whose.setting}`)" if act.whose else ""


def _articles() -> str:
    from liandong.law import trace_table

    return (
        "# Articles 条文\n\n"
        "For each article and annex: its rule, its act, the situation that proves it, or why it needs none.\n\n"
        + trace_table()
    )


def _with_plans(text: str) -> str:
    from liandong.docs_plans import plans_table

    table = plans_table(load(CITY / "rulebook.yaml"))
    return PLANS.sub(lambda found: found[1] + table + found[2], text)


def _by_service(openapi: Mapping[str, str]) -> dict[str, str]:
    """service -> its document."""
    return {Path(name).stem: text for name, text in openapi.items()}


def openapi_documents() -> Iterator[tuple[str, str]]:
    """(path below root, text) of every service's OpenAPI document."""
    from liandong.suite import throwaway_offices
    from shared.http.app import openapi

    with throwaway_offices(os.environ) as offices:
        for name, office in offices.items():
            yield f"docs/generated/openapi/{name}.json", made.json_text(openapi(app_of(office)), sort_keys=True)


def _table(head: str, columns: tuple[str, ...], rows: tuple[Row, ...], cells: Callable[[Row], tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    lines += [f"| {' | '.join(cells(row))} |" for row in rows]
    return (head + "\n" if head else "") + "\n".join(lines) + "\n"


def _and(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
