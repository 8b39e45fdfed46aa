"""The background of people: the Nameko service class."""

from shared.bus.service import Service


class Desk(Service):
    """desk at work."""

    name = "desk"
