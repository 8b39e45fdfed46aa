"""How late the hub wakes a green thread that asked for a time: whatever holds it up, a call that blocks or a busy
machine, shows here and nowhere else."""

import time

import eventlet

from shared.telemetry.metrics import HUB_DELAY

BEAT = 0.5          # seconds: a stall of so long is never missed


def beat() -> None:
    """What a green thread of each process with a hub runs, until it is killed."""
    while True:
        due = time.monotonic() + BEAT
        eventlet.sleep(BEAT)
        HUB_DELAY.observe(max(0.0, time.monotonic() - due))
