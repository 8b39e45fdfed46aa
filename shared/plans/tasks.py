"""The tasks of a plan as its events tell them: the items of the clock `task`, each with its agency and its last day. Pure."""

from collections.abc import Iterable

from shared.plans.parts import Task

Item = dict[str, str]


def items(tasks: Iterable[Task]) -> list[Item]:
    """Tasks that run, each with who does it now and until when."""
    return [{"item": str(each.number), "bound": each.agency, "until": each.due_on.isoformat()} for each in tasks]


def dropped(tasks: Iterable[Task]) -> list[Item]:
    """Tasks that nobody does any more, or not who did: what ran for them is cancelled, and none starts."""
    return [{"item": str(each.number), "bound": each.agency, "until": ""} for each in tasks]
