"""What this process's metrics tell, for tests."""

from shared.telemetry.metrics import REGISTRY


def figure(name: str, **labels: str) -> float:
    """The value of a series now; 0 where it was never told."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def within(name: str, seconds: float, **labels: str) -> float:
    """How many observations of a histogram were within so many seconds: one of its buckets."""
    return figure(f"{name}_bucket", le=str(float(seconds)), **labels)
