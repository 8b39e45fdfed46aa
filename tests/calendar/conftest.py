"""The office through which a year is published."""

from tests.offices import make_office

__all__ = ["make_office"]
