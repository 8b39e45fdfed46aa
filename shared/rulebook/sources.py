"""Where a rule stands, and how an official writes that. Pure."""

from dataclasses import dataclass

PLAN_WORDS = "方案自定日期"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule stands: an article of the regulation, an article of another law, `internal` (no law at all), or the
    `plan` that sets the date itself (no rule at all)."""

    article: str = ""
    law: str = ""                     # empty: the regulation itself
    internal: bool = False
    plan: bool = False

    @property
    def statutory(self) -> bool:
        return not self.internal and not self.plan

    @property
    def words(self) -> str:
        """As an official writes it: 第二十二条, 附件1, 《行政处罚法》第六十条, 内部时限, 方案自定日期."""
        if not self.statutory:
            return PLAN_WORDS if self.plan else "内部时限"
        return (law_words(self.law) if self.law else "") + article_words(self.article)

    def __str__(self) -> str:
        if not self.statutory:
            return "plan" if self.plan else "internal"
        return f"{self.law} {self.article}".strip()


def article_words(article: str) -> str:
    """第二十二条 for "22", 附件1 for "annex 1"; below 100, anything else as it stands."""
    if article.startswith("annex "):
        return f"附件{article.removeprefix('annex ')}"
    if not article.isdigit() or not 0 < int(article) < 100:
        return article
    digits = "零一二三四五六七八九"
    tens, ones = divmod(int(article), 10)
    return f"第{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones] if ones else ''}条"


def law_words(title: str) -> str:
    """《行政处罚法》; 国务院令第310号 as it stands."""
    return title if title.endswith("号") else f"《{title.strip('《》')}》"


def source_words(sources: str) -> str:
    """What an act or a refusal names, in words: "22, annex 1" 第二十二条、附件1; "行政处罚法 54" 《行政处罚法》第五十四条; 内部要求，非法定."""
    return "、".join(_one(each.strip()) for each in sources.split(","))


def _one(source: str) -> str:
    if source in ("", "internal"):
        return "内部要求，非法定"
    law, _, article = source.rpartition(" ")
    return article_words(source) if law in ("", "annex") else law_words(law) + article_words(article)
