"""A worker that ends itself by kill -9 right after a handler's transaction, before the broker hears of it.

Run as `python -m tests.liandong.doomed NAME SOURCE`, set as the service's worker is.
"""

import os
import signal
import sys

from shared.bus.patching import patch

patch()

from liandong.workers import work  # noqa: E402
from shared.bus.follower import Follower  # noqa: E402
from shared.kernel.settings import settings_from  # noqa: E402


def main(name: str, source: str) -> None:
    """Lives until it has handled news of the source."""
    plain = Follower.handle

    def handle(self: Follower, batch: object) -> int:
        done = plain(self, batch)       # type: ignore[arg-type]
        if done and self.source == source:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    Follower.handle = handle            # type: ignore[method-assign,assignment]
    work(name, settings_from(os.environ), None, print)


if __name__ == "__main__":
    main(*sys.argv[1:])
