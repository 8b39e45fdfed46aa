"""A dashboard drawn with figures, as SVG: what Grafana shows of it, near enough to know it by.

It reads the dashboard's file as Grafana does: places, titles, units, colours, renamed columns.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from liandong.dashboards.parts import JUDGED

COLUMN, ROW, HEAD, GAP, SIZE = 44, 30, 26, 6, 12        # pixels; the last is of letters, where nothing else is said
WIDTH = 24 * COLUMN
PALETTE = ("#5794f2", "#73bf69", "#f2cc0c", "#ff9830", "#f2495c", "#b877d9", "#37872d", "#8ab8ff")
COLOURS = {"green": "#73bf69", "yellow": "#f2cc0c", "red": "#f2495c", "purple": "#b877d9", "gray": "#8e8e8e",
           "blue": "#5794f2"}
DARK, DIM, CARD, PAGE = "#24292e", "#6e7680", "#ffffff", "#f4f5f5"
NAMED = ("agency", "service", "slo", "window")  # variables that a picture names
Series = Mapping[str, Any]                      # as Prometheus answers: its labels, value or values
Answers = Mapping[tuple[int, str], Sequence[Series]]


def drawn(dashboard: Mapping[str, Any], answers: Answers, chosen: Mapping[str, str]) -> str:
    """The picture. `answers`: by the number of a panel and the letter of its query; `chosen`: of the variables."""
    panels = dashboard["panels"]
    height = max(each["gridPos"]["y"] + each["gridPos"]["h"] for each in panels) * ROW + HEAD + GAP
    body = "".join(_panel(each, answers, chosen) for each in panels)
    of = "，".join(value for name, value in chosen.items() if name in NAMED)
    title = dashboard["title"] + (f"（{of}）" if of else "")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
            f'font-family="Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif" '
            f'font-size="{SIZE}" fill="{DARK}">'
            f'<rect width="{WIDTH}" height="{height}" fill="{PAGE}"/>'
            f'{_text(GAP, 18, title, size=15, bold=True)}{body}</svg>\n')


def _panel(panel: Mapping[str, Any], answers: Answers, chosen: Mapping[str, str]) -> str:
    place = panel["gridPos"]
    x, y = place["x"] * COLUMN + GAP / 2, place["y"] * ROW + HEAD + GAP / 2
    wide, high = place["w"] * COLUMN - GAP, place["h"] * ROW - GAP
    title = re.sub(r"\$(\w+)", lambda found: chosen.get(found[1], found[0]), panel["title"])
    if panel["type"] == "row":
        return _text(x, y + 16, f"▾ {title}", size=13, bold=True)
    told = [(target, answers.get((panel["id"], target["refId"]), ())) for target in panel["targets"]]
    box = (x + 8, y + 24, wide - 16, high - 30)
    inner = KINDS[panel["type"]](panel, told, box)
    fill = CARD
    if panel["type"] == "stat" and panel["options"]["colorMode"] == "background" and (values := _values(told)):
        fill = _by_threshold(panel, values[0])
    return (f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="3" fill="{fill}" stroke="#d8d9da"/>'
            f'<svg x="{x}" y="{y}" width="{wide}" height="{high}" viewBox="{x} {y} {wide} {high}">'
            f'{_text(x + 8, y + 16, title, bold=True)}{inner}</svg>')


Told = Sequence[tuple[Mapping[str, Any], Sequence[Series]]]
Box = tuple[float, float, float, float]


def _stat(panel: Mapping[str, Any], told: Told, box: Box) -> str:
    x, y, wide, high = box
    named = panel["options"]["textMode"] == "name"
    words = [_legend(target, each) if named else _shown(float(each["value"][1]), _unit(panel))
             for target, series in told for each in series] or [panel["fieldConfig"]["defaults"].get("noValue", "")]
    size = min(30.0, high / len(words) * 0.7, wide / max(map(len, words)) * 1.6)
    step = high / len(words)
    return "".join(_text(x + wide / 2, y + step * (place + 0.5) + size / 3, each, size=size, middle=True)
                   for place, each in enumerate(words))


def _bars(panel: Mapping[str, Any], told: Told, box: Box) -> str:
    x, y, wide, high = box
    rows = sorted(((_legend(target, each), float(each["value"][1])) for target, series in told for each in series),
                  key=lambda row: -row[1])[:10]
    if not rows:
        return _none(panel, box)
    colour = _by_threshold(panel, rows[0][1])
    most, step = max(1e-9, *(value for _, value in rows)), min(24.0, high / len(rows))
    return "".join(
        _text(x, y + step * place + 13, _cut(name, wide * 0.45)) +
        f'<rect x="{x + wide * 0.45}" y="{y + step * place + 3}" width="{max(0.0, wide * 0.4 * value / most):.1f}" '
        f'height="{step - 6}" fill="{colour}"/>' +
        _text(x + wide, y + step * place + 13, _shown(value, _unit(panel)), end=True)
        for place, (name, value) in enumerate(rows))


def _lines(panel: Mapping[str, Any], told: Told, box: Box) -> str:
    x, y, wide, high = box
    series = [(_named(panel, _legend(target, each)), [(at, float(value)) for at, value in each["values"]
                                                       if math.isfinite(float(value))])
              for target, found in told for each in found]
    if not (series := [(name, points) for name, points in series if points]):
        return _none(panel, box)
    every = [point for _, points in series for point in points]
    first, last = min(at for at, _ in every), max(at for at, _ in every)
    top = max(1e-9, *(value for _, value in every)) * 1.1
    left, low, y, high = x + 46, y + high - 22, y + 8, high - 8

    def at(point: tuple[float, float]) -> str:
        along = (point[0] - first) / max(1.0, last - first)
        return f"{left + along * (x + wide - left):.1f},{low - max(0.0, point[1]) / top * (low - y):.1f}"

    heights = {share: low - share * (low - y) for share in (0, 0.5, 1)}
    axis = "".join(_text(left - 4, height + 4, _shown(top * share, _unit(panel)), end=True, dim=True) +
                   f'<path d="M{left} {height}H{x + wide}" stroke="#e5e6e7"/>' for share, height in heights.items())
    drawn, legend, at_x = "", "", x
    for place, (name, points) in enumerate(series[:8]):
        colour = _coloured(panel, name) or PALETTE[place % len(PALETTE)]
        line = " ".join(_bends([at(each) for each in points]))
        drawn += f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
        legend += f'<rect x="{at_x}" y="{y + high - 9}" width="8" height="3" fill="{colour}"/>'
        legend += _text(at_x + 11, y + high - 3, name, dim=True)
        at_x += 18 + 12 * sum(1 if ord(sign) > 255 else 0.58 for sign in name)
    return axis + drawn + legend


def _bends(points: Sequence[str]) -> list[str]:
    """The points of a line without those inside a level stretch."""
    heights = [point.partition(",")[2] for point in points]
    return [point for place, point in enumerate(points)
            if len({*heights[max(place - 1, 0):place + 2]}) > 1 or place in (0, len(points) - 1)]


def _table(panel: Mapping[str, Any], told: Told, box: Box) -> str:
    rows: list[dict[str, str]] = []
    for target, series in told:
        field = "Value" if len(told) == 1 else f"Value #{target['refId']}"
        for each in series:
            labels = {key: value for key, value in each["metric"].items() if key != "__name__"}
            _into(rows, labels, field, each["value"][1])
    if not rows:
        return _none(panel, box)
    changes = {each["id"]: each["options"] for each in panel["transformations"]}
    if matrix := changes.get("groupingToMatrix"):
        return _matrix(rows, matrix, box)
    order, titles = changes["organize"]["indexByName"], changes["organize"]["renameByName"]
    columns = sorted(order, key=order.__getitem__)
    for by in panel.get("options", {}).get("sortBy") or ():
        field = next(name for name, title in titles.items() if title == by["displayName"])
        rows.sort(key=lambda row: -float(row.get(field, "-inf")))
    units = {each["matcher"]["options"]: value["value"] for each in panel["fieldConfig"]["overrides"]
             for value in each["properties"] if value["id"] == "unit"}
    called = {title: _called(panel, title) for title in titles.values()}
    cells = [[called[titles[name]].get(row.get(name, "")) or _cell(row.get(name, ""), name,
                                                                  units.get(titles[name], "short"))
              for name in columns] for row in rows]
    return _grid([titles[name] for name in columns], cells, box)


def _into(rows: list[dict[str, str]], labels: dict[str, str], field: str, value: str) -> None:
    """Beside the row with which it has all labels in common that both have, else below them all."""
    for row in rows:
        both = labels.keys() & row.keys()
        if field not in row and both and all(row[key] == labels[key] for key in both):
            row.update({**labels, field: value})
            return
    rows.append({**labels, field: value})


def _matrix(rows: Sequence[Mapping[str, str]], how: Mapping[str, str], box: Box) -> str:
    of, by, shown = how["rowField"], how["columnField"], how["valueField"]
    columns, names = sorted({row[by] for row in rows}), sorted({row[of] for row in rows})
    found = {(row[of], row[by]): row[shown] for row in rows}
    cells = [[name, *(found.get((name, column), "") for column in columns)] for name in names]
    return _grid(["", *columns], cells, box)


def _grid(head: Sequence[str], cells: Sequence[Sequence[str]], box: Box) -> str:
    """As much as there is room for; what is read as a percentage has its colour, and "…" says that there is more."""
    x, y, wide, high = box
    step, room = wide / len(head), int(high // 20) - 1
    told = "".join(_text(x + step * place, y + 10, _cut(each, step), dim=True) for place, each in enumerate(head))
    for line, row in enumerate(cells[:room], 1):
        for place, each in enumerate(row):
            if colour := judged(each):
                told += (f'<rect x="{x + step * place - 2}" y="{y + 20 * line - 5}" width="{step - 2}" height="19" '
                         f'fill="{COLOURS[colour]}" opacity="0.75"/>')
            told += _text(x + step * place, y + 20 * line + 10, _cut(each, step))
    return told + (_text(x, y + high, "…", dim=True) if len(cells) > room else "")


def judged(shown: str) -> str:
    """The colour of a cell in which a percentage is read, as Grafana looks for it; "": it has none."""
    return next((colour for pattern, colour in JUDGED if re.search(pattern.strip("/"), shown)), "")


KINDS: Mapping[str, Callable[[Mapping[str, Any], Told, Box], str]] = {
    "stat": _stat, "bargauge": _bars, "timeseries": _lines, "table": _table}


def _cut(words: str, wide: float) -> str:
    """As much of the words as there is room for; a Chinese sign takes two."""
    taken = 0.0
    for place, sign in enumerate(words):
        taken += 12 if ord(sign) > 255 else 6.6
        if taken > wide - 4:
            return words[:max(1, place - 1)] + "…"
    return words


def _legend(target: Mapping[str, Any], series: Series) -> str:
    labels = series["metric"]
    told = re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda found: labels.get(found[1], ""), target.get("legendFormat", ""))
    return told or ", ".join(value for key, value in labels.items() if key != "__name__")


def _called(panel: Mapping[str, Any], column: str) -> dict[str, str]:
    """What the dashboard calls the codes of a column."""
    return {code: shown["text"] for each in panel["fieldConfig"]["overrides"] if each["matcher"]["options"] == column
            for value in each["properties"] if value["id"] == "mappings"
            for mapping in value["value"] if mapping["type"] == "value" for code, shown in mapping["options"].items()}


def _named(panel: Mapping[str, Any], name: str) -> str:
    """The name that the dashboard gives a series."""
    return next((value["value"] for each in panel["fieldConfig"]["overrides"] if each["matcher"]["options"] == name
                 for value in each["properties"] if value["id"] == "displayName"), name)


def _coloured(panel: Mapping[str, Any], name: str) -> str:
    """The colour that the dashboard gives the series of this name, or ""."""
    return next((COLOURS[value["value"]["fixedColor"]] for each in panel["fieldConfig"]["overrides"]
                 if _named(panel, each["matcher"]["options"]) == name
                 for value in each["properties"] if value["id"] == "color"), "")


def _unit(panel: Mapping[str, Any]) -> str:
    return str(panel["fieldConfig"]["defaults"].get("unit", "short"))


def _by_threshold(panel: Mapping[str, Any], value: float) -> str:
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    reached = [each["color"] for each in steps if each["value"] is None or value >= each["value"]]
    return COLOURS[reached[-1]]


def _values(told: Told) -> list[float]:
    return [float(each["value"][1]) for _, series in told for each in series]


def _cell(value: str, name: str, unit: str) -> str:
    return _shown(float(value), unit) if name.startswith("Value") and value else value


def _shown(value: float, unit: str) -> str:
    """The value in its unit, as people read it."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "–"
    if unit == "percentunit":
        return f"{value:.1%}"
    if unit == "dateTimeAsIso":
        return datetime.fromtimestamp(value / 1000, UTC).strftime("%m-%d %H:%M")
    scales = {"s": ((86400, "天"), (3600, "时"), (60, "分"), (1, "秒"), (0.001, "毫秒")),
              "bytes": ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB")), "Bps": ((1e6, "MB/s"), (1e3, "kB/s"))}
    for least, word in scales.get(unit, ()):
        if abs(value) >= least:
            return f"{value / least:.3g} {word}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def _none(panel: Mapping[str, Any], box: Box) -> str:
    x, y, wide, high = box
    words = panel["fieldConfig"]["defaults"].get("noValue", "无")
    return _text(x + wide / 2, y + high / 2, words, dim=True, middle=True)


def _text(x: float, y: float, words: str, *, size: float = SIZE, bold: bool = False, dim: bool = False,
          middle: bool = False, end: bool = False) -> str:
    anchor = ' text-anchor="middle"' if middle else ' text-anchor="end"' if end else ""
    weight = ' font-weight="bold"' if bold else ""
    other = ("" if size == SIZE else f' font-size="{size:.4g}"') + (f' fill="{DIM}"' if dim else "")
    return f'<text x="{round(x, 1):g}" y="{round(y, 1):g}"{other}{anchor}{weight}>{escape(words)}</text>'
