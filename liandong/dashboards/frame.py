"""What every dashboard has: its variables, what is marked on its charts, its links, its sections of panels."""

from collections.abc import Sequence
from dataclasses import dataclass

from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models import dashboard as model

from liandong.dashboards.parts import SOURCE, Panel
from liandong.dashboards.queries import STEP
from services.oversight.sla.figures import WINDOWS

TAG = "liandong"
BOARD = "http://127.0.0.1:8806"         # oversight's API as `liandong city` serves it on one host
DEADLINES = "${board:raw}/api/oversight/deadlines"
Variable = Builder[model.VariableModel]


@dataclass(frozen=True, slots=True)
class Section:
    """A row of the dashboard with its panels, in lines from the left."""

    title: str
    panels: Sequence[Panel]


class Mark(build.AnnotationQuery):
    """What is marked on every chart."""

    def __init__(self, name: str, colour: str, expr: str, title: str, says: str, by_value: bool = False) -> None:
        """`by_value`: the series' value is the instant, in milliseconds."""
        super().__init__()
        self._internal = _Marked(name=name, datasource=SOURCE, enable=True, icon_color=colour, expr=expr)
        self._internal.more = {"titleFormat": title, "textFormat": says, "useValueForTime": by_value}


class _Marked(model.AnnotationQuery):
    """With what Prometheus's annotations know beside the SDK's fields."""

    more: dict[str, object]

    def to_json(self) -> dict[str, object]:
        return {**super().to_json(), **self.more}


def new_here(by: str, metric: str) -> str:
    """Series that were not there one step before."""
    now = f"count by ({by}) ({metric})"
    return f"{now} unless {now.replace(metric, f'{metric} offset {STEP}')}"


def published(kind: str) -> str:
    """When the law of a kind was published that is known last, in milliseconds."""
    return f'1000 * max by (kind) (liandong_law_published_timestamp_seconds{{kind="{kind}"}})'


EPOCH = "max by (service) (liandong_journal_epoch)"
MARKS = (
    ("发布", "blue", new_here("version", "liandong_build_info"), "发布 {{version}}", "有进程开始运行此版本", False),
    ("日历", "green", published("calendar"), "公布工作日历", "最近公布的年度日历", True),
    ("规则", "purple", published("rulebook"), "公布规则", "最近公布的规则版本", True),
    ("换代", "red", f"{EPOCH} != {EPOCH[:-1]} offset {STEP})", "{{service}} 台账换代", "数据库进入另一代", False),
)


def source() -> Variable:
    return build.DatasourceVariable("datasource").label("数据源").type("prometheus")


def board() -> Variable:
    """Where the board of deadlines is, for the links to it: a setting of the dashboard."""
    return (build.TextBoxVariable("board").label("期限总览地址").default_value(BOARD)
            .current(model.VariableOption(text=BOARD, value=BOARD)))


def window() -> Variable:
    """By the instant at which a deadline was due."""
    names = list(WINDOWS)
    chosen = names[1]
    return (build.CustomVariable("window").label("时段（按到期日）").values(",".join(names))
            .current(model.VariableOption(selected=True, text=chosen, value=chosen))
            .options([model.VariableOption(selected=name == chosen, text=name, value=name) for name in names]))


def by_title(name: str, label: str, metric: str, title: str) -> Variable:
    """A value of a label of a metric, told by its title, which is another label."""
    return (one_of(name, label, metric).query(
        {"qryType": 3, "query": f"query_result(max by ({name}, {title}) ({metric}))", "refId": "variable"})
        .regex(f'/{name}="(?<value>[^"]*)".*{title}="(?<text>[^"]*)"/'))


def one_of(name: str, label: str, metric: str) -> build.QueryVariable:
    """A value of the metric's label of that name, as Prometheus has it now."""
    return (build.QueryVariable(name).label(label).datasource(SOURCE)
            .refresh(model.VariableRefresh.ON_TIME_RANGE_CHANGED).sort(model.VariableSort.ALPHABETICAL_ASC)
            .query({"qryType": 1, "query": f"label_values({metric}, {name})", "refId": "variable"}))


def dashboard(uid: str, title: str, says: str, variables: Sequence[Variable], sections: Sequence[Section],
              since: str = "now-7d") -> model.Dashboard:
    """The dashboard, with its panels numbered in their order."""
    made = (build.Dashboard(title).uid(uid).description(says).tags([TAG]).timezone("browser").readonly()
            .refresh("1m").time(since, "now").tooltip(model.DashboardCursorSync.CROSSHAIR)
            .link(build.DashboardLink("联动").type(model.DashboardLinkType.DASHBOARDS).tags([TAG]).as_dropdown(True)
                  .include_vars(True).keep_time(True)))
    for variable in (source(), *variables):
        made.with_variable(variable)
    for mark in MARKS:
        made.annotation(Mark(*mark))
    number = 0
    for section in sections:
        number += 1
        made.with_row(build.Row(section.title).id(number))
        for panel in section.panels:
            number += 1
            made.with_panel(panel.id(number))       # type: ignore[attr-defined]
    return made.build()
