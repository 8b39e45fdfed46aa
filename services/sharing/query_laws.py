"""第二十七条第三款: by which law something may be withheld. Pure.

Secrecy alone is no ground. What is a state secret is read offline by the rules of secrecy, which is an answer; so the
law on state secrets carries a refusal only where that way is said too, or where justice has settled that it does (a
setting).
"""

import re
from collections.abc import Iterator

from services.sharing import query_refusals as no
from services.sharing.query_commands import Offline, Withheld
from shared.acts.model import Context
from shared.errors import Refusal, Rows
from shared.rulebook.model import Rulebook

GROUND = "sharing.refuse_statutory"
SETTING = "refusal_on_secrecy_law"
SECRECY = ("国家秘密", "保密", "机密")            # in the name of a law: one on state secrets
EXCUSES = (*SECRECY, "秘密", "涉密", "不便")      # in the words of a refusal that names no law
# A law by its full name, a regulation (行政法规、地方性法规), or one of the State Council by its order.
FULL_NAME = re.compile(r"中华人民共和国\S{1,40}法典?|\S{2,40}条例|\S{2,60}（国务院令第[0-9]{1,4}号）")
ARTICLE = re.compile(r"第?[0-9一二三四五六七八九十百千零〇]+(条\S*)?")


def withheld_rows(said: Withheld, context: Context, offline: Offline | None = None) -> Rows:
    """What the rulebook's ground demands of a refusal, or of what an answer leaves out. `offline`: how it is read all
    the same."""
    law, demands = bare(said.law), context.rulebook.grounds[GROUND].demands
    named = is_law(law, context.rulebook)
    yield not _secret_alone(law, named, said, context, offline), no.REFUSED_AS_SECRET
    yield law or "law" not in demands, no.NO_LAW
    yield not law or named, no.NOT_A_LAW
    yield from _article(said, demands)
    yield said.reason or "reason" not in demands, no.NO_LAW_REASON


def article_rows(said: Withheld, context: Context) -> Rows:
    """Of one that is corrected: the article still reads like one."""
    yield from _article(said, context.rulebook.grounds[GROUND].demands)


def _article(said: Withheld, demands: tuple[str, ...]) -> Iterator[tuple[object, Refusal]]:
    article = "".join(said.law_article.split())
    yield ARTICLE.fullmatch(article) or "law_article" not in demands, no.NO_LAW_ARTICLE


def _secret_alone(law: str, named: bool, said: Withheld, context: Context, offline: Offline | None) -> bool:
    """Whether it is secrecy and nothing else: the law on state secrets without the offline way, or no law at all and
    words that excuse. Words alone never let a refusal through: they only choose what the officer reads."""
    if named:
        settled = bool(context.rulebook.settings.get(SETTING, False)) or (offline is not None and offline.whole)
        return on_secrecy(law) and not settled
    return any(word in (law or said.reason) for word in EXCUSES)


def on_secrecy(law: str) -> bool:
    """Whether a law is one on state secrets, by its name."""
    return any(word in law for word in SECRECY)


def is_law(law: str, rulebook: Rulebook) -> bool:
    """Whether it is one of the rulebook's laws, by its short or its full name, or reads like a law's full name."""
    known = {name for short, each in rulebook.laws.items()
             for name in (short, each.title, each.title.partition("（")[0])}
    return law in known or FULL_NAME.fullmatch(law) is not None


def bare(law: str) -> str:
    """A law's name without book marks and blanks."""
    return "".join(law.split()).strip("《》")
