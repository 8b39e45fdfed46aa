"""Typed bodies of events. Made by `make docs`: do not edit."""

SERVICES = ("collab", "desk", "joint", "oversight", "sharing", "transfer")
