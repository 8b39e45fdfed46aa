"""PromQL that several panels share. Compliance comes from the recording rules alone, a sum over a sum.

`$name` is a variable of the dashboard, which Grafana fills in.
"""

from liandong.sla_rules import LEVELS, SHARES, Share, once
from services.oversight.sla.collector import AGENCIES, CLOCKS, OPEN, SETTLED

FEW = 10                # of fewer deadlines no percentage is told: "3/4" instead, as on the scorecard
FEW_SAYS = f"不足 {FEW} 件的不计百分比，写作“3/4”（4 件中的 3 件）。"
SHOWN = "shown"         # the label that holds what is shown
READ = f"{{{{{SHOWN}}}}}"       # a series told by that label alone
BY_WINDOW = f"{{{{window}}}}：{READ}"
RATE = "$__rate_interval"
STEP = "$__interval"
COMPLIANCE_OF, IN_TIME_OF = SHARES
OF_THE_LAW = {"statutory": "true"}


def pick(**labels: str) -> str:
    """A selector's braces; a value that begins with `~` is a pattern."""
    return "{" + ",".join(f'{name}=~"{value[1:]}"' if value.startswith("~") else f'{name}="{value}"'
                          for name, value in labels.items()) + "}" if labels else ""


def share_shown(share: Share, level: str, **labels: str) -> str:
    """A ratio of a level with what is to be read of it as a label: "85.7 %", or "3/4" where there are few. Its value is
    the ratio, for sorting. Rounded down: 100 % is said of all only."""
    by = (*LEVELS[level], *share.apart)
    names = ", ".join(by)
    part, whole = (f"{level}:{name}{pick(**labels)}" for name in (share.part, share.whole))
    percent = f"floor(1000 * {part} / ({whole} >= {FEW})) / 10"
    enough = f'label_replace(count_values by ({names}) ("{SHOWN}", {percent}), "{SHOWN}", "$1 %", "{SHOWN}", "(.+)")'
    some = f"({whole} > 0 < {FEW})"
    few = (f'label_join(count_values by ({names}) ("part", {part} and {some}) * on ({names}) group_left (whole)'
           f' count_values by ({names}) ("whole", {some}), "{SHOWN}", "/", "part", "whole")')
    said = ", ".join((*by, SHOWN))
    return (f"max by ({said}) ({enough} or {few}) * on ({names}) group_left () {level}:{share.ratio}{pick(**labels)}")


def named(query: str) -> str:
    """The same with each agency's name as the label `name`."""
    return _called(query, "agency", "name", AGENCIES)


def titled(query: str) -> str:
    """The same with what each clock demands as the label `title`."""
    return _called(query, "clock", "title", CLOCKS)


def _called(query: str, code: str, word: str, told: str) -> str:
    """With a word for a code, or the code where the exporter has no room for words: no figure goes for a name."""
    words = f"max by ({code}, {word}) ({told})"
    return (f"({query}) * on ({code}) group_left ({word}) {words} or "
            f'label_replace(({query}) unless on ({code}) {words}, "{word}", "$1", "{code}", "(.+)")')


def share_line(share: Share, level: str, **labels: str) -> str:
    """A ratio over time, where there are enough for a percentage."""
    return f"{level}:{share.ratio}{pick(**labels)} and {level}:{share.whole}{pick(**labels)} >= {FEW}"


def opened(by: str, **labels: str) -> str:
    """How many deadlines run."""
    return f"sum by ({by}) ({once(OPEN)}{pick(**labels)})"


def lit(light: str, **labels: str) -> str:
    """How many deadlines run under this light, 0 where none of those that run does."""
    return none_is_zero(f"sum ({once(OPEN)}{pick(**labels, light=light)})", f"{once(OPEN)}{pick(**labels)}")


def none_is_zero(query: str, told: str) -> str:
    """The query, or 0 where it finds none though `told` is told: what nobody tells is not nothing."""
    return f"{query} or 0 * sum ({told})"


def settled(by: str, outcomes: str, **labels: str) -> str:
    """How many deadlines that were due in the chosen window ended so."""
    return f"sum by ({by}) ({once(SETTLED)}{pick(window='$window', outcome='~' + outcomes, **labels)})"


def quantile(share: float, histogram: str, by: str = "", **labels: str) -> str:
    """A quantile of a histogram over the last minutes."""
    each = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({each}) (rate({histogram}_bucket{pick(**labels)}[{RATE}])))"


def rate(metric: str, by: str, **labels: str) -> str:
    """How many a second."""
    return f"sum by ({by}) (rate({metric}{pick(**labels)}[{RATE}]))"
