"""The processes of a city, one by one: the API and the worker of a service, what tells Prometheus of its tables."""

import click

from liandong.clearly import clearly, settings
from liandong.places import EXPORTERS

PORT = click.IntRange(1, 65_535)


@click.command()
@click.argument("name")
@click.option("--port", type=PORT, help="the port to listen on; LIANDONG_PORT otherwise")
def api(name: str, port: int | None) -> None:
    """Serve one service's HTTP API (gunicorn)."""
    from liandong.processes import serve_api

    clearly(lambda: serve_api(name, settings(), port, click.echo))


@click.command()
@click.argument("name")
@click.option("--port", type=PORT, help="where /healthz, /readyz and /metrics are served; nowhere without it")
def worker(name: str, port: int | None) -> None:
    """Run one service's worker: news in, deadlines, relay, seals (Nameko)."""
    from liandong.processes import run_worker

    clearly(lambda: run_worker(name, settings(), port, click.echo))


@click.command()
@click.argument("name", type=click.Choice(EXPORTERS))
@click.option("--port", type=PORT, help="the port to listen on; LIANDONG_PORT otherwise")
def exporter(name: str, port: int | None) -> None:
    """Tell Prometheus what a city's tables hold: sla, the deadlines on oversight's board."""
    from liandong.processes import serve_exporter

    clearly(lambda: serve_exporter(name, settings(), port, click.echo))
