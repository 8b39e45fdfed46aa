"""第四章 案件移送: the states of a case, in the order of the chapter. Pure."""

PHONED, ANNOUNCED, ISSUED, RECEIVED, SUPPLEMENTING = "phoned", "announced", "issued", "received", "supplementing"
ACCEPTED, REFUSED, CLOSED, REPORTED = "accepted", "refused", "closed", "reported"
DISPUTED, WITHDRAWN, ENDED = "disputed", "withdrawn", "ended"
CRIMINAL, CRIMINAL_CLOSED = "criminal", "criminal-closed"

STATES = {
    PHONED: "已电话告知", ANNOUNCED: "已通报待移送", ISSUED: "已移送待接收", RECEIVED: "审查中", SUPPLEMENTING: "待补正", ACCEPTED: "已受理",
    REFUSED: "已退回", DISPUTED: "争议协调中", CLOSED: "已办结", REPORTED: "已通报结案", WITHDRAWN: "已撤回",
    ENDED: "已终止", CRIMINAL: "已移送公安", CRIMINAL_CLOSED: "公安已立案",
}
WITH_RECEIVER = frozenset({PHONED, ANNOUNCED, ISSUED, RECEIVED, SUPPLEMENTING, DISPUTED})     # told, not yet accepted
FINAL = frozenset({REPORTED, WITHDRAWN, ENDED, CRIMINAL_CLOSED})
