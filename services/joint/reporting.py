"""第二十条 联合执法总结报告: the result, the effect, and every agency that took part evaluated. Pure."""

from dataclasses import replace
from datetime import date

from services.joint import refusals as no
from services.joint.commands import Remark, Report
from services.joint.plan import EVALUATED, Joint, Remarked
from shared.acts.model import Context, Outcome
from shared.acts.signing import NO_OFFICER, signed
from shared.contracts.register import GOVERNMENT_OFFICE, Register
from shared.kernel.clock import day_of
from shared.kernel.errors import Rows, demand
from shared.numbers.shape import BAD_OWN_NUMBER, numbered
from shared.plans.facts import done, for_one_that_left
from shared.plans.seeing import sees_whole

SUMMARY = "summary_report"                            # of the material kinds


def report(plan: Joint, command: Report, context: Context) -> Outcome[Joint]:
    """Delivered to the government's office in the same act. From then on who was evaluated may remark on it, those that
    had left under way among them: so its event tells neither who was in the plan after they left nor its version."""
    demand(
        (numbered(command.number), BAD_OWN_NUMBER),
        (command.result, no.NO_RESULT),
        (command.effect, no.NO_EFFECT_ASSESSED),
        *_evaluated(plan, command, context.register),
        (command.materials and plan.has(command.materials), no.NO_REPORT),
        (plan.encloses(SUMMARY, command.materials), no.NOT_SUMMARY_REPORT),
        *signed(command.officer, command.leader),
    )
    day, agencies = context.happened_on, plan.evaluated
    reported = replace(plan.with_party(EVALUATED, _reading(plan, context), day), report=command, reported_on=day)
    return for_one_that_left(done(reported, context, {
        "number": command.number, "ended_on": plan.ending.on if plan.ending else None, "evaluated": len(agencies),
        "delivered_to": sorted(context.register.standing_agencies(GOVERNMENT_OFFICE)),
    }))


def _reading(plan: Joint, context: Context) -> tuple[str, ...]:
    """Who reads its evaluation: who took part, or the heir of one that is dissolved since, but for the lead."""
    heirs = {agency: context.register.heir(agency, (), day_of(context.now)) for agency in plan.evaluated}
    return tuple(dict.fromkeys(heir for agency, heir in heirs.items()
                               if heir and (heir == agency or heir != plan.lead)))


def _evaluated(plan: Joint, command: Report, register: Register) -> Rows:
    """Every agency that took part is evaluated, once; none is left out and none is too many."""
    wanted, said = plan.evaluated, [each.agency for each in command.evaluations]
    for agency in wanted:
        yield agency in said, no.NOT_EVALUATED.filled(name=register.name_of(agency))
    for at, each in enumerate(command.evaluations):
        name, where = register.name_of(each.agency), f"evaluations.{at}"
        yield each.agency in wanted, no.TOOK_NO_PART.filled(name=name).at(f"{where}.agency")
        yield each.agency not in said[:at], no.EVALUATED_TWICE.filled(name=name).at(f"{where}.agency")
        yield each.says, no.EMPTY_EVALUATION.filled(name=name).at(f"{where}.says")


def the_report(plan: Joint, _: Remark, __: Context) -> date | None:
    """A remark follows the report that it is on."""
    return plan.reported_on


def remark(plan: Joint, command: Remark, context: Context) -> Outcome[Joint]:
    demand((command.says, no.NO_REMARK), (command.officer, NO_OFFICER))
    own = context.viewer.agency
    remarked = replace(plan, remarks=(*plan.remarks, Remarked(own, command, context.happened_on)))
    outcome = done(remarked, context, {"agency": own, "remark": len(remarked.remarks)})
    return outcome if sees_whole(plan, context.viewer, context.register) else for_one_that_left(outcome)
