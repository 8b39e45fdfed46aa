"""Webhooks: in order, one call at a time, again until taken, and to nobody else."""

import threading
import time
from datetime import date, timedelta

import pytest

from services.sharing.webhooks.backoff import DELAYS, JITTER
from services.sharing.webhooks.turn import TRIES
from shared.journal.epochs import new_epoch
from shared.journal.model import NewEntry
from shared.kernel.ids import new_id
from tests.webhooks.agencies import PATH, City, System
from tests.webhooks.receivers import Receiver

PAUSE, WEEK = "subscription_paused", timedelta(days=7)


# registration

def test_a_webhook_is_sent_nothing_before_its_address_has_given_the_challenge_back(
        city: City, system: System, receiver: Receiver) -> None:
    city.tell("announced")
    case = city.subscribe(system, receiver)
    assert city.state(case) == "waiting" and not receiver.calls
    city.work(lambda: city.state(case) == "active", "it is active")
    ids = city.tell("announced", "accepted")
    city.work(lambda: len(system.taken) == 2)
    assert system.ids == ids and not system.foreign
    assert len(receiver.calls) == 3
    assert city.told("zhujian", "subscription_opened", "subscription_confirmed") == [
        "subscription_opened", "subscription_confirmed"]


def test_what_came_between_the_challenge_and_its_answer_is_sent(city: City, system: System, receiver: Receiver) -> None:
    system.mute = True
    case = city.subscribe(system, receiver)
    city.work(lambda: city.delivery(case)["failures"] == 1)
    ids = city.tell("announced")
    system.mute = False
    city.later(case)
    city.work(lambda: system.taken)
    assert system.ids == ids


@pytest.mark.parametrize("how", ["mute", "token"])
def test_an_address_that_does_not_give_it_back_is_tried_five_times_and_then_failed_with_the_reason(
        city: City, system: System, receiver: Receiver, how: str) -> None:
    setattr(system, how, "another")
    case = city.subscribe(system, receiver)
    for number in range(1, TRIES):
        city.work(lambda number=number: city.delivery(case)["failures"] == number)
        city.idle()
        city.later(case)
    city.work(lambda: city.state(case) == "failed")
    assert city.view(case)["case"]["reason"] == ("接收方答复 404" if how == "mute" else "接收方没有交回验证口令")
    assert len(receiver.calls) == TRIES
    setattr(system, how, "")
    city.act(case, "resume")
    city.work(lambda: city.state(case) == "active", "it is tried anew")


def test_ops_allow_where_a_webhook_may_be(city: City, receiver: Receiver) -> None:
    refused = city.people.post(PATH, {"carrier": "webhook", "url": "http://127.0.0.1:9/x",
                                      "contact": {"office": "信息中心", "phone": "0631-7560000"}}, "zhujian")
    assert (refused.status, refused.codes) == (422, ["ADDRESS_NOT_ALLOWED"])
    assert "LIANDONG_WEBHOOK_HOSTS" in str(refused.data)


def test_the_secret_is_shown_once_and_stands_sealed(city: City, receiver: Receiver) -> None:
    made = city.asked(receiver, key="one")
    assert made.data["secret"].startswith("whsec_")
    again = city.asked(receiver, key="one")
    assert (again.status, again.data["id"]) == (200, made.data["id"]) and "secret" not in again.data
    with city.office.db.read() as tx:
        rows = str(tx.exec_driver_sql("SELECT * FROM webhook").all())
    assert made.data["secret"] not in rows and "aes256gcm:" in rows
    assert made.data["secret"] not in str(city.view(made.data["id"]))


