"""People: what the events of accounts tell, ids, ranks and days only. Pure."""

from services.desk import clients_events
from services.desk.clients_events import VALID_AFTER
from services.desk.domain import RANK_WORDS
from shared.contracts.frame import DOCUMENT, FORMER, LAST_DAY, SUCCESSOR
from shared.contracts.telling import ID, Audience, Fact, Telling, agency, code, day, fact_of, thing

EMPLOYERS = Audience("管理账户的机关和任职机关", "who keeps the account and where the person serves")
APPOINTMENT = fact_of(ID, "appointment", "任职编号", "id of the appointment")
EMPLOYER = agency("employer", "任职机关", "agency it is in")
RANK = code("rank", "职级", "rank", choices=RANK_WORDS)
SINCE, UNTIL = day("since", "起始日期", "first day"), day("until", "截止日期", "last day; null: none", nullable=True)


def account(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    return Telling(name, zh, en, when, sent, facts, EMPLOYERS)


EVENTS: tuple[Telling, ...] = (
    account("account_opened", "账户已开立", "Account opened", "开立账户时", "an account was opened",
            agency("keeper", "管理账户的机关", "who keeps it")),
    account("appointment_made", "已任职", "Appointment made", "人员任职时", "a person was appointed", APPOINTMENT, EMPLOYER,
            RANK, SINCE, UNTIL),
    account("appointment_ended", "任职已终止", "Appointment ended", "任职终止时", "an appointment has ended", APPOINTMENT,
            EMPLOYER, day("until", "截止日期", "last day"), VALID_AFTER),
    account("password_set", "密码已设置", "Password set", "修改或者重置密码时", "a password was set", VALID_AFTER),
    account("account_unlocked", "登录限制已解除", "Account unlocked", "解除登录限制时", "an account was unlocked"),
    account("account_closed", "账户已停用", "Account closed", "停用账户时", "an account was closed", VALID_AFTER),
    account("succeeded", "任职已承继", "Succeeded", "机关撤销、人员转到承继机关时", "an agency ended and its people serve its successor",
            FORMER, SUCCESSOR.or_empty(), DOCUMENT, LAST_DAY,
            thing("carried", "转入的任职", "appointments that went over", fact_of(ID, "was", "原任职", "appointment before"),
                  APPOINTMENT, EMPLOYER, RANK, SINCE, UNTIL, many=True)),
    *clients_events.EVENTS,
)
