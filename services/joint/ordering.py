"""第十七条: the lead is named by order: a campaign that was arranged, or a joint action that the government decided. Pure.

市政府办公室 records both; nobody applies then, the agency named drafts.
"""

from datetime import date
from typing import Any

from services.joint import grounds
from services.joint import refusals as no
from services.joint.commands import Assign, DecideDirectly
from services.joint.grounds import ASSIGNED, CAMPAIGN, DIRECT, DIRECTED, Ground
from services.joint.plan import Joint
from shared.acts.codes import listed
from shared.acts.materials import ELECTRONIC, AddMaterial, Material
from shared.acts.model import Context, Outcome, coded
from shared.acts.persons import Officer
from shared.acts.signing import NO_OFFICER
from shared.acts.standing import absent, basis_of, enforces
from shared.kernel.errors import Rows, demand
from shared.plans import refusals as shared
from shared.plans.approving import MEETING_OR_HEAD, SCAN
from shared.plans.drafting import opened
from shared.plans.facts import done
from shared.plans.parts import Content
from shared.plans.preceding import the_submission

# what the ground calls the facts -> what the order calls them
FIELDS = {"main_task_agency": "lead"}


def assign(_: None, command: Assign, context: Context) -> Outcome[Joint]:
    """17(二): the arrangement of a higher organ or the government, and the agency it names for the main task."""
    demand(*_named(command.title, command.officer), (command.ordered_by, no.NOBODY_ORDERED), *_ground(command, context))
    day = context.happened_on
    plan = opened(Joint, command.lead, Content(title=command.title), ASSIGNED, day, assigned=command, ordered_on=day)
    return done(plan, context, {"grounds": [CAMPAIGN], "document": command.document, **basis_of(context)})


def decide_directly(_: None, command: DecideDirectly, context: Context) -> Outcome[Joint]:
    """17 ¶2: the decision, by a meeting or a leader, is the ground; its date is the act's true date."""
    known = coded(context, "government_papers", command.kind)
    demand(
        *_named(command.title, command.officer),
        listed(context, "government_papers", command.kind, shared.UNKNOWN_PAPER.at("kind")),
        (not known or command.kind in MEETING_OR_HEAD, no.REPLY_DECIDES_NOTHING),
        (command.number, shared.NO_PAPER_NUMBER.at("number")),
        (command.decided_by, shared.NOBODY_DECIDED.at("decided_by")),
        (enforces(context, command.lead), absent(context, command.lead, shared.UNKNOWN_LEAD).at("lead")),
        (command.scan, no.NO_DECISION_SCAN),
    )
    day = context.happened_on
    scanned = Material(1, _scan(command, context), context.viewer.agency, day)
    plan = opened(Joint, command.lead, Content(title=command.title), DIRECTED, day, directed=command, ordered_on=day,
                  materials=(scanned,))
    return done(plan, context, {"grounds": [DIRECT], "paper": command.kind, "number": command.number,
                                "material": scanned.number, **basis_of(context)})


def known_since(plan: Joint, command: Any, context: Context) -> date | None:
    """An act of one that is no party: what was opened by an order is known from its first day, any other plan from its
    first submission."""
    return None if plan.ordered else the_submission(plan, command, context)


def _scan(command: DecideDirectly, context: Context) -> AddMaterial:
    """The scanned paper as a material: as where the government approves."""
    title = context.rulebook.codes.get("government_papers", {}).get(command.kind, "")
    return AddMaterial(f"{title} {command.number}".strip(), SCAN, 1, 1, False, ELECTRONIC, command.scan)


def _named(title: str, officer: Officer) -> Rows:
    return (title, shared.NO_TITLE.at("title")), (officer, NO_OFFICER)


def _ground(command: Assign, context: Context) -> Rows:
    """The arrangement is a ground of 15, tested as one; told in the command's own words."""
    ground = Ground(CAMPAIGN, document=command.document, field_or_area=command.field_or_area,
                    main_task_agency=command.lead)
    for refusal in grounds.lacking((ground,), Content(lead=command.lead), context):
        field = refusal.where.rpartition(".")[2]
        yield False, refusal.at(FIELDS.get(field, field))
