"""The background of 协同执法 (chapter 2): the Nameko service class."""

from shared.bus.service import Service


class Collab(Service):
    """collab at work."""

    name = "collab"
