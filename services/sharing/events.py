"""第五章 信息共享: what its events tell; those of queries and tips stand in their own file. Pure."""

from services.sharing.queries.events import MEANT as QUERY_FACTS
from services.sharing.queries.events import QUERIES, TIPS
from services.sharing.queries.events import TIP as TIP_FACTS
from services.sharing.register.agencies import DOES
from services.sharing.subscriptions.domain import CARRIERS
from shared.contracts.frame import BASIS_ENDED, FORMER, LAST_DAY, succession
from shared.contracts.register import KINDS, LINES, STANDING, STANDING_TITLES
from shared.contracts.telling import (
    CODE,
    DAY,
    WHOLE,
    Audience,
    Fact,
    Telling,
    agency,
    code,
    day,
    fact_of,
    flag,
    number,
    ref,
    text,
    thing,
    whole,
)

EVERYONE = Audience("名录中的全部机关", "every agency of the register")
WATCHERS = Audience("报送机关、司法局和市政府办公室", "who delivered them, justice and the government office")
REFRESHED = Audience("公布机关和司法局", "its publisher and justice")
STANDINGS = {standing: STANDING_TITLES[standing] for standing in STANDING}
KEEPERS = Audience("实施保全的机关", "who keeps the hold")
SUBSCRIBERS = Audience("订阅机关、司法局、市政府办公室", "the subscriber, justice and the government office")
POWER = thing("powers", "权责清单", "powers", code("cause", "案由", "cause", "causes", example="illegal_building"),
              code("does", "权限", "what it does about it", choices=DOES),
              text("basis", "法律依据", "law and article", 4000, required=False, example="《山东省城乡规划条例》第七十八条"),
              number("划转文件", "document that moved it", "document", required=False), many=True, required=False)
HEIR = thing("heirs", "承继机关", "who continues what", agency("agency", "机关", "agency", required=False),
             code("causes", "案由", "causes", "causes", many=True, required=False, example=["illegal_building"]),
             flag("staff", "人员去向", "its people go there", required=False), many=True, required=False)
REGISTERED = thing(
    "registered", "登记的机关", "the agency whole, as the register has it: what is empty is left out",
    code("code", "机关代码", "code", example="zonghe"), text("name", "名称", "name", 400, example="荣成市综合行政执法局"),
    code("kind", "类别", "kind", choices=KINDS, article="3"), code("line", "隶属", "line", choices=LINES),
    day("since", "设立日期", "first day"), day("until", "最后一日", "last day", required=False),
    code("standing", "常设身份", "standing part", choices=STANDINGS, required=False),
    agency("entrusted_by", "委托机关", "who entrusts it", required=False),
    day("entrusted_until", "委托期限", "last day of its term", required=False),
    text("short", "机关代字", "short name in numbers of documents", 40, required=False, example="荣综执"),
    text("legal_basis", "执法依据", "laws it enforces", 4000, many=True, required=False), POWER, HEIR, article="3")
APPROVED = number("批准文件", "approving document", "document", example="荣政发〔2025〕9号")
TERM = thing("entrustment", "委托期限", "term of the entrustment, for its clock",
             agency("item", "受委托组织", "entrusted body"),
             day("until", "截止日期", "last day; empty: it is over", empty=True), many=True, example=[])
HEIRS = agency("successors", "承继机关", "who takes over", many=True, example=["ziran"])
SPLIT = flag("split", "分别承继", "split by cause")
PRINCIPAL = agency("principal", "委托机关", "who entrusts it now", empty=True)


def register(name: str, zh: str, en: str, when: str, sent: str, *facts: Fact) -> Telling:
    """An event of the register: it tells the agency whole, to everyone."""
    return Telling(name, zh, en, when, sent, (REGISTERED, APPROVED, *facts), EVERYONE)


