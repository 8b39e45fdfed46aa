"""For those who run it: is it alive, is it ready, what does it count."""

import os
import platform
from collections.abc import Callable, Mapping
from importlib.metadata import version

from flask import Blueprint, Response, current_app, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from shared.telemetry.metrics import BUILD_INFO, REGISTRY

Check = Callable[[], None]        # raises when what it asks for is not there


def health_routes(checks: Mapping[str, Check]) -> Blueprint:
    """`/healthz`, `/readyz` (503 while a check fails) and `/metrics`. The checks' errors are named by type only."""
    routes = Blueprint("health", __name__)
    BUILD_INFO.labels(version("liandong"), platform.python_version()).set(1)

    @routes.get("/healthz")
    def healthz() -> Response:
        return jsonify({"status": "ok"})

    @routes.get("/readyz")
    def readyz() -> tuple[Response, int]:
        found: dict[str, str] = {}
        for name, check in checks.items():
            try:
                check()
                found[name] = "ok"
            except Exception as failed:
                current_app.logger.warning("not ready: %s: %s", name, type(failed).__name__)
                found[name] = type(failed).__name__
        ready = all(state == "ok" for state in found.values())
        return jsonify({"status": "ready" if ready else "not ready", "checks": found}), 200 if ready else 503

    @routes.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(_told()), content_type=CONTENT_TYPE_LATEST)

    return routes


def _told() -> CollectorRegistry:
    """This process's metrics; where several answer at one port, what all of them told, dead ones too."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return together
