"""How subscriptions are kept: this service knows them at once, the others when they hear of it; and how one ends with
its agency."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from services.sharing.subscriptions import store
from services.sharing.subscriptions.domain import (
    CARRIERS,
    CHAPTER,
    WAITING,
    WEBHOOK,
    ChangeSubscription,
    EndSubscription,
    Subscribe,
    Subscription,
)
from services.sharing.webhooks import store as webhooks
from shared.acts.codes import AGENCIES
from shared.acts.hearing import unless_moved_on
from shared.acts.keeping import Filter, Keeping, Means
from shared.acts.model import Context, Outcome
from shared.acts.office import Handler, Office
from shared.acts.request import Request
from shared.acts.store import Row
from shared.contracts.envelope import Event
from shared.db.database import one_at_a_time
from shared.kernel.hosts import address_of
from shared.law import subscriptions as copies


def look_up(tx: Connection, means: Means, _: Row | None, __: Any, command: Subscribe, context: Context) -> Subscribe:
    """Whether the agency's queue is subscribed already, whether it has as many as it may, whether ops allow the address
    and whether another goes there. One agency subscribes one at a time."""
    agency, most = context.viewer.agency, means.settings.agency_subscriptions
    _alone(tx, agency)
    return replace(command, taken=store.has_queue(tx, agency), barred=_barred(means, command.url),
                   full=most if len(store.going_on(tx, agency)) >= most else 0,
                   doubled=_doubled(tx, agency, command.url))


def look_up_address(tx: Connection, means: Means, row: Row | None, _: Any, command: ChangeSubscription,
                    context: Context) -> ChangeSubscription:
    """Whether ops allow the address, and whether another subscription of the agency goes there."""
    agency = context.viewer.agency
    _alone(tx, agency)
    return replace(command, barred=_barred(means, command.url),
                   doubled=_doubled(tx, agency, command.url, row.id if row else ""))


def _alone(tx: Connection, agency: str) -> None:
    one_at_a_time(tx, f"sharing.subscriptions.{agency}")


def _doubled(tx: Connection, agency: str, url: str, besides: str = "") -> bool:
    """Whether a webhook of the agency, besides one, goes to this address, however it is written."""
    try:
        address = address_of(url)
    except ValueError:
        return False
    return any(address_of(to) == address for id, to in webhooks.addresses(tx, agency) if id != besides)


def _barred(means: Means, url: str) -> str:
    """The host and port of an address that ops do not allow; empty for one that they allow, and for what is none."""
    try:
        address = address_of(url)
    except ValueError:
        return ""
    return "" if means.settings.webhook_hosts.lets(address) else f"{address.scheme}://{address.authority}"


def keep(tx: Connection, _: Means, case_id: str, outcome: Outcome[Subscription], __: Any, ___: Context) -> None:
    case = outcome.case
    copies.put(tx, copies.Subscribed(case_id, case.agency, case.carrier, case.types, case.state))


def subscribed(tx: Connection, means: Means, case_id: str, outcome: Outcome[Subscription], command: Any,
               context: Context) -> None:
    """A webhook has a secret from the beginning."""
    keep(tx, means, case_id, outcome, command, context)
    if outcome.case.carrier == WEBHOOK:
        webhooks.add(tx, means.vault, case_id, outcome.case)


def changed(tx: Connection, means: Means, case_id: str, outcome: Outcome[Subscription], command: Any,
            context: Context) -> None:
    """What the deliverer reads. What is to be tried again is tried at once."""
    keep(tx, means, case_id, outcome, command, context)
    webhooks.follow(tx, case_id, outcome.case, anew=outcome.state == WAITING)


def begun(tx: Connection, means: Means, case_id: str, outcome: Outcome[Subscription], command: Any,
          context: Context) -> None:
    keep(tx, means, case_id, outcome, command, context)
    webhooks.follow(tx, case_id, outcome.case, anew=True)


def noted(tx: Connection, means: Means, case_id: str, outcome: Outcome[Subscription], command: Any,
          context: Context) -> None:
    """Of a failure that is noted and of a pause: nothing is tried now, and what failed stays to be read until it is."""
    keep(tx, means, case_id, outcome, command, context)
    webhooks.follow(tx, case_id, outcome.case, anew=False)


def rotated(tx: Connection, means: Means, case_id: str, outcome: Outcome[Subscription], _: Any, __: Context) -> None:
    webhooks.rotate(tx, means.vault, case_id)


def finished(tx: Connection, _: Means, case_id: str, outcome: Outcome[Subscription], __: Any, ___: Context) -> None:
    webhooks.finish(tx, case_id)


def ended(tx: Connection, means: Means, case_id: str, outcome: Outcome[Subscription], command: Any,
          context: Context) -> None:
    keep(tx, means, case_id, outcome, command, context)
    webhooks.drop(tx, case_id)


def summary(case: Subscription) -> Mapping[str, Any]:
    """What a list shows of a subscription."""
    return {"agency": case.agency, "carrier": case.carrier, "types": list(case.types)}


def own_news(office: Office) -> Mapping[str, Handler]:
    """An agency came to its end: nothing is sent to it any more."""
    acts = office.acts[CHAPTER.path]

    def agency_dissolved(tx: Connection, event: Event) -> None:
        said = event.data
        command = EndSubscription(f"机关已撤销：{said['document']}")
        for case in store.going_on(tx, said["registered"]["code"]):
            unless_moved_on(acts, tx, "end", command, Request(case, causation=event.id))

    return {"agency_dissolved": agency_dissolved}


KEEPING = Keeping(
    CHAPTER, store.SUBSCRIPTIONS, store.columns, {"subscribe": look_up, "change": look_up_address},
    {"subscribe": subscribed, "change": changed, "confirm-address": begun, "note-failure": noted,
     "rotate-secret": rotated, "finish-rotation": finished, "pause": noted, "resume": begun, "end": ended},
    summary, {"agency": Filter("订阅机关", AGENCIES), "carrier": Filter("推送方式", CARRIERS)})