REGISTER = (
    register("agency_registered", "机关已登记", "Agency registered", "名录登记一个机关时", "an agency has come into the register",
             TERM),
    register("agency_changed", "机关登记已变更", "Agency changed", "机关登记事项变更时",
             "what the register says of an agency has changed",
             FORMER.may(), code("standing", "承接的职能", "standing part it takes over", required=False), HEIRS.may()),
    register("entrustment_renewed", "委托已续签", "Entrustment renewed", "委托书续签、变更时",
             "an entrustment was renewed or changed",
             TERM),
    register("dissolution_ordered", "已决定撤销", "Dissolution ordered", "登记机关撤销及其最后一日时",
             "an agency is to end: its last day and who takes over are known", FORMER, LAST_DAY, HEIRS, SPLIT),
    register("agency_dissolved", "机关已撤销", "Agency dissolved", "撤销生效时", "an agency has ended", FORMER, LAST_DAY, HEIRS,
             SPLIT,
             TERM, code("standing", "常设身份", "standing part it had", empty=True, example="")),
    register("dissolution_revoked", "撤销登记已撤回", "Dissolution revoked", "撤销生效前撤回时", "it does not end after all",
             FORMER.may()),
    register("entrustment_passed", "委托关系已承继", "Entrustment passed on", "委托机关撤销、承继机关继续委托时",
             "the successor of who entrusts it goes on", FORMER, PRINCIPAL),
    register("entrustment_ended", "委托关系已终止", "Entrustment ended", "委托机关撤销、委托终止时",
             "who entrusted it has ended, and so does the entrustment", FORMER, PRINCIPAL, TERM),
)
_DAYS = {"keyed": True, "example": {"2025-10-01": "国庆节"}}
LAW = (
    Telling("rulebook_published", "规则已发布", "Rulebook published", "发布规则的新版本时",
            "a version of the rulebook was published", (
        code("rulebook", "规则", "rulebook", example="rongcheng-2021"),
        text("version", "版本", "digest of its text", example="sha256:3b65776ce389af3f"),
        text("title", "名称", "title", 400),
        day("valid_from", "施行日期", "first day"), day("valid_to", "有效期至", "last day", nullable=True, article="33"),
        text("text", "全文", "the rulebook whole", 4_000_000, example="# 规则")), EVERYONE),
    Telling("calendar_published", "年度日历已发布", "Calendar published", "载入一年的放假安排时",
            "a year's working days were published", (
        whole("year", "年度", "year", example=2025),
        text("notice", "放假通知文号", "number of the notice", 200, empty=True, example="国办发明电〔2024〕12号"),
        flag("provisional", "暂定", "not all of it is known"),
        thing("file", "日历文件", "the year as data", whole("year", "年度", "year", example=2025),
              text("notice", "放假通知文号", "number of the notice", 200, empty=True),
              text("source", "来源", "whence it comes", 400, empty=True), flag("provisional", "暂定", "provisional"),
              text("off", "放假日", "days off", 200, empty=True, **_DAYS),
              text("work", "补班日", "days worked instead", 200, empty=True, keyed=True,
                   example={"2025-09-28": "国庆节补班"}))), EVERYONE),
    Telling("basis_set", "延续依据已确定", "Basis set", "司法局确定办法届满后的依据时", "justice has set what carries the regulation on", (
        code("rulebook", "规则", "rulebook", example="rongcheng-2021"),
        thing("basis", "依据", "basis", number("依据", "document", "document"), text("title", "名称", "title", 400),
              code("kind", "依据类别", "kind", "basis_kinds", example="extension"), day("since", "起始日期", "from"),
              day("until", "截止日期", "until", required=False), flag("sample", "示例", "no real document", required=False),
              article="33")), EVERYONE),
)
ENTRY = (
    agency("publisher", "公布机关", "who publishes it", article="26"),
    text("title", "条目名称", "title of the entry", 400, example="占道经营行政处罚案件"),
    code("category", "信息类别", "category", "record_categories", article="27", example="dynamics"),
    whole("version", "版本", "version of the entry, from 1"),
    day("data_on", "数据截止日期", "of which day its data are", nullable=True),
    code("ways", "数据取得方式", "how the data are had", "catalogue_ways", many=True, example=["records"]),
)


def entry(name: str, zh: str, en: str, when: str, sent: str, told: Audience = EVERYONE) -> Telling:
    return Telling(name, zh, en, when, sent, ENTRY, told)


