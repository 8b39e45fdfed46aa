"""What the rooms below need to know of chapter 4: how its cases are kept, and whose news it follows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from services.transfer import store, usecases
from services.transfer.case import Transfer
from services.transfer.domain import CHAPTER
from services.transfer.turns import Presume
from shared.access import appointments
from shared.acts.codes import AGENCIES
from shared.acts.findings import FINDING
from shared.acts.hearing import filing_news, stands, unless_moved_on
from shared.acts.keeping import Filter, Keeping
from shared.acts.office import Handler, Office, Spec
from shared.acts.perform import Acts
from shared.acts.request import Request
from shared.contracts.envelope import Event
from shared.law import handlers as law
from shared.plans.findings import OWN

RECEIPT = "transfer.receipt"        # the clock whose end presumes reception
TRANSFERRED = "transferred"         # of the outcomes of a tip


def summary(case: Transfer) -> Mapping[str, Any]:
    """What a list shows of a case, as seen."""
    leg = case.leg
    return {"sender": case.sender, "receiver": leg.receiver, "cause": case.matter.cause,
            "respondent": case.matter.respondent.name.shown, "letter_number": leg.letter.number if leg.letter else ""}


def own_news(office: Office) -> Mapping[str, Handler]:
    """23: nobody signed for a letter in time, so reception is presumed: the service learns it from its own journal."""
    acts = office.acts["cases"]

    def deadline_breached(tx: Connection, event: Event) -> None:
        said = event.data
        if said["clock"] != RECEIPT or not stands(tx, event.subject, said["deadline"]):
            return
        request = Request(event.subject, happened_on=date.fromisoformat(said["started_on"]), causation=event.id)
        unless_moved_on(acts, tx, "presume-reception", Presume(said["deadline"]), request)

    def deadline_corrected(tx: Connection, event: Event) -> None:
        """A date put right: what was presumed by the wrong one is undone, and presumed anew where the breach stands."""
        said = event.data
        on, breached = date.fromisoformat(said["started_on"]), stands(tx, event.subject, said["deadline"])
        if said["clock"] != RECEIPT or (breached and _presumed_on(acts, tx, event.subject) == on):
            return
        request, presumption = Request(event.subject, happened_on=on, causation=event.id), Presume(said["deadline"])
        unless_moved_on(acts, tx, "undo-presumption", presumption, request)
        if breached:
            unless_moved_on(acts, tx, "presume-reception", presumption, request)

    return {"deadline_breached": deadline_breached, "deadline_corrected": deadline_corrected}


def _presumed_on(acts: Acts, tx: Connection, case_id: str) -> date | None:
    """The day from which reception is presumed; None where it is not."""
    row = acts.store.get(tx, case_id)
    return acts.store.shut_case_of(row).leg.presumed_on if row else None


def plans_news(_: Office) -> Mapping[str, Handler]:
    """10: what is found in an action and is not in the finder's own remit may be handed on."""
    def found(tx: Connection, event: Event) -> None:
        said = event.data
        if said["remit"] != OWN:
            ref = f"{event.source}/{event.subject}/{said['finding']['item']}"
            store.put_finding(tx, ref, said["agency"], said["to"])

    def settled(tx: Connection, event: Event) -> None:
        store.drop_finding(tx, f"{event.source}/{event.subject}/{event.data['finding']['item']}")

    def succeeded(tx: Connection, event: Event) -> None:
        """Who succeeded the agency that found it hands it on."""
        if event.data["successor"]:
            store.hand_findings(tx, f"{event.source}/{event.subject}/", event.data["former"], event.data["successor"])

    return {
        "finding_recorded": found,
        "finding_to_hand_on": found,
        "finding_settled": settled,
        "succeeded": succeeded,
        "successor_assigned": succeeded,
    }


def tips_news(_: Office) -> Mapping[str, Handler]:
    """28: who has claimed a tip may begin a transfer from it; a finding that is shared as a tip is handed on. Who has
    told its result transfers it no more, but what the result itself says is transferred."""
    def shared(tx: Connection, event: Event) -> None:
        of_plan = event.data.get("origin_kind") == FINDING
        store.put_tip(tx, event.subject, finding=event.data["origin_ref"] if of_plan else "")

    def claimed(tx: Connection, event: Event) -> None:
        store.put_tip(tx, event.subject, event.data["claimer"])

    def passed_on(tx: Connection, event: Event) -> None:
        store.put_tip(tx, event.subject)

    def resulted(tx: Connection, event: Event) -> None:
        if event.data["outcome"] != TRANSFERRED:
            store.put_tip(tx, event.subject)

    def succeeded(tx: Connection, event: Event) -> None:
        """Of a tip, or of another case of sharing: only who has a claimed tip matters here."""
        store.tip_held(tx, event.subject, event.data["former"], event.data.get("claimer", ""))

    return {"tip_shared": shared, "tip_claimed": claimed, "tip_assigned": claimed, "tip_passed_on": passed_on,
            "tip_result_returned": resulted, "tip_withdrawn": lambda tx, event: store.drop_tip(tx, event.subject),
            "succeeded": succeeded, "successor_assigned": succeeded}


# Sharing tells the law and the tips, the desk who may act, oversight that a filing came back, its own journal that time
# ran out; the plans what was found and is to be handed on.
FOLLOWS = {"sharing": lambda office: {**law.HANDLERS, **tips_news(office)}, "desk": lambda _: appointments.HANDLERS,
           "oversight": lambda office: filing_news(office.acts["cases"]), "transfer": own_news,
           "collab": plans_news, "joint": plans_news}
FILTERS = {
    "letter_number": Filter("移送函文号"), "cause": Filter("案由", "causes"), "sender": Filter("移送机关", AGENCIES),
    "receiver": Filter("接收机关", AGENCIES), "text": Filter("文字", ask=store.words_match, in_url=False),
    "respondent": Filter("当事人", ask=store.respondent_is, in_url=False),
    "origin": Filter("案件来源", ask=store.comes_from, in_url=False)}
CASES = Keeping(
    CHAPTER,
    store.CASES,
    store.columns,
    usecases.PREPARE,
    usecases.SAVED,
    summary,
    filters=FILTERS,
    tells=frozenset({"respondent_key"}),
    named=("sender", "receiver"),
    look_up=usecases.LOOK_UP,
)
SPEC = Spec("transfer", "案件移送", (CASES,), store.TABLES, FOLLOWS)
