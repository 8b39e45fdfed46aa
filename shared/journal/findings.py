"""What `verify` finds, in words for the person who asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. `position` 0: about no single entry. `case`: the case meant, if one."""

    code: str
    zh: str
    en: str
    position: int = 0
    case: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The result: `finding` None means everything held."""

    source: str
    entries: int                      # read until the end or the first finding
    checkpoints: int
    unsealed: int                     # entries after the last checkpoint
    finding: Finding | None = None

    @property
    def ok(self) -> bool:
        return self.finding is None

    @property
    def first_bad(self) -> int:
        """The position of the first bad entry; 0 where there is none or it is about no single entry."""
        return self.finding.position if self.finding else 0

    @property
    def zh(self) -> str:
        if self.finding:
            return self.finding.zh
        return f"日志完整：{self.entries} 条，检查点 {self.checkpoints} 个，最后检查点之后 {self.unsealed} 条。"

    @property
    def en(self) -> str:
        if self.finding:
            return self.finding.en
        entries = f"{self.entries} {'entry' if self.entries == 1 else 'entries'}"
        checkpoints = f"{self.checkpoints} checkpoint{'' if self.checkpoints == 1 else 's'}"
        return f"sound: {entries}, {checkpoints}, {self.unsealed} after the last of them"


def missing(position: int, found: int) -> Finding:
    return Finding("MISSING", f"第 {position} 条缺失（其后为第 {found} 条）。",
                   f"entry {position} is missing (the next is {found})", position)


def misplaced(position: int) -> Finding:
    return Finding("MISPLACED", f"第 {position} 条不在日志的编号范围内。",
                   f"entry {position} is outside the journal's numbering", position)


def changed(position: int) -> Finding:
    return Finding("CHANGED", f"第 {position} 条或其告知范围与摘要不符。",
                   f"entry {position}, or who was told, does not fit its digest", position)


def unreadable(position: int) -> Finding:
    return Finding("UNREADABLE", f"第 {position} 条的内容不是有效事件。", f"entry {position} is no readable event", position)


def unknown_algorithm(position: int, name: str) -> Finding:
    return Finding("ALGORITHM", f"第 {position} 条使用未知算法 {name}。",
                   f"entry {position} names the unknown algorithm {name}", position)


def detail_changed(position: int) -> Finding:
    return Finding("DETAIL", f"第 {position} 条的明细与其哈希不符。",
                   f"the detail of entry {position} does not fit its hash", position)


def detail_stray(position: int) -> Finding:
    return Finding("DETAIL_STRAY", f"第 {position} 条不应有明细。",
                   f"there is a detail at {position} that no entry has", position)


def detail_gone(position: int) -> Finding:
    return Finding("DETAIL_GONE", f"第 {position} 条的明细缺失，且无删除记录。",
                   f"the detail of entry {position} is gone, and no erasure tells why", position)


def erasure_stray(position: int) -> Finding:
    return Finding("ERASURE", f"第 {position} 条的删除标记与日志不符。",
                   f"the mark of erasure at {position} and the journal disagree", position)


def audience_stray(position: int) -> Finding:
    return Finding("AUDIENCE_STRAY", f"告知范围指向不存在的第 {position} 条。",
                   f"an audience row names entry {position}, which is not there", position)


def chain_broken(after: int, upto: int) -> Finding:
    return Finding("CHAIN", f"第 {after + 1} 条至第 {upto} 条之间的链与检查点不符。",
                   f"the chain does not reach the checkpoint at {upto}: an entry from {after + 1} on was exchanged",
                   after + 1)


def signature_wrong(position: int) -> Finding:
    return Finding("SIGNATURE", f"第 {position} 条处检查点的签名无效。",
                   f"the checkpoint at {position} does not bear a valid signature", position)


def checkpoint_lost(position: int, to: int) -> Finding:
    return Finding("CHECKPOINT", f"第 {position} 条所载检查点（至第 {to} 条）与存档不符。",
                   f"entry {position} tells of a checkpoint to {to} that is not kept as told", position)


def checkpoint_stray(to: int) -> Finding:
    return Finding("CHECKPOINT_STRAY", f"至第 {to} 条的检查点在日志中没有记载。",
                   f"a checkpoint to {to} is kept of which no entry tells", to)


def head_wrong(head: int, last: int) -> Finding:
    return Finding("HEAD", f"日志位置为 {head}，最后一条却是第 {last} 条。",
                   f"the head stands at {head}, but the last entry is {last}", min(head, last) + 1)


def epoch_wrong(position: int) -> Finding:
    return Finding("EPOCH", "日志的纪元与其开启记录不符。", "the head's epoch is not the one the journal tells of", position)


def case_changed(case: str, position: int) -> Finding:
    return Finding("CASE", f"案件 {case} 的数据与其最后一条日志（第 {position} 条）不符。",
                   f"case {case} is not as its last entry ({position}) left it", position, case)


def case_unjournalled(case: str) -> Finding:
    return Finding("CASE_STRAY", f"案件 {case} 在日志中没有记载。", f"no entry of the journal tells of case {case}", 0, case)


def case_gone(case: str, position: int) -> Finding:
    return Finding("CASE_GONE", f"日志（第 {position} 条）记载的案件 {case} 已不存在。",
                   f"case {case}, told of in entry {position}, is not there", position, case)


def tail_cut(position: int, last: int) -> Finding:
    return Finding("TAIL_CUT", f"留存的检查点到第 {position} 条，日志却只到第 {last} 条：尾部被截断。",
                   f"a checkpoint kept elsewhere reaches {position}, the journal only {last}: its tail was cut off",
                   last + 1)


def re_signed(after: int, position: int, epoch: str) -> Finding:
    return Finding("RE_SIGNED",
                   f"第 {after + 1} 条至第 {position} 条之间与留存的检查点（纪元 {epoch}）不符：日志被改写或重新签名。",
                   f"between {after + 1} and {position} the journal is not the one whose checkpoint is kept elsewhere "
                   f"(epoch {epoch}): it was rewritten or signed anew", after + 1)


def against_unsigned(position: int) -> Finding:
    return Finding("AGAINST_UNSIGNED", f"留存文件中第 {position} 条处检查点的签名无效。",
                   f"in the file given, the checkpoint at {position} bears no valid signature", position)
