"""The background of 联合执法 (chapter 3): the Nameko service class."""

from shared.bus.service import Service


class Joint(Service):
    """joint at work."""

    name = "joint"
