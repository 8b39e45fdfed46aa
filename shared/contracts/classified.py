"""State secrets stay off the platform: what is marked as one is refused wherever text or a file comes in. Pure.

保守国家秘密法 31(三): a system that is not made for them may neither keep nor process state secrets, so what bears their
marking is handed over outside it, as article 27 has it. Only a marking is looked for (a level with its star and period,
a level that stands as a heading, 密级, a text that says so of itself): 商业秘密, 保守秘密 and "refused as secret" are
ordinary words of enforcement, and that another's archive is secret may be said.
"""

import re
import unicodedata

from shared.kernel.errors import Refusal

STATE_SECRET = Refusal(
    "STATE_SECRET",
    "含有国家秘密标志或者声明（“{marking}”）。涉密内容不得进入本平台，请按保密规定线下办理；未标密、误标的，更正后再录入。",
    "It bears the marking of a state secret (“{marking}”). Classified matter may not enter this platform: hand it over "
    "outside it, by the rules of secrecy.",
    "保守国家秘密法 31, 27",
)

_LEVEL = "(?:绝密|机密|秘密|絕密|機密)"
_SPACED = re.compile(r"([绝絕机機秘])[ \t]+(?=密)")              # 机　密: a heading with its two signs apart
_PERIOD = "(?:[0-9一二三四五六七八九十两]+ ?(?:年|个月|月)|长期|长久|启用前|解密前)"
_OTHERS = "(?<!商业)(?<!工作)(?<!技术)(?<!个人)(?<!企业)(?<!保守)(?<!经营)"      # whose secrets are none of the state's
_OPEN, _SHUT, _END = r"[（(【〔\[［<＜]", r"[）)】〕\]］>＞]", r"(?=$|\n)"
_SELF = "(?:本件|此件|该件|本文(?!书)|本文件|此文件|本材料|此材料|本资料|此资料|本附件|以下内容|下列内容|所附材料|所附文件|随附材料)"
_MARKINGS = tuple(map(re.compile, (
    rf"{_OTHERS}{_LEVEL}级? ?[★☆✩✭⭐✪](?: ?{_PERIOD})?",
    rf"{_OTHERS}{_LEVEL}级? ?[*·•] ?{_PERIOD}",
    rf"(?<![一-鿿]){_LEVEL}级? ?[0-9]+ ?(?:年|个月)",
    rf"(?:密级|涉密等级|保密等级)(?:[为是]|：|:| )+{_LEVEL}",
    rf"(?<=\S){_OPEN} ?{_LEVEL}级?(?:件|文件)? ?{_SHUT}|{_OPEN} ?{_LEVEL}级?(?:件|文件)? ?{_SHUT}(?=\s*\S)",
    rf"(?:^|(?<=\n)) ?{_LEVEL}(?:级|文件)?[ \t]*(?=[-_—:：])",
    rf"(?:^|(?<=\n)) ?{_LEVEL}级? ?(?=\n)|(?<=\n) ?{_LEVEL}级? ?{_END}",
    rf"{_SELF}(?:内容)?(?:属于|属|系|为|是|涉及|含有|包含|载有|定为|确定为)[^，。；\n不非未无否]{{0,6}}"
    rf"{_OTHERS}(?:国家秘密|绝密|机密|秘密级|涉密文件|涉密材料)(?!的|法|工作)",
)))
# What is nothing but a level: as a heading stands alone, or as an answer that tells no more. 秘密 alone is looked for.
_ALONE = re.compile(rf"(?:绝密|機密|絕密|机密)(?:级|件|文件)?|秘密(?:级|件|文件)|{_OPEN} ?{_LEVEL}级?(?:件|文件)? ?{_SHUT}")
_NAME_SIGNS = re.compile(r"[-_—.·\s（）()【】\[\]〔〕]+")


def forbidden(text: str) -> Refusal | None:
    """The refusal of a text that is marked as a state secret; None for any other. `where` is the caller's to add."""
    if "密" not in text:
        return None
    bare = _bare(text)
    found = _ALONE.fullmatch(bare.strip()) or next(filter(None, (each.search(bare) for each in _MARKINGS)), None)
    return STATE_SECRET.filled(marking=found[0].strip()) if found else None


def forbidden_name(name: str) -> Refusal | None:
    """The refusal of a file by its name, in which a level may stand anywhere as a word of its own."""
    return forbidden(name) or forbidden(_NAME_SIGNS.sub("\n", _bare(name)) + "\n")


def _bare(text: str) -> str:
    """The text without what hides a marking: full-width forms, signs of no width, blanks between its two signs."""
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return _SPACED.sub(r"\1", shown.replace("\r", "\n"))
