"""Sample archive records: plausible, made up, the same for the same seed. Names of firms and persons are invented;
persons have no numbers. The sample city's come in by the act, agency by agency; the bench makes its million of the
same."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from stdnum.cn import uscc

SEED = 20210218
FIRST_DAY, DAYS = date(2023, 1, 3), 900
STREETS = ("成山大道东段", "青山西路", "荣宁路", "文化东路", "悦湖路", "黎明南路", "石岛黄海中路", "凤凰湖东街", "河阳东路", "海湾南路",
           "幸福街", "学院西路", "沽河北路", "东山南街", "港湾街", "双山西路", "府新北路", "盛业大街")
TOWNS = ("崖头街道", "城西街道", "寻山街道", "成山镇", "俚岛镇", "埠柳镇", "港西镇", "夏庄镇", "崖西镇", "荫子镇", "滕家镇", "大疃镇",
         "上庄镇", "虎山镇", "人和镇", "斥山街道", "宁津街道", "港湾街道", "东山街道", "桃园街道", "王连街道", "崂山街道")
SIGNS = tuple("鑫海晟瑞宏德恒泰华盛润丰嘉禾诚信达通源永安凯旋天成金石蓝湾远洋祥云佳润朝阳黄海赤山槎山")
RARE = ("𬭎", "䶮", "㙍", "𠅤", "𣲗", "𬍛", "堃", "犇")
TRADES = ("建筑工程", "水产养殖", "海洋食品", "物流运输", "餐饮管理", "渔业捕捞", "环保科技", "物业服务", "建材销售", "石材加工", "商贸",
          "机械制造", "房地产开发", "冷链仓储", "园林绿化", "汽车修理", "酒店管理", "医药连锁", "船舶修造", "教育咨询")
SURNAMES = tuple("王李张刘于孙姜鞠毕宋邹连闫岳曲慕汤萧")
GIVEN = ("建国", "海波", "秀英", "志强", "晓燕", "玉梅", "国栋", "文涛", "丽娜", "洪亮", "春生", "庆华", "永刚", "桂兰", "立新", "喆", "翀")
# cause: its agencies, what is found
FOUND = {
    "illegal_building": (("zonghe",), ("未取得建设工程规划许可证搭建彩钢房", "在楼顶擅自加建阳光房", "占用公共绿地砌筑围墙")),
    "road_occupation": (("zonghe",), ("在人行道摆设桌椅占道经营", "店外堆放货物占用盲道", "占用非机动车道售卖海鲜")),
    "construction_waste": (("zonghe",), ("运输渣土未采取密闭措施沿途遗撒", "夜间在沟渠倾倒建筑垃圾", "未经核准处置建筑垃圾")),
    "oil_smoke": (("zonghe",), ("油烟净化设施停运直排油烟", "未安装油烟净化设施", "油烟超标排放影响居民")),
    "food_safety": (("shichang",), ("经营超过保质期的预包装食品", "后厨从业人员无健康证明", "水产干制品二氧化硫残留量超标")),
    "false_advertising": (("shichang",), ("宣传海参具有治疗功效", "使用最高级、最佳等用语宣传楼盘", "虚构原价开展促销")),
    "price_fraud": (("shichang",), ("明码标价与实际结算不一致", "节日期间哄抬海鲜加工费", "虚构折扣诱导消费者")),
    "overloading": (("jiaotong",), ("货运车辆超限百分之三十五驶入省道", "石材运输车辆超限上路", "冷藏车超限且拒不配合检测")),
    "illegal_taxi": (("jiaotong",), ("未取得道路运输经营许可在客运站揽客", "私家车往返景区非法营运", "网约车无证经营")),
    "sand_mining": (("shuili",), ("在沽河河道内未经许可采砂", "夜间使用铲车盗采河砂", "在行洪滩地堆放采砂设备")),
    "illegal_fishing": (("haiyang",), ("伏季休渔期间出海捕捞", "使用禁用的地笼网具捕捞", "涉渔三无船舶停靠码头卸货")),
    "over_standard_discharge": (("shengtai",), ("污水总排口化学需氧量超标", "鱼粉厂无组织排放恶臭气体", "锅炉烟气氮氧化物超标")),
    "work_safety": (("yingji",), ("有限空间作业未审批未通风", "涉氨制冷车间报警装置失效", "从业人员未经安全培训上岗")),
}
DONE = ("当场责令改正", "下达责令限期改正通知书", "立案调查并制作询问笔录", "先行登记保存相关物品", "依法作出行政处罚决定", "复查已整改到位",
        "当事人放弃陈述申辩", "经听证维持原处罚意见", "移交辖区网格继续巡查", "对当事人进行普法教育")
SEEN = ("接群众举报后现场检查发现", "日常巡查发现", "视频监控预警后核查发现", "联合检查中发现", "双随机抽查发现", "核实上级交办的线索时发现")
SHORT = {"zonghe": "综执", "shichang": "市监", "jiaotong": "交", "shuili": "水", "haiyang": "海", "shengtai": "环",
         "yingji": "应急"}
CATEGORIES = (("dynamics", 62), ("monitoring", 14), ("warnings", 10), ("statistics", 8), ("subjects", 6))


@dataclass(frozen=True, slots=True)
class Sample:
    """A record as its agency sends it."""

    agency: str
    record: dict[str, Any]


def samples(count: int, seed: int = SEED, agencies: Sequence[str] = ()) -> Iterator[Sample]:
    """So many records; only of `agencies` where some are named."""
    rng = random.Random(seed)
    causes = [(cause, agency) for cause, (owners, _) in FOUND.items() for agency in owners
              if not agencies or agency in agencies]
    firms = [_firm(rng) for _ in range(max(40, count // 12))]
    for nth in range(count):
        cause, agency = rng.choice(causes)
        yield Sample(agency, _record(rng, nth, agency, cause, firms))


def _firm(rng: random.Random) -> tuple[str, str]:
    """A firm's name and its 统一社会信用代码, whose check character is right."""
    sign = rng.choice(RARE) + rng.choice(SIGNS) if rng.random() < 0.03 else "".join(rng.sample(SIGNS, 2))
    body = f"91371082MA{rng.randrange(10 ** 7):07d}"
    return f"荣成市{sign}{rng.choice(TRADES)}有限公司", body + uscc.calc_check_digit(body)


