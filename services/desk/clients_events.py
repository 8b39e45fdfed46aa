"""The agencies' own systems: what the events of clients tell. No key and no name of a person. Pure."""

from shared.contracts.frame import DOCUMENT, FORMER, LAST_DAY, SUCCESSOR
from shared.contracts.telling import CODE, ID, INSTANT, Audience, Fact, Telling, agency, fact_of

OWN = Audience("所属机关", "whose system it is")
ANSWERS = fact_of(ID, "answers", "负责人的任职", "appointment of who answers for it")
ACTS = Fact("acts", "可以作出的行为", "acts that it may do", CODE, many=True, example=["transfer.cases.announce"])
VALID_AFTER = fact_of(INSTANT, "valid_after", "此前的令牌失效", "tokens given before this instant hold no more")


def client(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    return Telling(name, zh, en, when, sent, facts, OWN)


EVENTS: tuple[Telling, ...] = (
    client("client_registered", "业务系统已登记", "Client registered", "登记业务系统时", "a system was registered",
           agency("keeper", "所属机关", "whose it is"), ANSWERS, ACTS),
    client("client_changed", "业务系统已变更", "Client changed", "变更业务系统时",
           "what a system may do, or who answers for it, changed",
           ANSWERS, ACTS, VALID_AFTER),
    client("client_key_rotated", "密钥已更换", "Key rotated", "更换密钥时，新旧密钥同时有效",
           "a system has a new key; the one before holds too"),
    client("client_rotation_finished", "密钥更换已完成", "Rotation finished", "完成更换密钥时，旧密钥失效",
           "the key before holds no more, nor do the tokens given before", VALID_AFTER),
    client("client_suspended", "业务系统已暂停", "Client suspended", "暂停业务系统时", "a system was suspended", VALID_AFTER),
    client("client_resumed", "业务系统已恢复", "Client resumed", "恢复业务系统时", "a system goes on"),
    client("client_ended", "业务系统已注销", "Client ended", "注销业务系统时，或者机关撤销时", "a system was ended, by its agency or with it",
           VALID_AFTER, FORMER.may(), SUCCESSOR.or_empty().may(), DOCUMENT.may(), LAST_DAY.may()),
)
