"""`liandong erase`: what has been kept long enough, and its erasure by a leader of justice who says why.

Each case is a transaction of its own, so what is cut off is gone on with by the same command; what is erased stays so.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby

from liandong.errors import SuiteError
from liandong.offices import answering, counted, each_office, office_of
from liandong.places import SERVICES
from shared.acts import erasing, whom
from shared.acts.disclosing import Asked, Found
from shared.acts.erasing import Due, Why
from shared.acts.model import THE_SUITE, Viewer
from shared.acts.office import Office
from shared.acts.request import NOT_VISIBLE
from shared.kernel.errors import Refused
from shared.kernel.settings import Settings
from shared.law import holds

Echo = Callable[[str], None]
Ask = Callable[[str], bool]


def list_due(names: tuple[str, ...], settings: Settings, echo: Echo) -> int:
    """Prints every case whose time is over, a line each, with what stands in the way. How many; nothing is changed."""
    count = 0
    for office in each_office(names, settings, echo):
        for due in due_of(office):
            count += 1
            held = f" {due.refusal.code}: {due.refusal.zh}" if due.refusal else ""
            echo(f"{office.name}/{due.case} {due.class_} last={due.last_on} kept until {due.until}{held}")
    echo(f"保存期限届满 {count} 件，不会自动删除 {counted(count, 'case')} whose time is over; nothing is erased by itself")
    return count


def due_of(office: Office) -> list[Due]:
    """The cases of a service whose time is over, by what holds are known to sharing by now."""
    with office.db.read() as tx:
        return office.due(tx)


def erase_cases(cases: Iterable[str], why: Why, appointment: str, settings: Settings, echo: Echo, ask: Ask) -> bool:
    """Erases the cases named `service/id`, each for itself; whether all of them are erased now."""
    viewer = answering(appointment, settings)
    named = [_named(case) for case in cases]
    if not named:
        raise SuiteError("没有写明案件：服务/编号，见 `liandong erase due` "
                         "no case is named: service/id, as `liandong erase due` lists them")
    if not ask(f"删除 {len(named)} 件中的个人信息，不可恢复？ "
               f"erase what {counted(len(named), 'case')} hold of persons, for good?"):
        return False
    done = []
    for service, rows in groupby(named, lambda each: each[0]):
        with office_of(service, settings, opens=True) as office, office_of("sharing", settings) as sharing:
            done += [_erase(office, sharing, case, why, viewer, echo) for _, case in rows]      # each for itself
    return all(done)


def erase_due(names: tuple[str, ...], why: Why, appointment: str, settings: Settings, echo: Echo, ask: Ask) -> bool:
    """Erases every case whose time is over and that nothing stands in the way of."""
    over = []
    for office in each_office(names, settings, echo):
        with office_of("sharing", settings) as sharing:
            _take_holds_over(office, sharing)
        over += [f"{office.name}/{due.case}" for due in due_of(office) if due.refusal is None]
    if not over:
        echo("没有保存期限届满的 nothing is due")
        return True
    return erase_cases(over, why, appointment, settings, echo, ask)


def erase_person(name: str, number: str, why: Why, appointment: str, settings: Settings, echo: Echo,
                 ask: Ask) -> bool:
    """Erases the cases that know the person by the number; those that know a name only are listed, to be named by who
    has made sure. Whether all of the former are erased now."""
    if not whom.bare(number):
        raise SuiteError("应当写明号码：姓名可能是他人的；已核实的用 `erase case` 删除 "
                         "a number is needed: a name may be another's too; `erase case` erases what you made sure of")
    sure, unsure = list[str](), list[str]()
    for service, found in found_of(Asked(name, number, why.document or "erase"), THE_SUITE, settings):
        (sure if found.sure else unsure).append(f"{service}/{found.case}")
    for case in unsure:
        echo(f"{case}: the same name and no number 仅姓名相同，没有号码: make sure, then 核实后 "
             f"`liandong erase case {case}`")
    if not sure:
        echo("没有案件存有该号码 no case knows that number")
        return not unsure
    return erase_cases(sure, why, appointment, settings, echo, ask)


def found_of(asked: Asked, viewer: Viewer, settings: Settings) -> Iterator[tuple[str, Found]]:
    """What every service's cases hold of a person, as far as the viewer may see."""
    for name in SERVICES:
        with office_of(name, settings) as office, office.db.read() as tx:
            found = office.of_person(tx, asked, viewer)
        yield from ((name, each) for each in found)


def _named(case: str) -> tuple[str, str]:
    service, sign, id = case.partition("/")
    if not sign or service not in SERVICES:
        raise SuiteError(f"{case} 不是案件，应当写作 服务/编号 {case} is no case: write service/id, as in transfer/0195…")
    return service, id


def _erase(office: Office, sharing: Office, case: str, why: Why, viewer: Viewer, echo: Echo) -> bool:
    _take_holds_over(office, sharing)
    try:
        done = _keeper_of(office, case)(case, why, viewer)
    except Refused as refused:
        for refusal in refused.refusals:
            echo(f"{office.name}/{case} 未删除 not erased: {refusal.code} {refusal.zh} {refusal.en} ({refusal.article})")
        return False
    echo(f"{office.name}/{case} {'已删除 erased' if done else '此前已经删除 was erased before'}")
    return True


def _keeper_of(office: Office, id: str) -> Callable[[str, Why, Viewer], bool]:
    """What erases the case, or the record, of an id. Raises Refused (404)."""
    with office.db.read() as tx:
        for acts in office.acts.values():
            if acts.store.get(tx, id):
                return partial(erasing.erase, acts)
        for trove in office.spec.troves:
            if trove.has(tx, id):
                return partial(trove.erase, office.means)
    raise Refused(NOT_VISIBLE)


def _take_holds_over(office: Office, sharing: Office) -> None:
    """A hold placed a moment ago stands in the way, though the news of it has not come yet."""
    if office.name == sharing.name:
        return
    with sharing.db.read() as tx:
        there = holds.there(tx)
    with office.db.write() as tx:
        holds.take_over(tx, there)
