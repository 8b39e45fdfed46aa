"""Words that are served: whole sentences, in which nothing is left to fill in and nobody is called by a code."""

import re

ROLES = re.compile(r"(?<![A-Za-z0-9_/.「-])(?:custodian|keeper|sharer|claimer|candidate|asker|holder|decider|publisher|"
                   r"sender|receiver|interim_holder|ruler|referrer|lead|participant|related|former|evaluated|justice|"
                   r"government_office|discipline|suite|author)(?![A-Za-z0-9_/.-])")
PLACE = re.compile(r"\{[A-Za-z_0-9.!:]*\}")


def unfinished(zh: str) -> list[str]:
    """The places that were left, and the codes that stand for words; what is quoted was sent so."""
    return PLACE.findall(zh) + ROLES.findall(zh)
