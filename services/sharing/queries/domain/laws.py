"""第二十七条第三款: by which law something may be withheld. Pure.

Secrecy alone is no ground. What is a state secret is read offline by the rules of secrecy, which is an answer; so the
law on state secrets carries a refusal only where that way is said too, or where justice has settled that it does (a
setting). Any other law whose name speaks of secrets carries none, nor does a reason that knows nothing but secrecy.
A law or article that the rulebook does not know is quoted in full and told to justice (a setting).
"""

import re
from collections.abc import Iterator

from services.sharing.queries import refusals as no
from services.sharing.queries.commands import Offline, Withheld
from shared.acts.model import Context
from shared.kernel.errors import Refusal, Rows
from shared.rulebook.model import Rulebook, article_words

GROUND = "sharing.refuse_statutory"
SETTING, UNLISTED = "refusal_on_secrecy_law", "refusal_on_unlisted_law"
STATE_SECRETS = re.compile("(?:中华人民共和国)?保守国家秘密法(?:实施条例)?")       # the law itself, and its regulation
SECRECY = ("国家秘密", "工作秘密", "机密", "绝密", "涉密", "内部秘密")     # in a reason: the state's, whatever is said besides
EXCUSES = ("秘密", "保密", "不便", "不宜", "敏感")                  # likewise, where nothing else is said
# Secrets that a law may protect against a query, and what says that none of the state's is meant.
_OTHERS = re.compile("(?:商业|技术|经营|通信|个人|企业)秘密")
_DENIED = re.compile("(?:不涉及|未涉及|不属于|不是|不含|并非|非)(?:国家秘密|工作秘密|涉密)(?:[、和或者]*(?:国家秘密|工作秘密|涉密))*")
# What a refusal says anyway: without it and the excuse itself, nothing is left of a reason that is none.
_EMPTY = re.compile(
    "(?:[不无未][予能可便宜得应]|暂不|拒绝|无法|提供|公开|对外|查询|查阅|共享|依法|依据|依照|按照?|根据|有关|相关|规定|要求|制度|本机关|"
    "本局|我局|本单位|我单位|上述|所查|所涉|该[项类批]?|此[项类]?|涉及|涉|属于|属|系|为|是|因|由于|内容|材料|资料|信息|档案|案件|内部|"
    "严格|应当?|应该|需要?|须|必须|予以|请|谅解|理解|特此|回复|函复|的|了|等|且|故|原因|理由|工作|事项|[^一-鿿])+")
# A law by its full name, a regulation (行政法规、地方性法规), or one of the State Council by its order.
FULL_NAME = re.compile(r"中华人民共和国\S{1,40}法典?|\S{2,40}条例|\S{2,60}（国务院令第[0-9]{1,4}号）")
ARTICLE = re.compile(r"第?([0-9一二三四五六七八九十百千零〇]+)(条\S*)?")
QUOTED = 10                                      # characters of an article's text, at least


def withheld_rows(said: Withheld, context: Context, offline: Offline | None = None) -> Rows:
    """What the rulebook's ground demands of a refusal, or of what an answer leaves out. `offline`: how it is read all
    the same."""
    law, demands, book = bare(said.law), context.rulebook.grounds[GROUND].demands, context.rulebook
    settled = bool(book.setting(SETTING)) or (offline is not None and offline.whole)
    named = is_law(law, book) and not named_for_secrecy(law)
    unlisted = named and ARTICLE.fullmatch(bare(said.law_article)) and not listed(said, book)
    yield not _secret_alone(law, said, settled=settled), no.REFUSED_AS_SECRET
    yield law or "law" not in demands, no.NO_LAW
    yield not law or named, no.NOT_A_LAW
    yield from _article(said, demands)
    yield not unlisted or book.setting(UNLISTED), no.UNLISTED_LAW
    yield not unlisted or len(bare(said.law_text)) >= QUOTED, no.NO_LAW_TEXT
    yield said.reason or "reason" not in demands, no.NO_LAW_REASON


def flagged(said: Withheld, context: Context) -> bool:
    """Whether justice is to look whether there is such a law and article."""
    return not listed(said, context.rulebook)


def _article(said: Withheld, demands: tuple[str, ...]) -> Iterator[tuple[object, Refusal]]:
    yield ARTICLE.fullmatch(bare(said.law_article)) or "law_article" not in demands, no.NO_LAW_ARTICLE


def _secret_alone(law: str, said: Withheld, *, settled: bool) -> bool:
    """Whether it is secrecy and nothing else: by the name of its law, or by its reason. `settled`: the law on state
    secrets carries it, and the state's secrets are a reason."""
    if on_secrecy(law):
        return not settled
    return named_for_secrecy(law) or only_secrecy(said.reason, settled=settled, named=bool(law))


def on_secrecy(law: str) -> bool:
    """Whether it is the law on state secrets."""
    return STATE_SECRETS.fullmatch(law) is not None


def named_for_secrecy(law: str) -> bool:
    """Whether the name speaks of secrets, and is not that of the law on state secrets."""
    name = _OTHERS.sub("", law)
    return not on_secrecy(law) and any(word in name for word in (*SECRECY, "秘密", "保密", "不便"))


def only_secrecy(reason: str, *, settled: bool = False, named: bool = True) -> bool:
    """Whether a reason names the state's secrets, or says of secrecy and nothing else that it is inconvenient. Of one
    that names no law any such word tells what the officer reads."""
    text = _DENIED.sub("", _OTHERS.sub("他秘", bare(reason)))
    if any(word in text for word in SECRECY):
        return not settled
    found = [word for word in EXCUSES if word in text]
    if not found or not named:
        return bool(found)
    for word in found:
        text = text.replace(word, "")
    return not _EMPTY.sub("", text)


def is_law(law: str, rulebook: Rulebook) -> bool:
    """Whether it is one of the rulebook's laws, by its short or its full name, or reads like a law's full name."""
    return law in _names(rulebook) or FULL_NAME.fullmatch(law) is not None


def listed(said: Withheld, rulebook: Rulebook) -> bool:
    """Whether the rulebook knows the law and has the article."""
    short, article = _names(rulebook).get(bare(said.law), ""), ARTICLE.fullmatch(bare(said.law_article))
    if not short or article is None:
        return False
    return any(article[1] in (each, article_words(each).strip("第条")) for each in rulebook.laws[short].articles)


def _names(rulebook: Rulebook) -> dict[str, str]:
    """The names that a law of the rulebook goes by, each with the short one."""
    return {name: short for short, each in rulebook.laws.items()
            for name in (short, each.title, each.title.partition("（")[0])}


def bare(law: str) -> str:
    """A law's name without book marks and blanks."""
    return "".join(law.split()).strip("《》")
