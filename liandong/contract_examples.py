"""Examples of the fields that acts ask: as the demo tells them in the act's own events, else by what the field is."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from liandong.contract_shapes import Shape
from shared.rulebook.model import Rulebook

LONGEST = 120  # of what the field map shows
_ID = "019a474c-b200-7000-8000-000000000002"
KINDS = {"date": "2025-10-15", "date-time": "2025-10-15T09:00:00+08:00", "boolean": True}
# By the Chinese title, the first that is found in it; texts after numbers, names after both.
BY_TITLE: tuple[tuple[str, str], ...] = (
    ("补录原因", "网络中断，当日以纸质函件发出。"),
    ("撤回的理由", "当事人已自行改正，移送事由消失。"),
    ("更正的理由", "送达日期填写有误。"),
    ("接口说明", "按许可证号查询，返回一条记录"),
    ("业务系统名称", "住建业务系统"),
    ("联系单位和电话", "荣成市住房和城乡建设局，0631-7560000"),
    ("人员、单位和电话", "王建国，荣成市住房和城乡建设局，0631-7560000"),
    ("数据项说明|内容说明", "许可证载明的编号、地点和建设规模"),
    ("摘要$|签批件", f"sha256:{0xA5:064x}"),
    ("任职$", _ID),
    ("可以作出的行为", "transfer.cases.accept"),
    ("事件类型", "transfer.announced"),
    ("案件（服务/编号）|所为案件|所涉案件|所涉方案", f"transfer/{_ID}"),
    ("来源编号|移送案件编号|已撤回案件|更正的记录|同批查询", _ID),
    ("业务系统编号", "AJ-2025-00381"),
    ("业务系统$", "zjj-oa"),
    ("执法证号", "3710820231"),
    ("邮箱", "fzk@example.gov.cn"),
    ("邮件号码", "1098765432101"),
    ("电话$", "0631-7560000"),
    ("统一社会信用代码", "91371082MA3EXAMPL1"),
    ("证件号码|身份号码", "11010519491231002X"),
    ("接收地址", "https://oa.example.gov.cn/hooks"),
    ("提供的档案", _ID),
    ("关联案件", f"transfer/{_ID}"),
    ("问责提示", f"collab/{_ID}/1"),
    ("档案编号", "DA-2025-0117"),
    ("账号", "zhujian-01"),
    ("平台外的案号", "（2025）鲁1082行初12号"),
    ("判决文号", "（2025）鲁1082行初12号"),
    ("机关代字", "荣建"),
    ("机关代码", "zhujian"),
    ("更正的栏目", "happened_on"),
    ("更正后的内容", "2025-10-16"),
    ("原内容", "2025-10-15"),
    ("委托书", "荣执委〔2025〕1号"),
    ("处理决定", "荣综执罚决〔2025〕36号"),
    ("立案.*文号", "荣综执立〔2025〕41号"),
    ("备案号", "荣司备〔2025〕12号"),
    ("收文号", "荣司收〔2025〕88号"),
    ("纪要文号", "荣司联纪〔2025〕1号"),
    ("文号|登记号|依据文件|文书$", "荣综执函〔2025〕27号"),
    ("受理告知|执法文书样式", "行政处罚决定书"),
    ("及其职务", "王建国，副科长"),
    ("职务$", "副科长"),
    ("会议或者领导", "市政府第12次常务会议"),
    ("册外|机关名称", "威海市水务局"),
    ("机关和人员", "荣成市水务局，王建国"),
    ("条款$|条文$", "第六十四条"),
    ("条款原文|条文内容", "未取得建设工程规划许可证进行建设的，责令停止建设。"),
    ("法律名称|法律、法规|执法依据|法律依据|违反的规定|^依据$|移送依据", "《中华人民共和国城乡规划法》第六十四条"),
    ("罪名", "污染环境罪"),
    ("公安机关", "荣成市公安局"),
    ("逾期的期限", f"transfer/{_ID}"),
    ("督查要求", "移送函于2025年10月17日到期，至今未发。请于2025年10月22日前发出，并书面答复。"),
    ("落实情况", "移送函已于2025年10月21日发出。"),
    ("科室", "法规科"),
    ("地点|住址|住所|地址", "荣成市成山大道东段28号"),
    ("查阅时间", "工作日9:00—11:30"),
    ("领域或者区域", "城区建筑垃圾运输"),
    ("专项治理名称", "建筑垃圾运输专项治理"),
    ("方案名称", "建筑垃圾运输协同执法工作方案"),
    ("联合执法的事项", "违规倾倒建筑垃圾"),
    ("材料名称|物品和材料", "现场照片12张"),
    ("案件名称", "某公司未批先建案"),
    ("数据项", "许可证号"),
    ("条目名称", "建设工程规划许可信息"),
    ("任务名称|交接事项", "现场检查"),
    ("规则文本", "id: rongcheng"),
    ("日历文本", "year: 2026"),
    ("检索词|标题", "违规倾倒建筑垃圾处罚决定"),
    ("查询目的|用途", "核实建设工程规划许可"),
    ("来源$", "日常检查"),
    ("法定代表人", "李明"),
    ("当事人|姓名或者名称", "荣成某建筑工程有限公司"),
    ("举报人姓名|姓名|承办人|负责人|送达人|签收人|签字人|收件人|代收人$|接收人$|正职", "王建国"),
    ("代收人身份", "前台工作人员"),
    ("理由|原因|必要性", "当事人的违法行为不属于本机关职权范围。"),
    ("情况|事实|违法行为|情形|复杂", "2025年10月15日检查时，当事人正在施工，未能出示建设工程规划许可证。"),
    ("意见|评价|评估|总结|结果|效果|影响|反馈", "已责令停止施工，当事人在期限内改正，未造成危害后果。"),
    ("条件", "市财政局落实经费后启动。"),
    ("预案|保障|措施|手段", "各部门确定一名联络员，遇阻挠执法及时报警。"),
    ("职责|要求|任务|指令|履行", "负责现场检查并固定证据，三日内通报结果。"),
    (
        "内容|说明|事项|处置|部分|备注|问题|进展|样式|处理$|文本|正文|依据|利益",
        "已到现场制止违法行为，拍照固定证据，并告知当事人停止施工。",
    ),
)
BY_NAME = {"agency": "zhujian", "sender": "zhujian", "receiver": "zonghe"}
_AGENCY = re.compile("机关|部门|单位|牵头|转往")


def examples(found: Mapping[str, Shape], rulebook: Rulebook, told: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """An example of every field, none of them its title. `told`: data of the act's events, as the demo played them."""
    made: dict[str, Any] = {}
    for path, shape in reversed(list(found.items())):  # what an object holds before the object
        said = _said(path, shape, told) if shape.kind != "object" else None
        if said is None:
            said = _object(path, found, made) if shape.kind == "object" else _by_rule(path, shape, rulebook)
        made[path] = [said] if shape.many else said
    return made


