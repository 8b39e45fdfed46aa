"""Commands of chapter 4 that lack nothing, for tests of how acts are performed."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.transfer.commands import (
    Announce,
    Deliver,
    IssueLetter,
    Matter,
    Notice,
    Officer,
    Respondent,
    SignReceipt,
)
from shared.acts.materials import AddMaterial
from shared.contracts.personal import Personal
from tests.acts.conftest import CAUSE

OFFICER = Officer("王芳", "SD1001", "0631-7551001")


def announce(receiver: str = "zonghe", **matter: Any) -> Announce:
    respondent = Respondent("person", Personal("张三"), Personal("37108219800101123X"), address=Personal("荣成市某街1号"))
    said = Matter(CAUSE, date(2025, 9, 28), respondent, "擅自搭建", ("城乡规划条例第七十八条",), "not_competent", "行政处罚法第二十二条")
    return Announce(replace(said, **matter), Notice(receiver, "phone", "李四"), OFFICER)


def add_material() -> AddMaterial:
    return AddMaterial("现场检查记录", "site_record", 1, 3, True, "paper")


def issue_letter(number: str = "", addressee: str = "zonghe") -> IssueLetter:
    return IssueLetter(number, addressee, Personal("张三擅自搭建案"), "不属本机关管辖", "行政处罚法第二十二条", (1,), OFFICER, "赵局长", "擅自搭建")


def deliver() -> Deliver:
    return Deliver("platform", "王芳")


def sign_receipt(number: str, delivered_on: date) -> SignReceipt:
    return SignReceipt(number, "zhujian", "王芳", delivered_on, True)
