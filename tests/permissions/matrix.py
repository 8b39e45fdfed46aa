"""Reads matrix.yaml: what a lawyer wrote about who may do what, as cells."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from shared.acts.model import Rank

RANKS = {"承办人": Rank.OFFICER, "机关负责人": Rank.LEADER, "正职": Rank.CHIEF, "可": Rank.CHIEF}
NEVER, BY_ITSELF, YES = "—", "可", {"—": False, "可": True, "开": True}
IN_A_CASE = "*"          # only in a case that the sample is none of
FIXED = ("行为", "中文", "依据", "开案", "业务系统")


@dataclass(frozen=True)
class Row:
    """An act as the matrix has it. `cells`: part -> what its column says."""

    act: str
    title: str
    article: str
    opens: bool
    machine: bool
    cells: dict[str, str]

    def allows(self, part: str, rank: Rank, machine: bool) -> bool:
        """Whether someone of this rank in the agency of this part, or its system, may do the act in the sample case."""
        said = self.cells[part]
        return said != NEVER and not said.endswith(IN_A_CASE) and rank >= RANKS[said] and (self.machine or not machine)


@dataclass(frozen=True)
class Sheet:
    """A chapter as the matrix has it. `sees`: part -> 全部, 本段, 本人 or —."""

    service: str
    title: str
    path: str
    parts: tuple[str, ...]
    sees: dict[str, str]
    rows: tuple[Row, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.service, self.path


@cache
def sheets() -> tuple[Sheet, ...]:
    told = yaml.safe_load((Path(__file__).parent / "matrix.yaml").read_text("utf-8"))
    return tuple(map(_sheet, told))


def _sheet(told: dict[str, Any]) -> Sheet:
    codes, columns = told["身份"], told["栏目"]
    assert set(columns) == {*FIXED, *codes}, told["名称"]
    return Sheet(told["服务"], told["名称"], told["路径"], tuple(codes.values()),
                 {codes[word]: sees for word, sees in told["查看"].items()},
                 tuple(_row(dict(zip(columns, row, strict=True)), codes) for row in told["行为"]))


def _row(told: dict[str, str], codes: dict[str, str]) -> Row:
    cells = {code: told[word] for word, code in codes.items()}
    for part, said in cells.items():
        bare = said.removesuffix(IN_A_CASE)
        assert said == NEVER or (bare in RANKS and (said == BY_ITSELF) == (part == "suite")), told
    return Row(told["行为"], told["中文"], told["依据"], YES[told["开案"]], YES[told["业务系统"]], cells)
