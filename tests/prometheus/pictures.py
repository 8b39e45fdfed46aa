"""`python -m tests.prometheus.pictures`: draws each dashboard into docs/dashboards, with figures of the sample city.

It starts what the test of the panels starts, uses the city for some minutes, and takes the panels' own queries.
"""

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests import debian, servers
from tests.founded import sample_city
from tests.prometheus.conftest import program
from tests.prometheus.observed import Observed, client, observed, use
from tests.prometheus.panels import FILES, ROOT, panels, read, variables
from tests.prometheus.picture import Answers, drawn
from tests.prometheus.test_panels import chart, filled, values_of

FOLDER = ROOT / "docs" / "dashboards"
MINUTES = 2.0
PREFERRED = {"agency": "zonghe", "service": "transfer", "slo": "acts_available", "window": "30d"}


def main() -> int:
    """Draws all; needs Debian, as root, and PostgreSQL and Debian's exporters as the tests do."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="liandong-pictures-") as folder:
        sample_city(sample := Path(folder) / "sample")
        with observed(Path(folder), program, servers.LOCAL_DATABASE, sample) as city:
            key = client(city.people)
            while time.time() < city.since + MINUTES * 60:
                use(city.people, key)
                city.look_again()
            for path in FILES:
                (FOLDER / f"{path.stem}.svg").write_text(picture(city, path), "utf-8")
                print(f"written: docs/dashboards/{path.stem}.svg")
    return 0


def picture(city: Observed, path: Path) -> str:
    """One dashboard."""
    dashboard = read(path)
    every = {name: values_of(city, each) for name, each in variables(path).items()}
    chosen = {name: PREFERRED[name] if PREFERRED.get(name) in values else values[0] for name, values in every.items()}
    return drawn(dashboard, _answers(city, dashboard, chosen), chosen)


def _answers(city: Observed, dashboard: Mapping[str, Any], chosen: Mapping[str, str]) -> Answers:
    found = {}
    for panel in panels(dict(dashboard)):
        for target in panel.get("targets", ()):
            expr = filled(target["expr"], chosen)
            found[panel["id"], target["refId"]] = city.ask(expr) if target.get("instant") else chart(city, expr)
    return found


if __name__ == "__main__":
    if not debian.possible():
        sys.exit("RabbitMQ and exporters are started from Debian's packages: Debian is needed, as root")
    sys.exit(main())
