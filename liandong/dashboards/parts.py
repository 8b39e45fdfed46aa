"""The kinds of panels that the dashboards are made of, each by the SDK's own types.

A panel's title and what it says are Chinese. `width` is of 24; the widths of a line of panels come to 24, or the next
begins beside it. A panel that shows one moment asks instantly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grafana_foundation_sdk.builders import bargauge, common, prometheus, stat, table, text, timeseries
from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.cog.variants import Dataquery
from grafana_foundation_sdk.models import common as kinds
from grafana_foundation_sdk.models import dashboard as model
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from liandong.dashboards.queries import SHOWN
from services.oversight.board.deadlines import TITLES
from services.oversight.sla.figures import LIGHTS as LIGHT_OF

SOURCE = model.DataSourceRef(type_val="prometheus", uid="${datasource}")
Panel = Builder[model.Panel]
LIGHTS = {"green": "green", "yellow": "yellow", "red": "red", "unconfirmed": "purple", "paused": "gray"}
TITLES_OF = {light: TITLES[state] for state, light in LIGHT_OF.items()}        # as the board calls them
# What is read in a cell: nearly all, most, less; of few nothing is judged. Without slashes Grafana wants all to match.
JUDGED = ((r"/^(100|9[5-9](\.\d)?) %$/", "green"), (r"/^[89]\d(\.\d)? %$/", "yellow"), ("/ %$/", "red"))
_CALCS = ["lastNotNull"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A query, and what its series are called (`{{label}}`) or, in a table, its column."""

    expr: str
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Of a table: the field that Prometheus gives, its title, its unit, where a click on it leads; what its codes are
    called, in the order in which they are sorted."""

    name: str
    title: str
    unit: str = ""
    leads: str = ""
    says: str = "打开"
    titles: Mapping[str, str] = field(default_factory=dict)


def _queries(asks: Sequence[Ask], instant: bool, as_table: bool = False) -> list[Builder[Dataquery]]:
    made: list[Builder[Dataquery]] = []
    for number, ask in enumerate(asks):
        query = prometheus.Dataquery().expr(ask.expr).ref_id(chr(ord("A") + number)).datasource(SOURCE)
        query = query.instant() if instant else query.range()
        query.format(PromQueryFormat.TABLE if as_table else PromQueryFormat.TIME_SERIES)
        made.append(query.legend_format(ask.legend) if ask.legend else query)
    return made


def thresholds(*steps: tuple[float | None, str]) -> build.ThresholdsConfig:
    """From each value on its colour; the first has no value."""
    return build.ThresholdsConfig().mode(model.ThresholdsMode.ABSOLUTE).steps(
        [model.Threshold(value=value, color=colour) for value, colour in steps])


def link(title: str, url: str) -> build.DashboardLink:
    """A link out of Grafana or to another dashboard, in a tab of its own."""
    return build.DashboardLink(title).url(url).target_blank(True)


def lines(title: str, says: str, *asks: Ask, unit: str = "short", width: int = 12, stack: bool = False,
          most: float | None = None) -> timeseries.Panel:
    """Over time."""
    legend = common.VizLegendOptions().show_legend(True).display_mode(kinds.LegendDisplayMode.LIST).placement(
        kinds.LegendPlacement.BOTTOM).calcs([])
    panel = (timeseries.Panel().title(title).description(says).datasource(SOURCE).unit(unit).min(0).span(width)
             .height(8).targets(_queries(asks, instant=False)).legend(legend)
             .tooltip(common.VizTooltipOptions().mode(kinds.TooltipDisplayMode.MULTI))
             .show_points(kinds.VisibilityMode.AUTO))
    if stack:
        panel.stacking(common.StackingConfig().mode(kinds.StackingMode.NORMAL).group("A")).fill_opacity(30)
    return panel.max(most) if most is not None else panel


def number(title: str, says: str, *asks: Ask, unit: str = "short", width: int = 4,
           steps: Sequence[tuple[float | None, str]] = (), none: str = "无", links: Sequence[build.DashboardLink] = ()
           ) -> stat.Panel:
    """How it stands now, large."""
    panel = (stat.Panel().title(title).description(says).datasource(SOURCE).unit(unit).span(width).height(4)
             .targets(_queries(asks, instant=True)).no_value(none).graph_mode(kinds.BigValueGraphMode.NONE)
             .color_mode(kinds.BigValueColorMode.BACKGROUND if steps else kinds.BigValueColorMode.NONE)
             .reduce_options(common.ReduceDataOptions().calcs(_CALCS)))
    if links:
        panel.links(list(links))
    return panel.thresholds(thresholds(*steps)) if steps else panel


def words(title: str, says: str, ask: Ask, width: int = 4, none: str = "无应当办结的") -> stat.Panel:
    """The names of the series, large: where what is read is a label and not the value."""
    return (number(title, says, ask, width=width, none=none).text_mode(kinds.BigValueTextMode.NAME)
            .orientation(kinds.VizOrientation.VERTICAL))


def bars(title: str, says: str, ask: Ask, unit: str = "short", width: int = 8, colour: str = "red",
         links: Sequence[build.DashboardLink] = (), none: str = "无") -> bargauge.Panel:
    """One moment, a bar for each series."""
    return (bargauge.Panel().title(title).description(says).datasource(SOURCE).unit(unit).min(0).span(width).height(8)
            .targets(_queries([ask], instant=True)).orientation(kinds.VizOrientation.HORIZONTAL).no_value(none)
            .display_mode(kinds.BarGaugeDisplayMode.BASIC).reduce_options(common.ReduceDataOptions().calcs(_CALCS))
            .thresholds(thresholds((None, colour))).data_links(list(links)))


def rows(title: str, says: str, asks: Sequence[Ask], columns: Sequence[Column], width: int = 24, height: int = 9,
         largest: str = "", none: str = "无") -> table.Panel:
    """A table of one moment: each ask's values in a field `Value`, or `Value #A`, `Value #B` where there are several;
    the columns that are named, in their order. `largest`: the title of the column by which it is sorted."""
    shown = {each.name: place for place, each in enumerate(columns)}
    panel = (table.Panel().title(title).description(says).datasource(SOURCE).span(width).height(height).no_value(none)
             .targets(_queries(asks, instant=True, as_table=True)))
    if len(asks) > 1:
        panel.with_transformation(model.DataTransformerConfig(id_val="merge", options={}))
    panel.with_transformation(model.DataTransformerConfig(id_val="filterFieldsByName", options={
        "include": {"names": [each.name for each in columns]}}))
    panel.with_transformation(model.DataTransformerConfig(id_val="organize", options={
        "indexByName": shown, "renameByName": {each.name: each.title for each in columns}}))
    for each in columns:
        if settings := _column(each):
            panel.override_by_name(each.title, settings)
    if largest:
        panel.sort_by([common.TableSortByFieldState().display_name(largest).desc(True)])
    return panel


def _column(column: Column) -> list[model.DynamicConfigValue]:
    settings = []
    if column.unit:
        settings.append(model.DynamicConfigValue(id_val="unit", value=column.unit))
    if column.leads:
        settings.append(model.DynamicConfigValue(id_val="links", value=[
            {"title": column.says, "url": column.leads, "targetBlank": True}]))
    if column.titles:
        settings.append(model.DynamicConfigValue(id_val="mappings", value=[{"type": "value", "options": {
            code: {"text": title, "index": place} for place, (code, title) in enumerate(column.titles.items())}}]))
    if column.name == SHOWN:
        settings.append(model.DynamicConfigValue(id_val="mappings", value=judged()))
        settings.append(_BACKGROUND)
    return settings


_BACKGROUND = model.DynamicConfigValue(id_val="custom.cellOptions", value={"type": "color-background", "mode": "basic"})


def judged() -> list[Mapping[str, object]]:
    """The colours of what is read as a percentage; what is told as "3/4" gets none."""
    return [{"type": "regex", "options": {"pattern": pattern, "result": {"color": colour, "index": place}}}
            for place, (pattern, colour) in enumerate(JUDGED)]


def matrix(title: str, says: str, ask: Ask, row: str, column: str, height: int = 20, none: str = "无") -> table.Panel:
    """A field of cells, each with what is read of its series."""
    return (table.Panel().title(title).description(says).datasource(SOURCE).span(24).height(height).no_value(none)
            .targets(_queries([ask], instant=True, as_table=True))
            .with_transformation(model.DataTransformerConfig(id_val="groupingToMatrix", options={
                "rowField": row, "columnField": column, "valueField": SHOWN, "emptyValue": "empty"}))
            .with_override(model.MatcherConfig(id_val="byRegexp", options="/.*/"), [
                model.DynamicConfigValue(id_val="mappings", value=judged()), _BACKGROUND])
            .override_by_name(f"{row}\\{column}", [
                model.DynamicConfigValue(id_val="custom.cellOptions", value={"type": "auto"}),
                model.DynamicConfigValue(id_val="custom.width", value=160)]))


def by_light(panel: timeseries.Panel) -> timeseries.Panel:
    """Each light in its colour, under its Chinese name."""
    for light, colour in LIGHTS.items():
        panel.override_by_name(light, [
            model.DynamicConfigValue(id_val="color", value={"mode": "fixed", "fixedColor": colour}),
            model.DynamicConfigValue(id_val="displayName", value=TITLES_OF[light])])
    return panel


def note(content: str, width: int = 24, height: int = 3) -> text.Panel:
    """Words for whoever reads the dashboard."""
    return text.Panel().title("").transparent(True).span(width).height(height).content(content)
