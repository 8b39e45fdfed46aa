"""The one way from a token to who it is: signature, time, and what the desk has said since."""

from shared.access import appointments
from shared.access.quota import Quota
from shared.access.tokens import Claims, TokenKeys, Verifier, service_claims
from shared.db.database import Database
from shared.kernel.clock import Clock
from shared.kernel.settings import Settings


class Access:
    """What a service knows of tokens: it checks those of others and makes its own for feeds."""

    def __init__(self, settings: Settings, service: str, db: Database, clock: Clock) -> None:
        self._db, self._clock, self._seconds = db, clock, settings.token_seconds
        self.service, self.audience = service, audience_of(settings)
        self.verifier = Verifier(settings.jwks, self.audience)
        self.keys = TokenKeys(settings.keys, settings.jwks, service)
        self.quota = Quota(db, clock, settings.machine_requests, settings.machine_bytes)
        self.header = settings.token_header

    def claims(self, token: str) -> Claims:
        """The claims of a token that holds now. Raises Refused (401)."""
        now = self._clock.now()
        claims = self.verifier.verify(token, now)
        with self._db.glance() as tx:
            appointments.check(tx, claims, now)
        return claims

    def service_token(self) -> str:
        """A token of this service with the scope feed:all."""
        return self.keys.issue(service_claims(self.service, self._clock.now(), self._seconds), self.audience)


def audience_of(settings: Settings) -> str:
    """Who tokens are for: the suite of one city."""
    return f"liandong:{settings.city}"
