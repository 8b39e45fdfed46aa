"""The background of 案件移送 (chapter 4): the Nameko service class."""

from shared.bus.service import Service


class Transfer(Service):
    """transfer at work."""

    name = "transfer"
