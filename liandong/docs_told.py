"""The events that an agency may be told of, as its subscription chooses them: what every service declares, written
where subscriptions can read it, for services do not know each other."""

from liandong.contract import published
from liandong.places import SERVICES
from shared.contracts.frame import WITHIN

PLACE = "services/sharing/subscriptions/event_types.py"
_HEAD = '''"""The events of each service's own that agencies are told of, by name, with their titles. Made by
`make docs` from what the services declare: do not edit."""

from collections.abc import Mapping

OWN: Mapping[str, Mapping[str, str]] = {
'''


def told_types() -> str:
    """The module."""
    own = {service: {each.name: each.telling.zh for each in published()
                     if each.service == service and not each.shared and each.audience not in WITHIN}
           for service in sorted(SERVICES)}
    rooms = (f'    "{service}": {{\n' + "".join(f'        "{name}": "{titles[name]}",\n' for name in sorted(titles))
             + "    },\n" for service, titles in own.items())
    return f"{_HEAD}{''.join(rooms)}}}\n"
