"""The agencies' webhooks in the city: a receiver for each, which takes what the client kit verifies."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from services.sharing.webhooks.deliverer import Deliverer
from shared.bus.agency_feeds import LocalAgencyFeed
from shared.kernel.clock import HandClock
from tests.integration.city import CONTACT, JUSTICE, City, line_of
from tests.liandong.running import until
from tests.webhooks.agencies import System
from tests.webhooks.receivers import Receiver, receiving

PATH = "/api/sharing/subscriptions"


@dataclass
class Webhooks:
    """What listens, by agency; and what calls, once they subscribe."""

    systems: dict[str, System]
    receivers: dict[str, Receiver]
    ids: dict[str, str] = field(default_factory=dict)
    _caller: Deliverer | None = None

    @property
    def hosts(self) -> str:
        """What ops allow."""
        return ",".join(f"http://127.0.0.1:{each.port}" for each in self.receivers.values())

    def subscribe(self, city: City) -> None:
        """Each agency by its leader; its system knows the secret and gives the challenge back."""
        feeds = {name: LocalAgencyFeed(office) for name, office in city.suite.offices.items()}
        self._caller = Deliverer(city.suite.sharing, feeds, lambda: None)
        for agency, receiver in self.receivers.items():
            made = city.post(PATH, {"carrier": "webhook", "url": receiver.url, "contact": CONTACT}, agency, expect=201)
            self.ids[agency] = made["id"]
            self.systems[agency].secrets.append(made["secret"])
        city.suite.catch_up()
        self.work()
        assert {self.state(city, agency) for agency in self.ids} == {"active"}

    def work(self) -> None:
        """Calls until nothing is left."""
        assert self._caller is not None
        caller = self._caller
        until(lambda: (caller.step() is None) & caller.idle(), "all webhooks are called")
        assert not any(system.foreign for system in self.systems.values())

    def took(self, agency: str) -> list[str]:
        """What an agency's system took since it was asked last, each as `subject type`."""
        taken = self.systems[agency].taken
        lines = [line_of(each["body"]) for each in taken]
        taken.clear()
        return lines

    def state(self, city: City, agency: str) -> str:
        return str(city.play.get(f"{PATH}/{self.ids[agency]}", agency).data["state"])

    def ends(self, city: City, agency: str) -> bool:
        """Whether its subscription has ended: nothing calls it any more."""
        found = city.play.get(f"{PATH}/{self.ids[agency]}", JUSTICE).data
        return str(found["state"]) == "ended"

    def close(self) -> None:
        """Before the city's databases are closed."""
        if self._caller is not None:
            self._caller.close()


@contextmanager
def listening(agencies: Sequence[str], clock: HandClock) -> Iterator[Webhooks]:
    """A receiver on the loopback for each."""
    with ExitStack() as stack:
        systems = {agency: System(clock) for agency in agencies}
        webhooks = Webhooks(systems, {agency: stack.enter_context(receiving(system))
                                      for agency, system in systems.items()})
        yield webhooks
