"""The law and the register as each service knows them."""

from shared.law.handlers import HANDLERS

__all__ = ["HANDLERS"]