def _said(path: str, shape: Shape, told: Sequence[Mapping[str, Any]]) -> Any:
    """What an event of the act says under the same name, where it is one that the act would take."""
    values = [data[path] for data in told if "." not in path and not shape.many and path in data]
    return next(
        (value for value in values if isinstance(value, str) and shape.kind == "string" and fits(value, shape)), None
    )


def fits(value: str, shape: Shape) -> bool:
    """Whether the text is one that the field takes, and says more than its title."""
    return (
        bool(value)
        and value != shape.title
        and (not shape.length or len(value) <= shape.length)
        and (not shape.words or value in shape.words)
        and len(value) <= LONGEST
        and (not shape.pattern or re.search(shape.pattern, value) is not None)
    )


def _by_rule(path: str, shape: Shape, rulebook: Rulebook) -> Any:
    if shape.codes:
        return next(iter(rulebook.list_of(shape.codes)), "")
    if shape.words:
        return next(iter(shape.words))
    if shape.kind == "integer":
        return max(shape.least or 0, 1)
    return KINDS.get(shape.kind) or next(each for each in _texts(path, shape) if fits(each, shape))


def _texts(path: str, shape: Shape) -> Iterable[str]:
    """Texts that may serve, the most telling first."""
    coded = bool(shape.pattern)
    if coded and _AGENCY.search(shape.title):
        yield BY_NAME.get(path.rpartition(".")[2], "zonghe")
    yield from (example for words, example in BY_TITLE if re.search(words, shape.title))
    if _AGENCY.search(shape.title):
        yield "荣成市综合行政执法局"
    yield from (_ID, "zhujian", "transfer.cases.accept") if coded else ("荣成市行政执法联动办法", "1")


def _object(path: str, found: Mapping[str, Shape], made: Mapping[str, Any]) -> Any:
    """What must be in it, or else the first field, as much as is shown whole."""
    inner = {
        name.removeprefix(f"{path}."): shape
        for name, shape in found.items()
        if name.startswith(f"{path}.") and "." not in name.removeprefix(f"{path}.")
    }
    wanted = [name for name, shape in inner.items() if shape.required] or list(inner)[:1]
    object_: dict[str, Any] = {}
    for name in wanted:
        more = {**object_, name.removesuffix("[]"): made[f"{path}.{name}"]}
        if len(json.dumps([more], ensure_ascii=False)) <= LONGEST:
            object_ = more
    return object_
