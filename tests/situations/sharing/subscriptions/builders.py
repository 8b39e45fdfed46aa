"""订阅: one builder an act, what is sent when a situation says nothing else. It always goes through."""

from collections.abc import Mapping
from datetime import date

from services.sharing.subscriptions.domain import ConfirmAddress, NoteFailure, Subscription
from tests.situations.book import Builder, Sent, Step

CONTACT = {"office": "信息中心", "phone": "0631-7560000"}


def subscribe(_: Subscription | None, __: date) -> Sent:
    return {"carrier": "queue", "types": ["transfer.announced", "transfer.letter_issued"], "contact": CONTACT}


def change(case: Subscription, _: date) -> Sent:
    return {"types": ["transfer.announced"], "contact": CONTACT, "url": case.url}


def pause(_: Subscription, __: date) -> Sent:
    return {"reason": "业务系统停机升级"}


def resume(_: Subscription, __: date) -> Sent:
    return {}


def end(_: Subscription, __: date) -> Sent:
    return {"reason": "改用事件流"}


def confirm_address(_: Subscription, __: date, ___: Step) -> ConfirmAddress:
    return ConfirmAddress()


def note_failure(_: Subscription, __: date, ___: Step) -> NoteFailure:
    return NoteFailure("10 秒内没有收到完整的答复")


def rotate_secret(_: Subscription, __: date) -> Sent:
    return {}


def finish_rotation(_: Subscription, __: date) -> Sent:
    return {}


BUILDERS: Mapping[str, Builder] = {
    "subscribe": subscribe, "change": change, "pause": pause, "resume": resume, "end": end,
    "rotate-secret": rotate_secret, "finish-rotation": finish_rotation}
BY_SUITE = {"confirm-address": confirm_address, "note-failure": note_failure}
PATHS = {"subscribe": ("subscribe",), "pause": ("subscribe", "pause"), "end": ("subscribe", "end")}
