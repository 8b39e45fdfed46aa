"""Tries at signing in: counted before they are made, by whom and by address; past the limit there is a pause."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from services.desk import store
from shared.access import log
from shared.acts.office import Office
from shared.kernel.errors import Refusal, Refused

TOO_MANY_TRIES = Refusal(
    "TOO_MANY_TRIES",
    "尝试次数过多，请在 {seconds} 秒后再试，或者请本机关负责人解除限制。",
    "Too many tries. Try again in {seconds} seconds, or ask your agency's leader to unlock the account.",
    status=429,
)


class Tries:
    """On the desk's office."""

    def __init__(self, office: Office) -> None:
        self.office = office

    @contextmanager
    def counted(self, own_key: str, address_key: str, address: str) -> Iterator[None]:
        """Counts the try before it is made; a good one is taken back. Each is logged. Raises Refused (429)."""
        now, settings = self.office.clock.now(), self.office.settings
        pause = timedelta(seconds=settings.sign_in_pause)
        with self.office.db.write() as tx:
            untils = [
                until
                for key, limit in ((own_key, settings.sign_in_tries), (address_key, settings.sign_in_tries * 10))
                if (until := store.count_try(tx, key, limit, now, pause))
            ]
        if untils:
            self.log(address, TOO_MANY_TRIES.code)
            raise Refused(TOO_MANY_TRIES.filled(seconds=int((max(untils) - now).total_seconds()) + 1))
        try:
            yield
        except Refused as refused:
            self.log(address, refused.refusals[0].code)
            raise
        with self.office.db.write() as tx:
            store.forget_tries(tx, own_key)
            store.uncount_try(tx, address_key)

    def log(self, address: str, outcome: str, account: str = "", appointment: str = "", agency: str = "") -> None:
        """A line of the access log."""
        entry = log.Entry(log.SIGN_IN, "sign-in", account, outcome, account, appointment, agency, address)
        with self.office.db.write() as tx:
            log.record(tx, entry, self.office.clock.now())
