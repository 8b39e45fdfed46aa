"""The law and the register as each service knows them."""

from shared.law.handlers import AGENCY_EVENTS, HANDLERS

__all__ = ["AGENCY_EVENTS", "HANDLERS"]
