"""The background of 信息共享 (chapter 5): the Nameko service class."""

from collections.abc import Callable
from functools import partial

from services.sharing.webhooks.deliverer import Deliverer
from shared.bus.agencies import sweep_queues
from shared.bus.delivering import delivering
from shared.bus.entrypoints import housekeeping
from shared.bus.service import Service


class Sharing(Service):
    """sharing at work. It keeps the register, so it also removes on the broker what ended agencies had there."""

    name = "sharing"

    @housekeeping
    def house(self) -> float | None:
        """Forgets what need not be kept, and ends the queues and users of agencies that are no more."""
        wait = super().house()
        sweep_queues(self._office)
        return wait

    @delivering
    def webhooks(self) -> Callable[..., Deliverer]:
        """What calls the agencies' webhooks."""
        return partial(Deliverer, self._office)
