"""The background of 督查和责任追究 (chapter 6): the Nameko service class."""

from shared.bus.service import Service


class Oversight(Service):
    """oversight at work."""

    name = "oversight"
