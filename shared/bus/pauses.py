"""How long to wait before what failed is tried again."""

LONGEST = 30.0          # seconds
_DOUBLINGS = 8          # enough to reach it; a night of failures would overflow a float


def pause_after(failures: int) -> float:
    """Seconds after so many failures on end: 0.4, 0.8, 1.6 … up to LONGEST."""
    return min(0.2 * 2.0 ** min(failures, _DOUBLINGS), LONGEST)