def test_while_a_secret_is_rotated_both_sign(city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    old = system.secrets.pop()
    new = city.act(case, "rotate-secret").data["secret"]
    assert new != old
    for number, secret in enumerate((old, new), 1):
        system.secrets = [secret]
        city.tell("announced")
        city.work(lambda number=number: len(system.taken) == number)
        assert len(system.heads[-1]["webhook-signature"].split()) == 2
    city.act(case, "finish-rotation")
    city.tell("announced")
    city.work(lambda: len(system.taken) == 3)
    assert len(system.heads[-1]["webhook-signature"].split()) == 1 and not system.foreign


def test_another_address_is_tried_before_it_is_sent_anything(
        city: City, system: System, other: System, receivers: tuple[Receiver, Receiver]) -> None:
    case = city.opened(system, receivers[0])
    other.secrets, other.mute = system.secrets, True
    city.act(case, "change", {"url": receivers[1].url, "contact": {"office": "信息中心", "phone": "0631-7560000"}})
    ids = city.tell("announced")
    city.work(lambda: city.delivery(case)["failures"] == 1)
    assert city.state(case) == "waiting" and not other.taken and not system.taken
    other.mute = False
    city.later(case)
    city.work(lambda: other.taken)
    assert other.ids == ids and not system.taken


# order and place

def test_events_come_in_order_one_at_a_time_each_with_the_position_before(
        city: City, system: System, receiver: Receiver) -> None:
    city.opened(system, receiver)
    audiences = ["zhujian" if number % 3 else "zonghe zhujian" for number in range(60)]
    ids = [id for audience in audiences for id in city.tell("announced", to=audience)]
    city.work(lambda: len(system.taken) == 60)
    assert system.ids == ids and system.most_busy == 1
    assert [each["prev"] for each in system.taken[1:]] == [each["position"] for each in system.taken[:-1]]
    assert [head["webhook-id"] for head in system.heads[1:]] == ids
    assert receiver.connections < 10


def test_only_the_chosen_types_are_sent(city: City, system: System, receiver: Receiver) -> None:
    city.opened(system, receiver, "zhujian", "transfer.accepted", "collab.approved")
    city.tell("announced", "accepted", "announced", "accepted")
    city.work(lambda: len(system.taken) == 2)
    assert system.names == ["accepted", "accepted"]
    assert system.taken[1]["prev"] == system.taken[0]["position"]


def test_an_agency_is_sent_nothing_that_another_was_told(
        city: City, system: System, other: System, receivers: tuple[Receiver, Receiver]) -> None:
    city.opened(system, receivers[0])
    city.opened(other, receivers[1], "zonghe")
    own, others = city.tell("announced"), city.tell("announced", to="zonghe")
    both = city.tell("accepted", to="zhujian zonghe")
    city.tell("announced", to="yatou")
    city.work(lambda: len(system.taken) == len(other.taken) == 2)
    city.idle()
    assert (system.ids, other.ids) == (own + both, others + both)


# what is not taken

def test_what_is_not_taken_is_sent_again_after_a_growing_pause_and_nothing_overtakes_it(
        city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    system.status = 500
    first, *rest = city.tell("announced", "accepted")
    for number, delay in enumerate(DELAYS[:4], 1):
        city.work(lambda number=number: city.delivery(case)["failures"] == number)
        city.idle()
        assert (1 - JITTER) * delay <= city.later(case).total_seconds() <= (1 + JITTER) * delay
    assert system.tries == [first] * 4
    assert city.told("zhujian", "delivery_failing") == ["delivery_failing"]
    system.status = 204
    city.work(lambda: len(system.taken) == 2 and city.delivery(case)["failures"] == 0)
    assert system.ids == [first, *rest]
    assert city.told("zhujian", "delivery_failing", "delivery_resumed") == ["delivery_failing", "delivery_resumed"]


def test_after_seven_days_it_is_paused_with_the_reason_and_once_resumed_it_catches_up(
        city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    system.status = 302
    ids = city.tell("announced", "accepted")
    began = city.clock.now()
    while city.state(case) == "active":
        city.idle()
        if city.state(case) == "active":
            city.later(case)
    assert WEEK <= city.clock.now() - began <= WEEK + timedelta(hours=8)
    reason = city.view(case)["case"]["reason"]
    assert reason == "连续 7 天推送不到：接收方答复 302，平台不跟随跳转"
    assert city.delivery(case)["why"] == "answered 302; redirects are not followed"
    assert city.told("zhujian", PAUSE, "delivery_paused") == [PAUSE, "delivery_paused"]
    assert city.told("sifa", PAUSE) == [PAUSE]
    tries = len(receiver.calls)
    ids += city.tell("announced")
    city.idle()
    assert len(receiver.calls) == tries and not system.taken
    system.status = 200
    city.act(case, "resume")
    city.work(lambda: len(system.taken) == 3)
    assert system.ids == ids and city.state(case) == "active"


def test_a_receiver_that_is_gone_is_paused_at_once(city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    system.status = 410
    city.tell("announced")
    city.work(lambda: city.state(case) == "paused")
    assert "410" in city.view(case)["case"]["reason"] and len(system.tries) == 1


def test_a_receiver_that_hangs_delays_nobody_else(
        city: City, system: System, other: System, receivers: tuple[Receiver, Receiver]) -> None:
    city.opened(system, receivers[0])
    city.opened(other, receivers[1], "zonghe")
    system.held = threading.Event()
    city.tell("announced")
    city.work(lambda: system.busy == 1)
    ids = city.tell("announced", "accepted", to="zonghe")
    city.work(lambda: len(other.taken) == 2)
    assert other.ids == ids and system.busy == 1
    system.held.set()
    system.held = None


# what acts change

def test_a_pause_holds_from_the_next_call_on_and_what_came_meanwhile_is_sent_after_it(
        city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    system.held = threading.Event()
    ids = city.tell("announced", "accepted", "announced")
    city.work(lambda: system.busy == 1)
    city.act(case, "pause", {"reason": "停机升级"})
    system.held.set()
    city.idle()
    assert len(system.taken) == 1
    system.held = None
    city.act(case, "resume")
    city.work(lambda: len(system.taken) == 3)
    assert system.ids == ids


def test_one_that_has_ended_is_called_no_more_and_its_secrets_are_gone(
        city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    city.act(case, "end", {"reason": "改用事件流"})
    city.tell("announced")
    city.idle()
    assert not system.taken
    with city.office.db.read() as tx:
        assert not tx.exec_driver_sql("SELECT id FROM webhook").all()
        assert not tx.exec_driver_sql("SELECT webhook FROM webhook_cursor").all()
    assert city.people.get(f"{PATH}/{case}/delivery", "zhujian").status == 404


def test_how_a_webhook_goes_is_for_those_who_see_it(city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    city.tell("announced")
    city.work(lambda: system.taken)
    city.idle()
    assert city.delivery(case)["sources"] == [
        {"source": "transfer", "epoch": system.taken[0]["epoch"], "position": system.taken[0]["position"]}]
    assert city.people.get(f"{PATH}/{case}/delivery", "sifa").status == 200
    assert city.people.get(f"{PATH}/{case}/delivery", "zonghe").status == 404


# losses and duplicates

def test_one_process_calls_at_a_time(city: City, system: System, receiver: Receiver) -> None:
    city.opened(system, receiver)
    second = city.another()
    city.tell("announced")
    assert second.step() is None
    city.work(lambda: system.taken)
    city.deliverer.close()
    ids = city.tell("announced")
    city.deliverer = second
    city.work(lambda: len(system.taken) == 2)
    assert system.ids[1:] == ids


def test_of_a_new_epoch_everything_is_sent_from_its_beginning(city: City, system: System, receiver: Receiver) -> None:
    city.opened(system, receiver)
    ids = city.tell("announced")
    city.work(lambda: system.taken)
    city.idle()
    new_epoch(city.source.db, city.source.journal, "restored")
    ids += city.tell("accepted")
    city.work(lambda: len(system.taken) == 3)
    assert system.ids == [ids[0], *ids]
    assert system.taken[0]["epoch"] != system.taken[1]["epoch"] == system.taken[2]["epoch"]


def test_ten_thousand_events_are_caught_up_with_in_a_minute(city: City, system: System, receiver: Receiver) -> None:
    case = city.opened(system, receiver)
    city.act(case, "pause", {"reason": "停机升级"})
    entries = [NewEntry(new_id(city.clock.now()), "announced", "case-1", date(2025, 9, 29), {"nth": number},
                        audience=frozenset({"zhujian"})) for number in range(10_000)]
    with city.source.db.write() as tx:
        city.source.journal.append(tx, entries)
    city.act(case, "resume")
    began = time.monotonic()
    while len(system.taken) < 10_000 and time.monotonic() - began < 60:
        city.deliverer.step()
        city.rung.wait(0.05)
        city.rung.clear()
    assert system.ids == [each.id for each in entries]