def _record(rng: random.Random, nth: int, agency: str, cause: str, firms: Sequence[tuple[str, str]]) -> dict[str, Any]:
    category = rng.choices([name for name, _ in CATEGORIES], [weight for _, weight in CATEGORIES])[0]
    day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
    record = {
        "id": f"{agency}-{nth + 1:07d}", "category": category, "occurred_on": day.isoformat(), "cause": cause,
        "access": rng.choices(("open", "on_request"), (3, 1))[0],
    }
    if category in ("statistics", "subjects"):
        return record | _of_agency(rng, category, cause, day)
    return record | _of_respondent(rng, nth, agency, category, cause, day, firms)


def _of_agency(rng: random.Random, category: str, cause: str, day: date) -> dict[str, Any]:
    found = rng.choice(FOUND[cause][1])
    if category == "subjects":
        return {"title": f"行政执法文书样式和依据：{found[:14]}类案件", "kind": "decision",
                "text": f"本机关办理{found}类案件的执法主体资格、执法依据和文书样式，{day.year}年第{rng.randrange(1, 5)}次修订。"}
    checks, fines = rng.randrange(20, 400), rng.randrange(0, 40)
    return {"title": f"{day.year}年{day.month}月{rng.choice(TOWNS)}执法统计",
            "text": f"本月检查{checks}次，发现{found}等问题{fines + 3}起，立案{fines}起，罚没款{fines * 1750}元，复查整改率"
                    f"百分之{rng.randrange(80, 101)}。"}


def _of_respondent(rng: random.Random, nth: int, agency: str, category: str, cause: str, day: date,
                   firms: Sequence[tuple[str, str]]) -> dict[str, Any]:
    place = f"{rng.choice(TOWNS)}{rng.choice(STREETS)}{rng.randrange(1, 400)}号"
    found, firm = rng.choice(FOUND[cause][1]), rng.random() < 0.7
    name, code = rng.choice(firms) if firm else (rng.choice(SURNAMES) + rng.choice(GIVEN), "")
    who = {"respondent_kind": "organisation", "respondent": name, "respondent_number": code} if firm else {
        "respondent_kind": "person", "respondent": name}
    steps = "，".join(rng.sample(DONE, rng.randrange(2, 4)))
    called = name if firm else ""  # titles and texts go to others: no person stands there
    text = (f"{day.month}月{day.day}日，执法人员{rng.choice(SEEN)}，{called or '当事人'}（{place}）{found}。{steps}。"
            f"现场检查记录{rng.randrange(1, 4)}份，照片{rng.randrange(2, 20)}张。")
    made = {"title": f"{called}{found}{'预警' if category == 'warnings' else '案'}", "text": text, **who}
    if category == "dynamics":
        made |= {"kind": "decision", "number": f"荣{SHORT[agency]}罚〔{day.year}〕第{nth % 4000 + 1}号"}
    return made
