"""What every service does in the background: follow others, fire its deadlines, seal, tidy up, publish."""

from collections.abc import Mapping

from shared.acts.office import Handler, Office
from shared.bus.entrypoints import OfficeProvider, following, housekeeping, relaying, sealing, ticking, watching
from shared.bus.probing import probing
from shared.journal.log import Journal


class Service:
    """A Nameko service. Each service of the suite names itself and adds nothing: what it does on news stands in its
    office's `follows`, what its deadlines are in the rulebook."""

    name: str
    office = OfficeProvider()

    @following
    def news(self) -> Mapping[str, Mapping[str, Handler]]:
        """The handlers by source and event."""
        return self._office.handlers()

    @ticking
    def deadlines(self) -> float | None:
        """Fires what is due, does what is owed; the seconds until the next."""
        return self._office.tick()[1]

    @sealing
    def seals(self) -> float | None:
        """Signs where the journal stands, if it is time."""
        return self._office.sealer.step()

    @housekeeping
    def house(self) -> float | None:
        """Forgets what need not be kept."""
        return self._office.housekeep()

    @relaying
    def publishing(self) -> Journal:
        """The journal that goes out."""
        return self._office.journal

    @probing
    def probes(self) -> Office:
        """The office whose news' way is probed."""
        return self._office

    @watching
    def figures(self) -> Office:
        """The office whose figures are told."""
        return self._office

    @property
    def _office(self) -> Office:
        office: Office = self.office        # the provider's, in a running service
        return office