CATALOGUE = (
    entry("catalogue_published", "目录条目已公布", "Entry published", "机关公布目录条目时", "an agency has published what it holds"),
    entry("catalogue_revised", "目录条目已修改", "Entry revised", "机关修改目录条目时", "an entry was revised"),
    entry("catalogue_refreshed", "目录数据日期已更新", "Entry refreshed", "目录数据更新时", "its data are newer", REFRESHED),
    entry("catalogue_withdrawn", "目录条目已撤下", "Entry withdrawn", "机关撤下目录条目时", "an entry was withdrawn"),
)
RECORDS = (
    Telling("records_added", "执法档案已报送", "Records added", "机关报送执法档案时", "an agency has delivered records", (
        fact_of(WHOLE, "categories", "各类件数", "how many, by category", keyed=True, article="27",
                example={"dynamics": 2}),
        whole("new", "新增", "new"), whole("replaced", "更新", "new versions", example=0),
        whole("unchanged", "未变", "unchanged", example=0),
        text("digest", "摘要", "digest of the delivery", 200, empty=True, example="sha256:fcc9a78c014964c7"),
        fact_of(DAY, "data_on", "各类数据截止日期", "of which day the data are, by category", keyed=True,
                example={"dynamics": "2025-10-15"})), WATCHERS),
)
HOLDS = (
    Telling("hold_placed", "已保全", "Hold placed", "对案件或者个人信息实施保全时", "a case or a person's data are held", (
        thing("held", "保全对象", "what is held", code("service", "服务", "service", empty=True, example="transfer"),
              ref("case", "案件", "case", empty=True),
              fact_of(CODE, "keys", "个人摘要", "keyed digests of the person", many=True, example=[])),
        number("保全决定", "decision", "document")), KEEPERS),
    Telling("hold_confirmed", "已续行保全", "Hold confirmed", "续行保全时", "a hold goes on", (), KEEPERS),
    Telling("hold_lifted", "已解除保全", "Hold lifted", "解除保全时", "a hold was lifted",
            (number("解除文件", "document", "document", empty=True),), KEEPERS),
)
SUBSCRIBED = (agency("subscriber", "订阅机关", "subscriber"), code("carrier", "推送方式", "carrier", choices=CARRIERS),
              fact_of(CODE, "types", "事件类型", "event types chosen; none is all", many=True,
                      example=["transfer.announced"]))
SUBSCRIPTIONS = tuple(Telling(name, zh, en, f"{when}时", sent, SUBSCRIBED, SUBSCRIBERS) for name, zh, en, when, sent in (
    ("subscription_opened", "已订阅", "Subscribed", "机关订阅事件", "an agency subscribes"),
    ("subscription_changed", "订阅已变更", "Subscription changed", "机关变更订阅", "its types, contact or address change"),
    ("subscription_confirmed", "接收地址已验证", "Address confirmed", "接收地址交回验证口令",
     "the webhook's address gave the challenge back: it is sent to from now on"),
    ("subscription_not_confirmed", "接收地址验证未通过", "Address not confirmed", "接收地址多次未交回验证口令",
     "the webhook's address did not give the challenge back, however often it was tried"),
    ("subscription_secret_rotated", "签名密钥已更换", "Secret rotated", "更换签名密钥", "the webhook has a new secret; both sign"),
    ("subscription_rotation_finished", "签名密钥更换已完成", "Rotation finished", "完成更换签名密钥",
     "the secret before signs no more"),
    ("subscription_paused", "推送已暂停", "Subscription paused", "暂停推送", "nothing is sent until it is resumed"),
    ("subscription_resumed", "推送已恢复", "Subscription resumed", "恢复推送", "it goes on"),
    ("subscription_ended", "订阅已终止", "Subscription ended", "终止订阅", "it has ended, by its agency or with it"),
))
_ALL_CHAPTERS = {fact.name: fact.may() for fact in (*QUERY_FACTS, *TIP_FACTS, *ENTRY)}

EVENTS: tuple[Telling, ...] = (
    *REGISTER,
    *LAW,
    *CATALOGUE,
    *QUERIES,
    *TIPS,
    *RECORDS,
    *HOLDS,
    *SUBSCRIPTIONS,
    *succession(*_ALL_CHAPTERS.values(), BASIS_ENDED),
)
