"""The background of 信息共享 (chapter 5): the Nameko service class."""

from shared.bus.service import Service


class Sharing(Service):
    """sharing at work."""

    name = "sharing"
