"""The homes and processes of tests/liandong, for what is done to them here."""

from tests.liandong.conftest import founded, home, start

__all__ = ["founded", "home", "start"]
