"""The office these tests work in."""

from tests.offices import make_office

__all__ = ["make_office"]
